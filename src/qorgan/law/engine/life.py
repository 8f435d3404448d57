"""Law in life: what acts oblige someone to do, with what money, and what was reported of it, year by year. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from qorgan.law.engine.book import Act, Faulty, LawBook, Words
from qorgan.law.engine.clock import Duration, due_on
from qorgan.law.engine.marks import Confidence
from qorgan.law.engine.workdays import WorkCalendar

WAIT = "life.report_wait"  # the rule that says how long after a budget year a report on it is awaited


class Reported(StrEnum):
    """What is on record of a requirement for one budget year."""

    WHOLE = "whole"
    PART = "part"  # of a part of the year, of some places or some cases
    OVERDUE = "overdue"  # the day on which a report was awaited is past, and there is none
    AWAITED = "awaited"


@dataclass(frozen=True)
class Money:
    """Money promised: the same amount, in tenge, for each of the budget years."""

    years: tuple[int, ...]
    amount: int
    about: bool
    confidence: Confidence
    source: Words
    note: Words


@dataclass(frozen=True)
class Told:
    """A report on a requirement: who reported, of which days, what was done and spent. `on` None: not on record.

    `id` is that of the row where a person of this deployment entered it; empty for one that ships with the data.
    """

    by: Words
    first: date
    last: date
    done: Words
    source: Words
    confidence: Confidence
    on: date | None = None
    spent: int | None = None
    is_part: bool = False
    address: str = ""
    id: str = ""

    @property
    def years(self) -> tuple[int, ...]:
        """The budget years that it touches."""
        return tuple(range(self.first.year, self.last.year + 1))


@dataclass(frozen=True)
class Account:
    """What somebody else said of it: no report, and counted as none."""

    said: Words
    source: Words
    confidence: Confidence


@dataclass(frozen=True)
class Looked:
    """Who looked for what is not on record, and when."""

    on: date
    by: Words


@dataclass(frozen=True)
class Requirement:
    """What an act obliges someone to do. `rule` is the key of the book's rule that says how often."""

    key: str
    act: str
    who: Words
    what: Words
    first: date
    confidence: Confidence
    source: Words
    last: date | None = None
    code: str = ""  # the code in which the article stands, where that is not the act itself
    article: str = ""
    rule: str = ""
    note: Words = field(default_factory=lambda: MappingProxyType({}))
    money: tuple[Money, ...] = ()
    reports: tuple[Told, ...] = ()
    accounts: tuple[Account, ...] = ()

    def promised(self, year: int) -> tuple[Money, ...]:
        """The money that was promised for a budget year."""
        return tuple(one for one in self.money if year in one.years)


@dataclass(frozen=True)
class Enacted:
    """An act with what it brought and what it obliges someone to do; empty where nothing of that is on record."""

    act: Act
    tells: Words
    confidence: Confidence
    source: Words
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True)
class LawInLife:
    """All acts that are followed, in the order of the country's data, and who looked for what is missing."""

    looked: Looked | None
    enacted: tuple[Enacted, ...]

    @property
    def requirements(self) -> Mapping[str, Requirement]:
        """Every requirement by its key."""
        return {one.key: one for act in self.enacted for one in act.requirements}


@dataclass(frozen=True)
class Year:
    """One budget year of a requirement. `promised`, `spent` None: not on record.

    `is_due`: the day on which a report was awaited is past, whether there is one or not.
    """

    year: int
    due_on: date
    is_due: bool
    reported: Reported
    promised: int | None
    about: bool
    spent: int | None
    reports: tuple[Told, ...]


@dataclass(frozen=True)
class Course:
    """A requirement through its years, with every report on it, the newest first."""

    requirement: Requirement
    years: tuple[Year, ...]
    reports: tuple[Told, ...]

    @property
    def is_due(self) -> bool:
        """Whether a report on any year was to be there by now."""
        return any(one.is_due for one in self.years)

    @property
    def never_reported(self) -> bool:
        """A report was to be there, and there was never one, not even of a part."""
        return self.is_due and not self.reports

    @property
    def overdue(self) -> tuple[Year, ...]:
        """The years on which a report is late."""
        return tuple(one for one in self.years if one.reported is Reported.OVERDUE)

    @property
    def overdue_since(self) -> date | None:
        """The day on which the first late report was awaited."""
        return min((one.due_on for one in self.overdue), default=None)


@dataclass(frozen=True)
class Tally:
    """Requirement-years on which a report was due, and those with one: whole, and of a part."""

    due: int
    whole: int
    part: int


def course(
    held: Requirement, entered: Iterable[Told], *, wait: Duration | None, today: date, calendar: WorkCalendar
) -> Course:
    """The years of a requirement up to `today`. `wait` None: how long to wait for a report is not on record."""
    found = (*held.reports, *entered)
    end = min(today, held.last or today)
    years = range(held.first.year, end.year + 1)
    made = tuple(_year(held, number, found, wait=wait, today=today, calendar=calendar) for number in years)
    return Course(held, made, tuple(sorted(found, key=lambda one: (one.last, one.on or one.last), reverse=True)))


def tally(courses: Iterable[Course]) -> Tally:
    """Reported on and due, over all requirements."""
    years = [year.reported for one in courses for year in one.years if year.is_due]
    return Tally(len(years), years.count(Reported.WHOLE), years.count(Reported.PART))


def _year(
    held: Requirement,
    number: int,
    found: tuple[Told, ...],
    *,
    wait: Duration | None,
    today: date,
    calendar: WorkCalendar,
) -> Year:
    first, last = max(held.first, date(number, 1, 1)), min(held.last or date.max, date(number, 12, 31))
    reports = tuple(one for one in found if one.first <= last and first <= one.last)
    money = held.promised(number)
    spent = [one.spent for one in reports if one.spent is not None and one.first.year == one.last.year]
    due = due_on(last, wait, calendar) if wait else date.max
    return Year(
        year=number,
        due_on=due,
        is_due=due < today,
        reported=_reported(reports, first, last, is_late=due < today),
        promised=sum(one.amount for one in money) if money else None,
        about=any(one.about for one in money),
        spent=sum(spent) if spent else None,
        reports=reports,
    )


def _reported(reports: Iterable[Told], first: date, last: date, *, is_late: bool) -> Reported:
    found = list(reports)
    if any(not one.is_part and one.first <= first and last <= one.last for one in found):
        return Reported.WHOLE
    if found:
        return Reported.PART
    return Reported.OVERDUE if is_late else Reported.AWAITED


def check(life: LawInLife, book: LawBook) -> None:
    """Raises Faulty at the first contradiction: a rule that is not in the book, a report that ends before it begins."""
    seen: set[str] = set()
    for held in (one for act in life.enacted for one in act.requirements):
        if held.key in seen:
            raise Faulty(f"requirement {held.key}: written twice")
        seen.add(held.key)
        if held.rule and held.rule not in book.rules:
            raise Faulty(f"requirement {held.key}: no rule {held.rule}")
        if held.code and held.code not in book.acts:
            raise Faulty(f"requirement {held.key}: no act {held.code}")
        for told in held.reports:
            if told.last < told.first or told.last < held.first:
                raise Faulty(f"requirement {held.key}: a report of days that were not")
        if any(money.amount <= 0 or min(money.years) < held.first.year for money in held.money):
            raise Faulty(f"requirement {held.key}: money of a year before it, or none")
