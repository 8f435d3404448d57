"""What someone who reports without an account relies on, page by page."""

import re
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, transaction
from django.http import HttpResponse
from django.test import Client

from qorgan.agencies import queries as agencies
from qorgan.base.keys import vault
from qorgan.base.processes import Process
from qorgan.base.scope import acting
from qorgan.duties import queries as duties
from qorgan.messages.models import Outgoing
from qorgan.reports import actions
from qorgan.reports.models import Arrival, Receipt, Report
from qorgan.reports.queries import door as queries
from qorgan.web.door import limits
from tests.conftest import actor
from tests.door.conftest import behind

Take = Callable[[], list[Report]]
WORDS = "Күйеуім кеше тағы ұрды 😔"
TOLD = {"serving": "no", "narrative": WORDS, "region": "79", "place": "Еңбекші ауданы", "suspect": "", "phone": ""}


def token_of(page: HttpResponse) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found.group(1)


def told(visitor: Client, path: str = "/new/", **more: str) -> HttpResponse:
    token = more.get("token") or token_of(visitor.get(path))  # type: ignore[arg-type]  # the client's response
    sent = TOLD | more | {"token": token}
    return visitor.post(path, sent)  # type: ignore[return-value]  # the client's response


def code_of(page: HttpResponse) -> str:
    found = re.search(r'class="code">([^<]+)<', page.content.decode())
    assert found is not None
    return found.group(1)


def narrative(report: Report) -> str:
    return vault.open(report.narrative, at="reports.report.narrative")


def test_what_she_tells_becomes_a_report_as_received_with_the_duty_to_decide(visitor: Client, taken_in: Take) -> None:
    answer = told(visitor)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sent/")
    [report] = taken_in()
    assert report.channel == "web"
    with behind(Process.STAFF), acting(actor("head")), transaction.atomic():
        assert narrative(Report.objects.get(pk=report.pk)).startswith(WORDS)
        assert [one.kind for one in duties.of_things([report.id])] == ["decide_report"]


def test_pressed_twice_it_is_one_report_and_one_code(visitor: Client, taken_in: Take) -> None:
    token = token_of(visitor.get("/new/"))  # type: ignore[arg-type]  # the client's response
    told(visitor, token=token)
    first = code_of(visitor.get("/sent/"))  # type: ignore[arg-type]  # the client's response
    told(visitor, token=token)
    assert code_of(visitor.get("/sent/")) == first  # type: ignore[arg-type]  # as above
    assert len(taken_in()) == 1
    told(visitor, token=token)
    assert taken_in() == []


def test_what_she_wrote_is_never_shown_again(visitor: Client, taken_in: Take) -> None:
    told(visitor)
    code = code_of(visitor.get("/sent/"))  # type: ignore[arg-type]  # the client's response
    taken_in()
    for page in (visitor.get("/sent/"), visitor.get("/new/"), visitor.post("/back/", {"code": code, "word": ""})):
        assert page.status_code == 200
        assert WORDS not in page.content.decode()


def test_she_reads_what_an_officer_chose_to_tell_her_and_nobody_else_does(visitor: Client, taken_in: Take) -> None:
    told(visitor)
    code = code_of(visitor.get("/sent/"))  # type: ignore[arg-type]  # the client's response
    assert visitor.post("/sent/", {"word": "Тасбақа", "days": "7"}).status_code == 303
    [report] = taken_in()
    with behind(Process.STAFF), acting(actor("head")):
        now = report.received_at
        actions.answer(report_id=report.id, words="Бізге келіңіз, есік ашық.", by=actor("head"), now=now)
    with behind(Process.WORKER):
        assert "есік" not in str(bytes(Receipt.objects.get().told))
    shown = visitor.post("/back/", {"code": code.upper(), "word": "тасбақа"})
    assert "есік ашық" in shown.content.decode()
    for wrong in ({"code": code, "word": ""}, {"code": code, "word": "басқа"}, {"code": "алма", "word": "тасбақа"}):
        refused = visitor.post("/back/", wrong)
        assert (refused.status_code, "есік" in refused.content.decode()) == (422, False)


def test_she_destroys_her_code_and_the_report_stays(visitor: Client, taken_in: Take) -> None:
    told(visitor)
    code = code_of(visitor.get("/sent/"))  # type: ignore[arg-type]  # the client's response
    assert visitor.post("/sent/", {"word": "", "days": "0"}).status_code == 303
    assert code not in visitor.get("/sent/").content.decode()
    assert visitor.post("/back/", {"code": code, "word": ""}).status_code == 422
    assert len(taken_in()) == 1


