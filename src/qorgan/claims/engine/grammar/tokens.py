"""Text into words, numbers and signs with their exact places, and words into sentences.

A place is counted in code points of the whole text. Nothing is normalised: a token is what stands there, `low` is what
rules look at (lower case, ё as е).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_GAP = "[ \u00a0\u202f\u2009]"  # the spaces that people put between groups of three digits
_PART = "[-\u2010-\u2015 \u00a0]"  # between the groups of a telephone number
_LETTER = r"[^\W\d_]"
# What is written in figures and is no figure: telephone numbers, dates, times, documents, addresses of the web, `А-5`.
_CODE = rf"""
    (?<!\d)(?:\+?7|8){_PART}?\(?7?\d{{2,4}}\)?{_PART}{{1,2}}\d{{2,3}}{_PART}\d{{2}}{_PART}\d{{2,3}}(?!\d)
    | \+\d{{9,14}}(?!\d) | (?<!\d)[78]7\d{{9}}(?!\d)
    | \+?\d[\d]*{_GAP}?\(\d+\){_GAP}?[\d\-–]+ | \d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}(?!\d)
    | \d{{1,3}}:\d{{1,2}}(?::\d{{2}})? | \d+(?:-\d+)+/\d+ | \d+/\d+ | \d+(?:[-–]\d+){{2,}}
    | https?://\S+ | [\w.+-]+@[\w.-]+\.\w+ | {_LETTER}+-?\d[\w-]*
"""
_NUMBER = rf"""
    \d{{1,3}}(?:{_GAP}\d{{3}})+(?!\d)(?:,\d+)? | \d{{1,3}}(?:\.\d{{3}})+(?![\d.]) | \d+(?:[.,]\d+)?(?![.,]?\d) | \d+
