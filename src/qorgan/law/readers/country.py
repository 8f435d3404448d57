"""Reads `country/<cc>/law`: the book and the working days. No database, no Django."""

from qorgan.base import country
from qorgan.law.engine import life_shelf, shelf
from qorgan.law.engine.book import LawBook
from qorgan.law.engine.comparison import Comparison
from qorgan.law.engine.life import LawInLife
from qorgan.law.engine.workdays import WorkCalendar


def read_book() -> LawBook:
    """The book of the deployment's country, without what the deployment entered. Raises book.Faulty."""
    names = sorted(path.name for path in (country.folder() / "law" / "provisions").glob("*.toml"))
    return shelf.bind(
        acts=country.toml("law/acts.toml"),
        regimes=country.toml("law/regimes.toml"),
        provisions=[country.toml(f"law/provisions/{name}") for name in names],
        obligations=country.toml("law/obligations.toml"),
    )


def read_comparison(book: LawBook) -> Comparison:
    """The days and questions that stand beside one another; none where the country names none. Raises book.Faulty."""
    named = (country.folder() / "law" / "comparison.toml").is_file()
    return shelf.comparison(country.toml("law/comparison.toml") if named else {}, book)


def read_law_in_life(book: LawBook) -> LawInLife:
    """What acts oblige someone to do, and what was reported; nothing where the country follows none. Raises Faulty."""
    named = (country.folder() / "law" / "life.toml").is_file()
    return life_shelf.law_in_life(country.toml("law/life.toml") if named else {}, book)


def read_calendar() -> WorkCalendar:
    """The working days of the deployment's country."""
    return shelf.work_calendar(country.toml("law/workdays.toml"))
