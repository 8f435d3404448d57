"""A term that one provision sets, as a moment: by when a report is registered, a petition answered, a breach told."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from qorgan.law.engine.book import Answer, LawBook
from qorgan.law.engine.clock import due, due_on, local_day
from qorgan.law.engine.marks import Unit
from qorgan.law.engine.workdays import WorkCalendar


@dataclass(frozen=True)
class Deadline:
    """By when, and by which provision. `due_at` None: no term is on record, or none that may decide.

    `doubtful_days` are dates of the working calendar inside the term that may still change.
    """

    due_at: datetime | None
    answer: Answer
    doubtful_days: tuple[date, ...] = ()

    @property
    def to_verify(self) -> bool:
        """Whether the moment rests on anything to be verified."""
        return self.answer.to_verify or bool(self.doubtful_days)


def deadline(book: LawBook, key: str, *, start: datetime, zone: tzinfo, calendar: WorkCalendar) -> Deadline:
    """When the term of `key`, begun at `start`, ends. The law of the day of `start` in the place decides."""
    first = local_day(start, zone)
    answer = book.value(key, first)
    if not answer.decides:
        return Deadline(None, answer)
    due_at = due(start, answer.duration(), calendar, zone)
    return Deadline(due_at, answer, _doubtful(answer, first, due_at.date(), calendar))


def deadline_on(book: LawBook, key: str, *, start: date, calendar: WorkCalendar) -> tuple[date | None, Answer]:
    """The last date of a term whose start is known by its date only."""
    answer = book.value(key, start)
    return (due_on(start, answer.duration(), calendar) if answer.decides else None), answer


def _doubtful(answer: Answer, first: date, last: date, calendar: WorkCalendar) -> tuple[date, ...]:
    if answer.provision is None or answer.provision.unit is not Unit.WORKING_DAYS:
        return ()
    return calendar.doubtful(first, last)
