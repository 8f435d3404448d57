"""A statement of the register as a page shows it: its text with marks, what was found, and every check there was."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qorgan.claims import counts, queries, recorded, wording
from qorgan.claims.engine.answers import Verdict
from qorgan.claims.engine.known import Standing
from qorgan.claims.models import Check, Statement, Step
from qorgan.claims.terms import Act, Cause
from qorgan.web.claims.pages import Mark, Piece, Stand

_VERDICTS = frozenset(each.value for each in Verdict)
_FIELDS: Mapping[str, str | Promise] = {
    "address": _("Where it stands"),
    "said_on": _("Day on which it was said"),
    "speaker": _("Who says it"),
    "relay": _("Who passes it on"),
    "language": _("Language of the text"),
    "text": _("The text, or the part of it with the figures"),
}
_KINDS: Mapping[str, str | Promise] = {counts.OTHER: _("others"), counts.NOT_STATED: _("not stated")}


@dataclass(frozen=True)
class Series:
    """What one series says to a figure, as it was told then."""

    sentence: str
    beside: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Line:
    """One figure: its verdict with the sentences of its group, and what was on record."""

    number: int
    figure: str
    mark: Mark
    stand: Stand
    sentences: tuple[str, ...]
    series: tuple[Series, ...]
    leader: tuple[int, str] | None  # the figure of its group under which the sentences stand, where it is another


@dataclass(frozen=True)
class Made:
    """One check in the list of all: when, by whom, why, and what changed with it."""

    check: Check
    cause: str | Promise
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Done:
    """One step: what was done, by whom, why, and what stood there before."""

    step: Step
    word: str | Promise
    was: tuple[tuple[str | Promise, str], ...]


@dataclass(frozen=True)
class Shown:
    """A statement with one of its checks."""

    statement: Statement
    check: Check
    is_last: bool
    pieces: tuple[Piece, ...]
    lines: tuple[Line, ...]
    checks: tuple[Made, ...]
    steps: tuple[Done, ...]
    gravest: Mark | Stand


def shown(statement: Statement, *, number: str = "") -> Shown:
    """The statement with its last check, or with the one of that number, where there is one."""
    checks = list(statement.checks.all())
    wanted = [each for each in checks if str(each.number) == number]
    check = wanted[0] if wanted else checks[-1]
    return Shown(
        statement=statement,
        check=check,
        is_last=check is checks[-1],
        pieces=tuple(_pieces(statement.text, check.answer)),
        lines=tuple(_lines(check.answer)),
        checks=tuple(_made(each) for each in reversed(checks)),
        steps=tuple(_done(each) for each in statement.steps.all()),
        gravest=gravest(check),
    )


def gravest(check: Check) -> Mark | Stand:
    """What a reader must know first."""
    return mark(queries.gravest(check))


def mark(word: str) -> Mark | Stand:
    """A verdict or standing as shape, colour and word."""
    return Mark(Verdict(word)) if word in _VERDICTS else Stand(Standing(word))


@dataclass(frozen=True)
class Counted:
    """The register in numbers: a line for each kind of speaker, a column for each word."""

    words: tuple[Mark | Stand, ...]
    rows: tuple[tuple[str | Promise, tuple[tuple[Mark | Stand, int], ...], int], ...]
    total: int


def counted(*, public: bool = False) -> Counted:
    """The numbers of the register as its page shows them; the last line is the sum."""
    found = counts.counts(public=public)
    marks = tuple(mark(word) for word in found.words)
    lines = [(_KINDS.get(kind) or counts.name(kind), kind) for kind in found.kinds] + [(_("all"), "")]
    rows = tuple(
        (
            label,
            tuple((one, found.of(kind=kind, word=word)) for one, word in zip(marks, found.words, strict=True)),
            found.of(kind=kind),
        )
        for label, kind in lines
    )
    return Counted(marks, rows, found.total)


def _in_language(told: Mapping[str, Any]) -> Any:
    return told.get(get_language() or "") or next(iter(told.values()), "")


def _pieces(text: str, answer: Mapping[str, Any]) -> Iterator[Piece]:
    at = 0
    for place, figure in enumerate(answer["figures"]):
        start, end = figure["start"], figure["end"]
        if start is None or not at <= start < end <= len(text):
            continue
        yield Piece(text[at:start])
        yield Piece(text[start:end], Mark(Verdict(figure["verdict"])), place + 1)
        at = end
    yield Piece(text[at:])


def _lines(answer: Mapping[str, Any]) -> Iterator[Line]:
    leaders: dict[int, tuple[int, str]] = {}
    for place, figure in enumerate(answer["figures"]):
        group = None if figure["group"] is None else answer["groups"][figure["group"]]
        told = [] if group is None or group["is_alone"] else _in_language(group["sentences"])
        own = (place + 1, figure["said"])
        leader = leaders.setdefault(figure["group"], own) if told else own
        series = [each for each in answer["known"] if each["figure"] == place]
        yield Line(
            number=place + 1,
            figure=figure["said"],
            mark=Mark(Verdict(figure["verdict"])),
            stand=Stand(Standing(figure["standing"])),
            sentences=tuple(told) if leader == own else (),
            series=tuple(_series(each) for each in series),
            leader=None if leader == own else leader,
        )


def _series(kept: Mapping[str, Any]) -> Series:
    beside = tuple(_in_language(kept["beside"]))
    return Series(_in_language(kept["sentence"]), beside, _in_language(kept["source"]))


def _made(check: Check) -> Made:
    changed = tuple(_change(each, check.answer) for each in check.changed)
    return Made(check, Cause(check.cause).label, changed)


def _change(change: Mapping[str, str], answer: Mapping[str, Any]) -> str:
    """`72 thousand: holds → cannot hold`, or the sentence that a series says now."""
    said = f"“{change['figure']}”"
    if change["what"] in {"verdict", "figure"}:
        return f"{said}: {_word(change['before'])} → {_word(change['after'])}"
    now = [
        _in_language(each["sentence"])
        for each in answer["known"]
        if f"{each['series']} {each['release']}".strip() == change["what"]
        and answer["figures"][each["figure"]]["said"] == change["figure"]
    ]
    before, after = _word(change["before"]), _word(change["after"])
    return f"{said}: {before} → {after}. {now[0] if now else change['what']}"


def _word(value: str) -> str:
    if not value:
        return recorded.word(Standing.NOTHING)
    return wording.word(Verdict(value)) if value in _VERDICTS else recorded.word(Standing(value))


def _done(step: Step) -> Done:
    return Done(step, Act(step.act).label, tuple((_FIELDS[name], value) for name, value in step.was.items()))
