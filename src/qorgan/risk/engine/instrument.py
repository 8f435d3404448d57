"""An instrument as data: its questions, bands and what each result asks for. What is read is checked whole, or refused.

The hash is over the data themselves: the same answers under the same hash give the same result for ever.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from qorgan.risk.engine import tree
from qorgan.risk.engine.answers import Answer, Faulty
from qorgan.risk.engine.tree import Asked, Node

Words = Mapping[str, str]
Chosen = TypeVar("Chosen", bound=StrEnum)
LONGEST_TEXT, MOST_ITEMS = 2_000, 80
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_NAME = re.compile(r"[a-z]{2}\.[a-z0-9_]{1,40}")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]{0,29}")
_TOP = {
    "code", "version", "standing", "purpose", "valid_from", "valid_until", "languages", "title", "population",
    "training", "caution", "source", "licence", "enough", "item", "band", "action",
}  # fmt: skip


class Standing(StrEnum):
    """What is known of how well it does."""

    VALIDATED = "validated"  # the owner of its text says so, in the source that is named
    UNVALIDATED = "unvalidated"
    NORMATIVE = "normative"  # an official form: it is applied, not validated
    NOT_SUPPLIED = "text_not_supplied"  # empty: nothing is asked by it until its text is loaded


class Purpose(StrEnum):
    """What its result is for."""

    DANGER = "danger"
    GATEWAY = "gateway"  # opens the way to services; says nothing about danger


class Whom(StrEnum):
    """Who answers a question."""

    HER = "her"
    FILE = "file"
    OFFICER = "officer"


@dataclass(frozen=True)
class Item:
    """A question. `follows` is the item that it is asked after; it changes nothing in the reckoning."""

    asked: Asked
    topic: str
    text: Words
    whom: Whom
    follows: str = ""

    @property
    def code(self) -> str:
        """Its name in rules and answers."""
        return self.asked.code


@dataclass(frozen=True)
class Band:
    """A band, by its rank from 0 up; when it is reached, and for how many hours its result is to be relied on."""

    code: str
    rank: int
    name: Words
    when: Node | None
    hours: int | None


@dataclass(frozen=True)
class Action:
    """What a result asks for: from a band on, by a rule of its own, or where nothing could be asked.

    `provision` is the rule of the law that gives its term; `hours` the instrument's own term, which then wins.
    """

    code: str
    name: Words
    provision: str
    role: str
    band: str = ""
    when: Node | None = None
    cannot_ask: bool = False
    hours: int | None = None


@dataclass(frozen=True)
class Instrument:
    """One version of an instrument. `enough`: with how many answers a lower result may take a higher one's place."""

    code: str
    version: str
    standing: Standing
    purpose: Purpose
    valid_from: date
    valid_until: date | None
    languages: tuple[str, ...]
    title: Words
    population: Words
    training: Words
    caution: Words
    source: str
    licence: str
    enough: int
    items: tuple[Item, ...]
    bands: tuple[Band, ...]
    actions: tuple[Action, ...]
    content_hash: str

    @property
    def has_text(self) -> bool:
        """Whether anything can be asked by it."""
        return self.standing is not Standing.NOT_SUPPLIED

    def covers(self, on: date) -> bool:
        """Whether it may be used on a day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    def band(self, code: str) -> Band:
        """The band of a code. Raises KeyError."""
        return {one.code: one for one in self.bands}[code]

    def action(self, code: str) -> Action:
        """The action of a code. Raises KeyError."""
        return {one.code: one for one in self.actions}[code]


def plain(table: Mapping[str, Any]) -> dict[str, Any]:
    """The data as JSON has them: days as text."""
    return json.loads(canonical(table))  # type: ignore[no-any-return]  # what was an object comes back as one


def canonical(table: Mapping[str, Any]) -> str:
    """The one way of writing the data down, over which the hash is made. Raises Faulty."""
    try:
        return json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_day)
    except (TypeError, ValueError) as fault:
        raise Faulty(str(fault)) from fault


def _day(value: object) -> str:
    if type(value) is not date:
        raise Faulty(f"{value!r} is neither text, number nor day")
    return value.isoformat()


def bind(table: Mapping[str, Any]) -> Instrument:
    """An instrument from parsed TOML, or from what `plain` made of it. Raises Faulty at the first contradiction."""
    try:
        return _bound(table)
    except (KeyError, TypeError, AttributeError) as fault:
        raise Faulty(f"{table.get('code', '?')}: {fault!r} is missing or of another kind") from fault


def _bound(table: Mapping[str, Any]) -> Instrument:
    if unknown := set(table) - _TOP:
        raise Faulty(f"unknown words: {', '.join(sorted(unknown))}")
    if not _NAME.fullmatch(table["code"]) or not _VERSION.fullmatch(table["version"]):
        raise Faulty("the code is like kz.triage, the version like 2026.1")
    languages = tuple(table["languages"])
    standing, items = _one_of(Standing, table["standing"]), _items(table, languages)
    bands = _bands(table, items, languages)
    made = Instrument(
        code=table["code"],
        version=table["version"],
        standing=standing,
        purpose=_one_of(Purpose, table["purpose"]),
        valid_from=_date(table["valid_from"]),
        valid_until=_date(table["valid_until"]) if "valid_until" in table else None,
        languages=languages,
        title=_words(table["title"], languages),
        population=_words(table["population"], languages),
        training=_words(table["training"], languages),
        caution=_words(table["caution"], languages),
        source=_text(table["source"]),
        licence=_text(table["licence"]),
        enough=_number(table.get("enough", 0)),
        items=items,
        bands=bands,
        actions=_actions(table, items, bands, languages),
        content_hash=hashlib.sha256(canonical(table).encode()).hexdigest(),
    )
    _check_whole(made)
    return made


def _check_whole(made: Instrument) -> None:
    """An empty pack is quite empty; in a full one every yes leads to the top, and every no to the bottom."""
    if made.valid_until is not None and made.valid_until < made.valid_from:
        raise Faulty("it ends before it begins")
    if not made.has_text:
        if made.items or made.bands or made.actions:
            raise Faulty("a pack whose text is not supplied holds no question, band or action")
        return
    if not made.items or len(made.bands) < 2:
        raise Faulty("it has no questions, or fewer than two bands")
    if made.enough > len(made.items):
        raise Faulty(f"{made.enough} answers are wanted of {len(made.items)} items")
    for answer, band in ((Answer.YES, made.bands[-1]), (Answer.NO, made.bands[0])):
        if reached(made, {one.code: answer for one in made.items}) != band:
            raise Faulty(f"with {answer} to everything the band is not {band.code}")


def reached(made: Instrument, answers: Mapping[str, Answer]) -> Band:
    """The highest band whose rule holds; the lowest where none does."""
    return max((one for one in made.bands if one.when is None or one.when.holds(answers)), key=lambda one: one.rank)


def _items(table: Mapping[str, Any], languages: tuple[str, ...]) -> tuple[Item, ...]:
    known = {"code", "topic", "text", "ask", "weight", "red_flag", "follows"}
    found = tuple(
        Item(
            asked=Asked(_code(row["code"]), _number(row.get("weight", 1)) or 1, row.get("red_flag", False) is True),
            topic=_code(row["topic"]),
            text=_words(row["text"], languages),
            whom=_one_of(Whom, row["ask"]),
            follows=row.get("follows", ""),
        )
        for row in _rows(table, "item", known)
    )
    if len(found) > MOST_ITEMS:
        raise Faulty(f"more than {MOST_ITEMS} questions")
    codes = _unique(one.code for one in found)
    if stray := {one.follows for one in found} - codes - {""}:
        raise Faulty(f"there is no item {min(stray)!r} to follow")
    return found


def _bands(table: Mapping[str, Any], items: tuple[Item, ...], languages: tuple[str, ...]) -> tuple[Band, ...]:
    asked = tuple(one.asked for one in items)
    found = []
    for rank, row in enumerate(_rows(table, "band", {"code", "name", "when", "hours"})):
        if (rank == 0) == ("when" in row):
            raise Faulty("the first band is that of no rule, and every other has one")
        rule = tree.bind(row["when"], asked) if rank else None
        hours = _number(row["hours"]) if "hours" in row else None
        found.append(Band(_code(row["code"]), rank, _words(row["name"], languages), rule, hours))
    _unique(one.code for one in found)
    return tuple(found)


def _actions(
    table: Mapping[str, Any], items: tuple[Item, ...], bands: tuple[Band, ...], languages: tuple[str, ...]
) -> tuple[Action, ...]:
    asked, codes = tuple(one.asked for one in items), {one.code for one in bands}
    found = []
    for row in _rows(table, "action", {"code", "name", "provision", "role", "band", "when", "cannot_ask", "hours"}):
        ways = [way for way in ("band", "when", "cannot_ask") if way in row]
        if len(ways) != 1 or (ways == ["band"] and row["band"] not in codes):
            raise Faulty(f"{row['code']}: an action follows a band that there is, a rule, or that nothing can be asked")
        found.append(
            Action(
                code=_code(row["code"]),
                name=_words(row["name"], languages),
                provision=_text(row["provision"]),
                role=_code(row["role"]),
                band=row.get("band", ""),
                when=tree.bind(row["when"], asked) if "when" in row else None,
                cannot_ask=row.get("cannot_ask", False) is True,
                hours=_number(row["hours"]) if "hours" in row else None,
            )
        )
    _unique(one.code for one in found)
    return tuple(found)


def _rows(table: Mapping[str, Any], name: str, known: set[str]) -> Iterable[dict[str, Any]]:
    for row in table.get(name, ()):
        if unknown := set(row) - known:
            raise Faulty(f"{name}: unknown words {', '.join(sorted(unknown))}")
        yield row


def _unique(codes: Iterable[str]) -> set[str]:
    held = list(codes)
    if len(set(held)) != len(held):
        raise Faulty("a code is given twice")
    return set(held)


def _code(said: Any) -> str:
    if not isinstance(said, str) or not _CODE.fullmatch(said):
        raise Faulty(f"{said!r} is no code")
    return said


def _text(said: Any) -> str:
    if not isinstance(said, str) or not said.strip() or len(said) > LONGEST_TEXT:
        raise Faulty("a text is missing or too long")
    return said.strip()


def _words(said: Mapping[str, Any], languages: tuple[str, ...]) -> Words:
    if not languages or set(said) != set(languages):
        raise Faulty(f"a text is wanted in {', '.join(languages) or 'a language'}, and in no other")
    return {language: _text(said[language]) for language in languages}


def _number(said: Any) -> int:
    if isinstance(said, bool) or not isinstance(said, int) or not 0 <= said <= 100_000:
        raise Faulty(f"{said!r} is no number")
    return said


def _date(said: Any) -> date:
    try:
        return date.fromisoformat(said) if isinstance(said, str) else date.fromisoformat(said.isoformat())
    except ValueError as fault:
        raise Faulty(f"{said!r} is no day") from fault


def _one_of(kind: type[Chosen], said: Any) -> Chosen:
    try:
        return kind(said)
    except ValueError as fault:
        raise Faulty(f"{said!r} is none of {', '.join(kind)}") from fault
