"""Numbers as a person says them aloud: *about 16 thousand*, *more than 72 thousand*, *twice as many*."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

EXACT_BELOW = 1000  # smaller numbers are said as they are
_THOUSAND, _MILLION = 1000, 1_000_000
TWICE = Decimal(2)


class Nearness(StrEnum):
    """How a round number stands to the true one."""

    EXACT = "exact"
    MORE = "more"  # the true one lies a little above
    ABOUT = "about"  # the true one lies a little below


class Grain(StrEnum):
    """The word after the round number."""

    ONE = "one"
    THOUSAND = "thousand"
    MILLION = "million"


@dataclass(frozen=True)
class Rough:
    """A round number: how near, how many of what. `value` of 72 and THOUSAND is said *72 thousand*."""

    nearness: Nearness
    value: Decimal
    grain: Grain

    @property
    def whole(self) -> int:
        """The round number in full."""
        size = {Grain.ONE: 1, Grain.THOUSAND: _THOUSAND, Grain.MILLION: _MILLION}[self.grain]
        return int(self.value * size)


def rough(value: int) -> Rough:
    """The round number nearest to a count, two figures long, three from a hundred thousand on.

    Below a thousand nothing is rounded. The round number differs from the count by less than one in twenty.
    """
    if value < EXACT_BELOW:
        return Rough(Nearness.EXACT, Decimal(value), Grain.ONE)
    step = 10 ** (len(str(value)) - (3 if value >= 100 * _THOUSAND else 2))
    near = (value + step // 2) // step * step
    nearness = Nearness.EXACT if near == value else Nearness.MORE if near < value else Nearness.ABOUT
    return Rough(nearness, *_worded(near))


def _worded(whole: int) -> tuple[Decimal, Grain]:
    if whole >= _MILLION:
        return _short(Decimal(whole) / _MILLION), Grain.MILLION
    if whole >= 10 * _THOUSAND:
        return _short(Decimal(whole) / _THOUSAND), Grain.THOUSAND
    return Decimal(whole), Grain.ONE


def _short(value: Decimal) -> Decimal:
    """Without zeros after the sign: 1,2, but 72 and not 72,0."""
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()


def times(now: Decimal, before: Decimal) -> Decimal:
    """How many times as much, to one decimal: 2.3; a whole number without one."""
    return _short((now / before).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def per_cent(now: Decimal, before: Decimal) -> Decimal:
    """By how many per cent of what was before, without a sign, to one decimal."""
    return (abs(now - before) * 100 / before).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def rounded_whole(value: Decimal) -> int:
    """The nearest whole number, half up."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
