"""Scripted calls to practise on: what the caller says, what a call-taker should have found out. Nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


class Faulty(ValueError):
    """The country's script contradicts itself; the sentence says where."""


@dataclass(frozen=True)
class Call:
    """One scripted call: the words of the caller, the key it is, and by field the words that must be caught."""

    code: str
    says: tuple[str, ...]
    disposition: str
    catches: Mapping[str, str]
    seconds: int


@dataclass
class Attempt:
    """One call as it was taken: the key, what was typed by field, the seconds it took."""

    call: Call
    disposition: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def keystrokes(self) -> int:
        """One for the key of the disposition, and each letter, and one to leave each field."""
        return bool(self.disposition) + sum(len(text) + 1 for text in self.typed.values())

    @property
    def missed(self) -> tuple[str, ...]:
        """The fields whose words were not caught."""
        said = {name: text.casefold() for name, text in self.typed.items()}
        return tuple(name for name, words in self.call.catches.items() if words.casefold() not in said.get(name, ""))

    @property
    def is_right(self) -> bool:
        """Whether the key and everything asked for were right, in time."""
        return self.disposition == self.call.disposition and not self.missed and self.seconds <= self.call.seconds


def script(table: Mapping[str, Any], *, dispositions: Sequence[str], fields: Sequence[str]) -> tuple[Call, ...]:
    """The calls of the country's script. Raises Faulty."""
    calls = tuple(_call(row) for row in table.get("call", ()))
    if not calls:
        raise Faulty("there is no scripted call")
    for call in calls:
        if call.disposition not in dispositions:
            raise Faulty(f"{call.code}: {call.disposition} is no disposition")
        unknown = sorted(set(call.catches) - set(fields))
        if unknown:
            raise Faulty(f"{call.code}: no field {', '.join(unknown)}")
    return calls


def _call(row: Mapping[str, Any]) -> Call:
    return Call(
        code=str(row["code"]),
        says=tuple(row["says"]),
        disposition=str(row["disposition"]),
        catches=dict(row.get("catches", {})),
        seconds=int(row["seconds"]),
    )
