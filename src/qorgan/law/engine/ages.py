"""Ages that the law tells apart. A birthday on 29 February falls on 1 March in other years."""

from datetime import date
from enum import StrEnum

from qorgan.law.engine.book import LawBook


class AgeClass(StrEnum):
    """The classes between the thresholds; a sanction is never read from the wording of news."""

    SMALL_CHILD = "small_child"  # under 14
    FOURTEEN_FIFTEEN = "14_15"
    SIXTEEN_SEVENTEEN = "16_17"
    ADULT = "adult"


def age_on(birth_date: date, on: date) -> int:
    """Whole years lived on `on`. Raises ValueError before birth."""
    if on < birth_date:
        raise ValueError("this day lies before the birth")
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def age_class(book: LawBook, *, birth_date: date, on: date) -> AgeClass:
    """The class of a person on a day, by the thresholds of the country. Raises Undecided where it has none."""
    years = age_on(birth_date, on)
    if years < book.value("ages.small_child_until", on).number():
        return AgeClass.SMALL_CHILD
    if years < book.value("ages.sixteen", on).number():
        return AgeClass.FOURTEEN_FIFTEEN
    if years < book.value("ages.adult", on).number():
        return AgeClass.SIXTEEN_SEVENTEEN
    return AgeClass.ADULT
