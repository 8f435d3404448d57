"""One sentence while it is read: its tokens, what was found in it, and how its words are looked at."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from qorgan.claims.engine.grammar.figure import Cue, Found, Remark
from qorgan.claims.engine.grammar.lexicon import Language, Lexicon, Phrase, Phrases
from qorgan.claims.engine.grammar.tokens import Kind, Token

_CLAUSE_ENDS = frozenset(",;:()|\t")


@dataclass
class Scene:
    """A sentence under the rules. Rules change `found` and nothing else."""

    tokens: list[Token]
    lexicon: Lexicon
    language: str
    found: list[Found] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    hits: dict[tuple[str, str], list[tuple[int, Phrase]]] = field(default_factory=dict)

    def words_of(self, found: Found) -> Language:
        """The language that a number is said in."""
        return self.lexicon.languages.get(found.language) or self.lexicon.languages[self.language]

    def at(self, place: int) -> Token | None:
        """The token at a place; None beyond the sentence."""
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def low(self, place: int) -> str:
        """The word at a place as rules see it; empty beyond the sentence."""
        token = self.at(place)
        return token.low if token else ""

    def listed(self, section: str, key: str) -> Iterator[Phrases]:
        """A list of every language, for words that may stand in either."""
        for language in self.lexicon.order(self.language):
            yield language.list(section, key)

    def any_at(self, section: str, key: str, place: int) -> Phrase | None:
        """The phrase of a list that begins at a place, in any language."""
        return next((found for spot, found in self._hits(section, key) if spot == place), None)

    def any_before(self, section: str, key: str, place: int) -> Phrase | None:
        """The phrase of a list that ends right before a place, in any language."""
        return next((found for one in self.listed(section, key) if (found := one.before(self.tokens, place))), None)

    def any_within(self, section: str, key: str, first: int, last: int) -> list[tuple[int, Phrase]]:
        """All phrases of a list between two places."""
        return [pair for pair in self._hits(section, key) if first <= pair[0] < last]

    def _hits(self, section: str, key: str) -> list[tuple[int, Phrase]]:
        """All phrases of a list in the sentence, in order: looked for once, asked for by every number."""
        name = (section, key)
        if name not in self.hits:
            found = (pair for one in self.listed(section, key) for pair in one.within(self.tokens, 0, len(self.tokens)))
            self.hits[name] = sorted(found, key=lambda pair: pair[0])
        return self.hits[name]

    def cue(self, says: str, code: str, first: int | None = None, length: int = 1) -> Cue:
        """What a rule said, with the words that it saw."""
        if first is None or not 0 <= first < len(self.tokens):
            return Cue(says, code)
        last = min(first + length, len(self.tokens)) - 1
        return Cue(says, code, self.tokens[first].start, self.tokens[last].end)

    def live(self) -> list[Found]:
        """What is still taken for a figure, in order."""
        return [one for one in self.found if not one.reason]

    def following(self, found: Found) -> Found | None:
        """The next number of the sentence."""
        later = [one for one in self.found if one.first >= found.last]
        return min(later, key=lambda one: one.first, default=None)

    def between(self, first: int, last: int) -> list[str]:
        """The words between two places."""
        return [token.low for token in self.tokens[first:last]]


def mark_clauses(tokens: list[Token]) -> None:
    """Number the clauses of a sentence, and say of each token how many quotation marks are open."""
    clause = quoted = 0
    for place, token in enumerate(tokens):
        if token.kind is Kind.LINE or token.text in _CLAUSE_ENDS or _is_break(tokens, place):
            clause += 1
        if token.text in "«“":
            quoted += 1
        token.clause, token.quoted = clause, quoted
        if token.text in "»”":
            quoted = max(quoted - 1, 0)


def _is_break(tokens: list[Token], place: int) -> bool:
    """A word that begins another thought, or a dash between words."""
    return tokens[place].low in ("ал", "бірақ", "но", "а", "алайда", "однако")
