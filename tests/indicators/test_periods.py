"""Periods as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgan.indicators.engine.periods import NotAPeriod, Period, Shape, parse


@pytest.mark.parametrize(
    ("word", "first", "last", "shape"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31), Shape.YEAR),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), Shape.MONTH),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30), Shape.QUARTER),
        ("2026-q4", date(2026, 10, 1), date(2026, 12, 31), Shape.QUARTER),
        ("2026-01..2026-10", date(2026, 1, 1), date(2026, 10, 31), Shape.MONTHS),
        ("2026-02..2026-04", date(2026, 2, 1), date(2026, 4, 30), Shape.MONTHS),
        ("2025-11..2026-01", date(2025, 11, 1), date(2026, 1, 31), Shape.SPAN),
        (" 2026-10 ", date(2026, 10, 1), date(2026, 10, 31), Shape.MONTH),
    ],
)
def test_word_names_a_period(word: str, first: date, last: date, shape: Shape) -> None:
    found = parse(word)
    assert (found.first, found.last, found.shape) == (first, last, shape)


@pytest.mark.parametrize(
    ("word", "canonical"),
    [("2026-01..2026-12", "2026"), ("2026-07..2026-09", "2026-Q3"), ("2026-10..2026-10", "2026-10")],
)
def test_one_period_has_one_spelling(word: str, canonical: str) -> None:
    assert parse(word).word == canonical


@pytest.mark.parametrize(
    "word",
    [
        "",
        "26",
        "2026-13",
        "2026-0",
        "2026-Q5",
        "2026-10-01",
        "2026-10..2026-09",
        "..",
        "2026..",
        "1789",
        "２０２６",
        "2026-10\n; drop",
    ],
)
def test_other_words_name_no_period(word: str) -> None:
    with pytest.raises(NotAPeriod):
        parse(word)


@given(st.dates(date(1990, 1, 1), date(2199, 12, 1)), st.integers(0, 40))
def test_word_of_a_period_leads_back_to_it(day: date, more: int) -> None:
    months = [parse(f"{day:%Y-%m}")]
    for _ in range(more):
        after = months[-1].last.toordinal() + 1
        if date.fromordinal(after).year > 2199:
            break
        months.append(parse(f"{date.fromordinal(after):%Y-%m}"))
    period = Period(months[0].first, months[-1].last)
    assert parse(period.word) == period
    assert period.parts == tuple(months)
    assert not set(period.slug) - set("0123456789-Qto")


def test_period_of_half_a_month_is_refused() -> None:
    with pytest.raises(NotAPeriod):
        Period(date(2026, 10, 2), date(2026, 10, 31))
