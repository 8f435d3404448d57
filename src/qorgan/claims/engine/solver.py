"""Can what was said be true? One answer for each reading, exact, with the inequalities behind it.

*Cannot hold*: the inequalities contradict one another; the smallest set that does is named. *Holds only if*: they do
not, but something that nobody said must then be so. *Holds*: nothing of the kind, and some figure is borne out by
others. *Not enough said*: no figure is tied to another, so that none could be wrong.
"""

from collections.abc import Callable, Iterable, Iterator

from qorgan.claims.engine import whole
from qorgan.claims.engine.answers import Agreement, Answer, Check, Verdict
from qorgan.claims.engine.exact import Clash, Point, TooHard
from qorgan.claims.engine.findings import answered, hidden, is_condition, least_counts
from qorgan.claims.engine.readings import Reading, readings
from qorgan.claims.engine.rounding import ANY, SHARE
from qorgan.claims.engine.space import Space
from qorgan.claims.engine.statement import Claim, Points, Rank
from qorgan.claims.engine.system import Quantity, System


def check(claim: Claim) -> tuple[Answer, ...]:
    """An answer for every reading of the claim. Raises TooManyReadings."""
    return tuple(solve(claim, reading) for reading in readings(claim))


def possible(claim: Claim, reading: Reading) -> bool:
    """Whether everything can be true at once, and no more than that. Raises TooHard."""
    return in_fractions(everything(System(claim, reading)))


def solve(claim: Claim, reading: Reading) -> Answer:
    """The answer for one reading."""
    space = everything(System(claim, reading))
    try:
        if not in_fractions(space):
            return _impossible(space, reading, in_fractions)
        if whole.are_needed(space) and not whole.is_possible(space):
            return _impossible(space, reading, whole.is_possible)
        return _possible(space, reading)
    except TooHard:
        return Answer(reading, Verdict.UNDECIDED)


def everything(system: System) -> Space:
    """The space in which every statement of the system is believed."""
    owners = {statement.id for statement in system.claim.statements}
    return Space(system, frozenset(owners | {row.owner for row in system.meaning if row.owner}))


def in_fractions(space: Space) -> bool:
    """Whether everything can be true at once, counts being any numbers."""
    return isinstance(space.point, Point)


def conflict(space: Space, is_possible: Callable[[Space], bool] = in_fractions) -> tuple[str, ...]:
    """The smallest set of statements that cannot be true together: any one less, and the rest can.

    The proof of the contradiction names whom it needs; then each of those is left out once, and stays out where the
    rest still contradicts itself. (Of whole numbers that is proven as far as they were searched.) Raises TooHard.
    """
    point = space.point
    order = [*(row.owner for row in space.system.meaning), *(each.id for each in space.system.claim.statements)]
    needed = {row.owner for row, _weight in point.weights} if isinstance(point, Clash) else space.owners
    kept = Space(space.system, space.owners & frozenset(needed), space.extra)
    for owner in dict.fromkeys(order):
        if owner in kept.owners and not is_possible(kept.without(owner)):
            kept = kept.without(owner)
    return tuple(owner for owner in dict.fromkeys(order) if owner in kept.owners)


def _impossible(space: Space, reading: Reading, is_possible: Callable[[Space], bool]) -> Answer:
    smallest = conflict(space, is_possible)
    kept = Space(space.system, frozenset(smallest))
    point = kept.point
    return Answer(
        reading,
        Verdict.CANNOT_HOLD,
        conflict=smallest,
        checks=tuple(_checks(kept, _from_the_top(space.system, smallest)))[:1],
        proof=point.weights if isinstance(point, Clash) else (),
        needs_whole_numbers=isinstance(point, Point),
    )


def _possible(space: Space, reading: Reading) -> Answer:
    point = space.point
    checks = tuple(_checks(space, _from_the_top(space.system, space.system.measures)))
    found = hidden(space)
    needed = tuple(filter(is_condition, found))
    others = (each for each in space.system.claim.statements if isinstance(each, Rank | Points))
    is_tested = bool(checks) or any(_is_tested(space, each) for each in others)
    verdict = Verdict.HOLDS if is_tested else Verdict.NOT_ENOUGH_SAID
    return Answer(
        reading,
        Verdict.HOLDS_ONLY_IF if needed else verdict,
        checks=checks,
        conditions=needed,
        findings=(*answered(space), *(each for each in found if each not in needed), *least_counts(space.system)),
        example=point.values if isinstance(point, Point) else {},
    )


def _from_the_top(system: System, owners: Iterable[str]) -> list[str]:
    """Statements about wholes before those about parts; among equals a change or a share before a level."""

    def depth(owner: str) -> tuple[int, bool]:
        quantity = system.measures[owner].quantity
        thing, steps = quantity.cells[0][0], 0
        while thing in system.whole:
            thing, steps = system.whole[thing], steps + 1
        return steps, quantity.by is None

    return sorted((owner for owner in owners if owner in system.measures), key=depth)


def _checks(space: Space, owners: Iterable[str]) -> Iterator[Check]:
    """What the others allow for each statement, where they say anything about it."""
    for owner in owners:
        measure = space.system.measures[owner]
        found = space.without(owner).range(measure.quantity)
        if found is None or (found.interval == measure.natural and measure.interval.within(measure.natural)):
            continue
        allowed, said = found.interval, measure.interval
        agreement = Agreement.FITS if allowed.meets(said) else Agreement.APART
        agreement = Agreement.FOLLOWS if allowed.within(said) else agreement
        by = tuple(dict.fromkeys((*found.least.owners, *found.most.owners)))
        yield Check(owner, measure.quantity, said, allowed, agreement, by)


def _is_tested(space: Space, statement: Rank | Points) -> bool:
    """Whether the others say anything about what a rank or percentage points compare."""
    left = space.without(statement.id)
    if isinstance(statement, Points):
        periods = (statement.start, statement.end)
        pairs = [((statement.thing, period), (statement.of, period)) for period in periods]
        shares = [left.range(Quantity((part,), whole)) for part, whole in pairs]
        return all(share is not None and share.interval not in (ANY, SHARE) for share in shares)
    own = (statement.thing, statement.period)
    others = ((other, statement.period) for other in statement.among if other != statement.thing)
    apart = (left.range(Quantity((own,), minus=(other,))) for other in others)
    return any(each is not None and (each.least.value, each.most.value) != (None, None) for each in apart)
