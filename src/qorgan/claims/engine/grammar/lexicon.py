"""The words of the country by which figures are read: numbers, suffixes, units, cues, in the order of their files.

The files stand in `country/<cc>/claims/grammar/`, one a language; this module only makes them quick to look up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from qorgan.base import country
from qorgan.claims.engine.grammar.tokens import Kind, Token, folded

LANGUAGES = ("kk", "ru")
_LONGEST_WORD = 60
_REMEMBERED = 20_000  # words whose rules are remembered; memory stays bounded on any text


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a rule: its words, the language it belongs to, what the rule says."""

    words: tuple[str, ...]
    language: str
    code: str
    only_among_own: bool = False

    def matches(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether the phrase stands at a place of the sentence."""
        if at < 0 or at + len(self.words) > len(tokens):
            return False
        if self.only_among_own and tokens[at].language != self.language:
            return False
        return all(_fits(word, tokens[at + place].low) for place, word in enumerate(self.words))


def _fits(word: str, low: str) -> bool:
    if word.endswith("*"):
        return low.startswith(word[:-1])
    return low.endswith(word[1:]) and len(low) >= len(word) if word.startswith("*") else low == word


class Phrases:
    """A list of phrases, found by their first word."""

    def __init__(self, entries: Iterable[Phrase]) -> None:
        self._exact: dict[str, list[Phrase]] = {}
        self._stems: dict[str, list[Phrase]] = {}
        self._endings: list[Phrase] = []
        self._longest = 1
        self._known: dict[str, list[Phrase]] = {}
        for entry in entries:
            first = entry.words[0]
            self._longest = max(self._longest, len(entry.words))
            if first.startswith("*"):
                self._endings.append(entry)
            elif first.endswith("*"):
                self._stems.setdefault(first[:-1], []).append(entry)
            else:
                self._exact.setdefault(first, []).append(entry)
        self._lengths = sorted({len(stem) for stem in self._stems})
        self.is_empty = not (self._exact or self._stems or self._endings)

    def at(self, tokens: Sequence[Token], place: int) -> Phrase | None:
        """The longest phrase that begins at a place."""
        if self.is_empty or not 0 <= place < len(tokens):
            return None
        low = tokens[place].low
        known = self._known.get(low)
        if known is None:
            known = self._beginning(low)
            if len(self._known) < _REMEMBERED and len(low) < _LONGEST_WORD:
                self._known[low] = known
        for phrase in known:  # nearly always none: this is what reading a text spends its time on
            if phrase.matches(tokens, place):
                return phrase
        return None

    def _beginning(self, low: str) -> list[Phrase]:
        """The phrases that a word may begin, the longest first."""
        found = [*self._exact.get(low, ()), *self._endings]
        for length in self._lengths:
            if length <= len(low):
                found += self._stems.get(low[:length], ())
        return sorted(found, key=lambda phrase: -len(phrase.words))

    def before(self, tokens: Sequence[Token], place: int) -> Phrase | None:
        """The longest phrase that ends right before a place."""
        if self.is_empty:
            return None
        for length in range(min(self._longest, place), 0, -1):
            found = self.at(tokens, place - length)
            if found and len(found.words) == length:
                return found
        return None

    def within(self, tokens: Sequence[Token], first: int, last: int) -> list[tuple[int, Phrase]]:
        """All phrases that begin between two places, the last one not counted."""
        if self.is_empty:
            return []
        found = []
        for place in range(max(first, 0), min(last, len(tokens))):
            if self._known.get(tokens[place].low) != []:  # a word that begins no phrase is passed over at once
                phrase = self.at(tokens, place)
                if phrase:
                    found.append((place, phrase))
        return found


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A word that is a number, or begins one. `case` is its Kazakh case, `multiplier` a thousand and above."""

    value: Decimal
    language: str
    case: str = ""
    ordinal: bool = False
    collective: bool = False
    multiplier: bool = False
    whole: bool = False  # joins with nothing before it: полтораста
    about: bool = False  # жүздей
    alone: bool = True  # is a number without another one beside it


@dataclass(frozen=True)
class Rule:
    """One rule of a data file with its phrases; `given` holds what else the file says."""

    code: str
    says: str
    before: Phrases
    after: Phrases
    given: dict[str, Any]
    language: str


@dataclass(frozen=True)
class Language:
    """The words of one language."""

    code: str
    data: dict[str, Any]
    numbers: dict[str, NumberWord]
    endings: dict[str, tuple[str, str]]  # a suffix: kind and case
    nearness: tuple[Rule, ...]
    traps: tuple[Rule, ...]
    phrases: dict[str, Phrases] = field(default_factory=dict)
    values: dict[tuple[str, str], Decimal | None] = field(default_factory=dict)  # remembered by `value`

    def value(self, table: str, low: str) -> Decimal | None:
        """What a word of a table stands for: `value("fractions.one_in_n", "жартысы")`; None where it is not in it."""
        if (table, low) in self.values:
            return self.values[table, low]
        words = self.data
        for name in table.split("."):
            words = words.get(name, {})
        fits = (size for word, size in words.items() if low == word or (word[-1] == "*" and low.startswith(word[:-1])))
        size = next(fits, None)
        found = None if size is None else Decimal(str(size))
        if len(self.values) < _REMEMBERED and len(low) < _LONGEST_WORD:
            self.values[table, low] = found
        return found

    def list(self, section: str, key: str) -> Phrases:
        """The phrases of a list in the file: `list("change", "rise")`."""
        name = f"{section}.{key}"
        if name not in self.phrases:
            given = self.data.get(section, {}).get(key, [])
            self.phrases[name] = Phrases(_phrases(given, self.code, name, self.data))
        return self.phrases[name]


@dataclass(frozen=True)
class Lexicon:
    """All languages of the country at once: a sentence may mix them."""

    languages: dict[str, Language]
    units: Phrases
    nouns: Phrases
    families: tuple[tuple[str, ...], ...]  # stems of one thing: ребен, дет
    orders: dict[str, list[Language]] = field(default_factory=dict)  # remembered by `order`

    def number(self, token: Token) -> NumberWord | None:
        """What number a word is, by the language around it first."""
        if token.kind is not Kind.WORD:
            return None
        for language in self.order(token.language):
            found = language.numbers.get(token.low)
            if found and not (token.language != language.code and _home_only(token.low, language.data)):
                return found
        return None

    def order(self, first: str) -> list[Language]:
        """The languages, the given one first."""
        if first not in self.orders:
            known = sorted(self.languages.values(), key=lambda language: language.code != first)
            if first not in self.languages:
                return known
            self.orders[first] = known
        return self.orders[first]

    def ending(self, text: str, language: str) -> tuple[str, str] | None:
        """Kind and case of what is joined to a figure; None where it is no suffix but a word."""
        if not text:
            return "", ""
        for one in self.order(language):
            if text in one.endings:
                return one.endings[text]
        return None


def _home_only(low: str, data: dict[str, Any]) -> bool:
    return any(_fits(word, low) for word in data["only_among_own"])


def _phrases(given: Iterable[str], language: str, code: str, data: dict[str, Any]) -> list[Phrase]:
    own = data["only_among_own"]
    return [
        Phrase(tuple(words), language, code, any(_fits(one, words[0].rstrip("*")) for one in own))
        for text in given
        for words in (one.split() for one in _spelled(folded(text), data))
    ]


def _spelled(text: str, data: dict[str, Any]) -> list[str]:
    """`ай+` is the word with every case of its language; the rest stands as it is."""
    if not text.endswith("+"):
        return [text]
    endings = {ending for all_ in data["suffixes"]["cases"].values() for ending in all_}
    return [text[:-1], *(text[:-1] + ending for ending in sorted(endings))]


def _numbers_kk(data: dict[str, Any]) -> dict[str, NumberWord]:
    """Kazakh number words with every suffix they may carry."""
    given = data["numbers"]
    endings = _endings(data)
    found: dict[str, NumberWord] = {}
    for group in ("ones", "tens", "hundreds", "multipliers", "collective", "ordinal"):
        for word, value in given[group].items():
            for ending, (kind, case) in {"": ("", ""), **endings}.items():
                if kind in ("indefinite", "adjective", "only") or (case == "plural" and ending):
                    continue
                found.setdefault(
                    word + ending,
                    NumberWord(
                        Decimal(value),
                        "kk",
                        case,
                        ordinal=group == "ordinal" or kind == "ordinal",
                        collective=group == "collective" or kind == "collective",
                        multiplier=group == "multipliers",
                        about=kind == "about",
                        alone=word not in given["never_alone"],
                    ),
                )
    for short in ("млн", "млрд", "трлн"):
        for ending, (_kind, case) in endings.items():
            found.setdefault(
                f"{short}-{ending}", NumberWord(Decimal(given["multipliers"][short]), "kk", case, multiplier=True)
            )
    return {word: number for word, number in found.items() if word not in given["other_words"]}


def _endings(data: dict[str, Any]) -> dict[str, tuple[str, str]]:
    cases = {ending: case for case, all_ in data["suffixes"]["cases"].items() for ending in all_}
    found = {ending: ("", case) for ending, case in cases.items()}
    for kind, all_ in data["suffixes"]["kinds"].items():
        for first in all_:
            found[first] = (kind, "")
            for ending, case in cases.items():
                found.setdefault(first + ending, (kind, case))
    return found


def _numbers_ru(data: dict[str, Any]) -> dict[str, NumberWord]:
    """Russian number words in every form."""
    given = data["numbers"]
    found: dict[str, NumberWord] = {}
    for form in given["forms"]:
        for word in form["words"].split():
            found[word] = NumberWord(Decimal(form["value"]), "ru", alone=word not in given["never_alone"])
    for form in given["multiplier_forms"]:
        for word in form["words"].split():
            alone = word in given["multiplier_alone"]
            found[word] = NumberWord(Decimal(form["value"]), "ru", multiplier=True, alone=alone)
    for word, value in given["whole"].items():
        found[word] = NumberWord(Decimal(str(value)), "ru", whole=True)
    for word, value in given["collective"].items():
        found[word] = NumberWord(Decimal(value), "ru", collective=True)
    for stem, value in given["ordinal_stems"].items():
        for ending in given["ordinal_endings"]:
            found.setdefault(stem + ending, NumberWord(Decimal(value), "ru", ordinal=True))
    return {word: number for word, number in found.items() if word not in given["other_words"]}


def _rule(given: dict[str, Any], data: dict[str, Any], kind: str) -> Rule:
    says = given.get("says") or given["reason"]
    code = given.get("code") or f"{data['language']}.{kind}.{says}"
    lists = {
        key: Phrases(_phrases(given.get(key, []), data["language"], code, data)) for key in ("before", "after", "whole")
    }
    return Rule(code, says, lists["before"], lists["after"], {**given, "phrases": lists["whole"]}, data["language"])


def _language(code: str) -> Language:
    data = country.toml(f"claims/grammar/{code}.toml")
    numbers = _numbers_kk(data) if "ones" in data["numbers"] else _numbers_ru(data)
    nearness = tuple(_rule(one, data, "near") for one in data["nearness"])
    traps = tuple(_rule(one, data, "not_a_figure") for one in data["trap"])
    return Language(code, data, numbers, _endings(data), nearness, traps)


@cache
def _lexicon(_country: str) -> Lexicon:
    languages = {code: _language(code) for code in LANGUAGES}
    units = [
        phrase
        for language in languages.values()
        for unit in language.data["unit"]
        for phrase in _phrases(unit["words"], language.code, unit["is"], language.data)
    ]
    nouns = country.toml("claims/grammar/nouns.toml")
    things = [
        Phrase(tuple(folded(text).split()), "", noun["code"])
        for noun in nouns["noun"]
        for language in LANGUAGES
        for text in noun[language]
    ]
    families = tuple(tuple(family) for family in nouns["families"])
    return Lexicon(languages, Phrases(units), Phrases(things), families)


def load() -> Lexicon:
    """The words of the deployment's country. Raises FileNotFoundError where it brings none."""
    return _lexicon(country.code())
