"""Periods as people write them: `2026`, `2026-10`, `2026-Q3`, `2026-01..2026-10`."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Shape(StrEnum):
    """What kind of period it is; decides how it is named in a sentence."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    MONTHS = "months"  # from a month to a later one of the same year
    SPAN = "span"  # from a month of one year to a month of another


class NotAPeriod(ValueError):
    """The words name no period."""


@dataclass(frozen=True, order=True)
class Period:
    """Whole months from the first day to the last one, both inside. `word` is its one canonical spelling."""

    first: date
    last: date

    def __post_init__(self) -> None:
        whole = self.first.day == 1 and self.last.day == calendar.monthrange(self.last.year, self.last.month)[1]
        if not whole or self.last < self.first:
            raise NotAPeriod("A period is made of whole months and does not end before it begins.")

    @property
    def months(self) -> int:
        """How many months it holds."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def quarter(self) -> int:
        """The quarter its first day lies in, 1 to 4."""
        return (self.first.month + 2) // 3

    @property
    def shape(self) -> Shape:
        """What kind of period it is."""
        if self.months == 1:
            return Shape.MONTH
        if self.first.year != self.last.year:
            return Shape.SPAN
        if self.months == 12:
            return Shape.YEAR
        if self.months == 3 and self.first.month % 3 == 1:
            return Shape.QUARTER
        return Shape.MONTHS

    @property
    def word(self) -> str:
        """Its canonical spelling; two equal periods have the same one."""
        if self.shape is Shape.YEAR:
            return f"{self.first.year:04}"
        if self.shape is Shape.QUARTER:
            return f"{self.first.year:04}-Q{self.quarter}"
        if self.shape is Shape.MONTH:
            return f"{self.first:%Y-%m}"
        return f"{self.first:%Y-%m}..{self.last:%Y-%m}"

    @property
    def slug(self) -> str:
        """The same for addresses and file names: letters, digits and hyphens."""
        return self.word.replace("..", "-to-")

    @property
    def parts(self) -> tuple["Period", ...]:
        """Its months, in order."""
        months = []
        for index in range(self.months):
            year, month = divmod(self.first.month - 1 + index, 12)
            months.append(_month(self.first.year + year, month + 1))
        return tuple(months)

    def __str__(self) -> str:
        return self.word


_ONE = re.compile(r"(?P<year>[0-9]{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?", re.IGNORECASE)
_YEARS = range(1990, 2200)


def _month(year: int, month: int) -> Period:
    return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _one(word: str) -> Period:
    match = _ONE.fullmatch(word.strip())
    if not match or int(match["year"]) not in _YEARS:
        raise NotAPeriod("Write a period as 2026, 2026-10, 2026-Q3 or 2026-01..2026-10.")
    year = int(match["year"])
    if match["month"]:
        return _month(year, int(match["month"]))
    if match["quarter"]:
        last = int(match["quarter"]) * 3
        return Period(date(year, last - 2, 1), _month(year, last).last)
    return Period(date(year, 1, 1), date(year, 12, 31))


def parse(word: str) -> Period:
    """The period a person means. Raises NotAPeriod with one clear sentence."""
    first, dots, last = word.partition("..")
    if not dots:
        return _one(word)
    return Period(_one(first).first, _one(last).last)
