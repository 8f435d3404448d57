"""A checked text as a page shows it: pieces with their marks, cards with sentence, tree and picture."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.claims import recorded, told, wording
from qorgan.claims.checked import Checked
from qorgan.claims.engine.answers import Answer, Verdict
from qorgan.claims.engine.groups import Group, Judged
from qorgan.claims.engine.known import Known, Standing
from qorgan.claims.engine.known.comparing import standing
from qorgan.claims.engine.readings import FOLD, PARTS, whole_of
from qorgan.claims.engine.rounding import LOOSE, Interval
from qorgan.claims.engine.statement import REST, Claim, Parts
from qorgan.claims.engine.system import System

_BARS = 6
_WIDE = 1000  # of a drawing, in its own units
_LEAST = 8  # the narrowest mark that is still seen

# Shape, colour and underline of each verdict; its word stands beside them.
LOOKS: dict[Verdict, tuple[str, str, str]] = {
    Verdict.HOLDS: ("done", "done", "v"),
    Verdict.CANNOT_HOLD: ("no", "late", "v v-no"),
    Verdict.HOLDS_ONLY_IF: ("apart", "due", "v v-if"),
    Verdict.NOT_ENOUGH_SAID: ("ask", "sealed", "v v-ask"),
    Verdict.UNDECIDED: ("plan", "", "v v-und"),
}
STANDS: dict[Standing, tuple[str, str]] = {
    Standing.AGREES: ("done", "done"),
    Standing.DIFFERS: ("no", "late"),
    Standing.DISPUTED: ("apart", "due"),
    Standing.NOT_COMPARABLE: ("ask", "sealed"),
    Standing.NOTHING: ("plan", ""),
}
NOTES: Mapping[str, str | Promise] = {
    "latin_script_not_read": _("In Latin letters, which are not read yet; its figures are not shown."),
    "number_too_long": _("A number of more digits than anybody says; it is not read."),
    "row_of_numbers_not_read": _("More numbers than a sentence holds; they are not read as a statement."),
    "aek_has_two_meanings": _("АЕК may be the index or the book of records; the words around do not tell."),
}


@dataclass(frozen=True)
class Mark:
    """A verdict as shape, colour and word."""

    verdict: Verdict

    @property
    def icon(self) -> str:
        return LOOKS[self.verdict][0]

    @property
    def colour(self) -> str:
        return LOOKS[self.verdict][1]

    @property
    def line(self) -> str:
        """How a figure of it is underlined."""
        return LOOKS[self.verdict][2]

    @property
    def word(self) -> str:
        return wording.word(self.verdict)


@dataclass(frozen=True)
class Stand:
    """What the record says to a figure, as shape, colour and word."""

    standing: Standing

    @property
    def icon(self) -> str:
        return STANDS[self.standing][0]

    @property
    def colour(self) -> str:
        return STANDS[self.standing][1]

    @property
    def word(self) -> str:
        return recorded.word(self.standing)


@dataclass(frozen=True)
class Beside:
    """A figure with the series that it was held against."""

    figure: str
    mark: Stand
    told: tuple[recorded.Told, ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of the text; with a mark and the number of a card where it is a figure."""

    text: str
    mark: Mark | None = None
    card: int | None = None


@dataclass(frozen=True)
class Node:
    """A thing in a tree, with the figures that speak of it and what is within it."""

    name: str
    figures: str = ""
    parts: tuple["Node", ...] = ()


@dataclass(frozen=True)
class Bar:
    """One line of the picture: what was said beside what the others allow. Places are of 0 to `_WIDE`."""

    said: str
    allowed: str
    said_at: tuple[int, int] | None
    allowed_at: tuple[int, int]


@dataclass(frozen=True)
class Reading:
    """What follows if the text is read so; `ways`: every way of reading that leads to the same sentence."""

    mark: Mark
    sentence: str
    ways: tuple[str, ...]
    more: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """The figures that are tied to one another, and what can be said of them."""

    number: int
    mark: Mark
    figures: tuple[str, ...]
    sentence: str
    tree: tuple[Node, ...] = ()
    bars: tuple[Bar, ...] = ()
    readings: tuple[Reading, ...] = ()
    lead: tuple[Reading, ...] = ()  # the plainest reading that is possible, and the plainest that is not
    possible: int = 0
    impossible: int = 0


