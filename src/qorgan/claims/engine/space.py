"""What the truth can still be, once some statements of a system are believed.

Every answer is exact: a point that satisfies each inequality, a sum of inequalities that contradicts itself, or a
bound with the inequalities that force it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod

from qorgan.claims.engine import highs
from qorgan.claims.engine.exact import Clash, Least, Point, Row, TooHard
from qorgan.claims.engine.rounding import ANY, Interval
from qorgan.claims.engine.statement import Points, Rank
from qorgan.claims.engine.system import ONE, Linear, Measure, Quantity, System, ratio

CASES = 64  # ways to order what ranks leave open; more is too hard
_SCALE = "scale"  # the unknown by which all others are multiplied when a ratio is sought
_SPOTS = 4  # a share that percentage points tie to another is tried at so many places and both ends


@dataclass(frozen=True)
class Bound:
    """The least or most of a quantity, None without end, and whose demands force it."""

    value: Fraction | None
    weights: tuple[tuple[Row, Fraction], ...] = ()

    @property
    def owners(self) -> tuple[str, ...]:
        """The statements behind it."""
        return tuple(dict.fromkeys(row.owner for row, _weight in self.weights if row.owner))


@dataclass(frozen=True)
class Range:
    """How small and how large a quantity can be."""

    least: Bound
    most: Bound

    @property
    def interval(self) -> Interval:
        """The same as an interval."""
        return Interval(self.least.value or Fraction(0), self.most.value)


@dataclass(frozen=True)
class Space:
    """A system of which only the demands of `owners` are believed; `extra` rows are suppositions on top."""

    system: System
    owners: frozenset[str]
    extra: tuple[Row, ...] = ()

    def without(self, owner: str) -> "Space":
        """The same, one statement less."""
        return Space(self.system, self.owners - {owner}, self.extra)

    @cached_property
    def cases(self) -> tuple[tuple[Row, ...], ...]:
        """The inequalities: one list, or one for each way in which ranks may be met. Raises TooHard."""
        system = self.system
        rows = [row for row in system.meaning if not row.owner or row.owner in self.owners]
        for owner, measure in system.measures.items():
            if owner in self.owners:
                rows += system.rows(measure)
        rows += self.extra
        kept = [each for each in system.claim.statements if each.id in self.owners]
        orders = [tuple(system.orders(each)) for each in kept if isinstance(each, Rank)]
        if prod(map(len, orders)) > CASES:
            raise TooHard
        found = [(*rows, *(row for order in chosen for row in order)) for chosen in product(*orders)]
        return tuple(self._tied(found)) if self._points else tuple(found)

    @cached_property
    def _points(self) -> tuple[Points, ...]:
        statements = self.system.claim.statements
        return tuple(each for each in statements if isinstance(each, Points) and each.id in self.owners)

    @cached_property
    def point(self) -> Point | Clash | None:
        """Values that satisfy everything; or the proof that there are none; None where no case of several has any.

        Raises TooHard.
        """
        clash: Clash | None = None
        for rows in self.cases:
            _tableau, found = highs.feasible(rows)
            if isinstance(found, Point):
                return found
            clash = found
        if self.cases and self._points:  # the places that were tried are not all there are
            raise TooHard
        return clash if len(self.cases) == 1 else None

    def range(self, quantity: Quantity) -> Range | None:
        """How small and how large a quantity can be; None where nothing is possible, or what divides it is nothing.

        Percentage points are left out: the range is wide enough without them, and never too narrow.
        """
        plain = Space(self.system, self.owners - {each.id for each in self._points}, self.extra)
        ranges = [found for rows in plain.cases if (found := _range(self.system, rows, quantity)) is not None]
        if not ranges:
            return None
        least = min((each.least for each in ranges), key=lambda bound: bound.value or Fraction(0))
        mosts = [each.most for each in ranges]
        endless = [bound for bound in mosts if bound.value is None]
        return Range(least, endless[0] if endless else max(mosts, key=lambda bound: bound.value or Fraction(0)))

    def _tied(self, cases: Sequence[tuple[Row, ...]]) -> Iterator[tuple[Row, ...]]:
        """Cases with shares that percentage points tie to one another.

        A share at both times is an unknown times an unknown, so the first is tried at both ends of where it can be
        and between. What is found possible is possible; where no place at all is left it is impossible.
        """
        for rows in cases:
            for spots in product(*(tuple(self._spots(rows, each)) for each in self._points)):
                yield (*rows, *(row for spot in spots for row in spot))

    def _spots(self, rows: tuple[Row, ...], points: Points) -> Iterator[tuple[Row, ...]]:
        system = self.system
        first = Quantity(((points.thing, points.start),), (points.of, points.start))
        second = Quantity(((points.thing, points.end),), (points.of, points.end))
        figure = system.claim.figure(points.figure)
        said = ratio(figure, system.interval(figure))
        low, high = (said.low, said.high) if (figure.sign or 1) > 0 else (-(said.high or ONE), -said.low)
        here, there = _range(system, rows, first), _range(system, rows, second)
        if here is None or there is None:
            return
        begin = max(here.interval.low, there.interval.low - (ONE if high is None else high))
        end = min(_one(here.interval.high), _one(there.interval.high) - low)
        for number in range(_SPOTS + 1) if begin <= end else ():
            share = begin + (end - begin) * Fraction(number, _SPOTS)
            after = Interval(max(Fraction(0), share + low), None if high is None else share + high)
            ends = (Measure(points.id, first, Interval(share, share), ANY), Measure(points.id, second, after, ANY))
            yield tuple(row for measure in ends for row in system.rows(measure))


def _one(value: Fraction | None) -> Fraction:
    return ONE if value is None else value


def _range(system: System, rows: Sequence[Row], quantity: Quantity) -> Range | None:
    top = system.top(quantity)
    rows = _scaled(rows, system.linear(quantity.by)) if quantity.by else [row for row in rows if not row.is_existence]
    tableau, point = highs.feasible(rows, top)
    if not isinstance(point, Point):
        return None
    down, up = tableau.least(top), tableau.least({name: -value for name, value in top.items()})
    return Range(_bound(down, 1), _bound(up, -1))


def _bound(least: Least, sign: int) -> Bound:
    return Bound(None if least.value is None else sign * least.value, least.weights)


def _scaled(rows: Sequence[Row], bottom: Linear) -> list[Row]:
    """The rows with every unknown multiplied so that what divides is one: a ratio becomes a sum (Charnes and Cooper).

    A scale of nothing is let in: so the bounds are those that large numbers come near to.
    """
    found = [Row({**row.terms, _SCALE: -row.bound} if row.bound else row.terms, Fraction(0), row.owner) for row in rows]
    found.append(Row(bottom, ONE))
    found.append(Row({name: -value for name, value in bottom.items()}, -ONE))
    return found
