"""JSON: one object a line, an array, or objects spread over lines. A broken object is refused, the others go on."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from qorgan.reports.engine import headings as named
from qorgan.reports.engine.desk_words import DeskWords
from qorgan.reports.engine.rows import Cells, Note, refusal, warning
from qorgan.reports.readers.encodings import Kind
from qorgan.reports.readers.lines import LONGEST_LINE, Line

_TOKEN = re.compile(r'["{}\[\]\n]')
_STRING_END = re.compile(r'["\\\n]')
_BETWEEN = " \t\r\n,;\ufeff\x1e"
_UNREAD = 4_000


class _Twice(list[tuple[str, Any]]):
    """An object in which a key stands twice with different values."""


@dataclass(frozen=True)
class Piece:
    """The text of one object, or of what stands between objects. `code`: why it cannot be one."""

    line: int
    text: str
    code: str = ""
    notes: tuple[Note, ...] = ()


def from_lines(lines: Iterator[Line]) -> Iterator[Piece]:
    """JSON Lines: each line by itself, so a broken one harms no other."""
    for line in lines:
        text = line.text.strip(_BETWEEN + "\x00")
        notes = (warning("other_encoding"),) if line.kind is Kind.OTHER else ()
        if line.overlong:
            yield Piece(line.number, text[:_UNREAD], "line_too_long")
        elif text and text not in ("[", "]"):
            yield Piece(line.number, text, "", notes)


def from_stream(texts: Iterator[str]) -> Iterator[Piece]:
    """Objects of an array, or one after another, wherever lines end. Stops at an object that never closes."""
    scan = _Scan()
    for text in texts:
        yield from scan.feed(text)
        if scan.length > LONGEST_LINE:
            yield Piece(scan.start, scan.text()[:_UNREAD], "line_too_long")
            return
    if rest := scan.text().strip(_BETWEEN + "[]"):
        yield Piece(scan.start, rest[:_UNREAD], "row_torn" if scan.depth else "not_an_object")


class _Scan:
    """Finds where objects begin and end, across any cut of the text."""

    def __init__(self) -> None:
        self.depth = 0  # of braces; brackets outside objects do not count
        self.line = self.start = 1
        self.length = 0
        self._inside = self._escaped = False
        self._pieces: list[str] = []

    def text(self) -> str:
        return "".join(self._pieces)

    def feed(self, text: str) -> Iterator[Piece]:
        at = begin = 0
        if self._escaped and text:
            at, self._escaped = 1, False
        while found := (_STRING_END if self._inside else _TOKEN).search(text, at):
            at = found.end()
            sign = found[0]
            if sign == "\n":
                self.line += 1
            elif sign == "\\":
                self._escaped = at >= len(text)
                at += 1
            elif sign == '"':
                self._inside = not self._inside if self.depth else False
            elif sign == "{":
                if self.depth == 0:
                    yield from self._between(text[begin : at - 1])
                    begin, self.start = at - 1, self.line
                self.depth += 1
            elif sign == "}" and self.depth:
                self.depth -= 1
                if self.depth == 0:
                    self._pieces.append(text[begin:at])
                    yield Piece(self.start, self.text())
                    self._clear()
                    begin, self.start = at, self.line
        self._pieces.append(text[begin:])
        self.length += len(text) - begin

    def _between(self, text: str) -> Iterator[Piece]:
        stray = (self.text() + text).strip(_BETWEEN + "[]")
        self._clear()
        if stray:
            yield Piece(self.start, stray[:_UNREAD], "not_an_object")

    def _clear(self) -> None:
        self._pieces, self.length = [], 0


def parse(piece: Piece) -> Mapping[str, Any] | _Twice | str:
    """The object; or the code of the reason why the row must be refused."""
    if piece.code:
        return piece.code
    try:
        # Numbers stay as they are written: digits of a register must not pass through a float.
        found = json.loads(
            piece.text,
            parse_int=str,
            parse_float=str,
            parse_constant=lambda name: None,
            object_pairs_hook=_object,
            strict=False,
        )
    except (ValueError, RecursionError):
        return "not_json"
    return found if isinstance(found, dict | _Twice) else "not_an_object"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Twice:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found and found[key] != value:
            return _Twice(pairs)
        found[key] = value
    return found


class Objects:
    """Rows out of objects. Keys are headings in any language, or the names of the fields."""

    def __init__(self, pieces: Iterator[Piece], *, words: DeskWords) -> None:
        self._pieces = pieces
        self._words = words
        self._fields: dict[str, str | None] = {}

    def rows(self) -> Iterator[Cells]:
        """Every object, and every line that is none, as a row."""
        return map(self.row, self._pieces)

    def row(self, piece: Piece) -> Cells:
        """One object as cells."""
        found = parse(piece)
        if isinstance(found, str):
            return Cells(piece.line, {}, {"": piece.text[:_UNREAD]}, (*piece.notes, refusal(found)))
        values: dict[str, Any] = {}
        notes = list(piece.notes)
        pairs = list(found) if isinstance(found, _Twice) else list(found.items())
        for key, value in pairs:
            self._place(key, value=value, values=values, notes=notes)
        raw = {key: _text(value) for key, value in pairs}
        return Cells(piece.line, values or {"kui_no": ""}, raw, tuple(notes))

    def known(self, piece: Piece) -> int:
        """How many fields the object names: by this a file is known to be of this kind."""
        found = parse(piece)
        keys = (
            [] if isinstance(found, str) else [pair[0] for pair in found] if isinstance(found, _Twice) else list(found)
        )
        return len({code for key in keys if (code := self._field(key))})

    def _place(self, key: str, *, value: Any, values: dict[str, Any], notes: list[Note]) -> None:
        code = self._field(key)
        if code is None or value is None:
            return
        text = _text(value)
        if isinstance(value, dict | list) and value:
            notes.append(warning("not_text", field=code))
        if values.get(code) and text and values[code] != text:
            notes.append(refusal("key_twice", field=code))
        elif text or code not in values:
            values[code] = text

    def _field(self, key: str) -> str | None:
        if key not in self._fields:
            if len(self._fields) > 1000:
                self._fields.clear()
            self._fields[key] = named.field_of(key, words=self._words)
        return self._fields[key]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    try:
        return json.dumps(value, ensure_ascii=False)
    except (ValueError, RecursionError):
        return ""