@dataclass(frozen=True)
class Alone:
    """A figure that nothing in the text is tied to, with what the text says of it."""

    figure: str
    counted: str
    period: str
    speaker: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Choice:
    """Something the words leave open, for a person to settle."""

    name: str
    options: tuple[tuple[str, str, bool], ...]  # value, words, chosen


@dataclass(frozen=True)
class Shown:
    """A checked text, ready for its page."""

    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]
    alone: tuple[Alone, ...]
    choices: tuple[Choice, ...]
    summary: tuple[tuple[Mark, int], ...]
    loose: tuple[str, ...] = field(default=())  # figures of a mended reading that stand nowhere in the text


def shown(text: str, judged: Judged) -> Shown:
    """The pieces and cards of a text."""
    numbers: dict[int, int] = {}
    for place, group in enumerate(judged.groups):
        if not _is_alone(group):
            numbers[place] = len(numbers) + 1
    pieces, loose = _pieces(text, judged, numbers)
    cards = tuple(_card(number, judged.groups[place]) for place, number in numbers.items())
    verdicts = [judged.verdict(figure.id) for figure in judged.claim.figures]
    return Shown(
        pieces=pieces,
        cards=cards,
        alone=tuple(_alone(judged, numbers)),
        choices=tuple(_choices(judged)),
        summary=tuple((Mark(each), verdicts.count(each)) for each in LOOKS if each in verdicts),
        loose=loose,
    )


def _is_alone(group: Group) -> bool:
    """A figure by itself of which nothing can be said."""
    return len(group.claim.figures) == 1 and group.verdict is Verdict.NOT_ENOUGH_SAID


def _pieces(text: str, judged: Judged, numbers: Mapping[int, int]) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    found: list[Piece] = []
    loose: list[str] = []
    at = 0
    for figure in sorted(judged.claim.figures, key=lambda each: -1 if each.start is None else each.start):
        start, end = figure.start, figure.end
        if start is None or end is None or not at <= start < end <= len(text):
            loose.append(figure.said or figure.id)
            continue
        group = judged.group_of(figure.id)
        found.append(Piece(text[at:start]))
        found.append(
            Piece(text[start:end], Mark(judged.verdict(figure.id)), numbers.get(-1 if group is None else group))
        )
        at = end
    return (*found, Piece(text[at:])), tuple(loose)


def _card(number: int, group: Group) -> Card:
    claim, mark = group.claim, Mark(group.verdict)
    figures = tuple(figure.said or figure.id for figure in claim.figures)
    if not group.answers:
        return Card(number, mark, figures, told.unanswered(group))
    answers = sorted(group.answers, key=_plainness)
    main = next((each for each in answers if each.verdict is group.verdict), answers[0])
    readings = tuple(_readings(group, answers))
    impossible = sum(each.verdict is Verdict.CANNOT_HOLD for each in group.answers)
    return Card(
        number=number,
        mark=mark,
        figures=figures,
        sentence="" if group.depends_on_reading else wording.sentence(claim, main),
        tree=tuple(_tree(claim, main)),
        bars=tuple(_bars(claim, main)),
        readings=readings,
        lead=tuple(filter(None, (_first(readings, possible=True), _first(readings, possible=False)))),
        possible=len(group.answers) - impossible,
        impossible=impossible,
    )


def _plainness(answer: Answer) -> tuple[bool, bool, int]:
    """What a reader hears first: words taken exactly, and parts that need not be all there are."""
    options = answer.reading.options
    is_all = sum(value == Parts.ALL for name, value in options.items() if name.startswith(PARTS))
    return answer.verdict is Verdict.CANNOT_HOLD, options.get(FOLD) == LOOSE, is_all


def _first(readings: tuple[Reading, ...], *, possible: bool) -> Reading | None:
    found = (each for each in readings if (each.mark.verdict is not Verdict.CANNOT_HOLD) is possible)
    return next(found, None)


def _readings(group: Group, answers: list[Answer]) -> Iterator[Reading]:
    """The answers, those that say the same put together; what is possible first."""
    found: dict[tuple[Verdict, str], list[Answer]] = {}
    for answer in answers:
        found.setdefault((answer.verdict, wording.sentence(group.claim, answer)), []).append(answer)
    for (verdict, sentence), alike in found.items():
        first = alike[0]
        more = tuple(wording.finding(group.claim, each) for each in (*first.conditions[3:], *first.findings))
        ways = tuple(filter(None, (wording.reading(group.claim, each) for each in alike)))
        yield Reading(Mark(verdict), sentence, ways, more, wording.inequalities(group.claim, first))


