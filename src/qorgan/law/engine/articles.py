"""Under which article an act falls. The day of the act decides, never the day it was registered or judged."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from qorgan.law.engine.book import Answer, LawBook
from qorgan.law.engine.clock import local_day
from qorgan.law.engine.marks import Proceeding

_RULE = "articles."


@dataclass(frozen=True)
class Classified:
    """The article of an act of violence, as `CC 108-1`, and before whom it goes; both None where not on record."""

    act: str
    article: str | None
    proceeding: Proceeding | None
    answer: Answer


def acts(book: LawBook) -> tuple[str, ...]:
    """The acts that the country's law classifies, as `light_harm`."""
    return tuple(key.removeprefix(_RULE) for key in book.keys(_RULE))


def article_of(book: LawBook, act: str, *, on: date) -> Classified:
    """The article of `act` done on `on` (the date in the place). Raises UnknownKey for an act of no name."""
    answer = book.value(_RULE + act, on)
    article = answer.value if isinstance(answer.value, str) else None
    return Classified(act, article, proceeding_of(book, article) if article else None, answer)


def article_at(book: LawBook, act: str, *, at: datetime, zone: tzinfo) -> Classified:
    """The article of `act` done at a moment, in a place."""
    return article_of(book, act, on=local_day(at, zone))


def articles_between(book: LawBook, act: str, *, first: date, last: date) -> tuple[Classified, ...]:
    """Every article the act may fall under when it is known only that it was done between two dates.

    One: decided. More than one: a person decides, for the dates of the border lie inside.
    """
    if last < first:
        raise ValueError("the last day lies before the first")
    borders = [provision.valid_from for provision in book.rule(_RULE + act).provisions]
    borders += [provision.valid_from for provision in book.entered.get(_RULE + act, ())]
    ends = [p.valid_until for p in (*book.rule(_RULE + act).provisions, *book.entered.get(_RULE + act, ()))]
    days = {first} | {day for day in borders if day and first <= day <= last}
    days |= {day + timedelta(days=1) for day in ends if day and first <= day < last}
    found = {item.article: item for item in (article_of(book, act, on=day) for day in sorted(days))}
    return tuple(found.values())


def proceeding_of(book: LawBook, article: str) -> Proceeding | None:
    """Before whom an article goes: by the code whose short name stands before it."""
    act = book.acts.get(article.split(" ", 1)[0])
    return act.proceeding if act else None
