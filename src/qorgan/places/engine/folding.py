"""One way to compare names that people write in many ways."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Beside(StrEnum):
    """What a word beside a name says the name is."""

    REGION = "region"
    CITY = "city"
    DISTRICT = "district"
    SETTLEMENT = "settlement"
    STREET = "street"


@dataclass(frozen=True)
class Token:
    """A folded word and the part of the line (between commas) in which it stands."""

    word: str
    segment: int


_WORD = re.compile(r"[^\W_]+(?:[-/'’][^\W_]+)*|[,;\n]")
_LONGEST_LINE = 600


@dataclass(frozen=True)
class Words:
    """The country's words of an address, folded."""

    fold: Mapping[str, str]
    before: Mapping[str, Beside]
    after: Mapping[str, Beside]
    filler: frozenset[str]

    @classmethod
    def read(cls, table: Mapping[str, Any]) -> "Words":
        """From the country's `words.toml`."""
        fold = table["fold"]
        before: dict[str, Beside] = {}
        after: dict[str, Beside] = {}
        for beside in Beside:
            for word in table[beside]["before"]:
                before[folded(word, fold)] = beside
            for word in table[beside]["after"]:
                after[folded(word, fold)] = beside
        return cls(fold, before, after, frozenset(folded(word, fold) for word in table["filler"]["words"]))

    def tokens(self, text: str) -> list[Token]:
        """The words of a line. A hyphen parts a name but not a word such as *р-н*."""
        found: list[Token] = []
        segment = 0
        for word in _WORD.findall(folded(text[:_LONGEST_LINE], self.fold)):
            if word in ",;\n":
                segment += 1
            elif word in self.before or word in self.after:
                found.append(Token(word, segment))
            else:
                found += [Token(part, segment) for part in re.split(r"[-/'’]", word)]
        return found

    def key(self, name: str) -> tuple[str, ...]:
        """A name without the words that say what it is: *Сауран ауданы* and *р-н Сауран* have one key."""
        words = [token.word for token in self.tokens(name)]
        bare = [word for word in words if word not in self.filler]
        while len(bare) > 1 and bare[-1] in self.after:
            bare.pop()
        while len(bare) > 1 and bare[0] in self.before:
            bare.pop(0)
        return tuple(bare)


def folded(text: str, fold: Mapping[str, str]) -> str:
    """Lower case, composed, without invisible signs, with the country's letters made one."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    return plain.casefold().translate({ord(letter): one for letter, one in fold.items()})
