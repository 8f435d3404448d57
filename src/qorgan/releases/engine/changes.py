"""What became of a figure since the same period a year before, and when that must not be said.

No per cent on a base under 20: one record more or less would be a headline. Nothing at all across a break in the
series, which is named instead; nor of a period that has not ended, nor where the records do not go back so far.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from qorgan.indicators.engine.figures import Figure
from qorgan.indicators.engine.periods import Period
from qorgan.releases.engine.kinds import Kind
from qorgan.releases.engine.spoken import TWICE, per_cent, times

SMALLEST_BASE = 20
_MONTH = timedelta(days=31)


class Direction(StrEnum):
    """What is said of a change."""

    MORE = "more"
    FEWER = "fewer"
    FOLD = "fold"  # at least twice as many
    LEVEL = "level"  # only what it was before
    BREAK = "break"  # not comparable, and why


@dataclass(frozen=True)
class Break:
    """A day on which the series of some indicators breaks, with the reason by language."""

    on: date
    indicators: frozenset[str]
    words: Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """A figure against that of a year before. `amount`: per cent or times; `why`: the break."""

    direction: Direction
    before: Figure
    amount: Decimal | None = None
    why: Break | None = None


def year_before(period: Period) -> Period:
    """The same months a year earlier."""
    first, last = period.first, period.last
    following = last + timedelta(days=1)
    return Period(first.replace(year=first.year - 1), following.replace(year=following.year - 1) - timedelta(days=1))


def goes_back(first_record: date | None, period: Period) -> bool:
    """Whether records exist from the beginning of the period, give or take its first month."""
    return first_record is not None and first_record <= period.first + _MONTH


def break_between(code: str, *, before: Period, now: Period, breaks: tuple[Break, ...]) -> Break | None:
    """The break that lies between the first day of the one period and the last of the other; the latest of several."""
    found = [one for one in breaks if code in one.indicators and before.first < one.on <= now.last]
    return max(found, key=lambda one: one.on, default=None)


def change(figure: Figure, before: Figure | None, *, kind: Kind, breaks: tuple[Break, ...] = ()) -> Change | None:
    """What may be said of the change; None where nothing may."""
    if figure.value is None or not figure.complete or before is None or before.value is None:
        return None
    broken = break_between(figure.code, before=before.period, now=figure.period, breaks=breaks)
    if broken is not None:
        return Change(Direction.BREAK, before, why=broken)
    if kind is not Kind.COUNT or before.value < SMALLEST_BASE or figure.value == before.value:
        return Change(Direction.LEVEL, before)
    if figure.value >= TWICE * before.value:
        return Change(Direction.FOLD, before, times(figure.value, before.value))
    amount = per_cent(figure.value, before.value)
    if not amount:
        return Change(Direction.LEVEL, before)
    return Change(Direction.MORE if figure.value > before.value else Direction.FEWER, before, amount)
