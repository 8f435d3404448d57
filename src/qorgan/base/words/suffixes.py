"""Suffixes that follow the sound of the word before them: `200-ге`, `72 000-ға`, `37,9 %-ға`, `қарашада`.

The engine knows vowel harmony as such: two kinds of vowels, neutral ones, and kinds of word ends. Which letters they
are, and which suffix each case takes, is data of the language; a language without `cases` has no suffixes.
"""

import re
from decimal import Decimal
from typing import Any

from qorgan.base.words import formats

_LAST_NUMBER = re.compile(r"(\d+(?:[\s\u00a0\u202f]\d{3})*)(?:[.,](\d+))?\D*$")


def suffix(figure: int | Decimal | str, case: str, lang: str) -> str:
    """`-ге` for 200 in the dative: the suffix of a figure by the last word that is spoken, with its hyphen.

    `figure` may be text as it is written (`37,9 %`, `21:14`): its last number counts, and a percent sign after it.
    Empty where the language has no suffixes. Raises KeyError for a case that the language does not have,
    ValueError where there is no figure.
    """
    form = formats.of(lang)
    if "cases" not in form:
        return ""
    return "-" + _ending(_last_spoken(str(figure), form["spoken"]), case, form)


def suffixed(figure: int | Decimal | str, case: str, lang: str) -> str:
    """The figure as it is given, with its suffix: `37,9 %-ға`."""
    return f"{figure}{suffix(figure, case, lang)}"


def inflected(text: str, case: str, lang: str) -> str:
    """The text with the suffix joined to its last word: `2026 жылғы 5 қарашада`. Unchanged without suffixes."""
    form = formats.of(lang)
    return text + _ending(text, case, form) if "cases" in form else text


def _last_spoken(text: str, spoken: dict[str, Any]) -> str:
    if text.rstrip().endswith("%"):
        return str(spoken["percent"])
    found = _LAST_NUMBER.search(text)
    if not found:
        raise ValueError(f"no figure in {text!r}")
    whole, fraction = found.groups()
    return _last_word(int(fraction or re.sub(r"\D", "", whole)), spoken)


def _last_word(value: int, spoken: dict[str, Any]) -> str:
    """The last word of a whole number: the lowest part of it that is not zero."""
    if value % 10 or not value:
        return str(spoken["ones"][value % 10])
    if value % 100:
        return str(spoken["tens"][value % 100 // 10])
    if value % 1000:
        return str(spoken["hundred"])
    power = -1
    while not value % 1000 and power < len(spoken["thousands"]) - 1:
        value //= 1000
        power += 1
    return str(spoken["thousands"][power])


def _ending(word: str, case: str, form: dict[str, Any]) -> str:
    harmony = form["harmony"]
    letters = [letter for letter in word.lower() if letter.isalpha() and letter not in harmony["unheard"]]
    kind = next((name for name, ends in harmony["ends"].items() if letters and letters[-1] in ends), "voiceless")
    return str(form["cases"][case][kind][_vowels(letters, harmony)])


def _vowels(letters: list[str], harmony: dict[str, Any]) -> int:
    for letter in reversed(letters):
        if letter in harmony["first"]:
            return 0
        if letter in harmony["second"]:
            return 1
    return 0 if harmony["alone"] == "first" else 1
