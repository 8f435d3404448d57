"""What a country's people do with names besides spelling them: short forms, cases, keyboards. Data of the country."""

import re
from dataclasses import dataclass
from functools import cache

from qorgan.base import country
from qorgan.base.words import folding

_PAIR = 2


@dataclass(frozen=True)
class Habits:
    """`short`: sound of a short form to the whole names it may stand for. Keyboards: what was hit, what was meant."""

    titles: frozenset[str]
    bonds: frozenset[str]
    cases: tuple[re.Pattern[str], ...]
    familiar: tuple[str, ...]
    short: dict[str, tuple[str, ...]]
    digits: dict[int, int]
    to_cyrillic: dict[int, int]
    to_latin: dict[int, int]

    def wholes(self, word: str) -> tuple[str, ...]:
        """The whole names that a short form may stand for; none for what is no short form on record."""
        return self.short.get(folding.spoken(word), ())


def habits() -> Habits:
    """Those of the deployment's country; a country that says nothing has none."""
    return _habits(country.code())


@cache
def _habits(_code: str) -> Habits:
    told = country.toml("words/names.toml") if (country.folder() / "words" / "names.toml").is_file() else {}
    keys = told.get("keyboard", {})
    places, latin, cyrillic = keys.get("kazakh", ""), keys.get("latin", ""), keys.get("cyrillic", "")
    return Habits(
        titles=frozenset(told.get("titles", ())),
        bonds=frozenset(told.get("bonds", ())),
        cases=tuple(re.compile(each) for each in told.get("cases", ())),
        familiar=tuple(sorted(told.get("familiar", ()), key=len, reverse=True)),
        short={folding.spoken(short): tuple(wholes) for short, wholes in told.get("short", {}).items()},
        digits=str.maketrans(places[::_PAIR], places[1::_PAIR]),
        to_cyrillic=str.maketrans(latin, cyrillic),
        to_latin=str.maketrans(cyrillic, latin),
    )
