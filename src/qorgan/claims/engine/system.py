"""A claim under one reading, as inequalities.

The unknowns are the leaves of the part-of trees in each period, the unnamed rest of every whole among them; a whole
is the sum of its parts. A statement is a *measure*: a quantity, or one divided by another, that lies in an interval.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations

from qorgan.claims.engine import rounding
from qorgan.claims.engine.exact import Row
from qorgan.claims.engine.readings import APART, BOUND, FOLD, PARTS, Reading, periods_of, share_of, whole_of
from qorgan.claims.engine.rounding import ANY, SHARE, Interval
from qorgan.claims.engine.statement import (
    REST,
    Apart,
    Change,
    Claim,
    Figure,
    Level,
    Parts,
    Points,
    Rank,
    Rate,
    Share,
    Statement,
    Sum,
    Unit,
    rest,
)

Cell = tuple[str, str]  # thing, period
Linear = Mapping[str, Fraction]
ONE = Fraction(1)


@dataclass(frozen=True)
class Quantity:
    """Cells added up, those of `minus` taken away; divided by another cell where `by` names one."""

    cells: tuple[Cell, ...]
    by: Cell | None = None
    minus: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Measure:
    """What a statement says: the quantity lies in `interval`. `natural` is where it lies whatever anybody says."""

    owner: str
    quantity: Quantity
    interval: Interval
    natural: Interval


def ratio(figure: Figure, interval: Interval) -> Interval:
    """The interval of later by earlier, or of part by whole, for a figure in its own unit.

    A fall by more than everything is no level below nothing: the interval ends at nothing.
    """
    hundredth = Fraction(1, 100)
    if figure.unit is Unit.PERCENT_CHANGE:
        ends = interval.scaled(hundredth)
        if (figure.sign or 1) > 0:
            return Interval(1 + ends.low, None if ends.high is None else 1 + ends.high)
        return Interval(Fraction(0) if ends.high is None else max(Fraction(0), 1 - ends.high), 1 - ends.low)
    if figure.unit is Unit.RATIO:
        return interval if (figure.sign or 1) > 0 else interval.inverse()
    if figure.unit is Unit.ONE_IN_N:
        return interval.inverse()
    if figure.unit is Unit.M_IN_N:
        return interval.scaled(1 / Fraction(figure.out_of or 1))
    return interval.scaled(hundredth) if figure.unit in {Unit.PERCENT, Unit.POINTS} else interval


@dataclass(frozen=True)
class System:
    """A claim under a reading."""

    claim: Claim
    reading: Reading

    @cached_property
    def whole(self) -> Mapping[str, str]:
        """The whole of each part."""
        found = {thing.id: whole_of(thing, self.reading.options) for thing in self.claim.things}
        return {part: whole for part, whole in found.items() if whole}

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """The named parts of each whole."""
        found: dict[str, tuple[str, ...]] = {}
        for part, whole in self.whole.items():
            found[whole] = (*found.get(whole, ()), part)
        return found

    def is_complete(self, whole: str) -> bool:
        """Whether the reading takes the named parts for all."""
        return self.reading[PARTS + whole] == Parts.ALL

    def overlaps(self, whole: str) -> bool:
        """Whether the reading lets one thing be in two of the parts."""
        return self.reading[APART + whole] == Apart.OVERLAPPING

    def root(self, thing: str) -> str:
        """The top of the tree a thing stands in."""
        while thing in self.whole or thing.endswith(REST):
            thing = thing.removesuffix(REST) if thing.endswith(REST) else self.whole[thing]
        return thing

    def is_inside(self, thing: str, whole: str) -> bool:
        """Whether a thing is part of another, at any depth."""
        while thing != whole:
            if thing.endswith(REST):
                thing = thing.removesuffix(REST)
            elif thing in self.whole:
                thing = self.whole[thing]
            else:
                return False
        return True

    def interval(self, figure: Figure) -> Interval:
        """Where the truth lies in the figure's own unit, under this reading."""
        return rounding.interval(figure, fold=self.reading[FOLD], bound=self.reading[BOUND])

    def measure(self, statement: Statement) -> Measure | None:
        """What a statement measures; None for a rank and for points, which measure two things at once."""
        if isinstance(statement, Rank | Points):
            return None
        figure = self.claim.figure(statement.figure)
        said = self.interval(figure)
        natural = ANY
        if isinstance(statement, Level):
            quantity = Quantity(((statement.thing, statement.period),))
        elif isinstance(statement, Sum):
            quantity = Quantity(statement.terms)
        elif isinstance(statement, Change):
            before = (statement.than or statement.thing, statement.start)
            quantity, said = Quantity(((statement.thing, statement.end),), before), ratio(figure, said)
        elif isinstance(statement, Rate):
            quantity = Quantity(((statement.thing, statement.period),), (statement.per, statement.period))
            said = said.scaled(1 / Fraction(statement.each))
        else:
            of = share_of(statement, self.reading.options)
            quantity = Quantity(((statement.thing, statement.period),), (of, statement.period))
            said, natural = ratio(figure, said), SHARE if self.is_inside(statement.thing, of) else ANY
        return Measure(statement.id, quantity, said, natural)

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """The measure of each statement that has one."""
        found = ((statement.id, self.measure(statement)) for statement in self.claim.statements)
        return {owner: measure for owner, measure in found if measure is not None}

    @cached_property
    def periods(self) -> Mapping[str, tuple[str, ...]]:
        """The periods in which each tree, by its root, is spoken of."""
        found: dict[str, dict[str, None]] = {}
        for statement in self.claim.statements:
            for period in periods_of(statement):
                for thing in _things(statement, self.reading):
                    found.setdefault(self.root(thing), {})[period] = None
        return {root: tuple(periods) for root, periods in found.items()}

    def linear(self, cell: Cell) -> dict[str, Fraction]:
        """A cell as a sum of unknowns."""
        thing, period = cell
        if thing not in self.parts or self.overlaps(thing):
            return {f"{thing}@{period}": ONE}
        found: dict[str, Fraction] = {f"{rest(thing)}@{period}": ONE}
        for part in self.parts[thing]:
            found |= self.linear((part, period))
        return found

    def top(self, quantity: Quantity) -> dict[str, Fraction]:
        """What is measured, before it is divided."""
        found: dict[str, Fraction] = {}
        for cell in quantity.cells:
            for name, value in self.linear(cell).items():
                found[name] = found.get(name, Fraction(0)) + value
        for cell in quantity.minus:
            found = less(found, self.linear(cell))
        return found

    @cached_property
    def meaning(self) -> tuple[Row, ...]:
        """What part-of means, and for which wholes the parts are read as all."""
        return tuple(self._meaning())

    def _meaning(self) -> Iterator[Row]:
        for whole, parts in self.parts.items():
            for period in self.periods.get(self.root(whole), ()):
                left = f"{rest(whole)}@{period}"
                if self.is_complete(whole):
                    yield Row({left: -ONE}, Fraction(0), PARTS + whole)
                if self.overlaps(whole):
                    own = {f"{whole}@{period}": ONE}
                    together = self.top(Quantity(tuple((part, period) for part in parts)))
                    yield Row(less(together | {left: ONE}, own), Fraction(0))
                    for part in parts:
                        yield Row(less(own, self.linear((part, period)) | {left: ONE}), Fraction(0))

    def rows(self, measure: Measure) -> Iterator[Row]:
        """The inequalities of one statement."""
        top, interval = self.top(measure.quantity), measure.interval
        bottom = self.linear(measure.quantity.by) if measure.quantity.by else None
        if bottom is None:
            yield Row(top, interval.low, measure.owner)
            if interval.high is not None:
                yield Row({name: -value for name, value in top.items()}, -interval.high, measure.owner)
            return
        least = self._least(measure.quantity.by)
        yield Row(bottom, least, measure.owner, is_existence=True)  # nothing changes, or has parts, at zero
        yield Row(less(top, times(bottom, interval.low)), Fraction(0), measure.owner)
        if interval.high is not None:
            yield Row(less(times(bottom, interval.high), top), Fraction(0), measure.owner)

    def _least(self, cell: Cell | None) -> Fraction:
        thing = next((each for each in self.claim.things if cell and each.id == cell[0]), None)
        return ONE if thing is None or thing.whole_numbers else Fraction(1, 10**6)

    def orders(self, rank: Rank) -> Iterator[tuple[Row, ...]]:
        """The inequalities of a place among others, one set for each way of which stand above."""
        place = int(self.claim.figure(rank.figure).low or 1)
        own = self.linear((rank.thing, rank.period))
        others = [other for other in rank.among if other != rank.thing]
        for above in combinations(others, place - 1):
            rows = []
            for other in others:
                theirs = self.linear((other, rank.period))
                is_larger = (other in above) is not rank.from_below
                rows.append(Row(less(theirs, own) if is_larger else less(own, theirs), Fraction(0), rank.id))
            yield tuple(rows)


def _things(statement: Statement, reading: Reading) -> Iterator[str]:
    if isinstance(statement, Sum):
        yield from (thing for thing, _period in statement.terms)
        return
    yield statement.thing
    if isinstance(statement, Share):
        yield share_of(statement, reading.options)
    elif isinstance(statement, Points):
        yield statement.of
    elif isinstance(statement, Change) and statement.than:
        yield statement.than
    elif isinstance(statement, Rate):
        yield statement.per
    elif isinstance(statement, Rank):
        yield from statement.among


def times(linear: Linear, factor: Fraction) -> dict[str, Fraction]:
    return {name: value * factor for name, value in linear.items()}


def less(linear: Linear, taken: Linear) -> dict[str, Fraction]:
    """The difference; unknowns that stand on both sides alike are gone."""
    found = dict(linear)
    for name, value in taken.items():
        found[name] = found.get(name, Fraction(0)) - value
    return {name: value for name, value in found.items() if value}
