"""Which language and which letters: of a sentence, and of each word in it."""

import re
from collections.abc import Sequence

from qorgan.claims.engine.grammar.lexicon import Language, Lexicon
from qorgan.claims.engine.grammar.tokens import Kind, Token

_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_REACH = 3


def is_latin(tokens: Sequence[Token]) -> bool:
    """Whether the words of a sentence are in Latin letters: most of them, and more than a name or two."""
    words = [token for token in tokens if token.kind is Kind.WORD]
    latin = sum(bool(_LATIN.match(word.text)) for word in words)
    cyrillic = sum(bool(_CYRILLIC.match(word.text)) for word in words)
    return latin >= 3 and latin > 2 * cyrillic


def mark_languages(tokens: Sequence[Token], lexicon: Lexicon, *, given: str) -> str:
    """Say of each word which language it stands in; returns that of the sentence, `given` where it does not show."""
    votes = [_vote(token, lexicon) for token in tokens]
    whole = _most(votes, given)
    quoted = [token.quoted for token in tokens]
    for place, token in enumerate(tokens):
        near = [
            vote
            for other, vote in enumerate(votes[max(place - _REACH, 0) : place + _REACH + 1], max(place - _REACH, 0))
            if quoted[other] == quoted[place]
        ]
        token.language = _most(near, whole, by=2)
    return whole


def _most(votes: Sequence[str], otherwise: str, *, by: int = 1) -> str:
    counts = {language: votes.count(language) for language in set(votes) if language}
    ranked = sorted(counts, key=lambda language: -counts[language])
    if not ranked:
        return otherwise
    first, second = counts[ranked[0]], counts[ranked[1]] if len(ranked) > 1 else 0
    return ranked[0] if first - second >= by or ranked[0] == otherwise else otherwise


def _vote(token: Token, lexicon: Lexicon) -> str:
    if token.kind is not Kind.WORD:
        return ""
    fitting = [code for code, language in lexicon.languages.items() if _sounds(token.low, language)]
    kazakh = any(letter in lexicon.languages["kk"].data["letters"] for letter in token.low)
    if kazakh:
        return "kk"
    return fitting[0] if len(fitting) == 1 else ""


def _sounds(low: str, language: Language) -> bool:
    data = language.data
    if low in data["words"] or any(letter in data["letters"] for letter in low):
        return True
    return len(low) > 4 and low.endswith(tuple(data["endings"]))
