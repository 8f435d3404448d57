"""The clock: when a term ends. Pure; every moment is aware, every answer is in the local time of the place."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from qorgan.law.engine.marks import DURATIONS, Unit
from qorgan.law.engine.workdays import WorkCalendar

_END = time(23, 59, 59)
_PHYSICAL = {
    Unit.MINUTES: timedelta(minutes=1),
    Unit.HOURS: timedelta(hours=1),
    Unit.DAYS: timedelta(hours=24),
}
PHYSICAL = frozenset(_PHYSICAL)  # units that are spans of time, the same at every moment


@dataclass(frozen=True)
class Duration:
    """A length of time as an act puts it: `Duration(30, Unit.DAYS)`, `Duration(20, Unit.WORKING_DAYS)`."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.unit not in DURATIONS:
            raise ValueError(f"{self.unit} is not a unit of time")
        if self.amount < 0:
            raise ValueError("a term cannot be negative")


def local(moment: datetime, zone: tzinfo) -> datetime:
    """`moment` as the clocks of the place showed it on that day. Refuses a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("the clock needs an aware datetime")
    return moment.astimezone(zone)


def local_day(moment: datetime, zone: tzinfo) -> date:
    """The date on which `moment` fell in the place: what decides between two laws."""
    return local(moment, zone).date()


def end_of(day: date, zone: tzinfo) -> datetime:
    """The last second of `day` in the place; where clocks went back that night, the later of the two."""
    return datetime.combine(day, _END, tzinfo=zone).replace(fold=1).astimezone(UTC).astimezone(zone)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due(start: datetime, duration: Duration, calendar: WorkCalendar, zone: tzinfo) -> datetime:
    """The moment at which a term begun at `start` ends, in the local time of the place on that day.

    Minutes, hours and days of 24 hours run through changes of the clock. A term in dates ends with the last second
    of its last date; the day of the event does not count. A term in months ends at the same time of day.
    """
    here = local(start, zone)
    if step := _PHYSICAL.get(duration.unit):
        return (start.astimezone(UTC) + step * duration.amount).astimezone(zone)
    if duration.unit is Unit.MONTHS:
        last = datetime.combine(add_months(here.date(), duration.amount), here.time(), tzinfo=zone)
        # A wall clock time that a change of the clock skipped becomes the real one an hour on.
        return last.replace(fold=here.fold).astimezone(UTC).astimezone(zone)
    return end_of(due_on(here.date(), duration, calendar), zone)


def due_on(start: date, duration: Duration, calendar: WorkCalendar) -> date:
    """The last date of a term whose start is known by its date only. Hours count only where they make whole days."""
    if duration.unit is Unit.MONTHS:
        return add_months(start, duration.amount)
    if duration.unit is Unit.WORKING_DAYS:
        return calendar.after(start, duration.amount)
    if duration.unit in (Unit.DAYS, Unit.CALENDAR_DAYS):
        return start + timedelta(days=duration.amount)
    days, rest = divmod(duration.amount, 24 if duration.unit is Unit.HOURS else 24 * 60)
    if rest:
        raise ValueError("a term in hours needs the moment at which it begins")
    return start + timedelta(days=days)


def every(start: datetime, interval: Duration, until: datetime, calendar: WorkCalendar, zone: tzinfo) -> list[datetime]:
    """When something repeated is due, at the latest: one interval after `start`, two, three ... never after `until`."""
    if interval.amount < 1:
        raise ValueError("an interval must be longer than nothing")
    return list(_steps(start, interval, until, calendar, zone))


def _steps(
    start: datetime, interval: Duration, until: datetime, calendar: WorkCalendar, zone: tzinfo
) -> Iterator[datetime]:
    # Each step is counted from the start, so that month ends do not drift (31 Jan, 28 Feb, 31 Mar).
    # Compared in UTC: Python compares two moments of one zone by the wall clock, wrong in the hour that comes twice.
    number, end = 1, until.astimezone(UTC)
    while True:
        moment = due(start, Duration(interval.amount * number, interval.unit), calendar, zone)
        if moment.astimezone(UTC) > end:
            return
        yield moment
        number += 1
