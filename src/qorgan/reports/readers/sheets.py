"""Workbooks: every visible sheet that has the headings, cells as values, formulas without a value as faults."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from qorgan.reports.engine import headings as named
from qorgan.reports.engine.desk_words import DeskWords
from qorgan.reports.engine.headings import Headings
from qorgan.reports.engine.judge import Fault, as_text
from qorgan.reports.engine.rows import Cells
from qorgan.reports.engine.texts import clean
from qorgan.reports.readers import sheet_gate
from qorgan.reports.readers.lines import Meter
from qorgan.reports.readers.sheet_gate import Look, NotSafe
from qorgan.reports.readers.tables import Strip, Walker

LARGEST_OLE = 48 * 2**20  # bytes of an old XLS, which cannot be looked into beforehand
_HEADINGS_WITHIN = 60  # rows
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MOST_MERGED = 20_000


@dataclass(frozen=True)
class _Found:
    """A sheet with headings in row `at` (from 0)."""

    sheet: CalamineSheet
    headings: Headings
    at: int
    titles: frozenset[str]


@dataclass
class Workbook:
    """A workbook that was safe to open, and its sheets that have the headings."""

    look: Look
    found: list[_Found]
    words: DeskWords
    meter: Meter
    walkers: list[Walker] = field(default_factory=list)

    @property
    def headings(self) -> Headings:
        """The headings of the first sheet that has them."""
        return self.found[0].headings

    def rows(self) -> Iterator[Cells]:
        """The data rows of all sheets, one after another."""
        self.meter.total = sum(one.sheet.end[0] + 1 for one in self.found if one.sheet.end)
        for one in self.found:
            walker = Walker(words=self.words, headings=one.headings, titles=one.titles)
            self.walkers.append(walker)
            yield from walker.rows(self._strips(one))

    def _strips(self, one: _Found) -> Iterator[Strip]:
        left = one.sheet.start[1] if one.sheet.start else 0
        unfilled = self.look.unfilled.get(one.sheet.name, set())
        name = one.sheet.name if len(self.found) > 1 else ""
        rows = _merged_filled(enumerate(one.sheet.iter_rows()), sheet=one.sheet, below=one.at, left=left)
        for at, values in rows:
            self.meter.done += 1
            if at <= one.at:
                continue
            for column in range(len(values)):
                if (at, column + left) in unfilled:
                    values[column] = Fault("formula_without_value")
            yield Strip(at + 1, values, sheet=name)


def open_workbook(stream: BinaryIO, *, words: DeskWords, meter: Meter) -> Workbook:
    """Open XLSX, ODS or XLS. Raises NotSafe with the reason why the file as a whole is refused."""
    stream.seek(0)
    look = sheet_gate.look(stream) if stream.read(2) == b"PK" else _look_ole(stream)
    stream.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(stream)
        visible = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        found = _with_headings(book, names=visible, words=words)
        found = found or _with_headings(book, names=book.sheet_names, words=words)
        empty = all(book.get_sheet_by_name(name).end is None for name in book.sheet_names)
    except PasswordError as wrong:
        raise NotSafe("locked") from wrong
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as wrong:  # a panic of the sheet reader is not an Exception
        raise NotSafe("damaged") from wrong
    if not found:
        raise NotSafe("empty" if empty else "no_headings")
    return Workbook(look, found, words, meter)


def _look_ole(stream: BinaryIO) -> Look:
    tail = b""
    size = 0
    for piece in sheet_gate.parts_of(stream, size=1 << 20):
        size += len(piece)
        if _LOCKED in tail + piece:
            raise NotSafe("locked")
        tail = piece[-len(_LOCKED) :]
    if size > LARGEST_OLE:
        raise NotSafe("too_large")
    return Look("xls")


def _with_headings(book: CalamineWorkbook, *, names: Iterable[str], words: DeskWords) -> list[_Found]:
    found = (_find(book.get_sheet_by_name(name), words=words) for name in names)
    named_sheets = [one for one in found if one]
    return [one for one in named_sheets if one.headings.known.issuperset(named.NEEDED)] or named_sheets


def _find(sheet: CalamineSheet, *, words: DeskWords) -> _Found | None:
    titles: set[str] = set()
    if sheet.end is None:
        return None
    for at, values in enumerate(islice(sheet.iter_rows(), _HEADINGS_WITHIN)):
        texts = [as_text(value) for value in values]
        if headings := named.find(texts, words=words):
            return _Found(sheet, headings, at, frozenset(titles))
        titles.update(text for cell in texts if (text := clean(cell).text))
    return None


def _merged_filled(
    rows: Iterable[tuple[int, Sequence[Any]]], *, sheet: CalamineSheet, below: int, left: int
) -> Iterator[tuple[int, list[Any]]]:
    """Rows in which a cell merged downwards holds its value in each of its rows, as a person sees it."""
    areas = [
        (start, end)
        for start, end in islice(sheet.merged_cell_ranges or (), _MOST_MERGED)
        if start[0] > below and end[0] > start[0] and start[1] == end[1]
    ]
    starts = {start: end[0] for start, end in areas}
    columns = {start[1] for start, _ in areas}
    held: dict[int, tuple[int, Any]] = {}
    for at, given in rows:
        values = list(given)
        for column in columns:
            index = column - left
            if not 0 <= index < len(values):
                continue
            if (at, column) in starts:
                held[column] = (starts[at, column], values[index])
            elif column in held and at <= held[column][0]:
                values[index] = held[column][1]
        yield at, values
