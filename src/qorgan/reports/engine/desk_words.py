"""The words of a country's duty desks, folded once so that a million cells can be compared with them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from qorgan.reports.engine.rows import FIELDS
from qorgan.reports.engine.texts import fold

_LONGEST_WORDS = 120  # characters; longer texts are no words of a list


@dataclass(frozen=True)
class PhoneForm:
    """How a telephone number is written: country code, trunk prefix, pattern of the national number."""

    country: str
    trunk: str
    national: re.Pattern[str]


@dataclass(frozen=True)
class Encodings:
    """Byte encodings of older programs, the commonest first, and the letters by which a right guess is known."""

    names: tuple[str, ...] = ("cp1252",)
    letters: frozenset[str] = frozenset()
    own_letters: frozenset[str] = frozenset()

    @cached_property
    def known(self) -> frozenset[str]:
        """Every letter that a right guess may give."""
        return self.letters | self.own_letters


@dataclass(frozen=True)
class DeskWords:
    """Everything a reader needs to know about a country's duty desks. Folded by `texts.fold` except `titles`."""

    headings: Mapping[str, str]  # folded heading -> field
    titles: Mapping[str, str]  # field -> the heading as it is printed
    other_headings: frozenset[str]
    channels: Mapping[str, str]  # folded words -> code
    unknown_person: frozenset[str]
    nothing: frozenset[str]  # casefolded, not folded: punctuation alone means nothing too
    total: tuple[str, ...]
    footer: tuple[str, ...]
    months: Mapping[str, int]
    date_noise: frozenset[str]
    kui_digits: int
    phone: PhoneForm | None
    encodings: Encodings = field(default_factory=Encodings)

    @classmethod
    def from_toml(cls, data: Mapping[str, Any]) -> "DeskWords":
        """Read `words/desk.toml` of a country. Raises KeyError, ValueError where a heading or a section is missing."""
        headings = {fold(name): code for code in FIELDS for name in (code, *data["headings"].get(code, ()))}
        words, numbers = data.get("words", {}), data.get("numbers", {})
        return cls(
            headings=headings,
            titles={code: next(iter(data["headings"].get(code, ())), code) for code in FIELDS},
            other_headings=_folded(data.get("other", {}).get("headings", ())),
            channels={fold(word): code for code, names in data.get("channels", {}).items() for word in (code, *names)},
            unknown_person=_folded(words.get("unknown_person", ())),
            nothing=frozenset(word.casefold() for word in words.get("nothing", ())),
            total=tuple(_folded(words.get("total", ()))),
            footer=tuple(_folded(words.get("footer", ()))),
            months={name.casefold(): int(month) for month, names in data.get("months", {}).items() for name in names},
            date_noise=frozenset(word.casefold() for word in data.get("dates", {}).get("noise", ())),
            kui_digits=int(numbers.get("kui_digits", 0)),
            phone=_phone(numbers),
            encodings=_encodings(data.get("encodings", {})),
        )

    def says_nothing(self, text: str) -> bool:
        """Is the cell empty, or does it hold a dash or another word for *no data*?"""
        return not text or text.casefold() in self.nothing

    def starts_total(self, text: str) -> bool:
        """Does a line beginning with this text sum up those above it?"""
        return _starts(fold(text[:_LONGEST_WORDS]), words=self.total)

    def starts_footer(self, text: str) -> bool:
        """Is this the beginning of a signature or of a page mark?"""
        return _starts(fold(text[:_LONGEST_WORDS]), words=self.footer)

    def says_unknown(self, text: str) -> bool:
        """Does the cell say that the person is not known?"""
        return len(text) <= _LONGEST_WORDS and fold(text) in self.unknown_person

    def channel(self, text: str) -> str:
        """The code of the way a report came in; empty where the words are not known."""
        return self.channels.get(fold(text), "") if len(text) <= _LONGEST_WORDS else ""


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(folded for word in words if (folded := fold(word)))


def _starts(folded: str, *, words: tuple[str, ...]) -> bool:
    return any(folded == word or folded.startswith(word + " ") for word in words)


def _phone(numbers: Mapping[str, Any]) -> PhoneForm | None:
    if "phone_national" not in numbers:
        return None
    national = re.compile(numbers["phone_national"])
    return PhoneForm(country=numbers["phone_country"], trunk=numbers.get("phone_trunk", ""), national=national)


def _encodings(data: Mapping[str, Any]) -> Encodings:
    if not data:
        return Encodings()
    return Encodings(
        names=tuple(data["names"]),
        letters=frozenset(data.get("letters", "") + data.get("letters", "").upper()),
        own_letters=frozenset(data.get("own_letters", "") + data.get("own_letters", "").upper()),
    )
