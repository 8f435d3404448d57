"""The dated articles of a country's codes and their place in the classification of crime for statistics (ICCS).

The day of the act names the article: battery was CC 109, then KoAP 73-2, is CC 109-1. One article, or one part of it
that has a row of its own, has one code of ICCS at a date, or none, with the reason.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from qorgan.base import country
from qorgan.law.engine.marks import Confidence

FILE = "offences/articles.toml"
NOT_MAPPABLE = "not_mappable"
_WORDS = {
    "key", "code", "article", "part", "from", "until", "certain_from", "name", "gravity", "iccs", "attempted",
    "iccs_confidence", "not_mappable", "traits", "confidence", "source", "note",
}  # fmt: skip


_NUMBER = re.compile(r"\d+(-\d+)?")
_SHORTEST = 3  # letters of a word that is looked for in names


class Faulty(ValueError):
    """The data contradict themselves: two rows for one day, a code of ICCS that is none, a missing name."""


class Gravity(StrEnum):
    """How grave an offence is (CC Art. 11); `by_part` where the parts of the article differ."""

    ADMINISTRATIVE = "administrative"
    MISDEMEANOUR = "misdemeanour"
    MINOR = "minor"
    MEDIUM = "medium"
    GRAVE = "grave"
    ESPECIALLY_GRAVE = "especially_grave"
    BY_PART = "by_part"


@dataclass(frozen=True)
class Article:
    """An article, or a part of one, between two days. `iccs` is empty where it is not mappable; `why_not` says why.

    `key` is the same act through all its moves between codes.
    """

    key: str
    code: str
    article: str
    part: str
    valid_from: date
    valid_until: date | None  # the last day; None while it lasts
    certain_from: date | None
    names: Mapping[str, str]
    gravity: Gravity
    iccs: str
    attempted: str
    why_not: Mapping[str, str]
    traits: frozenset[str]
    confidence: Confidence
    iccs_confidence: Confidence
    source: str
    note: str

    @property
    def cited(self) -> str:
        """`CC 109-1`: how facts and papers name it. The part is told apart from it."""
        return f"{self.code} {self.article}"

    def covers(self, on: date) -> bool:
        """Whether an act of that day may fall under it."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    def to_verify(self, on: date) -> bool:
        """Whether what rests on this row on that day says *to be verified*."""
        return self.confidence.to_verify or (self.certain_from is not None and on < self.certain_from)

    def iccs_of(self, *, attempted: bool) -> str:
        """The code of ICCS of a completed or an attempted act; `not_mappable` where it has none."""
        if self.why_not:
            return NOT_MAPPABLE
        return (self.attempted if attempted else "") or self.iccs


@dataclass(frozen=True)
class Code:
    """A code: in which register its offences stand, and how far an act must go to be one of them."""

    name: str
    register: str
    stages: frozenset[str]


@dataclass(frozen=True)
class Catalogue:
    """All articles on record of a country, in the order of its file."""

    articles: tuple[Article, ...]
    codes: Mapping[str, Code]

    def article(self, code: str, article: str, part: str = "", *, on: date) -> Article | None:
        """The row of a part where it has one, else that of the whole article; None where neither is in force."""
        held = [one for one in self.in_force(on) if (one.code, one.article) == (code, article)]
        found = {one.part: one for one in held}
        return found.get(part) or found.get("")

    def in_force(self, on: date) -> tuple[Article, ...]:
        """Whole articles and parts under which an act of that day may fall."""
        if isinstance(on, datetime):
            raise TypeError("the catalogue needs the date in the place")
        return tuple(one for one in self.articles if one.covers(on))

    def search(self, text: str, *, called: Mapping[str, Iterable[str]], on: date | None = None) -> tuple[Article, ...]:
        """Whole articles, of a day or of any, that are meant by `109-1`, `ҚК 109-1`, `ұрып-соғу`, or two such together.

        `called` says by what names a code goes. A number that is an article's own wins over every other reading.
        """
        words = " ".join(text.casefold().split())
        whole = [one for one in (self.articles if on is None else self.in_force(on)) if not one.part]
        codes = {
            code for code, names in called.items() if {code.casefold(), *map(str.casefold, names)} & set(words.split())
        }
        held = [one for one in whole if not codes or one.code in codes]
        number = _NUMBER.search(words)
        if number:
            exact = tuple(one for one in held if one.article == number[0])
            return exact or tuple(one for one in held if one.article.startswith(f"{number[0]}-"))
        asked = [word for word in words.split() if len(word) >= _SHORTEST]
        return tuple(one for one in held if asked and any(_says(name, asked) for name in one.names.values()))

    def moves(self, key: str) -> tuple[Article, ...]:
        """The whole articles through which an act has moved, the earliest first."""
        found = (one for one in self.articles if one.key == key and not one.part)
        return tuple(sorted(found, key=lambda one: one.valid_from))


