"""A name as it was typed, read in every way it may have been meant: words, initials, another keyboard, another case.

Pure. One folding rule says what sounds alike (`base/words/folding`); here it is only made coarser, for keys.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from qorgan.base.words import folding
from qorgan.people.engine.habits import Habits

MOST_WORDS = 5  # of a name: more are no name
_STAYS = 4  # letters that a case leaves
_VOWELS = "aiu"
_HALF = 2
# Consonants that ears, clerks and alphabets exchange.
_COARSE = str.maketrans("gvpdz", "kbbts")
_ONE_OR_TWO = (("нг", "нқ"), ("ng", "nq"), ("нғ", "ң"))
_BREAKS = re.compile(r"[^\w'’ʼ`-]+|_+")
_JOINED = re.compile(r"(?<=[a-zа-яәғқңөұүһіё])(?=[A-ZА-ЯӘҒҚҢӨҰҮҺІЁ])")
_LATIN = re.compile("[a-z]", re.IGNORECASE)
_CYRILLIC = re.compile("[а-яәғқңөұүһіё]", re.IGNORECASE)
_HEARD = re.compile("[аәяеёэиіыоөуұүюaeiouy]", re.IGNORECASE)
_LATIN_WORD = re.compile(r"[a-z'`’]+(?:-[a-z'`’]+)*", re.IGNORECASE)
_HARD = re.compile("[bcdfghjklmnpqrstvwxz]{5}", re.IGNORECASE)


def key(word: str) -> str:
    """The coarse key of a word; empty where it has no letter."""
    return folding.fold(word).translate(_COARSE)


@dataclass(frozen=True)
class Word:
    """One word of a name. An initial is a word of one letter.

    `wholes`: the whole names that a short form may stand for; `begun`: what it sounds like without a familiar ending.
    """

    text: str
    others: tuple[str, ...] = ()
    wholes: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()

    @property
    def is_initial(self) -> bool:
        """Whether only the first letter is known."""
        return len(self.text) == 1

    @cached_property
    def sound(self) -> str:
        """How it is spoken."""
        return folding.spoken(self.text)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Its key, and the keys of the other forms it may be: another case, a half of a double name."""
        return tuple(dict.fromkeys(filter(None, map(key, (self.text, *self.others)))))

    @cached_property
    def sounds(self) -> tuple[tuple[str, str, str], ...]:
        """Each form as it is spoken, whole and without its ending, with its key."""
        forms = (self.text, *self.others)
        return tuple((folding.spoken(form), folding.spoken(form, stem=True), key(form)) for form in forms)

    @cached_property
    def whole_keys(self) -> frozenset[str]:
        """The keys of the whole names."""
        return frozenset(map(key, self.wholes))

    @cached_property
    def first(self) -> str:
        """The first sound, as keys know it."""
        return self.sound[:1].translate(_COARSE)


@dataclass(frozen=True)
class Reading:
    """The words of a name under one assumption; `by_keyboard`: that another layout was on."""

    words: tuple[Word, ...]
    by_keyboard: bool = False


def halves(sounds: str) -> tuple[str, ...]:
    """The beginning and the end of a key, apart: one slip of the hand leaves one of the two as it was.

    In a key of three a slip may be in both; there the first and the last sound stand for it too.
    """
    bones = sounds[:1] + "".join(sound for sound in sounds[1:] if sound not in _VOWELS)
    frame = (f"{bones[:1]}*{bones[-1:]}",) if _HALF <= len(bones) <= _HALF + 1 else ()
    if len(bones) <= _HALF:
        return (f"{bones}<", *frame)
    return (f"{bones[:_HALF]}<", f">{bones[-_HALF:]}", *frame)


def word(text: str) -> Word:
    """A word of a kept name, with the halves of a double one."""
    return Word(text, tuple(_parts(text)))


def asked(text: str, habits: Habits) -> Word:
    """A word as someone typed it, with the forms it may have been meant for: out of its case, by another spelling."""
    others = dict.fromkeys([*_parts(text), *_uncased(text, habits), *_exchanged(text)])
    small = text.casefold()
    stems = [small] + [small.removesuffix(end) for end in habits.familiar if small.endswith(end)]
    begun = (folding.spoken(stem) for stem in stems)
    return Word(text, tuple(others), habits.wholes(text), tuple(stem for stem in begun if len(stem) > 1))


def _parts(text: str) -> list[str]:
    parts = [part for part in re.split("[-\\s]+", text) if len(part) > 1]
    return parts if len(parts) > 1 else []


def _uncased(text: str, habits: Habits) -> Iterator[str]:
    small = text.casefold()
    for ending in habits.cases:
        stem = ending.sub("", small)
        if stem != small and len(stem) >= _STAYS:
            yield stem


def _exchanged(text: str) -> Iterator[str]:
    """Spellings of one sound that the folding keeps apart: `нг` is one sound or two."""
    small = text.casefold()
    yield from (small.replace(one, other) for one, other in _ONE_OR_TWO if one in small)


def readings(text: str, habits: Habits) -> list[Reading]:
    """Every way a typed name may have been meant, the plainest first; none where no word is left."""
    plain = unicodedata.normalize("NFC", text).strip()
    made = [Reading(_words(plain, habits))]
    latin, cyrillic = bool(_LATIN.search(plain)), bool(_CYRILLIC.search(plain))
    if any(sign in plain for sign in map(chr, habits.digits)) and (cyrillic or latin):
        made += _typed(plain.translate(habits.digits), habits) if not latin else []
    if latin and not cyrillic:
        made += _typed(plain.translate(habits.to_cyrillic).translate(habits.digits), habits)
    if cyrillic and not latin:
        made += [each for each in _typed(plain.translate(habits.to_latin), habits) if _is_latin(each)]
    return [reading for reading in made if reading.words]


def _typed(text: str, habits: Habits) -> list[Reading]:
    """A text brought back to the keyboard that was meant; only where every word can be spoken."""
    words = _words(text, habits)
    spoken = words and all(_HEARD.search(each.text) or each.is_initial for each in words)
    return [Reading(words, by_keyboard=True)] if spoken else []


def _is_latin(reading: Reading) -> bool:
    return all(_LATIN_WORD.fullmatch(each.text) and not _HARD.search(each.text) for each in reading.words)


def _words(text: str, habits: Habits) -> tuple[Word, ...]:
    whole = re.sub(r"\s*-\s+|\s+-\s*", "-", text)
    split = [part.strip("-'’ʼ`") for joined in _BREAKS.split(whole) for part in _JOINED.split(joined or "")]
    found = [part for part in split if part and any(map(str.isalpha, part))]
    kept = [part for part in found if part.casefold() not in habits.titles and part.casefold() not in habits.bonds]
    named = [letter for part in kept for letter in (part if _is_initials(part, kept) else [part])]
    return tuple(asked(part, habits) for part in named[:MOST_WORDS])


def _is_initials(part: str, beside: list[str]) -> bool:
    """`ҚЖ` beside a name in small letters is two initials."""
    return len(part) == _HALF and part.isupper() and any(len(other) > _HALF and not other.isupper() for other in beside)