def _tree(claim: Claim, answer: Answer) -> Iterator[Node]:
    wholes = {thing.id: whole_of(thing, answer.reading.options) for thing in claim.things}
    system = System(claim, answer.reading)
    figures: dict[str, list[str]] = {}
    for statement in claim.statements:
        thing = getattr(statement, "thing", "")
        figures.setdefault(thing, []).append(claim.figure(statement.figure).said)

    def node(thing: str) -> Node:
        parts = [node(each) for each, whole in wholes.items() if whole == thing]
        if parts and thing in system.parts and not system.is_complete(thing):
            parts.append(Node(wording.name(claim, thing + REST)))
        return Node(wording.name(claim, thing), ", ".join(filter(None, figures.get(thing, []))), tuple(parts))

    yield from (node(thing) for thing, whole in wholes.items() if not whole)


def _bars(claim: Claim, answer: Answer) -> Iterator[Bar]:
    for check in answer.checks[:_BARS]:
        place = _scale(check.said, check.allowed)
        yield Bar(
            said=wording.clause(claim, check, check.said),
            allowed=wording.clause(claim, check, check.allowed),
            said_at=place(check.said),
            allowed_at=place(check.allowed),
        )
    for found in answer.conditions[:_BARS] if not answer.checks else ():
        place = _scale(found.interval, found.natural)
        yield Bar(said="", allowed=wording.finding(claim, found), said_at=None, allowed_at=place(found.interval))


class _scale:
    """From values to places of a drawing; what has no end goes to its edge."""

    def __init__(self, *intervals: Interval) -> None:
        ends = [end for each in intervals for end in (each.low, each.high) if end is not None]
        room = (max(ends) - min(ends)) / 8 or abs(max(ends)) / 8 or Fraction(1)
        self.low, self.high = max(Fraction(0), min(ends) - room), max(ends) + room

    def __call__(self, interval: Interval) -> tuple[int, int]:
        """Where an interval begins, and how wide it is."""
        start = self._at(interval.low)
        end = _WIDE if interval.high is None else self._at(interval.high)
        return min(start, _WIDE - _LEAST), max(end - start, _LEAST)

    def _at(self, value: Fraction) -> int:
        return int((value - self.low) / (self.high - self.low) * _WIDE)


def _alone(judged: Judged, numbers: Mapping[int, int]) -> Iterator[Alone]:
    for figure in judged.claim.figures:
        place = judged.group_of(figure.id)
        if place in numbers:
            continue
        yield Alone(figure.said, figure.counted, figure.period, figure.speaker, _least(judged, place))


def _least(judged: Judged, place: int | None) -> tuple[str, ...]:
    if place is None:
        return ()
    group = judged.groups[place]
    return tuple(wording.finding(group.claim, each) for each in group.answers[0].findings)


def _choices(judged: Judged) -> Iterator[Choice]:
    """Each choice that a text leaves open or that a person has made, once."""
    done: set[str] = set()
    for group in judged.groups:
        for name in _open(group):
            if name in done:
                continue
            done.add(name)
            taken = judged.claim.chosen.get(name, "")
            options = wording.options(group.claim, name)
            yield Choice(name, tuple((value, words, value == taken) for value, words in options))


def _open(group: Group) -> list[str]:
    said = (name for answer in group.answers for name in answer.reading.said)
    return list(dict.fromkeys((*said, *group.claim.chosen)))


def beside(found: Checked, known: Known) -> tuple[tuple[Beside, ...], tuple[str, ...]]:
    """The figures that something on record speaks of, and those of which nothing is on record."""
    on_record = found.beside(known)
    rows, nothing = [], []
    for figure in found.claim.figures:
        series = on_record.get(figure.id, ())
        if series:
            told = tuple(recorded.told(each, known) for each in series)
            rows.append(Beside(figure.said or figure.id, Stand(standing(series)), told))
        else:
            nothing.append(figure.said or figure.id)
    return tuple(rows), tuple(nothing)
