"""How large what nobody said can be: conditions that the claim hides, and answers to questions."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from qorgan.claims.engine import whole
from qorgan.claims.engine.answers import Finding, Kind
from qorgan.claims.engine.exact import Row
from qorgan.claims.engine.rounding import SHARE, Interval
from qorgan.claims.engine.space import Range, Space
from qorgan.claims.engine.statement import REST, Ask, Change, Given, Level, Share, Unit, rest
from qorgan.claims.engine.system import Cell, Measure, Quantity, System

_HUNDREDTH = Fraction(1, 100)


def hidden(space: Space) -> tuple[Finding, ...]:
    """What can be said of parts and unnamed rests between the periods of a change, and of parts that may overlap.

    What levels already say is left out: it is only a subtraction.
    """
    found = [finding for finding in _candidates(space.system) if not _is_said(space.system, finding)]
    measured = (_measured(space, finding) for finding in found)
    return tuple(finding for finding in measured if finding is not None and finding.narrows)


def is_condition(finding: Finding) -> bool:
    """Whether something that nobody said must be there, or must have changed in some way, for the claim to be true.

    That a part is not everything asks for nothing: it follows from another part being there at all.
    """
    return finding.kind is Kind.CHANGE or finding.interval.low > 0


def answered(space: Space) -> tuple[Finding, ...]:
    """The answer to each question of the claim; one about a rest that this reading does not know is no question."""
    return tuple(_answer(space, ask) for ask in space.system.claim.asks if not _asks_of_nothing(space.system, ask))


def _asks_of_nothing(system: System, ask: Ask) -> bool:
    things = (ask.thing, *(given.thing for given in ask.given))
    return any(each.endswith(REST) and _has_no_rest(system, each.removesuffix(REST)) for each in things)


def _has_no_rest(system: System, whole: str) -> bool:
    return whole not in system.parts or system.is_complete(whole)


def least_counts(system: System) -> tuple[Finding, ...]:
    """The smallest count of which each change or share of whole things is possible, where no level is said."""
    found = []
    counted = {thing.id for thing in system.claim.things if thing.whole_numbers}
    percents = {each.id for each in system.claim.figures if each.unit in {Unit.PERCENT, Unit.PERCENT_CHANGE}}
    for statement in system.claim.statements:
        measure = system.measures.get(statement.id) if statement.figure in percents else None
        if measure is None or (by := measure.quantity.by) is None or _has_level(system, by):
            continue
        if not {by[0], measure.quantity.cells[0][0]} <= counted:
            continue
        least = whole.least_base(measure.interval)
        if least is not None and least > 1:
            interval = Interval(Fraction(least), None)
            found.append(Finding(Kind.LEAST_COUNT, by[0], interval, start=by[1], by=(measure.owner,)))
    return tuple(found)


def _candidates(system: System) -> Iterator[Finding]:
    pairs = {
        (system.root(each.thing), each.start, each.end): None
        for each in system.claim.statements
        if isinstance(each, Change) and not each.than
    }
    nothing = Interval(Fraction(0), None)
    for root, start, end in pairs:
        for parent, parts in system.parts.items():
            if system.root(parent) != root:
                continue
            left = () if system.is_complete(parent) else (rest(parent),)
            for part in left:
                yield Finding(Kind.CHANGE, part, nothing, start=start, end=end)
            for part in (*left, *parts) if len((*left, *parts)) > 1 else ():
                yield Finding(Kind.SHARE, part, nothing, of=parent, start=start)
    for parent in system.parts:
        if system.overlaps(parent):
            for period in system.periods.get(system.root(parent), ()):
                yield Finding(Kind.OVERLAP, parent, nothing, of=parent, start=period)


def _is_said(system: System, finding: Finding) -> bool:
    """Whether statements already say it, or levels leave it to a subtraction."""
    if finding.kind is Kind.SHARE:
        said = any(
            isinstance(each, Share) and (each.thing, each.period) == (finding.thing, finding.start)
            for each in system.claim.statements
        )
        return said or (
            _has_level(system, (finding.thing, finding.start)) and _has_level(system, (finding.of, finding.start))
        )
    if finding.kind is Kind.CHANGE:
        return all(_has_level(system, (finding.thing, period)) for period in (finding.start, finding.end))
    return False


def _has_level(system: System, cell: Cell) -> bool:
    thing, period = cell
    if thing.endswith(REST):
        parent = thing.removesuffix(REST)
        return all(_has_level(system, (each, period)) for each in (parent, *system.parts.get(parent, ())))
    return any(
        isinstance(each, Level) and (each.thing, each.period) == (thing, period) for each in system.claim.statements
    )


def quantity_of(system: System, finding: Finding) -> Quantity:
    """What a finding measures."""
    if finding.kind is Kind.CHANGE:
        return Quantity(((finding.thing, finding.end),), (finding.thing, finding.start))
    if finding.kind is Kind.SHARE:
        return Quantity(((finding.thing, finding.start),), (finding.of, finding.start))
    if finding.kind is Kind.OVERLAP:
        parts = (*system.parts[finding.thing], rest(finding.thing))
        cells = tuple((part, finding.start) for part in parts)
        return Quantity(cells, (finding.of, finding.start), ((finding.thing, finding.start),))
    return Quantity(((finding.thing, finding.start),))


def _measured(space: Space, finding: Finding) -> Finding | None:
    found = space.range(quantity_of(space.system, finding))
    return None if found is None else _with(finding, found)


def _with(finding: Finding, found: Range) -> Finding:
    interval = found.interval
    limits: list[str] = []
    if interval.low > finding.natural.low:
        limits += found.least.owners
    if interval.high is not None and interval.high != finding.natural.high:
        limits += found.most.owners
    return replace(finding, interval=interval, by=tuple(dict.fromkeys(limits)))


def _answer(space: Space, ask: Ask) -> Finding:
    system = space.system
    of = ask.of or (ask.thing.removesuffix(REST) if ask.thing.endswith(REST) else system.whole.get(ask.thing, ""))
    finding = Finding(
        Kind(ask.quantity),
        ask.thing,
        Interval(Fraction(0), None),
        of=of if ask.quantity == Kind.SHARE else "",
        start=ask.start,
        end=ask.end,
        given=ask.given,
        ask=ask.id,
    )
    rows = tuple(row for given in ask.given for row in _supposed(system, given, ask))
    found = _measured(Space(system, space.owners, (*space.extra, *rows)), finding)
    return found or replace(finding, is_possible=False)


def _supposed(system: System, given: Given, ask: Ask) -> Iterator[Row]:
    """The inequalities of a supposition. A change of -50 to 10 is later by earlier of 0.5 to 1.1."""
    periods = [period for period in system.periods.get(system.root(given.thing), ()) if period != ask.start]
    shift = 1 if given.quantity == Kind.CHANGE else 0
    low = None if given.low is None else shift + Fraction(given.low) * _HUNDREDTH
    high = None if given.high is None else shift + Fraction(given.high) * _HUNDREDTH
    interval = Interval(max(Fraction(0), low or Fraction(0)), high)
    if given.quantity == Kind.CHANGE:
        quantity = Quantity(((given.thing, ask.end or periods[0]),), (given.thing, ask.start))
    else:
        of = given.thing.removesuffix(REST) if given.thing.endswith(REST) else system.whole[given.thing]
        quantity = Quantity(((given.thing, ask.start),), (of, ask.start))
    yield from system.rows(Measure("", quantity, interval, SHARE))
