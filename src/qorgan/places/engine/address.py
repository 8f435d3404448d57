"""Which place an address names.

Only names beside a word such as *г.*, *қ.*, *обл.*, *ауданы* are trusted; a name alone counts when it fills its part
of the line. *Абай даңғылы* is a street and *Алматы* alone may be a city or a region: such a line names no place, and
a person decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from qorgan.places.engine.folding import Beside, Token, Words
from qorgan.places.engine.gazetteer import Gazetteer
from qorgan.places.engine.records import CITIES, DISTRICTS, REGIONS, Form, Kind, Place

_LONGEST_NAME = 4
Key = tuple[str, ...]


@dataclass(frozen=True)
class Mention:
    """What a line says once: the places it may mean. A weak mention yields when it contradicts."""

    places: frozenset[int]
    weak: bool = False


@dataclass(frozen=True)
class Addresses:
    """Recognises addresses by the names and aliases of a gazetteer."""

    gazetteer: Gazetteer
    words: Words

    @cached_property
    def _index(self) -> dict[Key, dict[str, set[int]]]:
        index: dict[Key, dict[str, set[int]]] = {}
        for name in self.gazetteer.records.names:
            for beside in _besides(self.gazetteer.places[name.place].kind):
                index.setdefault(self.words.key(name.name), {}).setdefault(beside, set()).add(name.place)
        for alias in self.gazetteer.records.aliases:
            besides = _FORMS.get(alias.form) or _besides(self.gazetteer.places[alias.place].kind)
            for beside in besides:
                index.setdefault(self.words.key(alias.text), {}).setdefault(beside, set()).add(alias.place)
        return index

    def recognise(self, text: str, *, on: date) -> Place | None:
        """The deepest place that the line names without doubt, as it stood on a day; None where there is doubt."""
        mentions = list(self._mentions(self.words.tokens(text)))
        found = self._resolve([mention for mention in mentions if not mention.weak])
        if found is not None and self.gazetteer.places[found].kind is not Kind.REGION:
            return self.gazetteer.standing(found, on)
        strong = [mention for mention in mentions if not mention.weak]
        if found is None and strong:
            return None
        for weak in (mention for mention in mentions if mention.weak):
            finer = self._resolve([*strong, weak])
            if finer is not None or not strong:
                return None if finer is None else self.gazetteer.standing(finer, on)
        return None if found is None else self.gazetteer.standing(found, on)

    def _mentions(self, tokens: list[Token]) -> Iterable[Mention]:
        at, free = 0, 0  # words before `free` already belong to something
        while at < len(tokens):
            end = self._longest(tokens, at)
            if end == at:
                at += 1
                continue
            kinds = self._index[tuple(token.word for token in tokens[at:end])]
            beside, after = self._beside(tokens, at=at, end=end, free=free)
            if beside is None and _fills_its_part(tokens, at, end):
                yield Mention(frozenset().union(*kinds.values()), weak="abbreviation" not in kinds)
            elif "abbreviation" in kinds and beside is not Beside.STREET:
                yield Mention(frozenset(kinds["abbreviation"]))
            elif beside in kinds:
                yield Mention(frozenset(kinds[beside]), weak=beside is Beside.SETTLEMENT)
            at = free = max(end, after)

    def _longest(self, tokens: list[Token], at: int) -> int:
        for end in range(min(len(tokens), at + _LONGEST_NAME), at, -1):
            span = tokens[at:end]
            if span[0].segment == span[-1].segment and tuple(token.word for token in span) in self._index:
                return end
        return at

    def _beside(self, tokens: list[Token], *, at: int, end: int, free: int) -> tuple[Beside | None, int]:
        """What the name is by the word before it, else by the word after it; and where the next name may begin."""
        segment = tokens[at].segment
        before = at - 1
        while before >= free and tokens[before].word in self.words.filler:
            before -= 1
        if before >= free and tokens[before].segment == segment and tokens[before].word in self.words.before:
            return self.words.before[tokens[before].word], end
        after = end
        while after < len(tokens) and tokens[after].word in self.words.filler:
            after += 1
        if after < len(tokens) and tokens[after].segment == segment and tokens[after].word in self.words.after:
            return self.words.after[tokens[after].word], after + 1
        return None, end

    def _resolve(self, mentions: list[Mention]) -> int | None:
        """The deepest place on whose line every mention has one of its places."""
        if not mentions:
            return None
        named = frozenset().union(*(mention.places for mention in mentions))
        fitting = {id for id in named if all(mention.places & self.gazetteer.lineage(id) for mention in mentions)}
        if not fitting:
            return None
        deepest = max(
            mentions, key=lambda mention: max((self._depth(id) for id in mention.places & fitting), default=0)
        )
        return self._common(deepest.places & fitting)

    def _depth(self, id: int) -> int:
        return len(self.gazetteer.above(id))

    def _common(self, ids: frozenset[int]) -> int | None:
        """The nearest place that holds all of them, unless that is the whole country."""
        lines = [[place.id for place in self.gazetteer.above(id)] for id in ids]
        shared = set(lines[0]).intersection(*lines[1:])
        nearest = next((id for id in lines[0] if id in shared), None)
        return None if nearest is None or self.gazetteer.places[nearest].kind is Kind.COUNTRY else nearest


_FORMS: dict[Form, tuple[str, ...]] = {
    Form.ABBREVIATION: ("abbreviation",),
    Form.SEAT: (Beside.SETTLEMENT,),
}


def _besides(kind: Kind) -> tuple[str, ...]:
    found: list[str] = []
    if kind in REGIONS - CITIES:
        found.append(Beside.REGION)
    if kind in CITIES:
        found.append(Beside.CITY)
    if kind in DISTRICTS:
        found.append(Beside.DISTRICT)
    if kind is Kind.SETTLEMENT:
        found.append(Beside.SETTLEMENT)
    return tuple(found)


def _fills_its_part(tokens: list[Token], at: int, end: int) -> bool:
    segment = tokens[at].segment
    first = at == 0 or tokens[at - 1].segment != segment
    return first and (end == len(tokens) or tokens[end].segment != segment)
