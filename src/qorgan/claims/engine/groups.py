"""A claim as the groups of figures that are tied to one another, each with its answers; and one verdict a figure.

Figures that nothing ties cannot contradict each other: they are answered apart, so that a long text has few readings.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from qorgan.claims.engine import exact, solver
from qorgan.claims.engine.answers import Answer, Verdict
from qorgan.claims.engine.faults import things_of
from qorgan.claims.engine.readings import APART, FOLD, PARTS, TooManyReadings, readings
from qorgan.claims.engine.statement import REST, UNSAID, Claim, Figure, Level, Points, Rank, Share, Statement, Thing

LARGEST = 60  # statements tied to one another; a text says fewer, and a table is no statement


@dataclass(frozen=True)
class Group:
    """Figures that are tied to one another. `too_many`: readings, where a person has to choose first."""

    claim: Claim
    answers: tuple[Answer, ...]
    too_many: int = 0

    @property
    def verdict(self) -> Verdict:
        """One word for all readings: it claims no more than the most careful of them."""
        found = {answer.verdict for answer in self.meant}
        if not found or Verdict.UNDECIDED in found:
            return Verdict.UNDECIDED
        if len(found) == 1:
            return found.pop()
        if found & {Verdict.CANNOT_HOLD, Verdict.HOLDS_ONLY_IF}:
            return Verdict.HOLDS_ONLY_IF  # by the reading, or by what nobody said
        return Verdict.NOT_ENOUGH_SAID

    def tests(self, figure: str) -> bool:
        """Whether a figure limits another one or is limited by one, or is compared in a way that has no check."""
        tested = {name for answer in self.answers for check in answer.checks for name in (check.owner, *check.by)}
        own = [each for each in self.claim.statements if each.figure == figure]
        return any(each.id in tested or isinstance(each, Points | Rank) for each in own) or not tested

    @property
    def depends_on_reading(self) -> bool:
        """Whether some ways to read it are possible and others are not."""
        found = {answer.verdict for answer in self.meant}
        return Verdict.CANNOT_HOLD in found and len(found) > 1

    @cached_property
    def meant(self) -> tuple[Answer, ...]:
        """The answers to what may be meant.

        Left out is an impossible reading where another is possible with the share being simply of something else; or
        with `every 6th` not taken to the head, since no sixth part of 700 is whole.
        """
        by = {each.by for each in self.claim.statements if isinstance(each, Share)} - {""}
        possible = [each for each in self.answers if each.verdict is not Verdict.CANNOT_HOLD]

        def is_meant(answer: Answer) -> bool:
            free = by | {FOLD} if answer.needs_whole_numbers else by
            return not any(_differ_in(answer, other) <= free for other in possible)

        return tuple(each for each in self.answers if each.verdict is not Verdict.CANNOT_HOLD or is_meant(each))


def _differ_in(one: Answer, other: Answer) -> set[str]:
    """The choices that two readings take differently."""
    options = one.reading.options.keys() | other.reading.options.keys()
    return {each for each in options if one.reading.options.get(each) != other.reading.options.get(each)}


@dataclass(frozen=True)
class Judged:
    """A claim with the answers of its groups."""

    claim: Claim
    groups: tuple[Group, ...]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {figure.id: number for number, group in enumerate(self.groups) for figure in group.claim.figures}

    def group_of(self, figure: str) -> int | None:
        """The number of the group in which a figure makes a statement; None where nothing is tied to it."""
        return self._numbers.get(figure)

    def verdict(self, figure: str) -> Verdict:
        """The verdict on one figure."""
        number = self.group_of(figure)
        if number is None:
            return Verdict.NOT_ENOUGH_SAID
        found = self.groups[number].verdict
        is_tested = found is not Verdict.HOLDS or self.groups[number].tests(figure)
        return found if is_tested else Verdict.NOT_ENOUGH_SAID


def judge(claim: Claim, *, stop: Callable[[], bool] | None = None) -> Judged:
    """The groups of a claim, each answered in every reading. After `stop` says so the rest is not decided."""
    token = exact.patience.set(stop)
    try:
        return Judged(claim, tuple(_answered(part) for part in split(claim)))
    finally:
        exact.patience.reset(token)


def _answered(claim: Claim) -> Group:
    stop = exact.patience.get()
    if len(claim.statements) > LARGEST or (stop is not None and stop()):
        return Group(claim, ())
    try:
        if len(claim.statements) == 1 and isinstance(claim.statements[0], Level) and not claim.asks:
            return Group(claim, tuple(Answer(each, Verdict.NOT_ENOUGH_SAID) for each in readings(claim)))
        return Group(claim, solver.check(claim))
    except TooManyReadings as problem:
        loose = {each.by: UNSAID for each in claim.statements if isinstance(each, Share) and UNSAID in each.of_by}
        if loose.keys() - claim.chosen.keys():  # of what such a share is changes no verdict: the others go first
            return _answered(replace(claim, chosen=loose | dict(claim.chosen)))
        return Group(claim, (), too_many=problem.count)


def split(claim: Claim) -> tuple[Claim, ...]:
    """The parts of a claim that share no thing, in the order of their first statement."""
    root = _roots(claim)
    wholes: dict[str, list[Statement]] = {}
    for statement in claim.statements:
        wholes.setdefault(root[_bare(things_of(statement)[0])], []).append(statement)
    things: dict[str, list[Thing]] = {}
    for thing in claim.things:
        things.setdefault(root[thing.id], []).append(thing)
    figures = {figure.id: figure for figure in claim.figures}
    return tuple(_part(claim, figures, tuple(things[name]), tuple(own)) for name, own in wholes.items())


def _bare(thing: str) -> str:
    return thing.removesuffix(REST)


def _roots(claim: Claim) -> dict[str, str]:
    """For each thing the one that stands for all it is tied to."""
    root = {thing.id: thing.id for thing in claim.things}

    def top(thing: str) -> str:
        while root[thing] != thing:
            thing = root[thing]
        return thing

    for one, other in _tied(claim):
        if one in root and other in root:
            root[top(other)] = top(one)
    return {thing: top(thing) for thing in root}


def _tied(claim: Claim) -> Iterator[tuple[str, str]]:
    for thing in claim.things:
        for whole in filter(None, (thing.of, *thing.of_by.values())):
            yield whole, thing.id
    for statement in claim.statements:
        first, *others = map(_bare, things_of(statement))
        yield from ((first, other) for other in others)
    for ask in claim.asks:
        for other in (ask.of, *(given.thing for given in ask.given)):
            if other:
                yield _bare(ask.thing), _bare(other)


def _part(
    claim: Claim, figures: dict[str, Figure], things: tuple[Thing, ...], statements: tuple[Statement, ...]
) -> Claim:
    known = {thing.id for thing in things}
    used = dict.fromkeys(statement.figure for statement in statements)
    by = {thing.by for thing in things} | {each.by for each in statements if isinstance(each, Share)}
    own = {choice.id for choice in claim.choices if choice.id in by}
    chosen = {key: value for key, value in claim.chosen.items() if _is_of(key, own, known, claim)}
    return replace(
        claim,
        figures=tuple(figures[each] for each in used),
        things=things,
        statements=statements,
        choices=tuple(choice for choice in claim.choices if choice.id in own),
        chosen=chosen,
        asks=tuple(ask for ask in claim.asks if _bare(ask.thing) in known),
    )


def _is_of(key: str, own: set[str], things: set[str], claim: Claim) -> bool:
    """Whether a choice that was made belongs to a part: its own, one about its things, or one of everyday words."""
    for begin in (PARTS, APART):
        if key.startswith(begin):
            return key.removeprefix(begin) in things
    return key in own or all(choice.id != key for choice in claim.choices)
