"""A claim as a TOML file, for those who know what they mean; and back, without a word lost.

A file that is not a claim is refused with every fault it has: a code, the place in the file, and what stands there.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from decimal import Decimal, InvalidOperation
from enum import Enum, StrEnum
from typing import Any, TypeVar

from qorgan.claims.engine import faults
from qorgan.claims.engine.faults import Code, Fault, Unreadable
from qorgan.claims.engine.statement import (
    Apart,
    Approximation,
    Ask,
    Change,
    Choice,
    Claim,
    Figure,
    Given,
    Level,
    Parts,
    Points,
    Rank,
    Rate,
    Share,
    Statement,
    Sum,
    Thing,
    Unit,
)

LARGEST = 200_000  # characters of a file
DIGITS = 24  # of a figure
T = TypeVar("T")

KINDS: dict[str, type[Statement]] = {
    "level": Level,
    "change": Change,
    "share": Share,
    "rate": Rate,
    "sum": Sum,
    "points": Points,
    "rank": Rank,
}
_TABLES: dict[str, type[Any]] = {"figure": Figure, "thing": Thing, "choice": Choice, "ask": Ask}
_HEAD = ("title", "source", "date", "periods", "chosen")
_DECIMALS = {"low", "high", "grain", "out_of", "each"}
_ENUMS: dict[str, type[StrEnum]] = {"unit": Unit, "approximation": Approximation, "parts": Parts, "apart": Apart}
_KEY = re.compile(r"[A-Za-z0-9_-]+")


def read(text: str) -> Claim:
    """The claim that a file holds. Raises Unreadable with all its faults."""
    if len(text) > LARGEST:
        raise Unreadable([Fault(Code.TOO_LONG, "", str(LARGEST))])
    try:
        found = tomllib.loads(text, parse_float=_decimal)
    except (ValueError, RecursionError) as problem:  # a number of too many digits is a ValueError too
        raise Unreadable([Fault(Code.NOT_TOML, "", _first_line(problem))]) from problem
    reader = _Reader()
    claim = reader.claim(found)
    if reader.faults:
        raise Unreadable(reader.faults)
    return checked(claim)


def checked(claim: Claim) -> Claim:
    """The same claim. Raises Unreadable with all its faults, where it is none that can be reckoned with."""
    missing = list(faults.of(claim))
    if missing:
        raise Unreadable(missing)
    return claim


def write(claim: Claim) -> str:
    """The claim as TOML; `read` gives the very same claim back."""
    lines = [f"{key} = {_value(value)}" for key in _HEAD if (value := getattr(claim, key))]
    for table, things in (("figure", claim.figures), ("thing", claim.things), ("choice", claim.choices)):
        for thing in things:
            lines += _table(table, thing)
    for statement in claim.statements:
        kind = next(kind for kind, of in KINDS.items() if of is type(statement))
        lines += _table("statement", statement, kind)
    for ask in claim.asks:
        lines += _table("ask", ask)
    return "\n".join(lines) + "\n"


def _table(name: str, thing: Any, kind: str = "") -> Iterator[str]:
    yield f"\n[[{name}]]"
    if kind:
        yield f"kind = {_value(kind)}"
    for field in fields(thing):
        value = getattr(thing, field.name)
        default = field.default_factory() if field.default_factory is not MISSING else field.default
        if value != default and value is not None:
            yield f"{field.name} = {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        written = format(value, "f")
        return written
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items()) + " }"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    given = {field.name: getattr(value, field.name) for field in fields(value)}
    return _value({key: each for key, each in given.items() if each is not None})


def _quoted(text: str) -> str:
    escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(escapes.get(c) or (c if c.isprintable() else f"\\U{ord(c):08x}") for c in text) + '"'


def _key(key: str) -> str:
    return key if _KEY.fullmatch(key) else _quoted(key)


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")  # no number that a figure could be: refused where it stands


def _first_line(problem: BaseException) -> str:
    return str(problem).splitlines()[0] if str(problem) else type(problem).__name__


@dataclass(frozen=True)
class _Bad(Exception):
    """A value of the wrong kind."""

    code: Code


class _Reader:
    """Tables into things, with every fault kept."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def claim(self, found: Mapping[str, Any]) -> Claim:
        """The claim, as far as it can be read."""
        for key in found:
            if key not in (*_HEAD, *_TABLES, "statement"):
                self.faults.append(Fault(Code.UNKNOWN_KEY, "", key))
        made = {name: self._things(found.get(name, []), name, kind) for name, kind in _TABLES.items()}
        statements = self._things(found.get("statement", []), "statement", None)
        head = {key: self._kept(key, found[key], Claim.__dataclass_fields__[key].type) for key in _HEAD if key in found}
        return Claim(
            **{key: value for key, value in head.items() if value is not None},
            figures=made["figure"],
            things=made["thing"],
            choices=made["choice"],
            asks=made["ask"],
            statements=statements,
        )

    def _kept(self, place: str, value: Any, kind: Any) -> Any:
        try:
            return _as(place.rpartition(".")[2], value, kind)
        except _Bad as bad:
            self.faults.append(Fault(bad.code, place, str(value)[:60]))
            return None

    def _things(self, tables: Any, name: str, kind: type[Any] | None) -> tuple[Any, ...]:
        """The things of one table; without a kind each says its own."""
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self.faults.append(Fault(Code.WRONG_KIND, name, str(tables)[:60]))
            return ()
        found = (
            self._thing(table, f"{name} {number}", kind or KINDS.get(str(table.get("kind"))))
            for number, table in enumerate(tables, start=1)
        )
        return tuple(thing for thing in found if thing is not None)

    def _thing(self, table: Mapping[str, Any], place: str, kind: Any) -> Any:
        place = f"{place} ({table['id']})" if isinstance(table.get("id"), str) else place
        if kind is None:
            self.faults.append(Fault(Code.UNKNOWN_KIND, place, str(table.get("kind", ""))[:60]))
            return None
        known = {field.name: field for field in fields(kind)}
        before = len(self.faults)
        given: dict[str, Any] = {}
        for key, value in table.items():
            if key in known:
                given[key] = self._kept(f"{place}.{key}", value, known[key].type)
            elif key != "kind" or kind in _TABLES.values():
                self.faults.append(Fault(Code.UNKNOWN_KEY, place, key))
        if kind is Figure:
            given = {"low": None, "high": None} | given
        for key, field in known.items():
            if key not in given and field.default is MISSING and field.default_factory is MISSING:
                self.faults.append(Fault(Code.MISSING, place, key))
        return kind(**given) if len(self.faults) == before else None


