"""A structured claim: written and read again it is the same; what is none is refused with one sentence a fault."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from qorgan.base import country
from qorgan.claims import phrases, wording
from qorgan.claims.engine import structured
from qorgan.claims.engine.faults import Code, Unreadable
from qorgan.claims.engine.statement import (
    Apart,
    Approximation,
    Ask,
    Change,
    Choice,
    Claim,
    Figure,
    Given,
    Level,
    Parts,
    Points,
    Rank,
    Rate,
    Share,
    Sum,
    Thing,
    Unit,
)

HEAD = """
periods = { before = { en = "before" }, after = { en = "after" } }
"""
FIGURE = HEAD + '[[figure]]\nid = "f"\nunit = "percent_change"\nlow = 6\nhigh = 6\nsign = -1\n'
THING = FIGURE + '[[thing]]\nid = "a"\n'
SAID = THING + '[[statement]]\nkind = "change"\nid = "s"\nfigure = "f"\nthing = "a"\nstart = "before"\nend = "after"\n'

FALL = Decimal("37.90")
GIVEN = (Given(quantity="change", thing="b", high=Decimal(5)),)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
NUMBERS = st.decimals(min_value=0, max_value=10**9, allow_nan=False, places=2)


def _everything() -> Claim:
    kinds = (
        Level(id="s1", figure="count", thing="a", period="before"),
        Change(id="s2", figure="fall", thing="a", start="before", end="after"),
        Share(id="s3", figure="part", thing="b", by="c", of_by={"x": "a", "y": "b"}, period="before"),
        Rate(id="s4", figure="count", thing="a", per="b", each=Decimal(100_000), period="before"),
        Sum(id="s5", figure="count", terms=(("a", "before"), ("b", "after"))),
        Points(id="s6", figure="points", thing="b", of="a", start="before", end="after"),
        Rank(id="s7", figure="place", thing="a", among=("a", "b"), period="before", from_below=True),
    )
    figures = (
        Figure(id="count", unit=Unit.COUNT, low=Decimal("1.50"), high=None, approximation=Approximation.AT_LEAST),
        Figure(
            id="fall", unit=Unit.PERCENT_CHANGE, low=Decimal("37.90"), high=Decimal("37.90"), sign=-1, start=3, end=9
        ),
        Figure(id="part", unit=Unit.M_IN_N, low=Decimal(3), high=Decimal(3), out_of=Decimal(10), said='3 "of" 10\n'),
        Figure(id="points", unit=Unit.POINTS, low=Decimal(4), high=Decimal(4), sign=1, grain=Decimal("0.5")),
        Figure(id="place", unit=Unit.RANK, low=Decimal(1), high=Decimal(1)),
    )
    return Claim(
        title={"kk": "Мәтін"},
        periods={"before": {"en": "before"}, "after": {"en": "after"}},
        figures=figures,
        things=(
            Thing(id="a", name={"kk": "қылмыс"}, parts=Parts.ALL, apart=Apart.UNSAID, whole_numbers=False),
            Thing(id="b", of="a"),
        ),
        statements=kinds,
        choices=(Choice(id="c", options=("x", "y"), words={"x": {"en": "one way"}}),),
        chosen={"c": "x"},
        asks=(
            Ask(
                id="q", quantity="share", thing="a.rest", given=(Given(quantity="change", thing="b", high=Decimal(5)),)
            ),
        ),
    )


def test_every_kind_of_statement_survives_writing_and_reading() -> None:
    assert structured.read(structured.write(_everything())) == _everything()


def test_digits_that_were_shown_stay_shown() -> None:
    figure = structured.read(structured.write(_everything())).figure("fall")
    assert str(figure.low) == "37.90"


OTHERS = {"paragraph", "ties"}  # the paragraph of the front page, and the words that tie figures together
CLAIMS = [one for one in sorted((country.folder() / "claims").glob("*.toml")) if one.stem not in OTHERS]


@pytest.mark.parametrize("path", CLAIMS, ids=lambda path: path.stem)
def test_the_claims_of_the_country_survive_writing_and_reading(path: Path) -> None:
    claim = structured.read(path.read_text(encoding="utf-8"))
    assert structured.read(structured.write(claim)) == claim


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, NUMBERS)
def test_any_words_and_numbers_survive(title: str, said: str, number: Decimal) -> None:
    figure = Figure(id="f", unit=Unit.COUNT, low=number, high=number, said=said, speaker=title)
    claim = replace(Claim(title={"en": title}), figures=(figure,))
    assert structured.read(structured.write(claim)) == claim


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("= nonsense", Code.NOT_TOML),
        ("x" * 300_000, Code.TOO_LONG),
        ("colour = 1", Code.UNKNOWN_KEY),
        ("figure = 7", Code.WRONG_KIND),
        ("title = 7", Code.WRONG_KIND),
        (THING.replace('"percent_change"', '"percentage"'), Code.UNKNOWN_WORD),
        (FIGURE.replace("low = 6", 'low = "six"'), Code.NO_NUMBER),
        (FIGURE.replace("low = 6", "low = nan"), Code.NO_NUMBER),
        (FIGURE.replace("low = 6", "low = 1" + "0" * 100), Code.TOO_MANY_DIGITS),
        (FIGURE.replace("low = 6", "low = 1e999999999"), Code.TOO_MANY_DIGITS),
        (FIGURE.replace("low = 6", "low = 1" + "0" * 1_000_00), Code.NOT_TOML),
        (FIGURE.replace("low = 6", "low = 7"), Code.UPSIDE_DOWN),
        (FIGURE.replace("low = 6", "low = -6"), Code.NEGATIVE),
        (FIGURE + "colour = 1\n", Code.UNKNOWN_KEY),
        (FIGURE + FIGURE.removeprefix(HEAD), Code.TWICE),
        (FIGURE.replace("sign = -1", 'sign = "down"'), Code.WRONG_KIND),
        (THING + 'of = "nowhere"\n', Code.UNKNOWN_NAME),
        (THING + 'of = "b"\n[[thing]]\nid = "b"\nof = "a"\n', Code.CIRCLE),
        (SAID.replace("sign = -1", ""), Code.NO_SIGN),
        (SAID.replace('kind = "change"', 'kind = "guess"'), Code.UNKNOWN_KIND),
        (SAID.replace('thing = "a"\nstart', "start"), Code.MISSING),
        (SAID.replace('figure = "f"', 'figure = "g"'), Code.UNKNOWN_NAME),
        (SAID.replace('"after"\n', '"then"\n'), Code.UNKNOWN_NAME),
        (SAID.replace('end = "after"', 'end = "before"'), Code.NO_BASE),
        (SAID.replace('"percent_change"', '"count"'), Code.WRONG_UNIT),
        (FIGURE.replace("low = 6\nhigh = 6\n", ""), Code.NO_VALUE),
        (FIGURE.replace('"percent_change"', '"m_in_n"'), Code.NO_BASE),
        (FIGURE.replace('"percent_change"', '"rank"').replace("= 6", "= 0"), Code.NO_PLACE),
        ("".join(f'[[thing]]\nid = "t{number}"\n' for number in range(300)), Code.TOO_MANY),
    ],
)
def test_what_is_no_claim_is_refused_for_its_reason(text: str, code: Code) -> None:
    with pytest.raises(Unreadable) as refused:
        structured.read(text)
    assert code in {fault.code for fault in refused.value.faults}


def test_all_faults_of_a_file_are_told_at_once() -> None:
    text = SAID.replace("low = 6", 'low = "six"') + "colour = 1\n"
    with pytest.raises(Unreadable) as refused:
        structured.read(text)
    assert [fault.code for fault in refused.value.faults] == [Code.NO_NUMBER, Code.UNKNOWN_KEY]


def test_every_fault_has_a_sentence_in_every_language() -> None:
    assert set(phrases.FAULTS) == set(Code)
    with pytest.raises(Unreadable) as refused:
        structured.read(THING + 'of = "nowhere"\n')
    said = []
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            said.append(wording.fault(refused.value.faults[0]))
    assert len(set(said)) == 3
    assert all(each.startswith("thing (a).of: ") and "nowhere" in each for each in said)