def names_number(text: str, found: Article) -> bool:
    """Whether a text that has a number has this article's own."""
    number = _NUMBER.search(text)
    return number is None or number[0] == found.article


def _says(name: str, asked: Iterable[str]) -> bool:
    low = name.casefold()
    return all(word in low for word in asked)


def read() -> Catalogue:
    """The catalogue of the deployment's country, parsed once. Raises Faulty."""
    return _read(country.folder())


def article(code: str, article: str, part: str = "", *, on: date) -> Article | None:
    """The article (or its part) of an act done on a day in the place; None where none is on record."""
    return read().article(code, article, part, on=on)


def iccs(code: str, article: str, part: str = "", *, on: date, attempted: bool = False) -> str:
    """The one code of ICCS, or `not_mappable`; empty where the article is not on record for that day."""
    found = read().article(code, article, part, on=on)
    return found.iccs_of(attempted=attempted) if found else ""


@cache
def _read(folder: Path) -> Catalogue:
    return bind(country.toml(FILE))


def bind(table: Mapping[str, Any]) -> Catalogue:
    """The catalogue from parsed TOML. Raises Faulty with one sentence at the first contradiction."""
    codes = {
        name: Code(name, row["register"], frozenset(row["stages"])) for name, row in table.get("codes", {}).items()
    }
    articles = tuple(_article(row) for row in table.get("article", ()))
    if stray := {one.cited for one in articles if one.code not in codes}:
        raise Faulty(f"{sorted(stray)}: the code has no register")
    _refuse_overlap(articles)
    return Catalogue(articles, MappingProxyType(codes))


def _article(row: Mapping[str, Any]) -> Article:
    name = f"{row.get('code')} {row.get('article')}"
    if unknown := set(row) - _WORDS:
        raise Faulty(f"{name}: unknown words {sorted(unknown)}")
    if ("iccs" in row) == ("not_mappable" in row):
        raise Faulty(f"{name}: either one code of ICCS or the reason why there is none")
    for code in filter(None, (row.get("iccs"), row.get("attempted"))):
        if not (isinstance(code, str) and code.isdigit() and len(code) in (4, 5, 6)):
            raise Faulty(f"{name}: {code!r} is no class of ICCS")
    names, reasons = row.get("name", {}), row.get("not_mappable", {})
    if not names or not all(names.values()):
        raise Faulty(f"{name}: has no name")
    if "not_mappable" in row and set(reasons) != set(names):
        raise Faulty(f"{name}: the reason is wanted in the languages of the name")
    try:
        return Article(
            key=row["key"],
            code=row["code"],
            article=row["article"],
            part=row.get("part", ""),
            valid_from=row["from"],
            valid_until=row.get("until"),
            certain_from=row.get("certain_from"),
            names=MappingProxyType(dict(names)),
            gravity=Gravity(row["gravity"]),
            iccs=row.get("iccs", ""),
            attempted=row.get("attempted", ""),
            why_not=MappingProxyType(dict(row.get("not_mappable", {}))),
            traits=frozenset(row.get("traits", ())),
            confidence=Confidence(row["confidence"]),
            iccs_confidence=Confidence(row.get("iccs_confidence", "K-L" if "iccs" in row else "F")),
            source=row["source"],
            note=row.get("note", ""),
        )
    except (KeyError, ValueError) as fault:
        raise Faulty(f"{name}: {fault}") from fault


def _refuse_overlap(articles: Iterable[Article]) -> None:
    spans: dict[tuple[str, str, str], list[tuple[date, date]]] = {}
    for one in articles:
        if one.valid_until is not None and one.valid_until < one.valid_from:
            raise Faulty(f"{one.cited}: ends before it begins")
        place = (one.code, one.article, one.part)
        spans.setdefault(place, []).append((one.valid_from, one.valid_until or date.max))
    for (code, number, _part), found in spans.items():
        for (_first, last), (first, _last) in pairwise(sorted(found)):
            if first <= last:
                raise Faulty(f"{code} {number}: two rows for {first}")
