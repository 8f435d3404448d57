"""A duty desk's file, whatever program wrote it: bytes in, judged rows out, in memory that does not grow.

What cannot be read at all is one `FileRefused`; everything else is a `DeskFile` whose rows come one by one.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from zoneinfo import ZoneInfo

from qorgan.reports.engine.dates import Calendar
from qorgan.reports.engine.desk_words import DeskWords
from qorgan.reports.engine.judge import judge
from qorgan.reports.engine.rows import FIELDS, Cells, Row, refusal
from qorgan.reports.readers import delimited, encodings, json_records, lines, sheets
from qorgan.reports.readers.delimited import Delimited
from qorgan.reports.readers.encodings import Plan
from qorgan.reports.readers.json_records import Objects, Piece
from qorgan.reports.readers.lines import Line, Meter
from qorgan.reports.readers.repeats import Seen
from qorgan.reports.readers.sheet_gate import NotSafe

MOST_LOST = 5_000  # rows without number and date, one after another: the rest is no register
HEAD = 1 << 18  # bytes by which a file is known
SAMPLE_LENGTH = 4 * lines.LONGEST_LINE  # characters
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TABLES = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"BM\x00", b"II*\x00", b"MM\x00*", b"RIFF", b"\x7fELF",
    b"ID3", b"OggS", b"\x00\x00\x00\x18ftyp", b"\x00\x00\x00\x20ftyp", b"SQLite format 3", b"MZ\x90",
)  # fmt: skip
_PACKED = (b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|table|\?xml|head|body|meta)", re.IGNORECASE)
_JSON = re.compile(r"\s*(?:\[\s*[{\]]|\{\s*[\"}])")
_JSON_LINES_TRIED = 50


@dataclass(frozen=True)
class FileRefused:
    """The file as a whole cannot be taken. `code` has a sentence in `words`; `line` is where it was found out."""

    code: str
    line: int = 0
    name: str = ""


@dataclass
class DeskFile:
    """A file that is being read. Iterate once; what was skipped and where the headings stood is known on the way.

    `kind` is csv, json, xlsx, xls or ods; `meter` says how far reading has come, in bytes or in rows of sheets.
    """

    kind: str
    name: str
    calendar: Calendar
    meter: Meter
    encoding: str = ""
    delimiter: str = ""
    headings: tuple[str, ...] = ()
    fields: tuple[str | None, ...] = ()
    count: int = 0
    _cells: Callable[[], Iterator[Cells]] = field(default=lambda: iter(()), repr=False)
    _skipped: Callable[[], list[tuple[int, str]]] = field(default=list, repr=False)
    _close: Callable[[], None] = field(default=lambda: None, repr=False)

    def __iter__(self) -> Iterator[Row]:
        """The rows, numbered from 1, each judged and compared with those before it."""
        seen = Seen()
        try:
            lost = 0
            for cells in self._cells():
                self.count += 1
                row = seen.check(judge(cells, number=self.count, calendar=self.calendar))
                lost = 0 if row.kui_no or row.registered_at else lost + 1
                if lost > MOST_LOST:
                    yield replace(row, notes=(refusal("rest_unreadable"),))
                    return
                yield row
        finally:
            seen.close()
            self.close()

    @property
    def skipped(self) -> list[tuple[int, str]]:
        """Lines that are neither rows nor errors: totals, page marks, signatures (line, text)."""
        return self._skipped()

    def close(self) -> None:
        """Close the file, where this reader opened it."""
        self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def read(
    source: BinaryIO | Path, *, words: DeskWords, zone: ZoneInfo, now: datetime, name: str = ""
) -> DeskFile | FileRefused:
    """Read a duty desk's file. A stream must be able to seek; it stays open, a path is opened and closed here.

    `now` is aware: what lies after it is a date of the future. `zone` is the desk's; times without an offset are in it.
    """
    stream = source.open("rb") if isinstance(source, Path) else source
    close = stream.close if isinstance(source, Path) else _leave_open
    name = name or (source.name if isinstance(source, Path) else "")
    calendar = Calendar(words=words, zone=zone, now=now)
    try:
        file = _read(stream, calendar=calendar, name=name)
    except BaseException:
        close()
        raise
    if isinstance(file, FileRefused):
        close()
    else:
        file._close = close
    return file


def _leave_open() -> None:
    """A stream that was handed in belongs to the caller."""


def _read(stream: BinaryIO, *, calendar: Calendar, name: str) -> DeskFile | FileRefused:
    stream.seek(0, 2)
    meter = Meter(total=stream.tell())
    stream.seek(0)
    head = stream.read(HEAD)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE)):
        return _read_sheets(stream, calendar=calendar, name=name, meter=meter)
    if code := _not_text(head):
        return FileRefused(code, name=name)
    return _Text(stream, head=head, calendar=calendar, name=name, meter=meter).read()


def _not_text(head: bytes) -> str:
    if not head.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        return "empty"
    if head.startswith(_NOT_TABLES) or _MARKUP.match(head.removeprefix(codecs.BOM_UTF8)):
        return "not_a_table"
    return "packed" if head.startswith(_PACKED) else ""


def _read_sheets(stream: BinaryIO, *, calendar: Calendar, name: str, meter: Meter) -> DeskFile | FileRefused:
    meter.total = 0
    try:
        book = sheets.open_workbook(stream, words=calendar.words, meter=meter)
    except NotSafe as wrong:
        return FileRefused(wrong.code, name=name)
    missing = _missing(book.headings.known)
    if missing:
        return FileRefused(missing, line=book.found[0].at + 1, name=name)
    dated = Calendar(words=calendar.words, zone=calendar.zone, now=calendar.now, epoch_1904=book.look.epoch_1904)
    return DeskFile(
        kind=book.look.kind,
        name=name,
        calendar=dated,
        meter=meter,
        headings=book.headings.names,
        fields=book.headings.fields,
        _cells=book.rows,
        _skipped=lambda: [line for walker in book.walkers for line in walker.skipped],
    )


def _missing(known: frozenset[str]) -> str:
    if "kui_no" not in known:
        return "no_number_column"
    return "" if known & {"registered_at"} else "no_date_column"


class _Text:
    """A file of text: JSON or delimited."""

    def __init__(self, stream: BinaryIO, *, head: bytes, calendar: Calendar, name: str, meter: Meter) -> None:
        self._stream, self._head, self._calendar, self._name, self._meter = stream, head, calendar, name, meter
        self._letters = calendar.words.encodings
        sample = head
        wide = encodings.plan(head, encodings=self._letters)
        if wide.wide:
            sample = head[wide.skip :].decode(wide.wide, "replace").encode("utf-8", "replace")
        self._plan: Plan = wide
        self._newline = lines.newline_of(sample)
        self._pieces = lines.chunks(stream, head=head, plan=self._plan, meter=meter)

    def read(self) -> DeskFile | FileRefused:
        """Tell JSON from delimited text by the first lines."""
        found = lines.read(self._pieces, plan=self._plan, encodings=self._letters, newline=self._newline)
        sample = list(_sample(found))
        written = [line.text.strip("\ufeff \t") for line in sample if line.text.strip("\ufeff\x00 \t\r")]
        if not written:
            return FileRefused("empty", name=self._name)
        braced = sum(text.startswith("{") for text in written)
        if _JSON.match("\n".join(written[:3])[:1000]) or braced * 2 > len(written):
            by_line = not written[0].startswith("[{") and (braced * 2 > len(written) or _is_object(written[0]))
            return self._json(chain(sample, found), sample=sample, by_line=by_line)
        return self._delimited(found, sample=sample)

    def _delimited(self, rest: Iterator[Line], *, sample: list[Line]) -> DeskFile | FileRefused:
        beginning = delimited.begin(sample, words=self._calendar.words)
        if beginning is None:
            overlong = next((line.number for line in sample if line.overlong), 0)
            return FileRefused("line_too_long" if overlong else "no_headings", line=overlong, name=self._name)
        if missing := _missing(beginning.headings.known):
            return FileRefused(missing, name=self._name)
        table = Delimited(rest, sample=sample, beginning=beginning, words=self._calendar.words)
        file = self._file("csv", cells=table.rows)
        file.delimiter = beginning.delimiter
        file.headings, file.fields = beginning.headings.names, beginning.headings.fields
        file._skipped = lambda: table.walker.skipped
        return file

    def _json(self, found: Iterator[Line], *, sample: list[Line], by_line: bool) -> DeskFile | FileRefused:
        words = self._calendar.words
        if not by_line:
            self._stream.seek(len(self._head))
            again = lines.chunks(self._stream, head=self._head, plan=self._plan, meter=self._meter)
            pieces = json_records.from_stream(_decoded(again, plan=self._plan))
        else:
            pieces = json_records.from_lines(found)
        first = list(islice(pieces, _JSON_LINES_TRIED))
        objects = Objects(chain(first, pieces), words=words)
        if not any(objects.known(piece) > 1 for piece in first):
            empty = not first
            return self._file("json", cells=lambda: iter(())) if empty else FileRefused("no_headings", name=self._name)
        file = self._file("json", cells=objects.rows)
        file.headings, file.fields = tuple(words.titles[code] for code in FIELDS), FIELDS
        return file

    def _file(self, kind: str, *, cells: Callable[[], Iterator[Cells]]) -> DeskFile:
        encoding = self._plan.wide or self._plan.usual
        return DeskFile(kind, self._name, self._calendar, self._meter, encoding=encoding, _cells=cells)


def _sample(found: Iterator[Line]) -> Iterator[Line]:
    """The first lines, as many as can be held."""
    length = 0
    for line in islice(found, delimited.SAMPLE):
        yield line
        length += len(line.text)
        if length > SAMPLE_LENGTH:
            return


def _is_object(text: str) -> bool:
    return isinstance(json_records.parse(Piece(0, text.rstrip(" ,\r"))), dict)


def _decoded(pieces: Iterator[bytes], *, plan: Plan) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(plan.usual)("replace")
    for piece in pieces:
        yield decoder.decode(piece)
    yield decoder.decode(b"", True)


__all__ = ["DeskFile", "FileRefused", "read"]
