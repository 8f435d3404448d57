"""Numbers, in digits and in words: `3,7 мыңы`, `бір жарым мың`, `двадцать пять`, `1 млн 200 тыс.`.

A number is read from its first token to its last; how far it goes is told by the sizes of its words: each smaller than
the one before it, except that a multiplier takes what stands before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from qorgan.claims.engine.grammar.figure import Found
from qorgan.claims.engine.grammar.lexicon import Lexicon, NumberWord
from qorgan.claims.engine.grammar.tokens import Kind, Token, folded

_HALF = Decimal("0.5")
_HUNDRED = 100
_THOUSAND = 1000
_GROUP = 3  # digits behind a thousand: 4 тыс. 218
_SHORT = frozenset({"тыс", "млн", "млрд", "трлн"})


@dataclass
class _Sum:
    """A number as far as it is read: what is closed by a multiplier, and the group that still grows."""

    total: Decimal = Decimal(0)
    group: Decimal = Decimal(0)
    room: Decimal = Decimal(1000)  # what is added to the group must be smaller
    last_multiplier: Decimal | None = None
    words: int = 0
    digits: int = 0
    scale: Decimal = Decimal(1)
    last: NumberWord | None = None
    alone: bool = True
    ended: bool = False
    endings: list[str] = field(default_factory=list)

    @property
    def value(self) -> Decimal:
        return self.total + self.group

    @property
    def begun(self) -> bool:
        return bool(self.words or self.digits)


def split_pairs(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """`бес-алты` in three tokens: five, a hyphen, six."""
    whole: list[Token] = []
    for token in tokens:
        parts = token.low.split("-") if token.kind is Kind.WORD and "-" in token.low else []
        halves = {part for language in lexicon.languages.values() for part in language.data["numbers"]["and_half"]}
        numbers = [part in halves or lexicon.number(replace(token, low=part)) for part in parts]
        if len(parts) == 2 and all(numbers) and parts[1] not in halves:  # бес-алты, бір жарым-екі
            if lexicon.number(token):
                whole.append(token)
                continue
            whole += _three(token)
        else:
            whole.append(token)
    return whole


def _three(token: Token) -> list[Token]:
    cut = folded(token.text).index("-")
    spans = ((0, cut, Kind.WORD), (cut, cut + 1, Kind.SIGN), (cut + 1, len(token.text), Kind.WORD))
    return [
        replace(
            token,
            kind=kind,
            text=token.text[first:last],
            low=token.low[first:last],
            start=token.start + first,
            end=token.start + last,
        )
        for first, last, kind in spans
    ]


def numerals(tokens: Sequence[Token], lexicon: Lexicon) -> list[Found]:
    """All numbers of a sentence, in order."""
    found, place = [], 0
    while place < len(tokens):
        number = _read(tokens, place, lexicon)
        if number:
            found.append(number)
        place = number.last if number else place + 1
    return found


def _read(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> Found | None:
    so_far, place = _Sum(), first
    bare = _bare_hundred(tokens, first, lexicon)
    if bare:
        so_far.group, so_far.words = bare, 1
        return _as_found(tokens, first, first + 1, so_far, lexicon)
    half = _half_before(tokens, first, lexicon)
    if half:
        so_far.group, so_far.words, place = _HALF, 1, first + 1
    while place < len(tokens) and not so_far.ended:
        step = _step(tokens, place, so_far, lexicon)
        if not step:
            break
        place += step
    if not so_far.begun:
        return None
    return _as_found(tokens, first, place, so_far, lexicon)


def _bare_hundred(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> Decimal | None:
    """`около сотни`: one hundred behind a word of approximation; `сотни женщин` says no number."""
    for language in lexicon.languages.values():
        value = language.data["numbers"].get("near_only", {}).get(tokens[place].low)
        following = lexicon.number(tokens[place + 1]) if value and place + 1 < len(tokens) else None
        if value and not following and any(rule.before.before(tokens, place) for rule in language.nearness):
            return Decimal(value)
    return None


def _half_before(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> bool:
    """`жарты` before a multiplier."""
    if not any(tokens[place].low in one.data["numbers"]["half"] for one in lexicon.languages.values()):
        return False
    following = lexicon.number(tokens[place + 1]) if place + 1 < len(tokens) else None
    return bool(following and following.multiplier)


def _step(tokens: Sequence[Token], place: int, so_far: _Sum, lexicon: Lexicon) -> int:
    """How many tokens the number goes on; none where it ends."""
    token = tokens[place]
    if token.kind is Kind.NUMBER:
        return _digits(tokens, place, so_far, lexicon)
    if so_far.begun:
        length = _and_half(tokens, place, so_far, lexicon)
        if length:
            return length
    word = lexicon.number(token)
    if word is None or not _fits(word, so_far):
        return 0
    _add(word, so_far)
    if token.low in _SHORT and _dot_belongs(tokens, place):
        return 2
    return 1


def _dot_belongs(tokens: Sequence[Token], place: int) -> bool:
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is None or after.text != "." or after.start != tokens[place].end:
        return False
    return tokens[place].low == "тыс" or (place + 2 < len(tokens) and tokens[place + 2].kind is not Kind.LINE)


def _digits(tokens: Sequence[Token], place: int, so_far: _Sum, lexicon: Lexicon) -> int:
    token = tokens[place]
    value = token.value or Decimal(0)
    if so_far.begun:  # "1 млн 200 мың": smaller than the multiplier, and with a smaller one of its own
        following = lexicon.number(tokens[place + 1]) if place + 1 < len(tokens) else None
        small = so_far.last_multiplier is not None and not so_far.group and value < _THOUSAND
        scaled = following and following.multiplier and following.value < (so_far.last_multiplier or 0)
        rest = so_far.last_multiplier == _THOUSAND and len(token.text) == _GROUP and token.text.isdigit()
        if not small or not (scaled or rest):
            return 0
    so_far.group, so_far.room = value, Decimal(0)
    so_far.digits += 1
    glued = lexicon.number(replace(token, kind=Kind.WORD, low=token.ending)) if token.ending else None
    if glued and glued.multiplier:
        _add(glued, so_far)
        so_far.words -= 1
    elif token.ending:
        so_far.ended = True
    return 1


def _and_half(tokens: Sequence[Token], place: int, so_far: _Sum, lexicon: Lexicon) -> int:
    for language in lexicon.languages.values():
        phrase = language.list("numbers", "and_half").at(tokens, place)
        if phrase:
            if so_far.group:
                so_far.group += _HALF
            else:
                so_far.total += _HALF * (so_far.last_multiplier or 1)
            so_far.words += 1
            so_far.alone = True
            return len(phrase.words)
        for stem in language.data["numbers"]["and_half"]:
            if " " not in stem and tokens[place].low.startswith(stem):
                return 0
    return 0


def _fits(word: NumberWord, so_far: _Sum) -> bool:
    if word.whole:
        return not so_far.begun
    if word.multiplier:
        smaller = so_far.last_multiplier is None or word.value < so_far.last_multiplier
        return smaller and (bool(so_far.group) or not so_far.begun)
    if not so_far.begun:
        return True
    if so_far.last and (so_far.last.language != word.language or so_far.last.collective or so_far.last.ordinal):
        return False
    if so_far.digits and so_far.room == 0 and so_far.group:
        return False
    if word.value == _HUNDRED and word.language == "kk":
        return not so_far.group or 1 < so_far.group < 10
    return 0 < word.value < _lowest(so_far)


def _lowest(so_far: _Sum) -> Decimal:
    """What is still smaller than the smallest part of the group."""
    if not so_far.group:
        return so_far.last_multiplier or Decimal(_THOUSAND)
    return so_far.room


def _add(word: NumberWord, so_far: _Sum) -> None:
    if word.multiplier:
        so_far.total += (so_far.group or 1) * word.value
        so_far.group, so_far.room, so_far.last_multiplier = Decimal(0), word.value, word.value
        so_far.scale = word.value
    elif word.value == _HUNDRED and word.language == "kk" and so_far.group:
        so_far.group, so_far.room = so_far.group * _HUNDRED, Decimal(_HUNDRED)
    else:
        so_far.group += word.value
        so_far.room = _size(word.value)
    so_far.alone = word.alone if so_far.words + so_far.digits == 0 else True
    so_far.words += 1
    so_far.last = word
    so_far.ended = bool(word.case) or word.ordinal or word.collective or word.about


def _size(value: Decimal) -> Decimal:
    """The power of ten that a word fills: nothing below it is said yet."""
    for size in (100, 10):
        if value >= size and value % size == 0:
            return Decimal(size)
    return Decimal(0)


def _as_found(tokens: Sequence[Token], first: int, last: int, so_far: _Sum, lexicon: Lexicon) -> Found | None:
    word, token = so_far.last, tokens[last - 1]
    if word and word.multiplier and not word.alone and so_far.words == 1 and not so_far.digits:
        return None
    found = Found(first, last, so_far.value, so_far.value, language=token.language, scale=so_far.scale)
    found.in_words = so_far.digits == 0
    found.weak = not so_far.alone
    if word:
        found.case, found.ordinal, found.collective = word.case, word.ordinal, word.collective
        if word.about:
            found.case = "about"
    if token.kind is Kind.NUMBER and token.ending and not word:
        _ending(found, token, lexicon)
    return found


def _ending(found: Found, token: Token, lexicon: Lexicon) -> None:
    known = lexicon.ending(token.ending, token.language)
    if known is None:
        found.joined, found.ordinal = token.ending, True
        found.shown = token.start + len(token.text.rstrip()) - len(token.ending) - 1
        return
    kind, found.case = known
    found.ordinal = kind == "ordinal"
    found.collective = kind == "collective"
    if kind == "about":
        found.case = "about"
    if kind in ("adjective", "indefinite"):
        found.joined = token.ending
