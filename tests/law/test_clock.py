"""The clock at its edges: borders of months and years, changes of the clock, days of rest."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgan.law.engine.clock import Duration, add_months, due, due_on, end_of, every, local_day
from qorgan.law.engine.marks import Unit
from qorgan.law.engine.workdays import WorkCalendar, public_year, weekdays

ALMATY = ZoneInfo("Asia/Almaty")
AQTAU = ZoneInfo("Asia/Aqtau")
KZ = WorkCalendar("KZ")
moments = st.datetimes(datetime(2005, 1, 1), datetime(2035, 1, 1), timezones=st.sampled_from([ALMATY, AQTAU, UTC]))
dates = st.dates(date(2005, 1, 1), date(2035, 1, 1))


def at(text: str, zone: ZoneInfo = ALMATY) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def ends(start: str, amount: int, unit: Unit, zone: ZoneInfo = ALMATY) -> str:
    return due(at(start, zone), Duration(amount, unit), KZ, zone).isoformat(timespec="minutes")


def test_hours_and_days_of_24_hours_run_through_the_change_of_march_2024() -> None:
    assert ends("2024-02-29T20:00", 24, Unit.HOURS) == "2024-03-01T19:00+05:00"
    assert ends("2024-02-10T10:00", 30, Unit.DAYS) == "2024-03-11T09:00+05:00"
    assert ends("2024-02-10T10:00", 30, Unit.DAYS, AQTAU) == "2024-03-11T10:00+05:00"
    assert ends("2024-03-01T00:00", 24, Unit.HOURS) == "2024-03-02T00:00+05:00"


def test_the_last_evening_before_the_change_had_one_hour_twice_and_ends_with_the_second() -> None:
    end = end_of(date(2024, 2, 29), ALMATY)
    assert end.isoformat() == "2024-02-29T23:59:59+05:00"
    assert end.astimezone(UTC) == datetime(2024, 2, 29, 18, 59, 59, tzinfo=UTC)


def test_dates_end_with_the_last_second_of_the_last_date() -> None:
    assert ends("2024-02-28T00:00", 1, Unit.CALENDAR_DAYS) == "2024-02-29T23:59+05:00"
    assert ends("2023-12-31T23:59", 1, Unit.CALENDAR_DAYS) == "2024-01-01T23:59+06:00"


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2024-08-31", 6, "2025-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2024-12-31", 2, "2025-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-03-30", 1, "2024-04-30"),
        ("2024-03-31", 1, "2024-04-30"),
        ("2024-11-15", 3, "2025-02-15"),
        ("2024-01-31", 0, "2024-01-31"),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_short_month(start: str, months: int, end: str) -> None:
    assert add_months(date.fromisoformat(start), months).isoformat() == end


def test_months_keep_the_time_of_day_whatever_the_clock_did() -> None:
    assert ends("2023-12-15T09:30", 3, Unit.MONTHS) == "2024-03-15T09:30+05:00"


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2025-02-14", 1, "2025-02-17"),  # Friday: the weekend is skipped
        ("2025-02-15", 1, "2025-02-17"),  # an event on Saturday
        ("2024-03-07", 1, "2024-03-11"),  # 8 March
        ("2024-03-20", 1, "2024-03-26"),  # Nauryz: 21, 22, 23 on a Saturday, so the 25th rests too
        ("2025-03-20", 1, "2025-03-26"),  # Nauryz on two days of the weekend
        ("2024-05-03", 1, "2024-05-04"),  # a Saturday worked for 8 May
        ("2024-05-06", 1, "2024-05-10"),  # 7 May, the moved day, 9 May
        ("2025-01-02", 1, "2025-01-05"),  # 3 January rests, Sunday the 5th is worked for it
        ("2025-01-06", 1, "2025-01-08"),  # Orthodox Christmas
        ("2023-01-06", 1, "2023-01-09"),  # Christmas on a Saturday moves nothing
        ("2025-06-05", 1, "2025-06-09"),  # Kurban Ait on a Friday
        ("2024-06-14", 1, "2024-06-17"),  # Kurban Ait on a Sunday moves nothing
        ("2026-05-26", 1, "2026-05-28"),  # Kurban Ait
        ("2021-12-15", 1, "2021-12-20"),  # Independence Day was two days to 2021
        ("2022-12-15", 1, "2022-12-19"),  # and is one since
        ("2021-10-22", 1, "2021-10-25"),  # Republic Day returned in 2022
        ("2022-10-21", 1, "2022-10-22"),  # Saturday worked for Monday the 24th
        ("2022-10-22", 1, "2022-10-26"),
        ("2019-11-29", 1, "2019-12-03"),  # First President Day on a Sunday
        ("2024-12-31", 1, "2025-01-05"),
        ("2013-12-27", 1, "2013-12-28"),  # worked for 3 January of the next year
    ],
)
def test_working_days_know_feasts_their_substitutes_and_moved_days(start: str, count: int, end: str) -> None:
    assert KZ.after(date.fromisoformat(start), count).isoformat() == end


def test_moved_days_of_the_country_win_over_the_public_calendar() -> None:
    moved = WorkCalendar("KZ", rest=frozenset({date(2026, 6, 5)}), work=frozenset({date(2026, 6, 6)}))
    assert moved.after(date(2026, 6, 4), 1) == date(2026, 6, 6)
    assert moved.after(date(2026, 6, 4), 2) == date(2026, 6, 8)


def test_an_estimated_feast_and_a_year_nobody_listed_are_doubtful() -> None:
    known = WorkCalendar("KZ", known_until=date(2026, 12, 31))
    assert known.doubtful(date(2026, 5, 20), date(2026, 6, 1)) == (date(2026, 5, 27),)
    confirmed = WorkCalendar("KZ", confirmed=frozenset({date(2026, 5, 27)}), known_until=date(2026, 12, 31))
    assert confirmed.doubtful(date(2026, 5, 20), date(2026, 6, 1)) == ()
    assert confirmed.doubtful(date(2026, 12, 20), date(2027, 1, 15)) == (date(2027, 1, 1),)


def test_the_other_country_works_from_monday_to_thursday(zz_days: WorkCalendar) -> None:
    assert zz_days.after(date(2026, 4, 30), 1) == date(2026, 5, 6)  # 4 May rests, 5 May was moved
    assert zz_days.after(date(2026, 5, 7), 1) == date(2026, 5, 8)  # to this Friday
    assert zz_days.after(date(2026, 7, 2), 1) == date(2026, 7, 6)


def test_a_calendar_without_working_days_is_refused_and_does_not_hang() -> None:
    with pytest.raises(ValueError, match="too few working days"):
        WorkCalendar(weekend=frozenset(range(7))).after(date(2026, 1, 1), 1)
    with pytest.raises(ValueError):
        weekdays(["caturday"])
    assert public_year("", 2026).rest == frozenset()


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        local_day(datetime(2026, 1, 1, 12), ALMATY)


def test_a_negative_term_and_an_interval_of_nothing_are_refused() -> None:
    with pytest.raises(ValueError):
        Duration(-1, Unit.DAYS)
    with pytest.raises(ValueError):
        Duration(1, Unit.TENGE)
    with pytest.raises(ValueError):
        every(at("2026-04-01T00:00"), Duration(0, Unit.DAYS), at("2026-05-01T00:00"), KZ, ALMATY)
    with pytest.raises(ValueError, match="moment"):
        due_on(date(2026, 1, 1), Duration(25, Unit.HOURS), KZ)
    assert due_on(date(2026, 1, 1), Duration(48, Unit.HOURS), KZ) == date(2026, 1, 3)


def test_monthly_repeats_do_not_drift_at_month_ends() -> None:
    found = every(at("2025-01-31T12:00"), Duration(1, Unit.MONTHS), at("2025-05-31T12:00"), KZ, ALMATY)
    assert [moment.date().isoformat() for moment in found] == ["2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31"]


@given(start=moments, amount=st.integers(0, 800))
def test_thirty_periods_of_24_hours_are_always_as_many_hours(start: datetime, amount: int) -> None:
    end = due(start, Duration(amount, Unit.DAYS), KZ, ALMATY)
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=24 * amount)


@given(start=moments, step=st.integers(1, 40), length=st.integers(0, 120))
def test_checks_never_lie_after_the_end_and_no_gap_is_longer_than_the_interval(
    start: datetime, step: int, length: int
) -> None:
    end = due(start, Duration(length, Unit.DAYS), KZ, ALMATY)
    checks = [c.astimezone(UTC) for c in every(start, Duration(step, Unit.DAYS), end, KZ, ALMATY)]
    marks = [start.astimezone(UTC), *checks]
    assert all(check <= end.astimezone(UTC) for check in checks)
    assert all(later - sooner == timedelta(days=step) for sooner, later in pairwise(marks))
    assert end.astimezone(UTC) - marks[-1] < timedelta(days=step)


@given(start=moments, months=st.integers(0, 60))
def test_months_never_leave_the_month_they_count_to(start: datetime, months: int) -> None:
    here = start.astimezone(ALMATY)
    end = due(start, Duration(months, Unit.MONTHS), KZ, ALMATY)
    assert (end.year * 12 + end.month) - (here.year * 12 + here.month) == months
    assert end.day <= here.day


@given(start=dates, count=st.integers(1, 60))
def test_a_working_term_ends_on_a_working_day_and_counts_them_all(start: date, count: int) -> None:
    end = KZ.after(start, count)
    assert KZ.is_working(end)
    assert KZ.between(start, end) == count


@given(start=dates, count=st.integers(0, 40))
def test_one_more_working_day_is_always_later(start: date, count: int) -> None:
    assert KZ.after(start, count) < KZ.after(start, count + 1)
