"""Money of the law: amounts in monthly calculation indexes, turned into tenge of a day."""

from datetime import date

from qorgan.law.engine.book import LawBook


def in_tenge(book: LawBook, mci: int, *, on: date) -> int:
    """So many indexes in whole tenge. Raises Undecided where the index of that year is not on record."""
    return mci * book.value("money.mci", on).number()
