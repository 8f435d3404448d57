"""The plan: the same for the same seed, thread by thread, and exact to the unit."""

from collections import Counter
from datetime import UTC, date, datetime
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from qorgan.simulation.engine.accounts import ACCOUNTS, NOT_OF_A_YEAR, Span, account
from qorgan.simulation.engine.assumptions import Faulty
from qorgan.simulation.engine.chance import apportioned, scaled
from qorgan.simulation.engine.courses import WAYS, Court, report_courses, stream_counts
from qorgan.simulation.engine.deal import shares
from qorgan.simulation.engine.steps import steps
from qorgan.simulation.readers.country import ground
from tests.simulation.grounds import assuming, ledger, plan

YEARS = ground().assumptions.years
WHOLE = Fraction(1)
DECIDED = (Court.REQUIREMENTS, Court.PROTOCOL)


def _value(code: str, year: int, scale: str) -> int:
    counted = account(ledger(plan(year, scale).threads()), code, Span(year * 12, year * 12 + 11), decimals=0)
    return counted.numerator


def test_the_same_seed_gives_the_same_threads_and_another_seed_others() -> None:
    first, again = (list(plan(2024, "1/1000").threads()) for _time in range(2))
    assert first == again
    assert first != list(plan(2024, "1/1000", seed=8).threads())


def test_a_thread_does_not_depend_on_those_asked_before_it() -> None:
    whole = plan(2024, "1/1000")
    expected = {thread.key: thread for thread in whole.threads()}
    asked = [(place, number) for place in range(len(ground().districts)) for number in range(len(whole.deal(place)))]
    Random(1).shuffle(asked)
    other = plan(2024, "1/1000")
    for place, number in asked:
        thread = other.thread(place, number)
        assert thread == expected[thread.key]
    assert len(asked) == len(expected) == len(whole)


@pytest.mark.parametrize("scale", ["1", "0.1", "0.01", "0.002"])
@pytest.mark.parametrize("year", YEARS)
def test_courses_of_every_year_leave_room_at_every_scale(year: int, scale: str) -> None:
    part, assumed = Fraction(scale), ground().assumptions
    found = report_courses(assumed, year, part)
    decided = sum(count for course, count in found.items() if WAYS[course].court in DECIDED)
    sentenced = sum(stream_counts(stream, year, part).court for stream in assumed.streams)
    assert sum(found.values()) == scaled(assumed.totals["reports"][year], part)
    assert sum(WAYS[course].orders * count for course, count in found.items()) == scaled(
        assumed.totals["orders"][year], part
    )
    assert decided + sentenced == max(scaled(assumed.totals["court_cases"][year], part), sentenced)


def test_districts_share_out_the_whole_year_of_2024_without_a_remainder() -> None:
    found = shares(ground(), seed=1, year=2024, scale=WHOLE)
    assert sum(map(sum, found.courses.values())) == 100_000
    assert sum(WAYS[course].orders * sum(counts) for course, counts in found.courses.items()) == 72_000
    decided = sum(
        sum(counts)
        for course, counts in found.courses.items()
        if WAYS[course].court in (Court.REQUIREMENTS, Court.PROTOCOL)
    )
    assert decided + sum(sum(counts) for (_n, fate), counts in found.streams.items() if fate == "court") == 16_000
    sizes = Counter[int]()
    for counts in found.courses.values():
        for district, count in zip(ground().districts, counts, strict=True):
            sizes[district.region] += count
    assert sizes[62] < 1_500 < 9_000 < sizes[75]  # Ulytau and Almaty


@pytest.mark.parametrize(
    ("codes", "first", "last", "fall"),
    [
        (["homicide_of_woman"], 138, 70, "49.3"),
        (["grievous_harm_to_woman"], 230, 210, "8.7"),
        (["theft_by_minor"], 1100, 891, "19.0"),
        (["robbery_by_minor"], 200, 170, "15.0"),
        (["homicide_by_minor"], 31, 22, "29.0"),
        (["homicide_by_minor", "theft_by_minor", "robbery_by_minor", "other_offence_by_minor"], 2000, 1880, "6.0"),
    ],
)
def test_trends_over_five_years_are_those_that_were_stated(codes: list[str], first: int, last: int, fall: str) -> None:
    streams = {stream.code: stream.totals for stream in ground().assumptions.streams}
    before, after = (sum(streams[code][year] for code in codes) for year in (2019, 2024))
    assert (before, after) == (first, last)
    assert f"{100 * (before - after) / before:.1f}" == fall


