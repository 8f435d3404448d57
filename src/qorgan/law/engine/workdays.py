"""On which days offices work: the public calendar of a country, with the days a government moved."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

_DAY = timedelta(days=1)
_REACH = 3700  # no term of any act is longer than ten years; a calendar without working days must not hang


@dataclass(frozen=True)
class PublicYear:
    """What the public calendar says of one year."""

    rest: frozenset[date]
    work: frozenset[date]  # days of the weekend that were worked in exchange
    estimated: frozenset[date]  # rest by an astronomical estimate, not yet announced


@cache
def public_year(country: str, year: int) -> PublicYear:
    """The public calendar of `country` (ISO 3166 code) in `year`; empty for a country code of "".

    Loads the next year too: a day of late December may be worked for a day of rest in January.
    """
    if not country:
        return PublicYear(frozenset(), frozenset(), frozenset())
    import holidays  # all calendars of the world: only where a working day is asked for

    calendar = holidays.country_holidays(country, years=(year, year + 1), language="en_US")
    names = {day: name for day, name in calendar.items() if day.year == year}
    work = frozenset(day for day in getattr(calendar, "weekend_workdays", ()) if day.year == year)
    return PublicYear(
        rest=frozenset(names) - work,
        work=work,
        estimated=frozenset(day for day, name in names.items() if "estimated" in name),
    )


@dataclass(frozen=True)
class WorkCalendar:
    """The working days of a country.

    `rest` and `work` are dates that the country's data set by name: they win over the public calendar. `confirmed`
    are dates whose estimate has been announced since. After `known_until` no list of moved days has been seen.
    """

    country: str = ""
    weekend: frozenset[int] = frozenset({5, 6})  # Monday is 0
    rest: frozenset[date] = field(default=frozenset())
    work: frozenset[date] = field(default=frozenset())
    confirmed: frozenset[date] = field(default=frozenset())
    known_until: date | None = None

    def is_working(self, day: date) -> bool:
        """Whether offices work on `day`."""
        if day in self.work or day in self.rest:
            return day in self.work
        year = public_year(self.country, day.year)
        if day in year.work or day in year.rest:
            return day in year.work
        return day.weekday() not in self.weekend

    def after(self, day: date, count: int) -> date:
        """The last day of a term of `count` working days; `day` itself, the day of the event, does not count."""
        if count < 0:
            raise ValueError("a term of working days cannot be negative")
        left, here = count, day
        for _ in range(_REACH):
            if left == 0:
                return here
            here += _DAY
            left -= self.is_working(here)
        raise ValueError("the calendar of the country has too few working days")

    def between(self, first: date, last: date) -> int:
        """How many working days lie after `first`, up to and with `last`."""
        days = (first + _DAY * n for n in range(1, (last - first).days + 1))
        return sum(self.is_working(day) for day in days)

    def doubtful(self, first: date, last: date) -> tuple[date, ...]:
        """Dates in the span on which the calendar may still change: estimated feasts, and a year nobody listed yet."""
        days = {
            day
            for year in range(first.year, last.year + 1)
            for day in public_year(self.country, year).estimated - self.confirmed
            if first <= day <= last
        }
        if self.known_until and last > self.known_until:
            days.add(max(first, self.known_until + _DAY))
        return tuple(sorted(days))


def weekdays(names: Iterable[str]) -> frozenset[int]:
    """Weekday numbers of English names, as `saturday`. Raises ValueError for any other word."""
    order = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return frozenset(order.index(name) for name in names)
