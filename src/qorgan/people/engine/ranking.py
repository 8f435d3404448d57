"""How likely a kept person is the one who was named, and why. Pure.

Each word of the query is laid on one part of the kept name, in the order that fits best; facts that agree raise the
rank, facts that contradict lower it. Confident means more than alike: enough facts agree and none speaks against.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from itertools import permutations

from rapidfuzz.distance import DamerauLevenshtein

from qorgan.people.engine.spelling import Reading, Word
from qorgan.people.engine.tokens import Born, Name

SAME, SOUND, SPELT, NEAR, SHORT, INITIAL = 1.0, 0.99, 0.97, 0.85, 0.9, 0.8
_SAME_VOWELS, _OTHER_VOWELS = 0.75, 0.9  # of words with one key: what counts as one name; the least they are alike
LEAST = 0.55  # a rank below is not shown
_WEIGHTS = (0.42, 0.38, 0.2)
_PARTS = len(_WEIGHTS)
_SPARE_WORD = 0.06  # a word of the query that fits no part
_NUMBER = 0.2  # for a number that is the same
_ONE_PART = 0.2  # against a name of which only one part was met
_UNSAID = 0.02  # a part that one of the two does not say
_TIE = 0.015  # ranks nearer than this cannot be told apart


class Why(StrEnum):
    """Why a person is shown."""

    SAME_NAME = "same_name"
    OTHER_ALPHABET = "other_alphabet"
    OTHER_SPELLING = "other_spelling"
    SLIP = "slip"
    SHORT_FORM = "short_form"
    INITIALS = "initials"
    KEYBOARD = "keyboard"
    NO_PATRONYMIC = "no_patronymic"
    OTHER_PATRONYMIC = "other_patronymic"
    SAME_DATE = "same_date"
    SAME_YEAR = "same_year"
    ONE_DIGIT = "one_digit"
    DAY_AND_MONTH = "day_and_month"
    OTHER_DATE = "other_date"
    SAME_NUMBER = "same_number"


class Fact(StrEnum):
    """What would tell namesakes apart."""

    BORN = "born"
    PATRONYMIC = "patronymic"
    NUMBER = "number"


_DATES = {
    Why.SAME_DATE: 0.12,
    Why.DAY_AND_MONTH: 0.06,
    Why.ONE_DIGIT: 0.06,
    Why.SAME_YEAR: 0.05,
    Why.OTHER_DATE: -0.12,
}


@dataclass(frozen=True)
class Known:
    """A kept person, opened: the name, what is known of the birth, and whether a number is the one that was said."""

    name: Name
    born: Born | None = None
    same_number: bool = False
    iin: str = field(default="", repr=False)


@dataclass(frozen=True)
class Rank:
    """`value`: how alike, about 0 to 1.1, more is likelier. `parts`: how alike surname, given, patronymic are."""

    value: float
    why: tuple[Why, ...] = ()
    confident: bool = False
    parts: tuple[float | None, ...] = field(default=(None, None, None), repr=False)


class Ranker:
    """Ranks persons for one question. What it worked out for a word serves the next person who bears it."""

    def __init__(self, asked: Sequence[Reading], born: Born | None = None) -> None:
        self._asked = asked
        self._born = born
        self._met: dict[tuple[Word, str], tuple[float, Why]] = {}

    def rank(self, known: Known) -> Rank:
        """The rank of one person for the likeliest of the ways in which the question may be read."""
        date = _date(known.born, self._born)
        read = [self._by_name(known.name, reading) for reading in self._asked]
        best = max(read, key=lambda one: one.value, default=Rank(0))
        why = [*best.why, *([date] if date else []), *([Why.SAME_NUMBER] if known.same_number else [])]
        value = best.value + (_DATES[date] if date else 0) + (_NUMBER if known.same_number else 0)
        return Rank(round(value, 4), tuple(why), _is_confident(best, date, known.same_number), best.parts)

    def _by_name(self, name: Name, reading: Reading) -> Rank:
        """The rank by the name alone, its words laid on the parts in the order that fits best."""
        words = reading.words
        alike = [[self._alike(word, part) for part in name.parts] for word in words]
        best, laid = 0.0, dict[int, int]()  # part to word
        for order in _orders(len(words)):
            value = _total({part: alike[word][part][0] for part, word in order.items()}, name)
            if value > best:
                best, laid = value, order
        shares = [alike[laid[part]][part][0] if part in laid and name.parts[part] else None for part in range(_PARTS)]
        marks = [alike[word][part][1] for part, word in sorted(laid.items()) if name.parts[part]]
        spare = _SPARE_WORD * max(len(words) - _PARTS, 0)
        return Rank(best - spare, tuple(_why(shares, marks, reading)), parts=tuple(shares))

    def _alike(self, said: Word, part: Word | None) -> tuple[float, Why]:
        if part is None:
            return 0.0, Why.NO_PATRONYMIC
        if (said, part.text) not in self._met:
            self._met[said, part.text] = _alike(said, part)
        return self._met[said, part.text]


def _is_confident(name: Rank, date: Why | None, same_number: bool) -> bool:
    """Surname and given name agree, and with them the whole date, or a number; or patronymic and nearly the date."""
    surname, given, patronymic = (part or 0.0 for part in name.parts)
    if min(surname, given) < SPELT or date is Why.OTHER_DATE or Why.OTHER_PATRONYMIC in name.why:
        return False
    nearly = date in (Why.SAME_YEAR, Why.ONE_DIGIT, Why.DAY_AND_MONTH)
    return date is Why.SAME_DATE or same_number or (nearly and patronymic >= SPELT)


@cache
def _orders(words: int) -> tuple[dict[int, int], ...]:
    """Every way to lay so many words on the three parts: the number of a word for that of a part."""
    if words <= _PARTS:
        return tuple(dict(zip(parts, range(words), strict=True)) for parts in permutations(range(_PARTS), words))
    return tuple(dict(zip(range(_PARTS), chosen, strict=True)) for chosen in permutations(range(words), _PARTS))


def _total(found: dict[int, float], name: Name) -> float:
    """The weighted mean over the parts that both say; a part that one leaves out costs little."""
    weight = total = 0.0
    unsaid = 0
    for place, part in enumerate(name.parts):
        if place in found and part is not None:
            weight += _WEIGHTS[place]
            total += _WEIGHTS[place] * found[place]
        elif part is not None or place in found:
            unsaid += 1
    return total / weight - _UNSAID * unsaid - (_ONE_PART if weight <= max(_WEIGHTS) else 0) if weight else 0.0


def _alike(said: Word, part: Word) -> tuple[float, Why]:
    """How near a word of the query is to a part of a kept name, and in what they differ."""
    if said.is_initial:
        return (INITIAL if said.first == part.first else 0.0), Why.INITIALS
    if said.text.casefold() == part.text.casefold():
        return SAME, Why.SAME_NAME
    nearness = max(_near(one, other) for one in said.sounds for other in part.sounds)
    if nearness >= SPELT:
        return nearness, _spelt(said.text, part.text)
    if not said.whole_keys.isdisjoint(part.keys) or any(map(part.sounds[0][0].startswith, said.begun)):
        return max(SHORT, nearness), Why.SHORT_FORM
    return nearness, Why.SLIP


def _near(one: tuple[str, str, str], other: tuple[str, str, str]) -> float:
    """How near two words sound; with one key they are one name in two spellings, unless their vowels are far apart."""
    (sound, stem, first), (heard, root, second) = one, other
    if sound == heard:
        return SOUND
    nearness = max(
        DamerauLevenshtein.normalized_similarity(sound, heard), DamerauLevenshtein.normalized_similarity(stem, root)
    )
    if first == second:
        return SPELT if nearness >= _SAME_VOWELS else 0.96 * max(nearness, _OTHER_VOWELS)
    keys = DamerauLevenshtein.normalized_similarity(first, second)
    return 0.96 * max(nearness, (nearness + keys) / 2)


def _spelt(said: str, kept: str) -> Why:
    return Why.OTHER_ALPHABET if said[:1].isascii() != kept[:1].isascii() else Why.OTHER_SPELLING


def _why(shares: Sequence[float | None], marks: Iterable[Why], reading: Reading) -> list[Why]:
    found = list(dict.fromkeys(marks))
    if len(found) > 1 and Why.SAME_NAME in found:
        found.remove(Why.SAME_NAME)
    patronymic = shares[2]
    if patronymic is None:
        found.append(Why.NO_PATRONYMIC)
    elif patronymic < NEAR and Why.INITIALS not in found and Why.SHORT_FORM not in found:
        found.append(Why.OTHER_PATRONYMIC)
    return found + ([Why.KEYBOARD] if reading.by_keyboard else [])


def _date(kept: Born | None, said: Born | None) -> Why | None:
    """How two dates agree; None where one of them is not known."""
    if kept is None or said is None:
        return None
    if not (kept.is_whole and said.is_whole):
        return Why.SAME_YEAR if kept.year == said.year else Why.OTHER_DATE
    if kept == said:
        return Why.SAME_DATE
    if kept.turned == said:
        return Why.DAY_AND_MONTH
    wrong = sum(one != other for one, other in zip(_digits(kept), _digits(said), strict=True))
    return Why.ONE_DIGIT if wrong == 1 else Why.OTHER_DATE


def _digits(born: Born) -> str:
    return f"{born.year:04}{born.month:02}{born.day:02}"


@dataclass(frozen=True)
class Judged:
    """Which of the ranked are surely meant, by their places in the order; else the fact that would tell them apart."""

    confident: frozenset[int] = frozenset()
    asks: Fact | None = None


def judged(ranked: Sequence[tuple[Known, Rank]], *, asked: Sequence[Reading], born: Born | None) -> Judged:
    """What may be said of the ranked, the likeliest first, together.

    Several may be sure, where one person stands in several records; where what is known of them contradicts, none is.
    """
    sure = [place for place, (_known, one) in enumerate(ranked) if one.confident]
    differing = _differing([ranked[place][0] for place in sure])
    if sure and differing is None:
        return Judged(frozenset(sure))
    if sure:
        return Judged(asks=differing)
    best = ranked[0][1].value if ranked else 0.0
    alike = [known for known, one in ranked if one.value >= max(best - _TIE, LEAST)]
    if len(alike) < len(("one", "other")):
        return Judged()
    whole = born is not None and born.is_whole
    if not whole and len({known.born for known in alike}) > 1:
        return Judged(asks=Fact.BORN)
    said = max((len(reading.words) for reading in asked), default=0)
    unsaid = said < len(_WEIGHTS) and len(_patronymics(alike)) > 1
    return Judged(asks=Fact.PATRONYMIC if unsaid else Fact.NUMBER)


def _differing(sure: Sequence[Known]) -> Fact | None:
    """What shows that those who all fit are not one person; None where nothing does."""
    if len(_patronymics(sure) - {""}) > 1:
        return Fact.PATRONYMIC
    return Fact.NUMBER if len({known.iin for known in sure} - {""}) > 1 else None


def _patronymics(held: Iterable[Known]) -> set[str]:
    return {known.name.patronymic.keys[0] if known.name.patronymic else "" for known in held}