def test_where_he_serves_in_the_police_no_police_of_the_place_sees_it(visitor: Client, taken_in: Take) -> None:
    told(visitor, serving="police")
    [report] = taken_in()
    with behind(Process.STAFF):
        assert agencies.is_sealed(report.thread_id)
        with acting(actor("head")), transaction.atomic():
            assert not Report.objects.filter(pk=report.id).exists()


def test_a_child_needs_five_pages_and_nobody_is_sent_anything(visitor: Client, taken_in: Take) -> None:
    sent = (
        {"chosen": ["hits", "scares"]},
        {"chosen": ["home"]},
        {"text": "мен қорқамын"},
        {"region": "79", "text": "Еңбекші ауданы"},
        {"text": ""},
    )
    for number, answers in enumerate(sent, start=1):
        assert "мен қорқамын" not in visitor.get(f"/q/{number}/").content.decode()
        answer = visitor.post(f"/q/{number}/", answers)
        assert answer.status_code == 303
    assert answer.headers["Location"] == "/sent/"
    assert visitor.post("/q/5/", sent[-1]).headers["Location"] == "/sent/"  # pressed twice
    assert visitor.get("/q/6/").status_code == 404
    [report] = taken_in()
    with behind(Process.STAFF), acting(actor("head")), transaction.atomic():
        held = Report.objects.get(pk=report.id)
        assert narrative(held).startswith("мен қорқамын")
        assert "I am being hit" in narrative(held)
        assert {"code": "child_at_the_door"} in held.notes
        assert held.channel == "web_child"
        assert Outgoing.objects.count() == 0


def test_a_child_who_says_nothing_is_led_back_to_the_first_page(visitor: Client, taken_in: Take) -> None:
    visitor.post("/q/1/", {})
    assert visitor.post("/q/5/", {"text": ""}).headers["Location"] == "/q/1/"
    assert taken_in() == []


@pytest.mark.parametrize(
    "words",
    [
        "а" * 1_000_000,
        "бір\x00екі",
        "\u202eкері жазу\u202c",
        "👩‍👧 😔 عنف",
        "  бос орын  ",
        "<script>alert(1)</script>",
    ],
    ids=["a million letters", "NUL", "right to left", "emoji", "spaces", "markup"],
)
def test_whatever_she_pastes_arrives_letter_for_letter(visitor: Client, taken_in: Take, words: str) -> None:
    assert told(visitor, narrative=words).status_code == 303
    [report] = taken_in()
    with behind(Process.STAFF), acting(actor("head")), transaction.atomic():
        assert narrative(Report.objects.get(pk=report.id)).replace("\r\n", "\n").startswith(words)


def test_more_than_a_book_is_refused_in_one_sentence_and_stays_in_the_field(visitor: Client, taken_in: Take) -> None:
    words = "b" * 1_600_000
    answer = told(visitor, narrative=words)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "too long for one message" in page
    assert words in page
    assert taken_in() == []


def test_an_empty_message_is_told_what_is_missing(visitor: Client) -> None:
    answer = told(visitor, narrative=" ", place="", region="")
    assert answer.status_code == 422
    assert "at least what happened" in answer.content.decode()


def test_codes_cannot_be_tried_without_end(visitor: Client) -> None:
    for _number in range(limits.TRIES):
        assert visitor.post("/back/", {"code": "алма", "word": ""}).status_code == 422
    assert visitor.post("/back/", {"code": "алма", "word": ""}).status_code == 429


def test_the_door_reads_no_case_and_not_even_what_came_in(visitor: Client) -> None:
    told(visitor)
    for model in (Report, Arrival):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.count()
    queries.name_only(b"")  # the next transaction
    assert Receipt.objects.count() == 0  # no code is named in this question, so none is seen


def test_every_page_says_nothing_by_title_address_or_header(visitor: Client) -> None:
    titles = set()
    for path in ("/", "/new/", "/near/", "/q/1/", "/sent/", "/back/", "/again/", "/about/"):
        page = visitor.get(path)
        assert page.status_code == 200, path
        titles |= set(re.findall("<title>(.*?)</title>", page.content.decode()))
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert not page.cookies
        assert "Qorgan" not in page.content.decode()
    assert visitor.get("/nowhere/").status_code == 404
    assert titles | set(re.findall("<title>(.*?)</title>", visitor.get("/nowhere/").content.decode())) == titles
    assert len(titles) == 1


def test_leaving_makes_the_browser_forget_and_goes_to_a_page_of_the_country(
    visitor: Client, settings: LazySettings
) -> None:
    told(visitor)
    gone = visitor.get("/leave/")
    assert gone.headers["Location"].startswith("https://www.kazhydromet.kz")
    assert gone.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert 'class="code"' not in visitor.get("/sent/").content.decode()
    settings.EXIT = "https://elsewhere.example/"
    assert "elsewhere" not in visitor.get("/leave/").headers["Location"]
    assert visitor.post("/leave/").status_code == 204
