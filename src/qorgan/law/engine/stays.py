"""Stays in a crisis centre: how long, and how many hours by day."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from qorgan.law.engine.book import Answer, LawBook
from qorgan.law.engine.clock import due, due_on, local_day
from qorgan.law.engine.verdicts import Reason, Verdict, above, weigh
from qorgan.law.engine.workdays import WorkCalendar


@dataclass(frozen=True)
class StayLimit:
    """Until when a stay may last; None where the limit of that day is not on record."""

    until: datetime | None
    answer: Answer


def day_plan(book: LawBook, *, hours: int, on: date) -> Verdict:
    """May a plan of so many hours a day be set in the day form?"""
    limit = book.value("shelters.day_form_hours", on)
    return weigh([(above(hours, limit), Reason.TOO_MANY_HOURS)], [limit])


def stay_limit(book: LawBook, *, admitted_at: datetime, zone: tzinfo, calendar: WorkCalendar) -> StayLimit:
    """The last moment of a round-the-clock stay, by the law of the day of admission."""
    answer = book.value("shelters.stay_limit", local_day(admitted_at, zone))
    until = due(admitted_at, answer.duration(), calendar, zone) if answer.decides else None
    return StayLimit(until, answer)


def planned_stay(book: LawBook, *, first: date, last: date, calendar: WorkCalendar) -> Verdict:
    """May a round-the-clock stay be planned from `first` to `last`?"""
    limit = book.value("shelters.stay_limit", first)
    long = limit.decides and last > due_on(first, limit.duration(), calendar)
    return weigh([(long, Reason.STAY_TOO_LONG)], [limit])
