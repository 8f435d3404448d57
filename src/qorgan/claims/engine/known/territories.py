"""Where a text says something: the regions it names, and when their borders were drawn anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from qorgan.claims.engine.grammar.lexicon import Phrases
from qorgan.claims.engine.grammar.tokens import Token
from qorgan.claims.engine.known.series import Span

COUNTRY = 1  # the id of the country itself among its places


@dataclass(frozen=True)
class Places:
    """The words for regions and the country; `borders`: the days on which a region gained or lost ground."""

    words: Phrases
    names: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    borders: Mapping[int, tuple[date, ...]] = field(default_factory=dict)

    def named(self, tokens: Sequence[Token]) -> tuple[int, ...]:
        """The territories that a sentence names, each once, in its order; the longest name wins."""
        found: dict[int, None] = {}
        place = 0
        while place < len(tokens):
            phrase = self.words.at(tokens, place)
            if phrase is None:
                place += 1
                continue
            found[int(phrase.code)] = None
            place += len(phrase.words)
        return tuple(found)

    def redrawn(self, territory: int, before: Span, after: Span) -> date | None:
        """The last day between two spans on which its borders changed."""
        days = [day for day in self.borders.get(territory, ()) if before.first < day <= after.last]
        return max(days, default=None)
