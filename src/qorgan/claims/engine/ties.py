"""Where a text ties two of its figures: by the words between them, which are data of the country."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from qorgan.base import country
from qorgan.claims.engine.grammar.figure import Figure, Sentence, Unit

BEFORE, AFTER = "before", "after"
Words = dict[str, dict[str, str]]

_FILE = "claims/ties.toml"
_FAR = 60  # code points between two figures that are said in one breath
_MOST_WHOLES = 3
_SHARES = frozenset({Unit.PERCENT, Unit.ONE_IN_N, Unit.M_IN_N})
_ALONE = frozenset({Unit.DURATION, Unit.RANK})


@dataclass(frozen=True)
class Said:
    """A figure in its sentence."""

    found: Figure
    sentence: Sentence

    def before(self, length: int = _FAR) -> str:
        """The words before it in its sentence, folded."""
        end = self.found.start - self.sentence.start
        return self.sentence.text[max(0, end - length) : end].lower()

    @property
    def is_change(self) -> bool:
        """A fall or a rise, in per cent, points or n-fold."""
        return self.found.unit in (Unit.PERCENT_CHANGE, Unit.RATIO) and self.found.change_sign is not None

    @property
    def is_level(self) -> bool:
        """A number of something, or a sum."""
        return not (self.is_change or self.found.unit in _SHARES | _ALONE | {Unit.PERCENT_CHANGE, Unit.RATIO}) and (
            self.found.difference is None
        )


def _between(one: Said, other: Said) -> str | None:
    """The words between two figures of one sentence, folded; None where they stand too far apart."""
    if one.sentence is not other.sentence:
        return None
    gap = one.sentence.text[one.found.end - one.sentence.start : other.found.start - one.sentence.start].lower()
    return gap if len(gap) <= _FAR else None


@cache
def _data(name: str) -> dict[str, Any]:
    del name  # of the country: its data may change between tests, its folder is the key
    return country.toml(_FILE) if (country.folder() / _FILE).is_file() else {}


def _words(key: str) -> list[str]:
    return list(_data(str(country.folder())).get(key, ()))


def _holds(text: str, key: str) -> bool:
    """Whether one of the words of a list stands alone in a text."""
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in _words(key))


def moves(said: Sequence[Said]) -> Iterator[tuple[int, int, int]]:
    """Two levels of one thing and the change between them: before, after, change."""
    for number in range(len(said) - 2):
        if said[number].sentence is not said[number + 2].sentence:
            continue
        for first, change in ((number, number + 2), (number + 1, number)):
            if _fits(said, first, first + 1, change) and _is_move(said[first], said[first + 1]):
                yield first, first + 1, change
        if _fits(said, number, number + 1, number + 2):
            yield from _summed_up(said, number)
        if _fits(said, number, number + 2, number + 1):
            yield from _compared(said, number)


def _fits(said: Sequence[Said], first: int, second: int, change: int) -> bool:
    one, other, moved = said[first], said[second], said[change]
    levels = one.is_level and other.is_level and one.found.unit == other.found.unit and not moved.found.points
    shares = one.found.unit == other.found.unit == Unit.PERCENT and moved.found.points
    return moved.is_change and (levels or shares)


def _is_move(first: Said, second: Said) -> bool:
    gap = _between(first, second)
    if gap is None:
        return False
    words = gap.split()
    if words[-1:] and words[-1] in _words("to_between") and first.before().split()[-1:]:
        return first.before().split()[-1] in _words("from_before")
    return _ends(first, "from_endings") and _ends(second, "to_endings") and not re.search(r"[.;:]", gap)


def _ends(said: Said, key: str) -> bool:
    return said.found.text.lower().endswith(tuple(_words(key)))


def _compared(said: Sequence[Said], number: int) -> Iterator[tuple[int, int, int]]:
    """`43 147, 18,6 % fewer than a year before (53 038)`, in either order."""
    middle, last = said[number + 1], said[number + 2]
    behind = _between(middle, last)
    if behind is not None and _holds(behind, "earlier"):
        yield number + 2, number, number + 1
    elif behind is not None and _holds(said[number].before(30), "earlier"):
        yield number, number + 2, number + 1


def _summed_up(said: Sequence[Said], number: int) -> Iterator[tuple[int, int, int]]:
    """`a year ago 258, now 169, that is 34.5 % fewer`, in either order of the years."""
    first, second, change = said[number : number + 3]
    between, behind = _between(first, second), _between(second, change)
    if between is None or behind is None or not _holds(behind, "again") or _is_move(first, second):
        return
    if _holds(between, "earlier"):
        yield number + 1, number, number + 2
    elif _holds(first.before(30), "earlier"):
        yield number, number + 1, number + 2


def twice_said(said: Sequence[Said]) -> Iterator[tuple[int, int]]:
    """A number and the share that says the same once more: number, share."""
    for number in range(len(said) - 1):
        one, other = said[number], said[number + 1]
        gap = _between(one, other)
        if gap is None or {one.found.unit, other.found.unit} != {Unit.COUNT, Unit.PERCENT}:
            continue
        bare = gap.strip(" ,–—-")
        if bare == "(" or bare in _words("again"):
            yield (number, number + 1) if one.found.unit == Unit.COUNT else (number + 1, number)


def namely(said: Sequence[Said], wholes: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """A change that is said to be in another one by `namely`, though no grammar ties them: part, whole."""
    for number in range(1, len(said)):
        part, whole = said[number], said[number - 1]
        is_free = number not in wholes and number - 1 not in wholes and number - 1 not in wholes.values()
        if not (is_free and part.is_change and whole.is_change) or part.found.points or whole.found.points:
            continue
        gap = _between(whole, part)
        if gap is not None and _holds(gap, "namely"):
            yield number, number - 1


def loose_shares(said: Sequence[Said]) -> Iterator[tuple[int, list[int]]]:
    """A share with no whole said, and the numbers in its sentence and the one before of which it may be a share."""
    for number, share in enumerate(said):
        if share.found.unit not in _SHARES or share.found.part_of is not None or share.found.points:
            continue
        before = [place for place in range(number) if _is_near(said[place], share) and said[place].is_level]
        yield number, [place for place in before if said[place].found.unit == Unit.COUNT][-_MOST_WHOLES:]


def _is_near(one: Said, share: Said) -> bool:
    """In its own sentence, or in one that ends right before it."""
    gap = share.sentence.start - (one.sentence.start + len(one.sentence.text))
    return one.sentence is share.sentence or 0 <= gap <= 2  # a blank and a line


def without_cues(counted: str) -> str:
    """What is counted, without the end of a word that only ties it."""
    tails = {word.split()[-1] for word in _words("namely")}
    words = counted.split()
    return " ".join(words[1:] if words and words[0].lower() in tails else words)


def periods() -> Words:
    """The two moments of a change, in words; by their ids where the country has none."""
    found = _data(str(country.folder())).get("periods", {})
    return {BEFORE: dict(found.get(BEFORE, {})), AFTER: dict(found.get(AFTER, {}))}


def unnamed_whole() -> dict[str, str]:
    """What a share is of, where nobody named it."""
    return dict(_data(str(country.folder())).get("whole", {}))


def _choice(name: str, option: str, **words: str) -> dict[str, str]:
    found = _data(str(country.folder())).get("choices", {}).get(name, {}).get(option, {})
    return {language: text.format(**words) for language, text in found.items()}


def place_words(options: Sequence[str], *, part: str, whole: str) -> Words:
    """The words of a choice of place."""
    return {option: _choice("place", option, part=part, whole=whole) for option in options}


def of_words(share: str, wholes: Mapping[str, str]) -> Words:
    """The words of a choice of the whole: by option, the whole's name; and of none that is counted."""
    named = {option: _choice("of", "named", share=share, whole=whole) for option, whole in wholes.items()}
    return named | {"unsaid": _choice("of", "unsaid", share=share)}
