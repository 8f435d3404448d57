"""Delimited text: which delimiter, where the headings stand, and rows whose cells do not fit under them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from qorgan.reports.engine import headings as named
from qorgan.reports.engine import numbers
from qorgan.reports.engine.desk_words import DeskWords
from qorgan.reports.engine.headings import Headings
from qorgan.reports.engine.rows import Cells, refusal, warning
from qorgan.reports.engine.texts import clean
from qorgan.reports.readers.csv_records import DELIMITERS, Record, Records, cells_of, is_separator_line
from qorgan.reports.readers.lines import Line
from qorgan.reports.readers.tables import Strip, Walker

SAMPLE = 400  # lines
_HEADINGS_WITHIN = 60  # records
_MOST_PIECES = 6  # lines that one broken row may be in
_UNREAD = 4_000  # characters kept of a line that could not be taken apart


@dataclass(frozen=True)
class Beginning:
    """What the first lines say. `trims`: this file leaves out empty cells at the end of its rows."""

    delimiter: str
    headings: Headings
    records: int  # up to and with the headings
    titles: frozenset[str]
    trims: bool


def begin(sample: list[Line], *, words: DeskWords) -> Beginning | None:
    """Delimiter and headings: of the delimiters, the one under which most headings are known. None: no headings."""
    found = [one for delimiter in DELIMITERS if (one := _try(sample, delimiter=delimiter, words=words))]
    return max(found, key=lambda one: len(one.headings.known), default=None)


def _try(sample: list[Line], *, delimiter: str, words: DeskWords) -> Beginning | None:
    titles: set[str] = set()
    records = iter(Records(iter(sample), delimiter=delimiter, starts_record=lambda text: False))
    for count, record in enumerate(islice(records, _HEADINGS_WITHIN), start=1):
        if found := named.find(record.cells, words=words):
            return Beginning(delimiter, found, count, frozenset(titles), _trims(records, width=found.width))
        titles.update(text for cell in record.cells[: named.MOST_COLUMNS] if (text := clean(cell).text))
    return None


def _trims(records: Iterator[Record], *, width: int) -> bool:
    rows = [record.cells for record in records if any(cell.strip() for cell in record.cells) and not record.torn]
    full = sum(len(cells) >= width and not cells[-1].strip() for cells in rows)
    short = sum(1 < len(cells) < width for cells in rows)
    return short > 1 and full == 0


class Delimited:
    """The rows of a delimited file."""

    def __init__(self, lines: Iterator[Line], *, sample: list[Line], beginning: Beginning, words: DeskWords) -> None:
        self._beginning = beginning
        self._words = words
        self._records = Records(chain(sample, lines), delimiter=beginning.delimiter, starts_record=self._starts_record)
        self.walker = Walker(
            words=words,
            headings=beginning.headings,
            titles=beginning.titles,
            reread=self._reread,
            retitle=self._retitle,
            shape=self._shape,
        )

    def rows(self) -> Iterator[Cells]:
        """The data rows."""
        return self.walker.rows(self._strips())

    def _strips(self) -> Iterator[Strip]:
        for count, record in enumerate(self._records, start=1):
            if count > self._beginning.records and not is_separator_line(record.text):
                yield self._strip(record)

    def _strip(self, record: Record) -> Strip:
        values = self._fitted(record.cells)
        strip = Strip(record.line, values, record.notes, text=record.text, unread=not values, torn=record.torn)
        if len(values) <= named.MOST_COLUMNS:
            return strip
        return _unread(strip, width=self.walker.headings.width, code="too_many_cells")

    def _fitted(self, cells: list[str]) -> list[str]:
        """The cells without empty ones beyond the last heading."""
        end = len(cells)
        while end > self.walker.headings.width and not cells[end - 1].strip():
            end -= 1
        return cells[:end]

    def _starts_record(self, text: str) -> bool:
        """Is this line, inside a quote that has not closed yet, a record by itself?"""
        cells = cells_of(text, delimiter=self._records.delimiter).cells
        return len(cells) >= self.walker.headings.width - 1 and self.walker.has_number(cells)

    def _reread(self, strip: Strip) -> Strip:
        """A line with another delimiter than its file, and exactly the right number of cells, means what it says."""
        for delimiter in DELIMITERS:
            if delimiter not in strip.text:
                continue
            cells = cells_of(strip.text, delimiter=delimiter).cells
            if len(cells) == self.walker.headings.width and self.walker.has_number(cells):
                return replace(strip, values=cells, notes=(*strip.notes, warning("other_delimiter")))
        return strip

    def _retitle(self, strip: Strip) -> Headings | None:
        """A file pasted under another brings its own headings and its own delimiter."""
        for delimiter in DELIMITERS:
            if delimiter == self._records.delimiter or delimiter not in strip.text:
                continue
            cells = cells_of(strip.text, delimiter=delimiter).cells
            if len(cells) > 1 and (found := named.find(cells, words=self._words, strict=True)):
                self._records.delimiter = delimiter
                return found
        return None

    def _shape(self, strip: Strip) -> Strip:
        """The row under its headings, or refused: cells are never guessed into columns."""
        width = self.walker.headings.width
        if len(strip.values) == width:
            return self._end_checked(strip)
        if len(strip.values) > width:
            return _unread(strip, width=width, code="too_many_cells")
        if joined := self._joined(strip):
            return joined
        if strip.torn or not self._beginning.trims or not self.walker.has_number(strip.values):
            return _unread(strip, width=width, code="row_torn")
        return strip

    def _end_checked(self, strip: Strip) -> Strip:
        """The last line of a file that ends without a line end may be cut: a telephone number shows it."""
        last = strip.values[-1].strip()
        whole = not last or numbers.phone(last, form=self._words.phone)
        if strip.torn and self.walker.headings.fields[-1] == "phone" and not whole:
            return replace(strip, notes=(*strip.notes, warning("perhaps_torn", field="phone")))
        return strip

    def _joined(self, strip: Strip) -> Strip | None:
        """A row that a line end inside a cell without quotes broke in two: the pieces fit together exactly."""
        if not self.walker.has_number(strip.values):
            return None
        width, text, taken = self.walker.headings.width, strip.text, list[Line]()
        parts = cells_of(text, delimiter=self._records.delimiter)
        while len(taken) < _MOST_PIECES and len(parts.cells) < width and (line := self._records.take()) is not None:
            taken.append(line)
            if line.overlong or not line.text.strip() or self._stands_alone(line.text):
                break
            text = f"{text}\n{line.text}"
            parts = cells_of(text, delimiter=self._records.delimiter)
        if len(parts.cells) == width and parts.open_at is None:
            return replace(strip, values=parts.cells, notes=(*strip.notes, warning("row_joined")))
        self._records.give_back(taken)
        return None

    def _stands_alone(self, text: str) -> bool:
        """Is this line a row, a total or a heading by itself, and so no part of the row above?"""
        cells = cells_of(text, delimiter=self._records.delimiter).cells
        if self.walker.has_number(cells) or self._words.starts_total(cells[0]):
            return True
        return named.find(cells, words=self._words, strict=True) is not None


def _unread(strip: Strip, *, width: int, code: str) -> Strip:
    text = strip.text[:_UNREAD]
    return replace(strip, values=strip.values[:width], notes=(*strip.notes, refusal(code)), text=text, unread=True)
