"""Is a workbook safe to open? Looked at as a zip of XML, in small pieces, before the sheet reader may take it whole.

The sheet reader holds a sheet in memory as a full rectangle and copies shared texts into each cell, so a file of a few
kilobytes can ask for terabytes. The same look finds formulas that have no stored value.
"""

import posixpath
import zipfile
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

LARGEST_UNPACKED = 128 * 2**20  # bytes, of all parts together
MOST_PARTS = 2_000
MOST_CELLS = 5_000_000  # of the rectangle around all cells of a sheet
MOST_TEXT = 256 * 2**20  # characters of all cells of a sheet together
_CHUNK = 1 << 16
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"


class NotSafe(Exception):
    """The workbook is not opened. `code` is the reason: damaged, too_large, not_a_table, packed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Look:
    """What was seen. `unfilled`: by sheet name, (row, column) from 0 of formulas without a stored value."""

    kind: str
    epoch_1904: bool = False
    unfilled: dict[str, set[tuple[int, int]]] = field(default_factory=dict)


def look(stream: BinaryIO) -> Look:
    """Check a zip from its directory to its last cell. Raises NotSafe."""
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_sizes(archive)
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                return _look_xlsx(archive)
            if "content.xml" in names and b"spreadsheet" in _start(archive, name="mimetype"):
                _OdsScan().read(archive, name="content.xml")
                return Look("ods")
            if any(name.startswith(("xl/", "word/", "ppt/")) or name == "content.xml" for name in names):
                raise NotSafe("not_a_table")
            raise NotSafe("packed")
    except NotSafe:
        raise
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError, NotImplementedError) as wrong:
        raise NotSafe("damaged") from wrong
    except (RuntimeError, KeyError, IndexError, OverflowError, expat.ExpatError) as wrong:
        raise NotSafe("locked" if "password" in str(wrong) else "damaged") from wrong
    except Exception as wrong:  # zlib.error, lzma.LZMAError, struct.error: each packing has its own
        raise NotSafe("damaged") from wrong


def _check_sizes(archive: zipfile.ZipFile) -> None:
    """Sizes as declared, then as they come out: reading to the end checks that no part lies about its size."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise NotSafe("too_large")
    for part in parts:
        if part.flag_bits & 1:
            raise NotSafe("locked")
        with archive.open(part) as stream:
            while stream.read(_CHUNK):
                pass


def _start(archive: zipfile.ZipFile, *, name: str) -> bytes:
    if name not in archive.namelist():
        return b""
    with archive.open(name) as stream:
        return stream.read(200)


def _look_xlsx(archive: zipfile.ZipFile) -> Look:
    """Everything that the sheet reader may come to read, wherever the workbook says that it lies."""
    parts = {name.casefold(): name for name in archive.namelist()}
    if len(parts) < len(archive.namelist()):
        raise NotSafe("damaged")  # of two parts with one name, which is read is anyone's guess
    book, links, texts = _BookScan(), _LinkScan(), _TextScan()
    book.read(archive, name="xl/workbook.xml")
    links.read(archive, name=parts.get("xl/_rels/workbook.xml.rels", "xl/_rels/workbook.xml.rels"))
    shared = {"xl/sharedstrings.xml"} | {path for target in links.texts for path in _paths(target)}
    for path in sorted(shared & parts.keys()):
        texts.read(archive, name=parts[path])
    seen = Look("xlsx", epoch_1904=book.epoch_1904)
    named = {path: sheet for sheet, link in book.sheets for path in _paths(links.targets.get(link, ""))}
    other = {path for path in parts if path.startswith("xl/") and path.endswith(".xml")} - shared
    for path in sorted((named.keys() & parts.keys()) | other):
        scan = _SheetScan(lengths=texts.lengths)
        scan.read(archive, name=parts[path])
        if path in named:
            seen.unfilled[named[path]] = scan.unfilled
    return seen


def _paths(target: str) -> set[str]:
    """Where a link may lead: programs write it from the root, from the folder of the workbook, or as a full name."""
    target = target.casefold()
    if target.startswith("/"):
        return {target.lstrip("/")}
    return {f"xl/{target}", target, posixpath.normpath(posixpath.join("xl", target))}


