"""Numbers as desks and spreadsheets write them: of the register, of a telephone, of an identity."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from qorgan.reports.engine.desk_words import DeskWords, PhoneForm

_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eEеЕ][+-]?\d+")
_WHOLE_FLOAT = re.compile(r"(\d+)[.,]0*")
_AS_TEXT = re.compile(r"=\s*\"([^\"]*)\"")
_PREFIX = re.compile(r"^(?:№|N[oоº°r]?\b\.?|#|КУИ|KUI|АЕАК|АЕК|\s|:|-|')+", re.IGNORECASE)
_BREAKS = re.compile(r"[\s'’`\-–—_./\\]+")
_NOT_DIGITS = re.compile(r"[^0-9]+")
_LETTER = re.compile(r"[^\W\d_]")
_ROUNDED_ZEROS = 8  # a spreadsheet that shortened 15 digits to 2.4751E+14 leaves at least this many zeros
_EXACT = 2**53  # the last whole number that a spreadsheet cell holds exactly
_LONGEST = 40  # digits, where the country names no length
_IIN_DIGITS = 12
_IIN_SHORTEST = 8  # born in 2000, months and days still there: two zeros lost is common, five are not a zero


class NotANumber(Exception):
    """The cell holds no number of the register. `code` is the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class IinCell:
    """An identity number out of a cell. `restored`: the spreadsheet had lost leading zeros, the check digit holds."""

    text: str
    restored: bool = False
    damaged: bool = False


def kui(value: object, *, words: DeskWords) -> str:
    """The digits of the number in the register. Raises NotANumber: missing, a formula, damaged, or not of this form."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not 0 <= value < _EXACT or value != int(value):
            raise NotANumber("number_damaged")
        text = str(int(value))
    else:
        text = _as_text(str(value).strip())
    if words.says_nothing(text):
        raise NotANumber("number_missing")
    if text.startswith(("=", "+", "@")):
        raise NotANumber("number_is_formula")
    if _SCIENTIFIC.fullmatch(text):
        raise NotANumber("number_damaged")
    digits = _BREAKS.sub("", _PREFIX.sub("", _without_fraction(text)))
    right_length = len(digits) == words.kui_digits if words.kui_digits else len(digits) <= _LONGEST
    if not (right_length and digits.isascii() and digits.isdigit()):
        raise NotANumber("number_malformed")
    if digits.endswith("0" * _ROUNDED_ZEROS):
        raise NotANumber("number_damaged")
    return digits


def iin(value: object, *, valid: Callable[[str], bool]) -> IinCell:
    """An identity number out of a cell, zeros restored only where `valid` (the check digit) agrees.

    What is no number at all is handed back as it was: a bad number is a warning, never a lost report.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = str(int(value)) if 0 <= value < _EXACT and value == int(value) else str(value)
    else:
        text = _as_text(str(value).strip())
    if _SCIENTIFIC.fullmatch(text):
        return IinCell(text, damaged=True)
    digits = _BREAKS.sub("", _without_fraction(text))
    if not (digits.isascii() and digits.isdigit()):
        return IinCell(text)
    padded = digits.zfill(_IIN_DIGITS)
    if _IIN_SHORTEST <= len(digits) < _IIN_DIGITS and valid(padded):
        return IinCell(padded, restored=True)
    return IinCell(digits)


def phone(text: str, *, form: PhoneForm | None) -> str:
    """E.164 where the number is certain, else empty."""
    if form is None or _LETTER.search(text):
        return ""
    digits = _NOT_DIGITS.sub("", text)
    if text.strip().startswith("+"):
        national = digits.removeprefix(form.country) if digits.startswith(form.country) else ""
    elif len(digits) > 1 and form.national.fullmatch(digits):
        national = digits
    else:
        starts = [start for start in (form.trunk, form.country) if start and digits.startswith(start)]
        national = digits[len(starts[0]) :] if starts else ""
    return f"+{form.country}{national}" if form.national.fullmatch(national) else ""


def _as_text(text: str) -> str:
    """`="2475"` and `'2475`: ways to keep a spreadsheet from touching digits."""
    found = _AS_TEXT.fullmatch(text)
    return (found[1] if found else text).strip().lstrip("'").strip()


def _without_fraction(text: str) -> str:
    found = _WHOLE_FLOAT.fullmatch(text)
    return found[1] if found else text
