"""For when a text says something: whole months, years, days. What it leaves out stays out."""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qorgan.claims.engine.grammar.lexicon import Lexicon, Phrases
from qorgan.claims.engine.grammar.tokens import Kind, Token
from qorgan.claims.engine.known.series import Span

_YEARS = range(1990, 2100)
_BEFORE, _AFTER = 5, 6  # words around a year among which its months are looked for
_MONTHS = 12


@dataclass(frozen=True)
class Words:
    """The words of a country for months and years; each list holds both languages."""

    months: tuple[Phrases, ...]
    year: Phrases
    of_months: Phrases  # behind a number: so many months from the first of January
    quarter: Phrases
    half: Phrases
    joins: Phrases


@dataclass(frozen=True)
class When:
    """A period with the place of its year among the tokens."""

    span: Span
    at: int


def periods(tokens: Sequence[Token], words: Words, lexicon: Lexicon) -> tuple[When, ...]:
    """The periods that a sentence names, in its order."""
    tokens = [part for token in tokens for part in _parted(token, words)]
    years = list(_years(tokens, words))
    found = []
    for number, (place, last, first_year, last_year) in enumerate(years):
        begin = max(place - _BEFORE, years[number - 1][1] + 1 if number else 0)
        end = min(last + _AFTER, years[number + 1][0] if number + 1 < len(years) else len(tokens))
        months = _months(tokens[begin:end], words, lexicon) if first_year == last_year else None
        low, high, day = months or (1, _MONTHS, 0)
        first = date(first_year, low, day or 1)
        latest = day or calendar.monthrange(last_year, high)[1]
        found.append(When(Span(first, date(last_year, high, min(latest, 31))), place))
    return tuple(found)


def _parted(token: Token, words: Words) -> tuple[Token, ...]:
    """Two months in one word, `қаңтар-қазан`, as three tokens."""
    parts = token.low.split("-")
    if token.kind is not Kind.WORD or len(parts) != 2:
        return (token,)
    made = [replace(token, low=low, text=low) for low in (parts[0], "-", parts[1])]
    is_both = all(any(month.at([each], 0) for month in words.months) for each in (made[0], made[2]))
    return tuple(made) if is_both else (token,)


def _years(tokens: Sequence[Token], words: Words) -> Iterator[tuple[int, int, int, int]]:
    """First and last token, first and last year."""
    place = 0
    while place < len(tokens):
        year = _year(tokens, place)
        if year is None:
            place += 1
            continue
        second = _year(tokens, place + 2) if words.joins.at(tokens, place + 1) else None
        last = place + 2 if second is not None and second > year else place
        if _is_said_as_year(tokens, place, last, words):
            yield place, last, year, second if second is not None and last > place else year
        place = last + 1


def _year(tokens: Sequence[Token], place: int) -> int | None:
    if not 0 <= place < len(tokens) or not tokens[place].is_plain_year or tokens[place].value is None:
        return None
    value = int(tokens[place].text[:4])
    return value if value in _YEARS else None


def _is_said_as_year(tokens: Sequence[Token], place: int, last: int, words: Words) -> bool:
    """A number is a year beside the word of a year, or behind a month; alone it may be a count."""
    behind = tokens[last + 1] if last + 1 < len(tokens) else None
    beside = words.year.at(tokens, last + 1) or tokens[last].ending
    bare = len(tokens) == last + 1 - place or (behind is not None and behind.text == "." and place == 0)
    month = place > 0 and any(month.at(tokens, place - 1) for month in words.months)
    return bool(beside or month or bare)


def _months(tokens: Sequence[Token], words: Words, lexicon: Lexicon) -> tuple[int, int, int] | None:
    """First month, last month, and the day, 0 for whole months; None where only a year is said."""
    named = [
        (place, number)
        for place in range(len(tokens))
        for number, month in enumerate(words.months, start=1)
        if month.at(tokens, place)
    ]
    if len(named) > 1:
        (place, first), (other, last) = named[0], named[-1]
        if first <= last and other - place <= 3:
            return first, last, 0
        return None
    if named:
        place, month = named[0]
        day = _day(tokens, place)
        return month, month, day if 0 < day <= calendar.monthrange(2001, month)[1] else 0
    return _counted(tokens, words, lexicon)


def _day(tokens: Sequence[Token], month: int) -> int:
    """The day before a Russian month or behind a Kazakh one; 0 where none is said."""
    before = tokens[month - 1] if month else None
    after = tokens[month + 1] if month + 1 < len(tokens) else None
    for token in (before, after):
        if token is not None and token.kind is Kind.NUMBER and token.value is not None and len(token.text) <= 2 + 4:
            plain = token.text.split("-")[0]
            if plain.isdigit() and len(plain) <= 2:
                return int(plain)
    return 0


def _counted(tokens: Sequence[Token], words: Words, lexicon: Lexicon) -> tuple[int, int, int] | None:
    """`8 месяцев`, `бірінші тоқсан`, `второе полугодие`."""
    for place in range(1, len(tokens)):
        before = tokens[place - 1]
        word = lexicon.number(before)
        value = before.value if before.kind is Kind.NUMBER else word.value if word else None
        if value is None or value != int(value) or not 1 <= value <= _MONTHS:
            continue
        number = int(value)
        if words.of_months.at(tokens, place):
            return 1, number, 0
        if words.quarter.at(tokens, place) and number <= 4:
            return number * 3 - 2, number * 3, 0
        if words.half.at(tokens, place) and number <= 2:
            return number * 6 - 5, number * 6, 0
    return None
