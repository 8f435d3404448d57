"""Against the year before: said where it is honest, named where a series breaks, and silent otherwise."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgan.indicators.engine.figures import Figure
from qorgan.indicators.engine.periods import parse
from qorgan.releases.engine.changes import Break, Direction, change, goes_back, year_before
from qorgan.releases.engine.kinds import Kind
from qorgan.releases.engine.phrases import Told, sentence
from qorgan.releases.engine.spoken import Nearness, rough, times
from tests.releases.drafts import DEFINITIONS, ORDERS, figure, voice

MOVED = Break(date(2024, 6, 16), frozenset({"criminal_offences_domestic"}), {"kk": "себебі", "ru": "причина"})


def two(now: int, before: int, code: str = ORDERS, year: str = "2026") -> tuple[Figure, Figure]:
    period = parse(year)
    return figure(code, now, period=period), figure(code, before, period=year_before(period))


def said(language: str, now: Figure, before: Figure, *breaks: Break) -> str:
    found = change(now, before, kind=Kind.COUNT, breaks=breaks)
    told = Told(now, Kind.COUNT, DEFINITIONS[now.code].wording(language), found)
    return sentence(voice(language), told, first=False).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("now", "before", "kk", "ru", "en"),
    [
        (
            72018, 74171,
            "бұл 2025 жылғыдан 2,9 %-ға аз (74 171)",
            "на 2,9 % меньше, чем в 2025 году (74 171)",
            "2.9% fewer than in 2025 (74 171)",
        ),
        (
            150, 100,
            "бұл 2025 жылғыдан 50,0 %-ға көп (100)",
            "на 50,0 % больше, чем в 2025 году (100)",
            "50.0% more than in 2025 (100)",
        ),
        (
            230, 100,
            "бұл 2025 жылғыдан 2,3 есе көп (100)",
            "в 2,3 раза больше, чем в 2025 году (100)",
            "2.3 times as many as in 2025 (100)",
        ),
        (500, 100, "5 есе көп", "в 5 раз больше", "5 times as many"),
        (19, 19, "(2025 жылы: 19)", "(в 2025 году: 19)", "(in 2025: 19)"),
        (40, 19, "(2025 жылы: 19)", "(в 2025 году: 19)", "(in 2025: 19)"),
        (0, 25, "100,0 %-ға аз (25)", "на 100,0 % меньше, чем в 2025 году (25)", "100.0% fewer than in 2025 (25)"),
    ],
)  # fmt: skip
def test_change_is_said_with_its_base(now: int, before: int, kk: str, ru: str, en: str) -> None:
    for language, words in (("kk", kk), ("ru", ru), ("en", en)):
        assert words in said(language, *two(now, before)), language


def test_no_per_cent_on_a_base_under_twenty() -> None:
    for before in range(20):
        for language in ("kk", "ru", "en"):
            assert "%" not in said(language, *two(100, before))


@pytest.mark.parametrize(("year", "broken"), [("2023", False), ("2024", True), ("2025", True), ("2026", False)])
def test_break_in_a_series_is_named_and_not_compared(year: str, broken: bool) -> None:
    now, before = two(300, 100, "criminal_offences_domestic", year)
    found = change(now, before, kind=Kind.COUNT, breaks=(MOVED,))
    assert found is not None
    assert (found.direction is Direction.BREAK) == broken
    if broken:
        assert "Сравнение с" in said("ru", now, before, MOVED)
        assert said("ru", now, before, MOVED).endswith("не приводится: причина.")
        assert "салыстырылмайды: себебі." in said("kk", now, before, MOVED)


def test_break_of_one_series_does_not_touch_another() -> None:
    assert "2,9" not in said("ru", *two(300, 100, "criminal_offences_domestic", "2024"), MOVED)
    assert "раза больше" in said("ru", *two(230, 100, ORDERS, "2024"), MOVED)


def test_nothing_is_said_of_an_unfinished_period_or_where_there_is_no_figure() -> None:
    now, before = two(300, 100)
    running = figure(ORDERS, 300, period=now.period, complete=False)
    assert change(running, before, kind=Kind.COUNT) is None
    assert change(now, None, kind=Kind.COUNT) is None
    assert change(now, figure(ORDERS, None, period=before.period), kind=Kind.COUNT) is None


def test_shares_and_medians_are_only_set_side_by_side() -> None:
    now, before = two(300, 100)
    for kind in (Kind.SHARE, Kind.PER_100, Kind.MEDIAN):
        found = change(now, before, kind=kind)
        assert found is not None
        assert found.direction is Direction.LEVEL


@pytest.mark.parametrize(
    ("word", "before"),
    [("2026", "2025"), ("2024-02", "2023-02"), ("2025-02", "2024-02"), ("2026-Q3", "2025-Q3"),
     ("2025-11..2026-02", "2024-11..2025-02"), ("2023-11..2024-02", "2022-11..2023-02")],
)  # fmt: skip
def test_year_before_has_the_same_months_leap_years_too(word: str, before: str) -> None:
    assert year_before(parse(word)) == parse(before)


def test_records_that_begin_in_the_middle_of_the_year_before_do_not_go_back_far_enough() -> None:
    assert goes_back(date(2025, 1, 20), parse("2025"))
    assert not goes_back(date(2025, 6, 1), parse("2025"))
    assert not goes_back(None, parse("2025"))


@given(st.integers(0, 10**9))
def test_round_number_is_near_and_says_on_which_side(value: int) -> None:
    found = rough(value)
    assert abs(found.whole - value) * 20 <= max(value, 1)
    side = {Nearness.EXACT: found.whole == value, Nearness.MORE: found.whole < value}
    assert side.get(found.nearness, found.whole > value)


def test_times_have_no_empty_decimals() -> None:
    assert str(times(Decimal(200), Decimal(100))) == "2"
    assert str(times(Decimal(1000), Decimal(100))) == "10"
    assert str(times(Decimal(235), Decimal(100))) == "2.4"
