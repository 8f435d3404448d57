"""Which column is which: headings in any language of the desk, with slips of the pen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qorgan.reports.engine.desk_words import DeskWords
from qorgan.reports.engine.texts import clean, fold

_PARTS = re.compile(r"[/|\n()\\]+|\s[-–—]\s")
_DIGITS = re.compile(r"\d\d")  # data are full of them, headings are not
_LONGEST_HEADING = 120
_TYPO_FROM = 6  # shorter words differ by one letter without being the same word
MOST_COLUMNS = 300
ENOUGH = 3  # recognised headings that make a line of headings
NEEDED = ("kui_no", "registered_at")


@dataclass(frozen=True)
class Headings:
    """A line of headings: names as written (made unlike one another), and the field of each column that has one."""

    names: tuple[str, ...]
    fields: tuple[str | None, ...]

    @property
    def width(self) -> int:
        """Number of columns up to the last that has a name."""
        return len(self.names)

    @property
    def known(self) -> frozenset[str]:
        """The fields that have a column."""
        return frozenset(code for code in self.fields if code)

    def column(self, code: str) -> int | None:
        """The column of a field, None where it has none."""
        return self.fields.index(code) if code in self.fields else None


def field_of(text: str, *, words: DeskWords, strict: bool = False) -> str | None:
    """The field that a heading names, None where it names none for certain.

    Both halves of `Тіркелген күні / Дата регистрации` must name the same field; an explanation in brackets may name
    none. A slip of one letter in a long word is forgiven where no other heading is as near, unless `strict`.
    """
    folded = fold(text)
    if not folded or len(folded) > _LONGEST_HEADING or folded in words.other_headings:
        return None
    if folded in words.headings:
        return words.headings[folded]
    parts = [part for part in map(fold, _PARTS.split(text)) if part]
    if any(part in words.other_headings for part in parts if len(part) > 1):
        return None
    named = {code for part in parts if (code := words.headings.get(part))}
    if len(named) == 1 and parts[0] in words.headings:
        return named.pop()
    if named:
        return None
    return None if strict else _nearest(folded, words=words)


def _nearest(folded: str, *, words: DeskWords) -> str | None:
    if len(folded) < _TYPO_FROM:
        return None
    slips = 1 if len(folded) < 2 * _TYPO_FROM else 2
    if any(_within(folded, other=known, slips=slips) for known in words.other_headings):
        return None
    near = {
        code
        for known, code in words.headings.items()
        if len(known) >= _TYPO_FROM and _within(folded, other=known, slips=slips)
    }
    return near.pop() if len(near) == 1 else None


def _within(text: str, *, other: str, slips: int) -> bool:
    """Is the edit distance at most `slips`?"""
    if abs(len(text) - len(other)) > slips:
        return False
    before = list(range(len(other) + 1))
    for row, char in enumerate(text, start=1):
        now = [row]
        for column, known in enumerate(other, start=1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (char != known)))
        if min(now) > slips:
            return False
        before = now
    return before[-1] <= slips


def find(cells: Sequence[str], *, words: DeskWords, strict: bool = False) -> Headings | None:
    """The headings, where this line is one: three fields named, or the number and one more. Else None.

    `strict` forgives no slip: for lines among the data.
    """
    if len(cells) > MOST_COLUMNS:
        return None
    if strict and sum(map(bool, map(_DIGITS.search, cells))) * 2 > len(cells):
        return None
    named: list[str | None] = []
    filled = 0
    for cell in cells:
        text = cell if len(cell) <= _LONGEST_HEADING else ""
        filled += bool(cell.strip())
        code = field_of(text, words=words, strict=strict)
        named.append(None if code in named else code)
    known = sum(code is not None for code in named)
    if known < 2 or known * 3 < filled or not (known >= ENOUGH or "kui_no" in named):
        return None
    width = max(index for index, cell in enumerate(cells) if cell.strip()) + 1
    return Headings(names=_unlike(cells[:width]), fields=tuple(named[:width]))


def _unlike(cells: Sequence[str]) -> tuple[str, ...]:
    """The headings on one line each, no two the same, none empty."""
    names: list[str] = []
    for index, cell in enumerate(cells, start=1):
        name = " ".join(clean(cell).text.split()) or f"[{index}]"
        while name in names:
            name = f"{name} [{index}]"
        names.append(name)
    return tuple(names)
