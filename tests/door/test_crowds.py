"""A flood at the door is slowed by one plain question, and nobody who has something to tell is lost in it."""

import re

import pytest
from django.conf import LazySettings
from django.core.cache import cache, caches
from django.http import HttpResponse
from django.test import Client

from qorgan.base.processes import Process
from qorgan.reports.queries import door as queries
from qorgan.web.door import crowds, limits, sendings
from tests.door.conftest import behind
from tests.door.test_pages import TOLD, WORDS, token_of, told

NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4}
CHILD = ({"chosen": ["hits"]}, {"chosen": ["home"]}, {"text": WORDS}, {"region": "79", "text": ""})


def answered(page: HttpResponse) -> dict[str, str]:
    """What a person adds to the form: the sum of the two numbers that the page asks for."""
    found = re.search(r"How much is (\w+) and (\w+)\?", page.content.decode())
    assert found is not None
    return {"sum": str(NUMBERS[found[1]] + NUMBERS[found[2]])}


def kept() -> int:
    """How many came in."""
    with behind(Process.WORKER):
        return len(queries.waiting())


@pytest.fixture
def crowd(visitor: Client) -> None:
    """So many came from this connection that the next is asked."""
    for _number in range(crowds.FREE):
        assert told(visitor).status_code == 303


def test_a_machine_that_floods_gets_a_handful_in_and_who_answers_gets_in_from_beside_it(visitor: Client) -> None:
    sent = [visitor.post("/new/", TOLD | {"token": token_of(visitor.get("/new/"))}) for _number in range(60)]  # type: ignore[arg-type]  # the client's response
    assert [one.status_code for one in sent] == [303] * crowds.FREE + [422] * (60 - crowds.FREE)
    asked = told(visitor)  # a person behind the same address
    assert WORDS in asked.content.decode()
    again = visitor.post("/new/", TOLD | {"token": token_of(asked)} | answered(asked))
    assert again.status_code == 303
    assert kept() == crowds.FREE + 1


def test_who_comes_from_elsewhere_meanwhile_is_asked_nothing(
    visitor: Client, crowd: None, settings: LazySettings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    token = token_of(visitor.get("/new/"))  # type: ignore[arg-type]  # the client's response
    elsewhere = visitor.post("/new/", TOLD | {"token": token}, headers={"X-Forwarded-For": "spoofed, 10.9.9.9"})
    assert elsewhere.status_code == 303


def test_a_wrong_answer_is_asked_again_and_loses_nothing(visitor: Client, crowd: None) -> None:
    asked = told(visitor)
    wrong = visitor.post("/new/", TOLD | {"token": token_of(asked), "sum": "77"})
    assert (wrong.status_code, WORDS in wrong.content.decode()) == (422, True)
    assert "Not right yet" in wrong.content.decode()


def test_an_answer_serves_its_own_sending_alone(visitor: Client, crowd: None) -> None:
    asked = told(visitor)
    right = answered(asked)
    assert visitor.post("/new/", TOLD | {"token": token_of(asked)} | right).status_code == 303
    numbers = []
    for _number in range(20):
        page = visitor.get("/new/")
        numbers.append(visitor.post("/new/", TOLD | {"token": token_of(page)} | right).status_code)  # type: ignore[arg-type]  # as above
    assert 422 in numbers
    assert kept() == crowds.FREE + 1 + numbers.count(303)


@pytest.mark.parametrize("how", ["no token", "a forged token", "the field that no person sees", "at once"])
def test_what_only_a_machine_does_is_asked_first(visitor: Client, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if how == "at once":
        monkeypatch.setattr(sendings, "HASTY_SECONDS", 60)
    token = {"no token": "", "a forged token": "x"}.get(how) or token_of(visitor.get("/new/"))  # type: ignore[arg-type]  # as above
    sent = {"token": "" if how == "no token" else token, "site": "x" if how.startswith("the field") else ""}
    asked = visitor.post("/new/", TOLD | sent)
    assert asked.status_code == 422
    assert visitor.post("/new/", TOLD | {"token": token_of(asked)} | answered(asked)).status_code == 303  # type: ignore[arg-type]  # as above
    assert kept() == 1


def test_a_flood_from_everywhere_asks_everyone(visitor: Client) -> None:
    cache.set(limits.ALL, crowds.ALL_FREE, limits.WINDOW_SECONDS)
    assert told(visitor).status_code == 422


def test_even_right_answers_come_to_an_end_and_what_was_written_stays(visitor: Client) -> None:
    for number in range(limits.SENDINGS):
        page = told(visitor)
        if number >= crowds.FREE:
            page = visitor.post("/new/", TOLD | {"token": token_of(page)} | answered(page))  # type: ignore[assignment]  # as above
        assert page.status_code == 303
    asked = told(visitor)
    last = visitor.post("/new/", TOLD | {"token": token_of(asked)} | answered(asked))
    assert (last.status_code, WORDS in last.content.decode()) == (429, True)


def test_a_child_in_a_crowd_solves_one_sum_on_the_last_page(visitor: Client, crowd: None) -> None:
    for number, answers in enumerate(CHILD, start=1):
        assert visitor.post(f"/q/{number}/", answers).status_code == 303
    asked = visitor.post("/q/5/", {"text": "8 701 000 00 41", "when": "evening"})
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "8 701 000 00 41" in page
    assert "Solve this, and yours goes on." in page
    again = visitor.post("/q/5/", {"text": "", "when": ""} | answered(asked))  # type: ignore[arg-type]  # as above
    assert again.headers["Location"] == "/sent/"


def test_no_address_is_kept_anywhere(visitor: Client, settings: LazySettings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    sent = TOLD | {"token": token_of(visitor.get("/new/"))}  # type: ignore[arg-type]  # as above
    assert visitor.post("/new/", sent, headers={"X-Forwarded-For": "203.0.113.77"}).status_code == 303
    assert "203.0.113.77" not in repr(caches["default"]._cache)  # type: ignore[attr-defined]  # the memory itself
