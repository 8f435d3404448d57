"""Records out of delimited lines: quotes that span lines, quotes that never close, lines broken in two."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from qorgan.reports.engine.rows import Note, refusal, warning
from qorgan.reports.readers.encodings import Kind
from qorgan.reports.readers.lines import Line

DELIMITERS = (";", ",", "\t", "|")
MOST_LINES = 60  # a quoted cell that runs over more lines than this was never closed
MOST_CHARACTERS = 250_000
_GIVE_UP = 20  # after so many quotes that never close, in a row, quotes mean nothing in this file
_SEPARATOR_LINE = re.compile(r'\s*"?sep=(.)"?[;,\t|\s]*', re.IGNORECASE)


@dataclass(frozen=True)
class Split:
    """A line taken apart. `open_at`: the cell whose quote does not close. `bad`: cells with text after their quote."""

    cells: list[str]
    open_at: int | None = None
    bad: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Record:
    """One record as it stands in the file. `torn`: it ends with the file, without a line end."""

    line: int
    cells: list[str]
    text: str
    notes: tuple[Note, ...] = ()
    torn: bool = False


@cache
def _patterns(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    sep = re.escape(delimiter)
    quoted = re.compile(rf'[ \u00a0]*"((?>[^"]+|"")*+)"[ \u00a0]*(?={sep}|\Z)')
    opened = re.compile(r'[ \u00a0]*"(?>[^"]+|"")*+("?)')
    return quoted, opened


def split(text: str, *, delimiter: str) -> Split:
    """Take a line apart. A quote counts only at the beginning of a cell; elsewhere it is a letter like others."""
    if '"' not in text:
        return Split(text.split(delimiter))
    quoted, opened = _patterns(delimiter)
    cells: list[str] = []
    open_at, bad = None, set()
    position = 0
    while True:
        if found := quoted.match(text, position):
            cells.append(found[1].replace('""', '"'))
            position = found.end()
        else:
            if (start := opened.match(text, position)) and not start[1]:
                open_at = len(cells) if open_at is None else open_at
            elif start:
                bad.add(len(cells))
            end = text.find(delimiter, position)
            cells.append(text[position:end] if end >= 0 else text[position:])
            position = end if end >= 0 else len(text)
        if position >= len(text):
            return Split(cells, open_at, frozenset(bad))
        position += len(delimiter)


def cells_of(text: str, *, delimiter: str) -> Split:
    """Like `split`, and a line that some program quoted as a whole is taken apart once more."""
    parts = split(text, delimiter=delimiter)
    if len(parts.cells) == 1 and text.startswith('"') and delimiter in parts.cells[0] and parts.open_at is None:
        return split(parts.cells[0], delimiter=delimiter)
    return parts


def is_separator_line(text: str) -> bool:
    """Is it the `sep=;` that spreadsheets write before the first line?"""
    return bool(_SEPARATOR_LINE.fullmatch(text))


class Records:
    """Records of a stream of lines. `delimiter` may be changed between two records.

    A quote that does not close within a sane distance, or that would swallow a line which is a record by itself
    (`starts_record`), is taken for a slip: its line is read alone and reading goes on with the next.
    """

    def __init__(self, lines: Iterator[Line], *, delimiter: str, starts_record: Callable[[str], bool]) -> None:
        self.delimiter = delimiter
        self._lines = lines
        self._starts_record = starts_record
        self._waiting: deque[Line] = deque()
        self._failures = 0

    def __iter__(self) -> Iterator[Record]:
        while (line := self._next()) is not None:
            yield self._record(line)

    def take(self) -> Line | None:
        """The line after the present record, for one that was broken in two."""
        return self._next()

    def give_back(self, lines: list[Line]) -> None:
        """Put lines back that were taken and did not fit."""
        self._waiting.extendleft(reversed(lines))

    def _next(self) -> Line | None:
        return self._waiting.popleft() if self._waiting else next(self._lines, None)

    def _record(self, line: Line) -> Record:
        if line.overlong:
            return Record(line.number, [], line.text, (refusal("line_too_long"),))
        parts = cells_of(line.text, delimiter=self.delimiter)
        if parts.open_at is None:
            return Record(line.number, parts.cells, line.text, _said(line), not line.ended)
        return self._extended(line, parts=parts)

    def _extended(self, line: Line, *, parts: Split) -> Record:
        text, taken, closed = line.text, [line], None
        reach = MOST_LINES if self._failures < _GIVE_UP else 0
        while len(taken) <= reach and len(text) < MOST_CHARACTERS and (following := self._next()) is not None:
            taken.append(following)
            if following.overlong or self._starts_record(following.text):
                break
            text = f"{text}\n{following.text}"
            if '"' not in following.text:
                continue
            joined = split(text, delimiter=self.delimiter)
            if joined.open_at is None:
                closed = None if parts.open_at in joined.bad else joined
                break
        if closed is None:
            self._failures += 1
            self._waiting.extendleft(reversed(taken[1:]))
            return self._unclosed(line, parts=parts)
        self._failures = 0
        notes = tuple(dict.fromkeys(note for one in taken for note in _said(one)))
        return Record(line.number, closed.cells, text, notes, not taken[-1].ended)

    def _unclosed(self, line: Line, *, parts: Split) -> Record:
        cells = list(parts.cells)
        if parts.open_at is not None:
            cells[parts.open_at] = cells[parts.open_at].lstrip().removeprefix('"')
        return Record(line.number, cells, line.text, (*_said(line), warning("quote_not_closed")), not line.ended)


def _said(line: Line) -> tuple[Note, ...]:
    if line.kind is Kind.OTHER:
        return (warning("other_encoding"),)
    return (refusal("row_torn"),) if line.kind is Kind.TORN else ()
