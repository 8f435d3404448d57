"""The dispute of the demonstration, after that of July 2019, printed in Kazakh and Russian: fair to both sides.

What is asked of the paper: each side stands with its words and its source, in the same size, on the same line, in
columns of the same width, and no word of it says which is true.
"""

import io
from datetime import datetime
from typing import Any

import pypdf
import pytest

from qorgan.base import country
from qorgan.base.scope import Actor
from qorgan.cases.models import Account, Case, Contradiction, Finding, Review
from qorgan.cases.terms import Speaker
from qorgan.cli import disputed
from tests.conftest import actor
from tests.web.pages import an_hour_ago, signed_in

JUDGED = ("дұрыс емес", "өтірік", "жалған", "шындыққа сай", "ложь", "ложн", "недостоверн", "правдив")


@pytest.fixture
def told(owner: Actor) -> dict[str, Any]:
    held: dict[str, Any] = country.toml("demo/desk.toml")["disputed"]
    return held


@pytest.fixture
def case(told: dict[str, Any], owner: Actor) -> Case:
    disputed.dispute(told, now=an_hour_ago())
    return Contradiction.objects.get().case


def _plain(text: str) -> str:
    return "".join(text.split())


def _printed(case: Case, language: str) -> pypdf.PdfReader:
    answer = signed_in("inspector").get(f"/cases/{case.id}/said/{language}.pdf")
    assert answer.status_code == 200
    return pypdf.PdfReader(io.BytesIO(answer.content))


def test_the_dispute_is_entered_once_and_every_voice_stands(told: dict[str, Any], case: Case) -> None:
    now = datetime.now(tz=an_hour_ago().tzinfo)
    again = disputed.dispute(told, now=now)
    assert Account.objects.filter(case=case).exclude(speaker=Speaker.DESK).count() == 2
    assert Finding.objects.filter(case=case).count() == 2
    assert Review.objects.filter(case=case).count() == 1
    assert set(again) == {"disputed", "review"}
    assert actor("ombudsman").agency == Review.objects.get(case=case).to_agency_id


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_both_sides_are_printed_with_their_words_and_their_sources(
    told: dict[str, Any], case: Case, language: str
) -> None:
    text = _plain("".join(page.extract_text() or "" for page in _printed(case, language).pages))
    mother, (first, second) = told["account"][0], told["finding"]
    for said in (mother["words"], mother["source"], told["mother"]["name"], first["institution"], first["number"]):
        assert _plain(said) in text, said
    for said in (first["stated"][0]["words"], *first["examined"], second["number"], second["stated"][0]["words"]):
        assert _plain(said) in text, said
    assert not [word for word in JUDGED if _plain(word) in text.casefold()]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_neither_side_is_larger_higher_or_wider_than_the_other(told: dict[str, Any], case: Case, language: str) -> None:
    found: list[tuple[float, float, float, str]] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        if text.strip():
            x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
            found.append((round(x), round(y), round(size * abs(tm[0] * cm[0]), 1), text.strip()))

    _printed(case, language).pages[0].extract_text(visitor_text=visit)
    heads = {"kk": ("Туысы", "Сот-медициналық"), "ru": ("Родственник", "Заключение")}[language]
    left, right = (next(one for one in found if one[3].startswith(head)) for head in heads)
    assert left[1:3] == right[1:3], (left, right)
    assert left[0] != right[0]