class _Scan:
    """Reads one part as XML without keeping it. A document type is refused: it can make a text grow without end."""

    def read(self, archive: zipfile.ZipFile, *, name: str) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = lambda tag, given: self.start(tag.rpartition(" ")[2], given=given)
        parser.EndElementHandler = lambda tag: self.end(tag.rpartition(" ")[2])
        parser.CharacterDataHandler = self.characters
        with archive.open(name) as stream:
            while piece := stream.read(_CHUNK):
                parser.Parse(piece)
        parser.Parse(b"", True)

    def _doctype(self, *given: object) -> None:
        raise NotSafe("damaged")

    def start(self, tag: str, *, given: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def characters(self, text: str) -> None:
        """Text inside an element."""


class _BookScan(_Scan):
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.epoch_1904 = False

    def start(self, tag: str, *, given: dict[str, str]) -> None:
        if tag == "sheet":
            link = next((value for name, value in given.items() if name.endswith(" id")), "")
            self.sheets.append((given.get("name", ""), given.get(_RELATION, link)))
        elif tag == "workbookPr":
            self.epoch_1904 = given.get("date1904", "0") in ("1", "true")


class _LinkScan(_Scan):
    def __init__(self) -> None:
        self.targets: dict[str, str] = {}
        self.texts: list[str] = []

    def start(self, tag: str, *, given: dict[str, str]) -> None:
        if tag == "Relationship":
            self.targets[given.get("Id", "")] = given.get("Target", "")
            if given.get("Type", "").endswith("/sharedStrings"):
                self.texts.append(given.get("Target", ""))


class _TextScan(_Scan):
    """Lengths of the shared texts."""

    def __init__(self) -> None:
        self.lengths = array("L")

    def start(self, tag: str, *, given: dict[str, str]) -> None:
        if tag == "si":
            self.lengths.append(0)

    def characters(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)


class _SheetScan(_Scan):
    """The rectangle and the amount of text of a sheet, and its formulas without a value."""

    def __init__(self, *, lengths: "array[int]") -> None:
        self.unfilled: set[tuple[int, int]] = set()
        self._lengths = lengths
        self._row = self._column = -1
        self._rows = self._columns = self._text = 0
        self._shared = self._formula = self._filled = False
        self._index = ""
        self._inside = ""

    def start(self, tag: str, *, given: dict[str, str]) -> None:
        if tag == "row":
            self._row = int(given["r"]) - 1 if "r" in given else self._row + 1
            self._column = -1
        elif tag == "c":
            self._place(given.get("r", ""))
            self._shared = given.get("t") == "s"
            self._formula = self._filled = False
            self._index = ""
        elif tag == "f":
            self._formula = True
        if tag in ("v", "t", "f"):
            self._inside = tag

    def end(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = ""
        if tag != "c":
            return
        if self._formula and not self._filled:
            self.unfilled.add((self._row, self._column))
        if self._shared and self._index.isdigit() and int(self._index) < len(self._lengths):
            self._grow(self._lengths[int(self._index)])

    def characters(self, text: str) -> None:
        if self._inside in ("v", "t"):
            self._filled = self._filled or bool(text.strip())
            self._index = (self._index + text)[:12] if self._shared else ""
            self._grow(len(text))

    def _place(self, name: str) -> None:
        letters = name.rstrip("0123456789")
        if letters:
            column = 0
            for letter in letters.upper():
                column = column * 26 + ord(letter) - 64
            self._column = column - 1
            self._row = int(name[len(letters) :]) - 1
        else:
            self._column += 1
        self._rows, self._columns = max(self._rows, self._row + 1), max(self._columns, self._column + 1)
        if self._rows * self._columns > MOST_CELLS or len(self.unfilled) > MOST_CELLS:
            raise NotSafe("too_large")

    def _grow(self, length: int) -> None:
        self._text += length
        if self._text > MOST_TEXT:
            raise NotSafe("too_large")


class _OdsScan(_Scan):
    """The rectangle of each table of an OpenDocument sheet: rows and cells may say that they are repeated."""

    def __init__(self) -> None:
        self._rows = self._columns = self._width = self._text = 0
        self._repeat_row = self._repeat = 1
        self._blank_rows = self._blank = 0
        self._filled = False

    def start(self, tag: str, *, given: dict[str, str]) -> None:
        if tag == "table":
            self._rows = self._columns = self._blank_rows = 0
        elif tag == "table-row":
            self._repeat_row, self._width, self._blank = _repeated(given, what="rows"), 0, 0
            self._filled = False
        elif tag in ("table-cell", "covered-table-cell"):
            self._repeat = _repeated(given, what="columns")
            if any(name.endswith((" value-type", " value", " formula")) for name in given):
                self._fill()
            else:
                self._blank += self._repeat

    def characters(self, text: str) -> None:
        if text.strip():
            self._text += len(text) * self._repeat * self._repeat_row
            if self._text > MOST_TEXT:
                raise NotSafe("too_large")

    def end(self, tag: str) -> None:
        if tag != "table-row":
            return
        if not self._filled:
            self._blank_rows += self._repeat_row
            return
        self._rows += self._blank_rows + self._repeat_row
        self._blank_rows = 0
        self._columns = max(self._columns, self._width)
        if self._rows * self._columns > MOST_CELLS:
            raise NotSafe("too_large")

    def _fill(self) -> None:
        self._filled = True
        self._width += self._blank + self._repeat
        self._blank = 0


def _repeated(given: dict[str, str], *, what: str) -> int:
    found = next((value for name, value in given.items() if name.endswith(f" number-{what}-repeated")), "1")
    return max(1, int(found))


def parts_of(stream: BinaryIO, *, size: int) -> Iterator[bytes]:
    """The file in pieces, for a search that does not hold it."""
    stream.seek(0)
    while piece := stream.read(size):
        yield piece
