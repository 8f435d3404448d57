"""Tokens of a name: by which of them a person is kept, and by which she is sought.

Pure, and in the open: keys are put on them elsewhere. Each token is of at least two parts of what is known of a person,
never of one part of a name alone, whose frequency would give it away. What a query asks with more than its parts said
(any order, any case, halves that a slip has spared) is asked beside them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations, permutations

from qorgan.base.words import folding
from qorgan.people.engine import spelling
from qorgan.people.engine.habits import Habits
from qorgan.people.engine.spelling import Reading, Word

SCHEME = 1  # of the tokens: raised when they change, so that the persons of before are given them anew
# How much a token that is met says for its person.
PAIR, DATE, YEAR, DAY, HALF, INITIALS = 10, 8, 5, 5, 3, 4
_MOST_DAYS = 12  # a day up to this may have been the month
_WHOLE_NAME = ("surname", "given", "patronymic")


@dataclass(frozen=True)
class Born:
    """A birth date as far as it is known: the year, or the whole day."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether the day is known."""
        return bool(self.month and self.day)

    @property
    def turned(self) -> "Born | None":
        """Day and month exchanged, where that is another date."""
        can = self.is_whole and self.day <= _MOST_DAYS and self.day != self.month
        return Born(self.year, self.day, self.month) if can else None


def born_on(day: date | None) -> Born | None:
    """A known day of birth."""
    return Born(day.year, day.month, day.day) if day else None


@dataclass(frozen=True)
class Name:
    """The parts of a person's name, each with the forms it has."""

    surname: Word | None = None
    given: Word | None = None
    patronymic: Word | None = None

    @property
    def parts(self) -> tuple[Word | None, ...]:
        """Surname, given name, patronymic."""
        return self.surname, self.given, self.patronymic


def name_of(
    *,
    written: str,
    surname: str,
    given: str,
    patronymic: str,
    habits: Habits,
    met: dict[str, Word] | None = None,
) -> Name:
    """The name of a person as one record knows her; of words only, they are surname, given name, patronymic.

    `met`: words that were made before, for a question that opens many persons with the same ones.
    """
    texts = [surname, given, _unbound(patronymic, habits)]
    if not (surname or given):
        found = spelling.readings(written, habits)[:1]
        texts = [each.text for reading in found for each in reading.words]
    words = {} if met is None else met
    parts = [_part(text, words) for text in texts[: len(_WHOLE_NAME)]]
    return Name(*parts)


def _part(text: str, met: dict[str, Word]) -> Word | None:
    plain = " ".join(text.split())
    if not any(map(str.isalpha, plain)):
        return None
    if plain not in met:
        met[plain] = spelling.word(plain)
    return met[plain]


def _unbound(patronymic: str, habits: Habits) -> str:
    """A patronymic without the word that some write apart: `Қодир қизи`."""
    return " ".join(each for each in patronymic.split() if each.casefold() not in habits.bonds)


def kept(name: Name, born: Born | None) -> set[str]:
    """The tokens by which a person is kept."""
    surname, given, patronymic = name.parts
    found = set(_pairs(name.parts))
    for whole, halved in ((surname, given), (given, surname), (patronymic, surname), (patronymic, given)):
        found.update(_halves(whole, halved))
    if surname and given and patronymic:
        found.update(f"i{one}+{given.first}{patronymic.first}" for one in surname.keys)
    for part in (surname, given):
        found.update(_dates(part, born))
    return found


def sought(reading: Reading, born: Born | None, *, wide: bool) -> dict[str, int]:
    """The tokens a query asks for, with their weights. `wide`: those too that a slip of the hand has spared."""
    wholes = [spelling.word(whole) for each in reading.words for whole in each.wholes]
    words = [each for each in reading.words if not each.is_initial]
    found: dict[str, int] = defaultdict(int)
    found |= dict.fromkeys(_pairs(words), PAIR)
    found |= dict.fromkeys((token for long in wholes for each in words for token in _pairs((each, long))), PAIR)
    found |= dict.fromkeys(_initials(reading, words), INITIALS)
    for when in (born, born.turned if born else None):
        for each in words:
            for token in _dates(each, when):
                found[token] = DATE if token[0] == "d" else YEAR
    if wide or any(each.is_initial for each in reading.words):
        for whole, halved in permutations(reading.words, 2):
            if not whole.is_initial:
                found |= dict.fromkeys(_halves(whole, halved), HALF)
    return dict(found)


def _pairs(parts: Iterable[Word | None]) -> Iterator[str]:
    for one, other in combinations([part for part in parts if part], 2):
        yield from (f"p{folding.pair(first, second)}" for first in one.keys for second in other.keys)


def _halves(whole: Word | None, halved: Word | None) -> Iterator[str]:
    if whole and halved:
        for one in whole.keys:
            yield from (f"h{one}+{half}" for other in halved.keys for half in spelling.halves(other))


def _initials(reading: Reading, words: Iterable[Word]) -> Iterator[str]:
    letters = [each.first for each in reading.words if each.is_initial]
    if len(letters) > 1:
        yield from (f"i{one}+{letters[0]}{letters[1]}" for each in words for one in each.keys)


def _dates(part: Word | None, born: Born | None) -> Iterator[str]:
    if part is None or born is None:
        return
    yield from (f"y{one}+{born.year}" for one in part.keys)
    if born.is_whole:
        yield f"d{part.first}+{born.year}-{born.month}-{born.day}"
        yield from (f"m{one}+{born.month}-{born.day}" for one in part.keys)