def _as(name: str, value: Any, kind: Any) -> Any:
    """A value of a file as the kind a field asks for. Raises _Bad."""
    if name in _DECIMALS:
        return _number(value)
    if name in _ENUMS:
        return _enum(_ENUMS[name], value)
    if name == "given":
        return tuple(_given(each) for each in _list(value))
    if name == "terms":
        return tuple((str(thing), str(period)) for thing, period in map(_pair, _list(value)))
    if kind == tuple[str, ...]:
        return tuple(_text(each) for each in _list(value))
    if kind is str:
        return _text(value)
    if kind is bool or kind == int | None:
        wanted = bool if kind is bool else int
        if type(value) is not wanted:
            raise _Bad(Code.WRONG_KIND)
        return value
    if not isinstance(value, dict):
        raise _Bad(Code.WRONG_KIND)
    if any(isinstance(each, dict) for each in value.values()) or name in {"periods", "words"}:
        return {key: _words(each) for key, each in value.items()}
    return _words(value)


def _words(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _Bad(Code.WRONG_KIND)
    return {key: _text(each) for key, each in value.items()}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Bad(Code.WRONG_KIND)
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _Bad(Code.WRONG_KIND)
    return value


def _pair(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(each, str) for each in value):
        raise _Bad(Code.WRONG_KIND)
    return value


def _number(value: Any) -> Decimal:
    """A number of a sane size, as its digits were written."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _Bad(Code.NO_NUMBER)
    if isinstance(value, int) and abs(value) >= 10**DIGITS:
        raise _Bad(Code.TOO_MANY_DIGITS)
    number = Decimal(value)
    if not number.is_finite():
        raise _Bad(Code.NO_NUMBER)
    digits = number.as_tuple()
    if len(digits.digits) + abs(int(digits.exponent)) > DIGITS:
        raise _Bad(Code.TOO_MANY_DIGITS)
    return number


def _enum(kind: type[Enum], value: Any) -> Any:
    try:
        return kind(value)
    except ValueError as problem:
        raise _Bad(Code.UNKNOWN_WORD) from problem


def _given(value: Any) -> Given:
    if not isinstance(value, dict) or not {"quantity", "thing"} <= set(value) <= {"quantity", "thing", "low", "high"}:
        raise _Bad(Code.WRONG_KIND)
    ends = {key: _number(value[key]) for key in ("low", "high") if key in value}
    return Given(quantity=_text(value["quantity"]), thing=_text(value["thing"]), **ends)