"""
_TOKEN = re.compile(
    rf"""
    (?P<code>{_CODE})(?P<codeends>-{_LETTER}+)?
    | (?P<number>{_NUMBER})(?P<ending>[-‑]?{_LETTER}+(?:[-‑]{_LETTER}+)*)?
    | (?P<percent>[%‰](?:[-‑]{_LETTER}+)?)
    | (?P<word>{_LETTER}+(?:['’ʼ\-‑]{_LETTER}+)*)
    | (?P<line>\n)
    | (?P<sign>[^\s])
    """,
    re.VERBOSE,
)
LONGEST_NUMBER = 24  # digits; a longer one is no figure that anyone says
LONGEST_SENTENCE = 2000  # characters; what runs on longer is cut at a space


class Kind(StrEnum):
    """What a token is."""

    NUMBER = "number"
    WORD = "word"
    SIGN = "sign"
    PERCENT = "percent"
    CODE = "code"  # a date in figures, a time, a telephone number, an address: never a figure
    LINE = "line"


@dataclass(slots=True)
class Token:
    """One word, number or sign. `ending` is what is joined to a number: `-ге`, `-сынып`; `language` is set later."""

    kind: Kind
    text: str
    low: str
    start: int
    end: int
    value: Decimal | None = None
    ending: str = ""
    language: str = ""
    quoted: int = 0  # how many quotation marks are open here
    clause: int = 0

    @property
    def is_plain_year(self) -> bool:
        """Four digits without spaces, as years are written."""
        digits = self.text[:4]
        rest = self.text[4:5]
        return self.kind is Kind.NUMBER and digits.isdigit() and len(digits) == 4 and not rest[:1].isdigit()


def folded(text: str) -> str:
    """As rules see it: lower case, ё as е, one kind of hyphen."""
    return text.lower().replace("ё", "е").replace("\u2011", "-")


def tokens(text: str, *, at: int = 0) -> list[Token]:
    """All tokens of a stretch of text that begins at code point `at` of the whole."""
    return [_token(found, at) for found in _TOKEN.finditer(text)]


def _token(found: re.Match[str], at: int) -> Token:
    start, end, text = at + found.start(), at + found.end(), found.group()
    if found["number"] is not None:
        value = _value(found["number"])
        if value is None:
            return Token(Kind.CODE, text, folded(text), start, end)
        ending = folded(found["ending"] or "").lstrip("-")
        return Token(Kind.NUMBER, text, folded(text), start, end, value=value, ending=ending)
    if found["code"] is not None:
        return Token(Kind.CODE, text, folded(text), start, end)
    if found["percent"] is not None:
        return Token(Kind.PERCENT, text, folded(text), start, end, ending=folded(text[1:]).lstrip("-"))
    kinds = {"word": Kind.WORD, "line": Kind.LINE}
    kind = next((kind for name, kind in kinds.items() if found[name] is not None), Kind.SIGN)
    return Token(kind, text, folded(text), start, end)


def _value(written: str) -> Decimal | None:
    """The number; None where it has more digits than anybody says."""
    if len(written) > 2 * LONGEST_NUMBER:
        return None
    digits = re.sub(_GAP, "", written)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", digits):
        digits = digits.replace(".", "")
    digits = digits.replace(",", ".")
    return Decimal(digits) if len(digits) <= LONGEST_NUMBER else None


_END = re.compile(r"[.!?…]+[\"»”)]*(?=\s)|\n")
_ABBREVIATIONS = re.compile(
    r"(?:^|[\s(«])(?:[А-ЯӘҒҚҢӨҰҮҺІA-Z]|ул|им|ст|стр|пр|п|ч|г|гг|обл|т|с|см|кв|д|табл|рис|акад|проф|ж|қ|т\.б|ст\.\s?ст|о\.\s?і|т\.\s?ч|млн|млрд|тыс|руб|тг|чел)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence as it stands: its text and where it begins in the whole. `goes_on`: it begins inside a word."""

    text: str
    start: int
    goes_on: bool = False


def stretches(blocks: Iterable[str]) -> Iterator[Stretch]:
    """The sentences of a text that comes in blocks. No more than a block and a sentence are held at a time.

    A sentence ends with its full stop before a capital, a sign or a figure, and with its line: a line goes on only
    where the next one begins with a small letter.
    """
    before = ""
    for text, start in _pieces(blocks):
        if text.strip():
            yield Stretch(text, start, goes_on=before.isalnum() and text[0].isalnum())
        before = text[-1:]


def _pieces(blocks: Iterable[str]) -> Iterator[tuple[str, int]]:
    held, at = "", 0
    for block in blocks:
        held += block
        last = 0
        for cut in _cuts(held, max(len(held) - LONGEST_SENTENCE, 0)):
            yield held[last:cut], at + last
            last = cut
        held, at = held[last:], at + last
    last = 0
    for cut in [*_cuts(held, len(held)), len(held)]:
        yield held[last:cut], at + last
        last = cut


def _cuts(text: str, until: int) -> Iterator[int]:
    """Where sentences end, up to a place behind which the text is not yet known."""
    last = 0
    for found in _END.finditer(text):
        if found.end() > until:
            break
        while found.end() - last > LONGEST_SENTENCE:
            last = _space(text, last + LONGEST_SENTENCE)
            yield last
        if _ends_here(text, found):
            last = found.end()
            yield last
    while until - last > LONGEST_SENTENCE:
        last = _space(text, last + LONGEST_SENTENCE)
        yield last


def _space(text: str, at: int) -> int:
    """The last space before a place, or the place itself."""
    found = text.rfind(" ", at - LONGEST_SENTENCE // 2, at)
    return found + 1 if found >= 0 else at


def _ends_here(text: str, found: re.Match[str]) -> bool:
    after = text[found.end() : found.end() + 80].lstrip(" \t\u00a0")
    if found.group() == "\n":
        return not after[:1].islower()
    after = after.lstrip("\n").lstrip('—–- «"“')
    if not after or after[0].islower():
        return False
    if found.group() != ".":
        return True
    before = text[max(found.start() - 12, 0) : found.start()]
    short = _ABBREVIATIONS.search(before)
    if not short:
        return not re.search(r"(?:^|\n)\s*\d{1,2}$", before)  # "1. The first of a list"
    numbered = re.search(r"\d\s*\w{1,4}$", before)
    return bool(numbered) and after[0].isupper()
