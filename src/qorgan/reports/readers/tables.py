"""Rows of a table under its headings: titles, page breaks, totals and signatures are neither rows nor errors."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from qorgan.reports.engine import headings as named
from qorgan.reports.engine import numbers
from qorgan.reports.engine.desk_words import DeskWords
from qorgan.reports.engine.headings import Headings
from qorgan.reports.engine.judge import Fault, as_text
from qorgan.reports.engine.rows import Cells, Note
from qorgan.reports.engine.texts import clean

_TOTAL_CELLS = 4  # a line of totals has few filled cells
_LONG_NUMBER = re.compile(r"\d{9}|^[=+@]")  # perhaps a number of the register, damaged
_SKIPPED_KEPT = 200  # lines, and characters of each


@dataclass(frozen=True)
class Strip:
    """A row of cells before its columns are known. `text` is the line as it stands, where the file has lines.

    `unread`: its cells do not fit under the headings. `torn`: the file ends with it, without a line end.
    """

    line: int
    values: Sequence[Any]
    notes: tuple[Note, ...] = ()
    sheet: str = ""
    text: str = ""
    unread: bool = False
    torn: bool = False


def _as_it_is(strip: Strip) -> Strip:
    return strip


def _none(strip: Strip) -> Headings | None:
    return None


@dataclass
class Walker:
    """Walks down one table. `titles` are the texts above the headings; a page may repeat them.

    `reread` may take a line without a number apart in another way; `retitle` finds headings that such a line holds;
    `shape` fits a data row under the headings.
    """

    words: DeskWords
    headings: Headings
    titles: frozenset[str] = frozenset()
    reread: Callable[[Strip], Strip] = _as_it_is
    retitle: Callable[[Strip], Headings | None] = _none
    shape: Callable[[Strip], Strip] = _as_it_is
    skipped: list[tuple[int, str]] = field(default_factory=list)
    _first: bool = True
    _summed: bool = False

    def rows(self, strips: Iterable[Strip]) -> Iterator[Cells]:
        """The data rows, in order, headings repeated on a new page or in a new order taken into account."""
        for strip in strips:
            if strip.unread:  # already refused by the file's own reader
                yield self._cells(strip)
                continue
            found = strip if self.has_number(strip.values) else self.reread(strip)
            if self._is_row(found):
                self._summed = False
                yield self._cells(self.shape(found))
            self._first = False

    def has_number(self, values: Sequence[Any]) -> bool:
        """Does the column of numbers hold one, be it a damaged one?"""
        column = self.headings.column("kui_no")
        if column is None or column >= len(values) or isinstance(values[column], Fault):
            return False
        value = values[column]
        try:
            numbers.kui(clean(value).text if isinstance(value, str) else value, words=self.words)
        except numbers.NotANumber as wrong:
            return wrong.code == "number_damaged"
        return True

    def _is_row(self, strip: Strip) -> bool:
        """Is this line data? A line with a number of the register, or with an empty formula, always is."""
        if self.has_number(strip.values) or any(isinstance(value, Fault) for value in strip.values):
            return True
        texts = [clean(as_text(value)).text for value in strip.values]
        filled = [text for text in texts if text]
        if not filled:
            return False
        if self._is_aside(filled) or _is_numbering(texts) or self._is_remark(texts):
            if len(self.skipped) < _SKIPPED_KEPT:
                self.skipped.append((strip.line, " ".join(filled)[:_SKIPPED_KEPT]))
            return False
        found = named.find(texts, words=self.words, strict=True) or self.retitle(strip)
        if found or (self._first and (found := self._second_line(texts))):
            self.headings = found
            return False
        return True

    def _is_aside(self, filled: Sequence[str]) -> bool:
        if any(self.words.starts_total(text) for text in filled[:2]) and len(filled) <= _TOTAL_CELLS:
            self._summed = True
            return True
        if len(filled) > 1:
            return False
        return self._summed or filled[0] in self.titles or self.words.starts_footer(filled[0])

    def _is_remark(self, texts: Sequence[str]) -> bool:
        """A whole line whose only text stands under the number: a date that heads a group, a remark below the table."""
        column = self.headings.column("kui_no") or 0
        if len(texts) < max(self.headings.width, 2) or not texts[column] or sum(map(bool, texts)) > 1:
            return False
        return not _LONG_NUMBER.search(texts[column])

    def _second_line(self, texts: Sequence[str]) -> Headings | None:
        """Headings of two lines: `Потерпевший` over `ФИО` and `ИИН`."""
        more = len(texts) - self.headings.width
        codes = list(self.headings.fields) + [None] * more
        names = [*self.headings.names, *(f"[{self.headings.width + index}]" for index in range(1, more + 1))]
        found = False
        for index, text in enumerate(texts):
            code = named.field_of(text, words=self.words) if text and codes[index] is None else None
            if code and code not in codes:
                codes[index], names[index], found = code, text, True
        return Headings(tuple(names), tuple(codes)) if found else None

    def _cells(self, strip: Strip) -> Cells:
        raw = dict(zip(self.headings.names, map(as_text, strip.values), strict=False))
        pairs = zip(self.headings.fields, strip.values, strict=False)
        values = {code: value for code, value in pairs if code is not None}
        if strip.unread:
            raw[""] = strip.text
        return Cells(strip.line, values, raw, strip.notes, strip.sheet)


def _is_numbering(texts: Sequence[str]) -> bool:
    """The line `1 2 3 4 5` that printed forms have under their headings."""
    counted = [(index, text) for index, text in enumerate(texts, start=1) if text]
    return len(counted) > 1 and all(text == str(index) for index, text in counted)
