"""The official table of places as bytes: CSV in the encodings of the country's offices, or an Excel sheet."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from qorgan.places.engine.official import Entry

_HEADINGS_WITHIN = 30  # titles above the headings of a published sheet
_LARGEST = 64 * 1024 * 1024
_BOOKS = {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}


class NotATable(Exception):
    """The file is not the official table; the message says why in one sentence."""


def read(path: Path, *, table: Mapping[str, Any]) -> list[Entry]:
    """Rows of the official table. `table` is the country's description of it (`official.toml`).

    Raises NotATable. Rows that make no sense are kept: the plan refuses them with their line.
    """
    return entries(_lines(path), table=table)


def entries(lines: Iterable[list[str]], *, table: Mapping[str, Any]) -> list[Entry]:
    """Rows under the first line that holds the headings. Raises NotATable where there is no such line."""
    columns: dict[str, int] = {}
    found: list[Entry] = []
    for number, cells in enumerate(lines, start=1):
        if not columns:
            if number > _HEADINGS_WITHIN:
                break
            columns = _columns(cells, table["headings"])
        elif any(cells):
            found.append(_entry(number, cells, columns, table))
    if not columns:
        names = " and ".join(name[0] for name in table["headings"]["names"].values())
        raise NotATable(f"no line of headings with a code ({table['headings']['code'][0]}) and a name ({names})")
    if not found:
        raise NotATable("there is no row under the headings")
    return found


def _columns(cells: list[str], headings: Mapping[str, Any]) -> dict[str, int]:
    wanted = {key: words for key, words in headings.items() if key != "names"}
    wanted |= {f"name_{language}": words for language, words in headings["names"].items()}
    signs = [re.sub(r"[\W_]", "", cell.casefold()) for cell in cells]
    columns = {key: at for at, sign in enumerate(signs) for key, words in wanted.items() if sign and sign in words}
    coded = "code" in columns or {"ab", "cd", "ef", "hij"} <= columns.keys()
    return columns if coded and any(key.startswith("name_") for key in columns) else {}


def _entry(line: int, cells: list[str], columns: Mapping[str, int], table: Mapping[str, Any]) -> Entry:
    def cell(key: str) -> str:
        at = columns.get(key, -1)
        return " ".join(cells[at].split()) if 0 <= at < len(cells) else ""

    code = _code(cell("code"))
    if not code and cell("ab"):
        parts = zip(("ab", "cd", "ef", "hij"), table["groups"], strict=True)
        code = "".join(_code(cell(key)).zfill(width) for key, width in parts)
    names = {language: cell(f"name_{language}") for language in table["headings"]["names"]}
    return Entry(
        line=line,
        code=code,
        names={language: name for language, name in names.items() if name},
        parent=_code(cell("parent")),
        kind_words=cell("kind"),
    )


def _code(text: str) -> str:
    """A code as Excel spoils it: 750000000.0, 750 000 000."""
    return re.sub(r"\.0$", "", text).replace(" ", "").replace("\u00a0", "")


def _lines(path: Path) -> list[list[str]]:
    try:
        if path.stat().st_size > _LARGEST:
            raise NotATable("it is larger than 64 MB")
        data = path.read_bytes()
    except OSError as wrong:
        raise NotATable(f"it cannot be opened ({wrong.strerror})") from wrong
    if data[:4] in _BOOKS:
        return _sheet(data)
    return _text(data)


def _sheet(data: bytes) -> list[list[str]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [book.get_sheet_by_index(at).to_python(skip_empty_area=False) for at in range(len(book.sheet_names))]
    except (CalamineError, OSError, ValueError) as wrong:
        raise NotATable("the sheet is damaged") from wrong
    largest = max(sheets, key=len, default=[])
    return [[_cell(value) for value in row] for row in largest]


def _cell(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _text(data: bytes) -> list[list[str]]:
    if b"\0" in data:
        raise NotATable("it is neither CSV nor an Excel sheet")
    text = _decoded(data)
    head = text[:4000]
    delimiter = max(";,\t", key=head.count)
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as wrong:
        raise NotATable("its lines are damaged") from wrong


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", errors="replace")
