"""The individual identification number (ЖСН, ИИН): what twelve digits say, and where they cannot be right.

Six digits of birth date (YYMMDD), one of century and sex (1, 2: 1800s; 3, 4: 1900s; 5, 6: 2000s; odd is male; 0: a
foreigner, neither said), four of serial, one check digit. A number with faults is a warning: old numbers in
circulation are broken, and nobody's report of violence fails on twelve digits.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LENGTH = 12
_FIRST = tuple(range(1, 12))
_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_CENTURIES = {1: 1800, 2: 1800, 3: 1900, 4: 1900, 5: 2000, 6: 2000}
_FOREIGNER = 0
_TEN = 10  # no single digit: the next weights are tried
_ASCII = frozenset("0123456789")
_SPACES = " \t\n\r\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"


class Sex(StrEnum):
    """The sex that the number says."""

    MALE = "male"
    FEMALE = "female"


class Fault(StrEnum):
    """What is wrong with a number."""

    LENGTH = "length"  # not twelve characters
    NON_DIGIT = "non_digit"  # something that is not 0-9; a full-width or Arabic digit is not one either
    CENTURY_DIGIT = "century_digit"  # the seventh is 7, 8 or 9
    BIRTH_DATE = "birth_date"  # there is no such date, or it lies in the future
    CHECK_DIGIT = "check_digit"  # the twelfth does not fit the eleven before it
    NEVER_ISSUED = "never_issued"  # no twelfth digit fits those eleven


@dataclass(frozen=True)
class IinReading:
    """What a number says. What it cannot say is None; `faults` are in the order of the digits."""

    text: str
    digits: str  # the twelve digits; empty where there are not twelve
    birth_date: date | None = None
    sex: Sex | None = None
    century: int | None = None  # 1800, 1900, 2000
    faults: tuple[Fault, ...] = ()

    @property
    def valid(self) -> bool:
        """True where no fault was found. It says nothing of whether the number was issued, and to whom."""
        return not self.faults

    @property
    def check_digit_ok(self) -> bool:
        """Whether the twelfth digit fits, whatever else is wrong."""
        return bool(self.digits) and not {Fault.CHECK_DIGIT, Fault.NEVER_ISSUED} & set(self.faults)


def check_digits(first11: str) -> list[int]:
    """The check digits that make eleven digits a number: one, or none where both passes give ten.

    Raises ValueError for anything but eleven digits 0-9.
    """
    if len(first11) != LENGTH - 1 or not _ASCII.issuperset(first11):
        raise ValueError("eleven digits 0-9 are needed")
    for weights in (_FIRST, _SECOND):
        rest = sum(int(digit) * weight for digit, weight in zip(first11, weights, strict=True)) % 11
        if rest != _TEN:
            return [rest]
    return []


def read(text: str, *, on: date | None = None) -> IinReading:
    """Read a number as it was written; spaces around and inside do not matter. Never raises.

    `on`: the day of reading; a birth date after it is a fault.
    """
    packed = "".join(character for character in text if character not in _SPACES)
    faults = [Fault.LENGTH] if len(packed) != LENGTH else []
    if not _ASCII.issuperset(packed):
        faults.append(Fault.NON_DIGIT)
    if faults:
        return IinReading(text, "", faults=tuple(faults))
    return _read_digits(text, packed, on)


def _read_digits(text: str, digits: str, on: date | None) -> IinReading:
    mark = int(digits[6])
    century = _CENTURIES.get(mark)
    birth_date = _date(century, digits) if century is not None else None
    faults = []
    if birth_date is not None and on is not None and birth_date > on:
        birth_date = None
        faults.append(Fault.BIRTH_DATE)
    elif birth_date is None and (century is not None or not _possible(digits)):
        faults.append(Fault.BIRTH_DATE)
    if century is None and mark != _FOREIGNER:
        faults.append(Fault.CENTURY_DIGIT)
    fitting = check_digits(digits[:11])
    if int(digits[11]) not in fitting:
        faults.append(Fault.CHECK_DIGIT if fitting else Fault.NEVER_ISSUED)
    sex = None if century is None else (Sex.MALE if mark % 2 else Sex.FEMALE)
    return IinReading(text, digits, birth_date, sex, century, tuple(faults))


def _date(century: int, digits: str) -> date | None:
    try:
        return date(century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return None


def _possible(digits: str) -> bool:
    """Whether the six digits are a date in any century: all that can be asked where none is said."""
    return any(_date(century, digits) for century in (1800, 1900, 2000))