@pytest.mark.parametrize(("year", "scale"), [(2019, "1/20"), (2024, "1/20")])
def test_crimes_against_women_and_by_minors_hold_their_scaled_totals(year: int, scale: str) -> None:
    streams = {stream.code: stream for stream in ground().assumptions.streams}
    women = [code for code, stream in streams.items() if set(stream.victims.sexes) == {"female"}]
    expected = sum(scaled(streams[code].totals[year], Fraction(scale)) for code in women)
    assert _value("offences_against_women", year, scale) == expected


def test_children_raped_in_2017_are_281_victims_and_attempts_are_apart() -> None:
    streams = {stream.code: stream for stream in ground().assumptions.streams}
    assert sum(streams[code].totals[2017] for code in ("rape_of_child", "intercourse_with_girl")) == 281
    assert all(streams[code].victims.pairs == 0 for code in ("rape_of_child", "intercourse_with_girl"))
    held = ledger(plan(2017, "1/10").threads())
    assert account(held, "children_raped", Span(2017 * 12, 2017 * 12 + 11), decimals=0).numerator == 28


def test_every_step_lies_in_the_year_or_its_follow_up_and_rests_on_what_came_before() -> None:
    for thread in plan(2024, "1/500").threads():
        done = steps(thread)
        assert done[0].at >= datetime(2023, 12, 31, tzinfo=UTC)
        assert done[-1].at < datetime(2025, 7, 1, tzinfo=UTC)
        for order in thread.orders:
            assert thread.case_at is not None
            assert thread.case_at <= order.drafted_at <= order.issued_at
            assert order.served_at is None or order.issued_at <= order.served_at <= (
                order.recorded_at or order.served_at
            )
        for case in thread.court_cases:
            moments = [decision.at for decision in case.decisions]
            assert all(case.sent_at <= moment < datetime(2025, 1, 1, tzinfo=UTC) for moment in moments)


def test_no_check_is_planned_before_the_law_knew_any() -> None:
    assert not any(order.checks for thread in plan(2024, "1/200").threads() for order in thread.orders)
    checked = [order for thread in plan(2026, "1/200").threads() for order in thread.orders if order.checks]
    zone = ground().districts[0].zone
    assert checked
    assert min(order.served_at.astimezone(zone).date() for order in checked if order.served_at) >= date(2026, 3, 2)


def test_battery_changes_its_code_with_the_day_of_the_act() -> None:
    found = {
        (offence.wording.code, offence.wording.article)
        for thread in plan(2024, "1/100").threads()
        for offence in thread.offences
        if offence.wording.acted_on and offence.wording.acted_on >= date(2024, 6, 16)
    }
    assert {("CC", "109-1"), ("KoAP", "73")} <= found
    assert not {("KoAP", "73-1"), ("KoAP", "73-2"), ("CC", "109")} & found


def test_a_year_or_a_scale_that_is_not_assumed_is_refused_with_a_sentence() -> None:
    with pytest.raises(Faulty, match="2013 to 2026"):
        plan(2030, "1")
    with pytest.raises(Faulty, match="above 0"):
        plan(2024, "2")
    crowded = assuming(totals={**ground().assumptions.totals, "orders": dict.fromkeys(YEARS, 99_000)})
    with pytest.raises(Faulty, match="no room for: talk"):
        next(plan(2024, "1", on=crowded).threads())


@given(
    total=some.integers(0, 10_000),
    weights=some.lists(some.floats(0.01, 1000), min_size=1, max_size=60),
    seed=some.integers(0, 10_000),
)
def test_parts_are_their_exact_share_up_or_down_and_sum_to_the_total(
    total: int, weights: list[float], seed: int
) -> None:
    parts = apportioned(total, weights, Random(seed))
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) <= 1.000001


def test_the_ledger_keeps_every_indicator_of_the_house() -> None:
    from qorgan.indicators.queries import definitions

    assert set(definitions()) == set(ACCOUNTS) | NOT_OF_A_YEAR
