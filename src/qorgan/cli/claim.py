"""`qorgan claim`: what somebody says in figures, and whether it can be true. It needs no place and no database."""

import json
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qorgan.base.processes import Process
from qorgan.cli.start import FAILED, failures, out, under

if TYPE_CHECKING:
    from qorgan.claims.engine.answers import Answer
    from qorgan.claims.engine.grammar import Figure, Remark, Sentence
    from qorgan.claims.engine.groups import Judged
    from qorgan.claims.engine.known import Comparison, Known
    from qorgan.claims.engine.statement import Claim

app = typer.Typer(help="Statements in figures.", no_args_is_help=True)

_BLOCK = 1 << 16
_IN_MEMORY = 1 << 22
_WIDTH = 100
_LONGEST = 1_000_000  # characters of a text whose figures are reckoned with as a whole
_NOTES = {
    "latin_script_not_read": "In Latin letters, which are not read yet; its figures are not shown.",
    "number_too_long": "A number of more digits than anybody says; it is not read.",
    "row_of_numbers_not_read": "More numbers than a sentence holds; they are not read as a statement.",
    "aek_has_two_meanings": "АЕК may be the index or the book of records; the words around do not tell.",
}


class Spoken(StrEnum):
    """The languages that are read."""

    KAZAKH = "kk"
    RUSSIAN = "ru"


@app.callback()
def _claim() -> None:
    """Statements in figures."""


