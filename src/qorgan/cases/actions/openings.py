"""Opening a record by its number without an ordinary right to it: alone in an emergency, a sealed one as two people."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.agencies import access as agency_access
from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies import rules as agency_rules
from qorgan.agencies.models import Opening
from qorgan.agencies.terms import OpeningReason
from qorgan.base import journal
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor, acting, beside, check_may
from qorgan.cases import queries, rules
from qorgan.cases.models import Case
from qorgan.cases.terms import Section
from qorgan.duties import actions as duties
from qorgan.duties import queries as due
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.people import actions as people
from qorgan.places import queries as places
from qorgan.reports import actions as reports
from qorgan.reports import queries as begun
from qorgan.reports.models import Report

STAYS_OPEN = "agencies.opening_lasts"
LOOKS = rules.allowed(list(Section))  # an emergency shows; what is to be done is done by those who lead
ANSWERED_BY, LET_IN_FOR = "agencies.letting_in_answer", "agencies.letting_in_lasts"


@transaction.atomic
def open_by_number(*, number: str, reason: OpeningReason, why: str, by: Actor, now: datetime) -> Opening | None:
    """Open a record at once, or, where it is sealed, ask for it; None where it was not opened.

    That is one answer for a sealed record, one that is shut to the asker, and one that is not there: which of them it
    is, nobody learns by asking. Whoever leads the record is told, and another office reviews it.
    Raises NotAllowed, NoReason, AlreadyInSight.
    """
    check_may(by, agency_access.OPEN_ALONE)
    agency_rules.reason(why)
    if _found(number) is not None:
        raise rules.AlreadyInSight
    with acting(offices.system("cases.open_by_number")):
        found = _found(number)
        opened = _opened(found, reason=reason, why=why, by=by, now=now) if found else None
    if opened is None:
        journal.write(kind="cases.opening.tried", thing="opening", by=by, now=now, detail={"reason": reason.value})
    return opened


def _found(number: str) -> tuple[Report, Case | None] | None:
    case = queries.by_number(number)
    report = begun.of_thread(case.thread_id) if case else begun.by_number(number)
    return (report, case or queries.of_thread(report.thread_id)) if report else None


def _opened(
    found: tuple[Report, Case | None], *, reason: OpeningReason, why: str, by: Actor, now: datetime
) -> Opening | None:
    report, case = found
    place = beside(case or report)
    zone = places.zone(place["territory_id"])
    if offices.is_shut(report.thread_id, staff_id=by.staff):
        return None
    if offices.is_sealed(report.thread_id):
        until = law.deadline(ANSWERED_BY, start=now, zone=zone).due_at
        if until is not None:
            asked = agencies.ask(**place, reason=reason, why=why, until=until, by=by, now=now)
            _lay_on_router(asked, report, by=by, now=now)
        return None
    until = law.deadline(STAYS_OPEN, start=now, zone=zone).due_at
    if until is None:
        return None
    opening = agencies.open_alone(**place, permissions=LOOKS, reason=reason, why=why, until=until, by=by, now=now)
    _tell(opening, case or report, by=by, now=now)
    return opening


def _tell(opening: Opening, record: Case | Report, *, by: Actor, now: datetime) -> None:
    """Those who lead the record are told; another office reviews."""
    told = duties.Laid(DutyKind.SEE_OPENING, STAYS_OPEN, since=now, due_at=None)
    _lay(told, opening, agency_id=record.agency_id, by=by, now=now)
    people.lay_review(
        kind=DutyKind.REVIEW_OPENING,
        thing="opening",
        thing_id=opening.id,
        about=opening.staff_id,
        **beside(opening),
        by=by,
        now=now,
    )


def _lay_on_router(opening: Opening, report: Report, *, by: Actor, now: datetime) -> None:
    laid = duties.Laid(DutyKind.LET_IN, ANSWERED_BY, since=now, due_at=opening.until)
    _lay(laid, opening, agency_id=reports.router_now(report).id, by=by, now=now)


def _lay(laid: duties.Laid, opening: Opening, *, agency_id: UUID, by: Actor, now: datetime) -> None:
    duties.lay(
        laid=[laid],
        thing="opening",
        thing_id=opening.id,
        case_id=None,
        **beside(opening),
        agency_id=agency_id,
        by=by,
        now=now,
    )


@transaction.atomic
def review_opening(*, opening_id: UUID, was_right: bool, why: str, by: Actor, now: datetime) -> Opening:
    """Say whether a record was rightly opened in an emergency, as the office that the review was laid on.

    Raises NotAllowed, NotFound, OpeningDecided, NoReason.
    """
    check_may(by, agency_access.REVIEW_OPENING)
    _check_laid(opening_id, DutyKind.REVIEW_OPENING, by=by)
    held = agencies.review(opening_id=opening_id, was_right=was_right, why=why, by=by, now=now)
    duties.done(thing_id=held.id, kind=DutyKind.REVIEW_OPENING, by=by, now=now)
    for admission in offices.reviewing(held.thread_id, agency_id=by.agency):
        agencies.end(admission_id=admission, by=by, now=now)
    return held


@transaction.atomic
def let_in(*, opening_id: UUID, agree: bool, why: str, by: Actor, now: datetime) -> Opening:
    """Let the asker into a sealed record, or refuse, as the office that says who takes it on.

    Raises NotAllowed, NotFound, OpeningDecided, NoReason.
    """
    check_may(by, agency_access.LET_IN)
    _check_laid(opening_id, DutyKind.LET_IN, by=by)
    until = law.deadline(LET_IN_FOR, start=now, zone=places.zone(by.territory_id or by.territories[0])).due_at
    if until is None:
        raise NotFound
    held = agencies.let_in(opening_id=opening_id, agree=agree, why=why, permissions=LOOKS, until=until, by=by, now=now)
    duties.done(thing_id=held.id, kind=DutyKind.LET_IN, by=by, now=now)
    return held


def _check_laid(opening_id: UUID, kind: DutyKind, *, by: Actor) -> None:
    if not due.laid_on(by.agency, kind=kind, thing_id=opening_id).exists():
        raise NotFound
