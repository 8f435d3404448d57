"""Days and moments of a simulated year, by the weights of months and hours."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import accumulate
from random import Random

_MINUTE = timedelta(minutes=1)


class YearOfDays:
    """One year, up to its last simulated day."""

    def __init__(self, year: int, last: date, *, months: Sequence[float], hours: Sequence[float]) -> None:
        self.year = year
        self.first = date(year, 1, 1)
        self.last = last
        days = (last - self.first).days + 1
        self._days = [self.first + timedelta(days=index) for index in range(days)]
        self._marks = list(accumulate(months[day.month - 1] for day in self._days))
        self._hours = list(hours)

    def day(self, part: float, first: date, last: date) -> date:
        """The day at a part (0 to 1) of the weight that lies between two days, both inside."""
        low = max(0, (first - self.first).days)
        high = min(len(self._days) - 1, (last - self.first).days)
        below = self._marks[low - 1] if low else 0.0
        mark = below + part * (self._marks[max(low, high)] - below)
        return self._days[min(max(bisect_left(self._marks, mark), low), max(low, high))]

    def moment(self, day: date, zone: tzinfo, chance: Random) -> datetime:
        """A moment of a local day, by the weights of its hours."""
        hour = chance.choices(range(24), self._hours)[0]
        return at(day, zone, hour, chance.randrange(60), chance.randrange(60))

    def end(self, zone: tzinfo) -> datetime:
        """The last minute of the year in a place."""
        return at(self.last + timedelta(days=1), zone) - _MINUTE


def at(day: date, zone: tzinfo, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    """A local moment, in UTC."""
    return datetime.combine(day, time(hour, minute, second), zone).astimezone(UTC)


def whole(moment: datetime) -> datetime:
    """To the second: nothing is recorded finer."""
    return moment.replace(microsecond=0)


def later(moment: datetime, passed: timedelta, chance: Random, *, until: datetime) -> datetime:
    """So much later, to the second; where that is after `until`, somewhere between the two. Never before `moment`."""
    wanted = moment + passed
    if wanted >= until:
        wanted = moment + max(until - moment, timedelta(0)) * chance.random()
    return max(whole(wanted), moment)
