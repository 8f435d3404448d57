"""Forwarding by jurisdiction: to another office, which accepts it or sends it back. Until then it is not over."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.agencies import queries as offices
from qorgan.agencies.models import Agency
from qorgan.base import journal
from qorgan.base.scope import Actor, acting, beside, placed
from qorgan.duties import queries as due
from qorgan.duties.terms import Kind as DutyKind
from qorgan.people import actions as people
from qorgan.people.models import Person
from qorgan.people.queries import opened
from qorgan.places import queries as places
from qorgan.reports import access, rules
from qorgan.reports.actions import clock, sealed
from qorgan.reports.actions.outcomes import end, locked, open_again
from qorgan.reports.models import Report, ReportPerson
from qorgan.reports.terms import Role, State
from qorgan.reports.terms.outcomes import How, Reason


def receivers(report: Report) -> list[Agency]:
    """The offices that a report may be forwarded to: those that decide on reports, the nearest first, not its own."""
    above = offices.chain(report.territory_id)
    found = [one for one in offices.police() if one.id != report.agency_id]
    return sorted(found, key=lambda one: (offices.distance(one.territory_id, above), one.code))


@transaction.atomic
def forward(
    *,
    report_id: UUID,
    agency_id: UUID,
    reason: Reason | None,
    by: Actor,
    now: datetime,
    why: str = "",
    seen: int | None = None,
) -> Agency:
    """Forward a report to another office: it lies there from now on, and that office owes an answer within its hours.

    Raises NotFound, SealedIsRouted, NotThatOffice, NoGround, AlreadyDecided, ChangedMeanwhile.
    """
    access.check_may(by, access.DECIDE)
    given = rules.check_ground(State.FORWARDED, reason)
    report = locked(report_id, seen=seen)
    if offices.is_sealed(report.thread_id):
        raise rules.SealedIsRouted(number=report.number)
    agency = next((one for one in receivers(report) if one.id == agency_id), None)
    if agency is None:
        raise rules.NotThatOffice
    lay_in = report.territory_id
    end(report, state=State.FORWARDED, reason=given, why=why, forwarded_to=agency, lay_in_id=lay_in, by=by, now=now)
    until = clock.term(report, provision=clock.ANSWER_TERM, since=now)
    kind = DutyKind.TAKE_FORWARDED
    clock.lay(report, kind=kind, provision=clock.ANSWER_TERM, on=agency.id, since=now, until=until, by=by, now=now)
    place = offices.place_of(agency.id)
    if lay_in not in places.expand((place,)):
        move(report, to=place, by=by, now=now)
    _keep_apart(report, by=by, now=now)
    return agency


@transaction.atomic
def accept_forwarded(*, report_id: UUID, by: Actor, now: datetime, seen: int | None = None) -> Report:
    """Take a forwarded report over: one's office decides, and its clock starts anew.

    Raises NotFound, NotForwardedToYou, ChangedMeanwhile.
    """
    report = _for_us(report_id, by=by, seen=seen)
    open_again(report, how=How.ACCEPTED, why="", by=by, now=now, agency_id=by.agency)
    return report


@transaction.atomic
def send_back(*, report_id: UUID, why: str, by: Actor, now: datetime, seen: int | None = None) -> Report:
    """Send a forwarded report back with a reason: it lies where it lay, and that office's clock starts anew.

    Raises NotFound, NotForwardedToYou, NoWords, ChangedMeanwhile.
    """
    rules.check_words(why, must=True)
    report = _for_us(report_id, by=by, seen=seen)
    lay_in = report.lay_in_id
    assert lay_in is not None, "the database holds where a forwarded report lay"
    open_again(report, how=How.SENT_BACK, why=why, by=by, now=now)
    move(report, to=lay_in, by=by, now=now)
    return report


def _for_us(report_id: UUID, *, by: Actor, seen: int | None) -> Report:
    """The report, held, of which one's office owes the answer: where it was sealed meanwhile, who it was routed to."""
    access.check_may(by, access.DECIDE)
    report = locked(report_id, seen=seen)
    owed = due.laid_on(by.agency, kind=DutyKind.TAKE_FORWARDED, thing_id=report.id)
    if report.state != State.FORWARDED or not owed.exists():
        raise rules.NotForwardedToYou(number=report.number)
    return report


def move(report: Report, *, to: int, by: Actor, now: datetime) -> None:
    """Lay every row of the thread in another place, by the system: whoever forwards does not see that place.

    The last write of its act: who asked for it may see nothing of it from then on. No permission of its own: the act
    that forwards the report, or takes that back, has asked for it.
    """
    if report.territory_id == to:
        return
    with acting(offices.system("reports.forward")):
        for model in placed():
            model._default_manager.filter(thread_id=report.thread_id).update(territory_id=to)
    detail = {"number": report.number, "from": report.territory_id, "to": to, "version": report.version}
    journal.write(kind="reports.report.moved", thing="report", thing_id=report.id, by=by, now=now, detail=detail)
    report.territory_id = to


def _keep_apart(report: Report, *, by: Actor, now: datetime) -> None:
    """Shut the report to each of the staff there whom a party may be, with the same commit."""
    with acting(offices.system("reports.keep_apart")):
        parties = ReportPerson.objects.filter(report=report, role__in=(Role.VICTIM, Role.SUSPECT))
        views = opened(Person.objects.filter(pk__in=parties.values("person_id"))).values()
        named = [people.Named(one.written, one.surname, one.given, one.patronymic, one.iin, one.phone) for one in views]
        suspicions = people.suspected(named, territory_id=report.territory_id, now=now)
        sealed.seal_where_one_serves(report=report, suspicions=suspicions, by=by, now=now)
        people.keep_apart(suspicions=suspicions, **beside(report), by=by, now=now)
