"""The reviewed words of an indicator: what it counts, of what, with what limits, and who answers for it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "definitions"
FALLBACK = "en"
WORDS = ("name", "short", "meaning", "numerator", "denominator", "unit", "limits")


class Basis(StrEnum):
    """What ties the records of a figure to its period."""

    PERIOD = "period"  # each record by its own date
    COHORT = "cohort"  # what later became of the records that began in the period


class Disclosure(StrEnum):
    """How a table by region protects people."""

    SMALL_COUNTS = "small_counts"  # 1 to 4 are hidden, with enough others that none can be worked out
    NEEDS_COUNTS = "needs_counts"  # given only where every count it is made of is given
    NATIONAL_ONLY = "national_only"  # no table by region


@dataclass(frozen=True)
class Wording:
    """An indicator in one language."""

    name: str
    short: str
    meaning: str
    numerator: str
    denominator: str
    unit: str
    limits: str


@dataclass(frozen=True)
class Definition:
    """One indicator. `position` is its place in a list.

    `scale` and `decimals` say how its value is written: orders per 100 reports have scale 100. `parts` are indicators
    whose records are, by their definitions, all among those of this one: neither siblings nor a complete division, and
    they may overlap. `of` is the indicator that counts the denominator of a ratio.
    """

    code: str
    version: int
    position: int
    basis: Basis
    counting_unit: str
    scale: int
    decimals: int
    disclosure: Disclosure
    region_version: str
    sources: tuple[str, ...]
    author: str
    checker: str
    reviewed: date
    next_review: date
    words: Mapping[str, Wording] = field(repr=False)
    source_text: str = field(repr=False)
    parts: tuple[str, ...] = ()
    of: str = ""

    def wording(self, language: str) -> Wording:
        """Its words in the language; English where the language has none."""
        return self.words.get(language) or self.words[FALLBACK]


class BadDefinition(ValueError):
    """A definition lacks something or says it wrongly; the text names file and place."""


def _wording(entry: Any, where: str) -> Wording:
    missing = [name for name in WORDS if not isinstance(entry.get(name), str)]
    if missing:
        raise BadDefinition(f"{where}: {', '.join(missing)} missing")
    return Wording(**{name: entry[name].strip() for name in WORDS})


def read(code: str, text: str, more: Mapping[str, Any]) -> Definition:
    """The definition `text` says (TOML), with the words of further languages in `more`. Raises BadDefinition."""
    try:
        raw = tomllib.loads(text)
        words = raw.pop("words") | dict(more)
        found = Definition(
            code=raw.pop("code"),
            version=raw.pop("version"),
            position=raw.pop("position"),
            basis=Basis(raw.pop("basis")),
            counting_unit=raw.pop("counting_unit"),
            scale=raw.pop("scale"),
            decimals=raw.pop("decimals"),
            disclosure=Disclosure(raw.pop("disclosure")),
            region_version=raw.pop("region_version"),
            sources=tuple(raw.pop("sources")),
            author=raw.pop("author"),
            checker=raw.pop("checker"),
            reviewed=raw.pop("reviewed"),
            next_review=raw.pop("next_review"),
            words={language: _wording(entry, f"{code}, {language}") for language, entry in words.items()},
            source_text=text,
            parts=tuple(raw.pop("parts", ())),
            of=raw.pop("of", ""),
        )
    except (KeyError, ValueError, TypeError) as problem:
        raise BadDefinition(f"{code}: {problem}") from problem
    _check(found, code, raw)
    return found


def _check(found: Definition, code: str, left: Mapping[str, Any]) -> None:
    if found.code != code:
        raise BadDefinition(f"{code}: the file says {found.code}")
    if left:
        raise BadDefinition(f"{code}: not understood: {', '.join(left)}")
    if FALLBACK not in found.words:
        raise BadDefinition(f"{code}: words in English are missing")
    if found.author == found.checker:
        raise BadDefinition(f"{code}: author and checker are one person")
    if found.next_review <= found.reviewed:
        raise BadDefinition(f"{code}: the next review is not after the last one")


def check_together(found: Mapping[str, Definition]) -> None:
    """Raises BadDefinition where a part or a denominator is not there, or a whole would be part of itself."""
    for one in found.values():
        for code in (*one.parts, *filter(None, [one.of])):
            if code not in found:
                raise BadDefinition(f"{one.code}: there is no indicator {code}")
        if one.code in within(found, one.code):
            raise BadDefinition(f"{one.code}: would be part of itself")


def within(found: Mapping[str, Definition], code: str) -> frozenset[str]:
    """All indicators that are parts of this one, and parts of those."""
    held: set[str] = set()
    waiting = list(found[code].parts)
    while waiting:
        part = waiting.pop()
        if part not in held:
            held.add(part)
            waiting += found[part].parts if part in found else ()
    return frozenset(held)


@cache
def texts() -> Mapping[str, str]:
    """The text of every definition file by code."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.toml"))}