@app.command("solve")
def solve(
    file: Annotated[Path, typer.Argument(help="A structured claim: a TOML file.")],
    language: Annotated[str, typer.Option("--lang", help="kk, ru or en.")] = "en",
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Say for each reading of a structured claim whether it can be true, and why."""
    with failures():
        text = file.read_text(encoding="utf-8")
        with _speaking(language):
            answered = _answered(text)
            if as_json:
                from qorgan.claims import told

                out({"readings": [told.answer(claim, answer) for claim, answer in answered]})
                return
            for claim, answer in answered:
                for line in _lines(claim, answer):
                    typer.echo(line)


def _speaking(language: str) -> Any:
    """The texts of the country in one language, without the rest of Django: no place is needed for arithmetic."""
    import django
    from django.conf import settings
    from django.utils import translation

    from qorgan.base import country

    if not settings.configured:
        settings.configure(USE_I18N=True, LANGUAGE_CODE="en", LOCALE_PATHS=[str(country.folder() / "words")])
        django.setup()
    return translation.override(language)


def _answered(text: str) -> "list[tuple[Claim, Answer]]":
    from qorgan.claims import wording
    from qorgan.claims.engine import groups, solver, structured
    from qorgan.claims.engine.faults import Unreadable
    from qorgan.claims.engine.readings import TooManyReadings

    try:
        parts = groups.split(structured.read(text))
        return [(part, answer) for part in parts for answer in solver.check(part)]
    except Unreadable as problem:
        for fault in problem.faults:
            typer.echo(wording.fault(fault), err=True)
    except TooManyReadings as problem:
        typer.echo(wording.too_many(problem.count), err=True)
    raise typer.Exit(FAILED)


def _lines(claim: "Claim", answer: "Answer") -> list[str]:
    from qorgan.claims import wording

    read_as = wording.reading(claim, answer)
    lines = [f"[{read_as}]"] if read_as else []
    lines += [f"{wording.verdict(answer).upper()}: {wording.sentence(claim, answer)}"]
    lines += [f"    {line}" for line in wording.inequalities(claim, answer)]
    lines += [f"  · {wording.finding(claim, each)}" for each in (*answer.conditions, *answer.findings)]
    return [*lines, ""]


@app.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="A text in UTF-8; `-` reads what is piped in.")],
    language: Annotated[
        Spoken, typer.Option("--lang", help="For a sentence that does not show its own.")
    ] = Spoken.KAZAKH,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    reading: Annotated[
        Path | None, typer.Option(help="Write the reading here as a structured claim: mend it, then `claim solve`.")
    ] = None,
    release: Annotated[
        list[Path] | None, typer.Option(help="A release to hold it against, beside the country's series.")
    ] = None,
) -> None:
    """Show every figure of a Kazakh or Russian text, the rules that found it, and whether they can all be true."""
    from qorgan.claims.engine import grammar

    with failures(), _speaking(language):
        read = _Kept(grammar.sentences(_blocks(file), language=language), _record(release or []))
        if as_json:
            _as_json(read)
        else:
            _as_text(read)
        if reading is not None and read.sentences is not None:
            from qorgan.claims.engine import from_text, structured

            reading.write_text(structured.write(from_text.claim(read.sentences)), encoding="utf-8")


@app.command("check-again")
@under(Process.STATISTICS)
def check_again(
    most: Annotated[int, typer.Option(help="At most so many statements.")] = 10_000,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Check the statements of the register again that were checked with older data or an older grammar.

    Each is done by itself: after a stop the next run goes on where this one ended.
    """
    with failures():
        done = again(most=most)
        out({"checked": done}) if as_json else typer.echo(f"Statements checked again: {done}.")


def again(*, most: int) -> int:
    """How many statements of the register were checked again, each in a transaction of its own."""
    from qorgan.base import clock
    from qorgan.base.scope import Actor
    from qorgan.claims import actions, queries

    by = Actor(name="claims.again", role="system", purpose="statistics")
    waiting = queries.behind(most=most)
    return sum(actions.check_again(statement=each, by=by, now=clock.now()) is not None for each in waiting)


class _Kept:
    """The sentences of a text as they pass; kept while it is short enough to be reckoned with as a whole."""

    def __init__(self, read: "Iterable[Sentence]", record: "Known") -> None:
        self._read, self.record = read, record
        self.sentences: list[Sentence] | None = []

    def __iter__(self) -> "Iterator[Sentence]":
        for sentence in self._read:
            if sentence.start > _LONGEST:
                self.sentences = None
            if self.sentences is not None and sentence.figures:
                self.sentences.append(sentence)
            yield sentence

    def judged(self) -> "Judged | None":
        """The verdicts, when all has passed; None for a text that was too long."""
        from qorgan.claims.engine import from_text, groups

        return None if self.sentences is None else groups.judge(from_text.claim(self.sentences))

    def beside(self, judged: "Judged | None") -> "dict[str, tuple[Comparison, ...]]":
        """By figure, what is on record of it."""
        from qorgan.claims.engine.known import compare

        return compare(judged.claim, self.sentences or (), self.record) if judged else {}


def _record(boxes: list[Path]) -> "Known":
    """The country's series, and releases that were handed in as files."""
    from dataclasses import replace

    from qorgan.claims.engine.known import boxes as own
    from qorgan.claims.engine.known import reading
    from qorgan.releases.engine import verify
    from qorgan.releases.engine.box import NotABox

    known = reading.known()
    for path in boxes:
        try:
            box = verify.opened(path.read_bytes())
        except NotABox as problem:
            raise ValueError(f"{path} is no release: {problem}.") from problem
        known = replace(known, series=(*known.series, *own.series(box.manifest, box.files)))
    return known


def _blocks(file: Path) -> Iterator[str]:
    """The text, a block at a time, so that a long one takes no more memory than a short one."""
    if str(file) == "-":
        yield from iter(lambda: sys.stdin.read(_BLOCK), "")
        return
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            yield from iter(lambda: text.read(_BLOCK), "")
    except UnicodeDecodeError as wrong:
        raise ValueError(f"{file} is no text in UTF-8.") from wrong


def _as_json(read: _Kept) -> None:
    """One object: figures, the numbers that are none, notes, verdicts. Of a long text nothing is held but a sentence.

    `verdicts` is null where the text was too long to be reckoned with as a whole.
    """
    from qorgan.claims import told

    write = sys.stdout.write
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8") as passed, _spool() as notes:
        write('{"figures": [')
        counts = [0, 0, 0]
        for sentence in read:
            for place, (target, rows) in enumerate(
                (
                    (sys.stdout, [figure.as_dict() for figure in sentence.figures]),
                    (passed, told.passed(sentence)),
                    (notes, told.notes(sentence)),
                )
            ):
                for row in rows:
                    target.write((",\n " if counts[place] else "\n ") + json.dumps(row, ensure_ascii=False))
                    counts[place] += 1
        for name, spool in (("not_figures", passed), ("notes", notes)):
            write(f'],\n"{name}": [')
            spool.seek(0)
            for line in spool:
                write(line)
        judged = read.judged()
        found = None if judged is None else told.verdicts(judged)
        known = None if judged is None else told.known(read.beside(judged), read.record, judged)
        write(f'],\n"verdicts": {json.dumps(found, ensure_ascii=False)}')
        write(f',\n"known": {json.dumps(known, ensure_ascii=False)}}}\n')


def _spool() -> "SpooledTemporaryFile[str]":
    return SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8")


def _as_text(read: _Kept) -> None:
    number = 0
    for sentence in read:
        if not sentence.figures and not sentence.remarks:
            continue
        for line in _underlined(sentence):
            typer.echo(line)
        for figure in sentence.figures:
            typer.echo(f"  {number}. {_described(figure)}")
            number += 1
        for remark in sentence.remarks:
            typer.echo(f"  note: {_note(remark)}")
        typer.echo()
    if not number:
        typer.echo("No figures.")
        return
    judged = read.judged()
    if judged is None:
        typer.echo("The text is too long to be reckoned with as a whole: no verdicts.")
        return
    for line in _verdicts(judged):
        typer.echo(line)
    for line in _recorded(read, judged):
        typer.echo(line)


def _verdicts(judged: "Judged") -> Iterator[str]:
    from qorgan.claims import told

    places = {figure.id: str(place) for place, figure in enumerate(judged.claim.figures)}
    for group in judged.groups:
        yield f"Figures {', '.join(places[figure.id] for figure in group.claim.figures)}:"
        if not group.answers:
            yield told.unanswered(group)
        for found in group.answers:
            yield from (f"  {line}".rstrip() for line in _lines(group.claim, found))


def _recorded(read: _Kept, judged: "Judged") -> "Iterator[str]":
    from qorgan.claims import recorded
    from qorgan.claims.engine.known.comparing import standing

    places = {figure.id: place for place, figure in enumerate(judged.claim.figures)}
    for figure, beside in read.beside(judged).items():
        yield f"Figure {places[figure]}: {recorded.word(standing(beside))}"
        for each in beside:
            said = recorded.told(each, read.record)
            yield f"  {said.sentence}"
            yield from (f"    · {line}" for line in (*said.beside, said.source))


def _note(remark: "Remark") -> str:
    return _NOTES[str(remark.code)]


def _underlined(sentence: "Sentence") -> Iterator[str]:
    """The sentence in lines, under each the spans of its figures."""
    text = sentence.text.replace("\t", " ").replace("\n", " ").rstrip()
    marked = [" "] * len(text)
    for figure in sentence.figures:
        for place in range(figure.start - sentence.start, figure.end - sentence.start):
            marked[place] = "~"
    first = len(text) - len(text.lstrip())
    while first < len(text):
        last = len(text) if len(text) - first <= _WIDTH else text.rfind(" ", first, first + _WIDTH) + 1
        last = last if last > first else min(first + _WIDTH, len(text))
        yield text[first:last].rstrip()
        under = "".join(marked[first:last]).rstrip()
        if under:
            yield under
        first = last


def _described(figure: "Figure") -> str:
    """A figure in one line; what the text does not say is "not stated"."""
    low, high = _plain(figure.low), _plain(figure.high)
    value = low if low == high else f"{low} to {high}"
    sign = {1: "rise", -1: "fall"}.get(figure.change_sign or 0)
    part = f"part of {figure.part_of}" if figure.part_of is not None else ""
    of = f"of {_plain(figure.of)}" if figure.of is not None else ""
    points = "points" if figure.points else ""
    counted = f"counts {figure.counted}" if figure.counted else "counts: not stated"
    said = f"said by {figure.voice.speaker}" if figure.voice.speaker else "speaker: not stated"
    denied = "denied" if figure.voice.denied else ""
    rules = ", ".join(cue.code for cue in figure.cues)
    words = [value, of, figure.unit, points, figure.approximation, sign, part, counted, said, denied, f"[{rules}]"]
    return f"{figure.text}: " + "; ".join(word for word in words if word and word != "[]")


def _plain(value: Any) -> str:
    return f"{value.normalize():f}"
