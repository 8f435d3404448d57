"""Counts are whole: nine homicides cannot fall by 7 %. It matters where counts are small."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from qorgan.claims.engine import highs
from qorgan.claims.engine.exact import Point, Row, Tableau, TooHard
from qorgan.claims.engine.rounding import Interval
from qorgan.claims.engine.space import Space
from qorgan.claims.engine.statement import Level, Sum

SMALL = 1000  # above it some whole number lies in every interval that a printed figure leaves
LARGEST_BASE = 5000
NODES = 40  # branches; beyond them nothing is claimed of whole numbers


def least_base(ratio: Interval) -> int | None:
    """The smallest whole number of which some whole number is in this ratio; None up to LARGEST_BASE."""
    return next((base for base in range(1, LARGEST_BASE + 1) if _fits(ratio, base)), None)


def possible_bases(ratio: Interval, *, up_to: int) -> tuple[int, ...]:
    """Every such number up to a limit."""
    return tuple(base for base in range(1, up_to + 1) if _fits(ratio, base))


def _fits(ratio: Interval, base: int) -> bool:
    return ratio.high is None or ceil(ratio.low * base) <= floor(ratio.high * base)


def are_needed(space: Space) -> bool:
    """Whether a small count of whole things is said beside what divides it."""
    system = space.system
    counted = {thing.id for thing in system.claim.things if thing.whole_numbers}
    small = False
    for statement in system.claim.statements:
        if isinstance(statement, Level | Sum) and statement.id in space.owners:
            measure = system.measures[statement.id]
            high = measure.interval.high
            small = small or (high is not None and high <= SMALL and measure.quantity.cells[0][0] in counted)
    return small and any(measure.quantity.by for measure in system.measures.values())


def is_possible(space: Space) -> bool:
    """Whether everything can be true in whole numbers; True too where the search was given up before it knew."""
    counted = {thing.id for thing in space.system.claim.things if thing.whole_numbers}
    for rows in space.cases:
        names = dict.fromkeys(name for row in rows for name in row.terms)
        whole = [name for name in names if name.split("@")[0].removesuffix(".rest") in counted]
        try:
            if _guessed(rows, whole) or _search(list(rows), whole):
                return True
        except TooHard:
            return True
    return False


def _guessed(rows: Sequence[Row], whole: Sequence[str]) -> bool:
    """Whether the whole numbers that HiGHS proposes are right."""
    guess = highs.whole_numbers(rows, whole)
    return guess is not None and isinstance(Tableau(_fixed(rows, guess)).feasible(), Point)


def _fixed(rows: Sequence[Row], values: dict[str, int]) -> list[Row]:
    """The rows with unknowns put in."""
    found = []
    for row in rows:
        known = sum((value * values[name] for name, value in row.terms.items() if name in values), Fraction(0))
        left = {name: value for name, value in row.terms.items() if name not in values}
        found.append(Row(left, row.bound - known, row.owner))
    return found


def _search(rows: list[Row], whole: Sequence[str]) -> bool:
    """Branch on what is not whole, exactly, until whole numbers are found or no branch is left."""
    waiting, seen = [rows], 0
    while waiting:
        seen += 1
        if seen > NODES:
            raise TooHard
        now = waiting.pop()
        _tableau, found = highs.feasible(now)
        if not isinstance(found, Point):
            continue
        broken = next((name for name in whole if found.values.get(name, Fraction(0)).denominator != 1), None)
        if broken is None:
            return True
        value = found.values[broken]
        waiting.append([*now, Row({broken: Fraction(-1)}, Fraction(-floor(value)))])
        waiting.append([*now, Row({broken: Fraction(1)}, Fraction(ceil(value)))])
    return False
