"""Measures and their clocks: the protective order, special requirements of a court, reconciliation."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from qorgan.law.engine.ages import age_on
from qorgan.law.engine.book import Answer, LawBook
from qorgan.law.engine.clock import add_months, due, every, local_day
from qorgan.law.engine.marks import Proceeding
from qorgan.law.engine.verdicts import Outcome, Reason, Verdict, above, below, weigh
from qorgan.law.engine.workdays import WorkCalendar


@dataclass(frozen=True)
class OrderClock:
    """The clock of one protective order.

    `ends_at` None: no term is on record for the day of service. `checks` empty with an undecided `interval`: none is
    planned, and the page says why. `changes_on`: a day inside the order's life from which another provision on
    checks is in force; what it means for an order served earlier is on no record, so a person decides.
    """

    served_at: datetime
    ends_at: datetime | None
    checks: tuple[datetime, ...]
    start: Answer
    term: Answer
    interval: Answer
    changes_on: date | None

    @property
    def to_verify(self) -> bool:
        """Whether the end or the checks rest on anything to be verified."""
        return any(answer.to_verify for answer in (self.start, self.term, self.interval))

    def in_force(self, at: datetime) -> bool:
        """Whether the order binds at a moment, as far as time alone says."""
        if self.ends_at is None:
            return False
        return self.served_at.astimezone(UTC) <= at.astimezone(UTC) < self.ends_at.astimezone(UTC)


def order_clock(book: LawBook, *, served_at: datetime, zone: tzinfo, calendar: WorkCalendar) -> OrderClock:
    """The end of an order and its checks, by the law of the day of service in the place."""
    day = local_day(served_at, zone)
    start = book.value("orders.start_of_term", day)
    term = book.value("orders.term", day)
    interval = book.value("orders.check_interval", day)
    served = served_at.astimezone(zone)
    if not term.decides:
        return OrderClock(served, None, (), start, term, interval, None)
    ends_at = due(served_at, term.duration(), calendar, zone)
    checks = every(served_at, interval.duration(), ends_at, calendar, zone) if interval.decides else []
    later = book.provision("orders.check_interval", local_day(ends_at, zone))
    changes = later.valid_from if later is not None and later is not interval.provision else None
    return OrderClock(served, ends_at, tuple(checks), start, term, interval, changes)


def addressee(book: LawBook, *, on: date, birth_date: date | None = None, age: int | None = None) -> Verdict:
    """May a person of that age be given a protective order on that day?"""
    limit = book.value("orders.addressee_min_age", on)
    years = age_on(birth_date, on) if birth_date is not None else age
    if years is None:
        return Verdict(Outcome.UNDECIDED, (Reason.AGE_UNKNOWN,), (limit,))
    return weigh([(below(years, limit), Reason.TOO_YOUNG)], [limit])


def requirements(book: LawBook, *, on: date, months: int, visits_a_month: int | None = None) -> Verdict:
    """May a court set special requirements of that length, with that many visits to the police a month?"""
    shortest, longest = book.value("courts.requirements_min", on), book.value("courts.requirements_max", on)
    faults = [
        (below(months, shortest), Reason.TERM_TOO_SHORT),
        (above(months, longest), Reason.TERM_TOO_LONG),
    ]
    answers = [shortest, longest]
    if visits_a_month is not None:
        fewest, most = book.value("courts.visits_min", on), book.value("courts.visits_max", on)
        faults += [
            (below(visits_a_month, fewest), Reason.TOO_FEW_VISITS),
            (above(visits_a_month, most), Reason.TOO_MANY_VISITS),
        ]
        answers += [fewest, most]
    return weigh(faults, answers)


def requirements_for(book: LawBook, *, on: date, article: str) -> Verdict:
    """May special requirements be set for an offence under `article`, as `KoAP 73`?"""
    listed = book.value("courts.requirements_articles", on)
    missing = isinstance(listed.value, tuple) and article not in listed.value
    return weigh([(missing, Reason.ARTICLE_NOT_LISTED)], [listed])


@dataclass(frozen=True)
class Reconciliation:
    """What matters for a reconciliation: the kind of proceeding, earlier ones, and whom the violence was against."""

    on: date
    proceeding: Proceeding
    earlier: int = 0
    last_on: date | None = None
    violence_against_minor: bool = False


def reconcile(book: LawBook, facts: Reconciliation) -> Verdict:
    """May the parties be reconciled? Only limits on record refuse; where none is, a person routes."""
    if facts.proceeding is Proceeding.ADMINISTRATIVE:
        limit = book.value("reconciliation.administrative_limit", facts.on)
        return weigh([(above(facts.earlier + 1, limit), Reason.RECONCILED_BEFORE)], [limit])
    barred = book.value("reconciliation.excluded_violence_against_minor", facts.on)
    pause = book.value("reconciliation.criminal_pause", facts.on)
    soon = (
        facts.last_on is not None and pause.decides and facts.on <= add_months(facts.last_on, pause.duration().amount)
    )
    return weigh(
        [
            (facts.violence_against_minor and barred.value is True, Reason.VIOLENCE_AGAINST_MINOR),
            (soon, Reason.RECONCILED_WITHIN_YEAR),
        ],
        [barred, pause],
    )
