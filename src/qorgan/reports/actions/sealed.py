"""Sealed records: shut from their first second, and routed to whoever may safely take them on."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.models import Agency
from qorgan.agencies.queries import Suspicion
from qorgan.agencies.terms import AdmissionGround, BlockGround, Purpose, SealGround
from qorgan.agencies.terms import Kind as Office
from qorgan.base import journal
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.scope import Actor, beside
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.reports import access, rules
from qorgan.reports.models import Contact, Report

WHO_TAKES_IT = "reports.sealed_to"  # the provision that would say who takes it on: none is on record, a person does
AUTHOR_STAYS = timedelta(hours=1)  # whoever wrote it down sees it so long, for a sending that is repeated


def router_of(report: Report | Contact, *, ground: SealGround) -> Agency:
    """The office whose people say who takes a sealed record on: the prosecutor of the place, or the nearest above.

    Where he may serve in prosecution himself, the highest of them. Raises NobodyRoutes where the country has none.
    """
    near = ground in (SealGround.COURT, SealGround.HERE)
    place = offices.chain(report.territory_id)[-1] if near else report.territory_id
    found = offices.agency_for(place, Office.PROSECUTOR)
    if found is None:
        raise rules.NobodyRoutes
    return found


def router_now(report: Report) -> Agency:
    """The office whose people decide on a report that is sealed now. Raises NobodyRoutes, NotSealed."""
    ground = offices.seal_ground(report.thread_id)
    if ground is None:
        raise rules.NotSealed(number=report.number)
    return router_of(report, ground=ground)


def ground_of(suspicions: Iterable[Suspicion], *, now: datetime) -> SealGround | None:
    """The ground to seal on where a party is certainly someone of the staff; None where nobody is."""
    own = {one.staff_id for one in suspicions if one.is_certain and one.ground is BlockGround.SELF}
    return offices.serves_as(own, now=now) if own else None


def seal_where_one_serves(*, report: Report, suspicions: list[Suspicion], by: Actor, now: datetime) -> bool:
    """Seal a report that was taken in before, if a party is certainly someone of the staff; whether it was.

    No permission of its own: the act that names a party, or the job that compares the records, asks for it.
    """
    ground = ground_of(suspicions, now=now)
    if ground is not None:
        seal(report, router=router_of(report, ground=ground), ground=ground, by=by, now=now)
    return ground is not None


def seal(report: Report, *, router: Agency, ground: SealGround, by: Actor, now: datetime) -> None:
    """Seal a report, let its author stay for an hour, and lay the routing on `router`.

    The last writes of its transaction: nobody sees the report unsealed from its first second, or from the one in which
    a party of it was recognised as someone of the staff.
    """
    duty = duties.Laid(kind=DutyKind.ROUTE_REPORT, provision=WHO_TAKES_IT, since=now, due_at=None, to_verify=True)
    duties.lay(
        laid=[duty],
        thing="report",
        thing_id=report.id,
        case_id=None,
        **beside(report),
        agency_id=router.id,
        key_id=report.key_id,
        by=by,
        now=now,
    )
    place = beside(report)
    agencies.admit(
        **place,
        ground=AdmissionGround.ROUTED,
        purpose=Purpose.OVERSIGHT,
        until=None,
        agency_id=router.id,
        by=by,
        now=now,
    )
    if by.staff_id is not None:
        agencies.admit(
            **place,
            ground=AdmissionGround.AUTHOR,
            purpose=Purpose.DOMESTIC_VIOLENCE,
            until=now + AUTHOR_STAYS,
            staff_id=by.staff_id,
            by=by,
            now=now,
        )
    agencies.seal(**place, ground=ground, by=by, now=now)


@transaction.atomic
def route(*, report_id: UUID, agency_id: UUID, by: Actor, now: datetime, seen: int | None = None) -> Agency:
    """Say which office takes a sealed report on: its people are let in, and its duties are theirs from now on.

    Never the unit that he, or its commander, serves in. Raises NotAllowed, NotFound, NotSealed, OwnUnit, and
    ChangedMeanwhile where the report is no longer at the version `seen`.
    """
    access.check_may(by, access.ROUTE)
    report = Report.objects.select_for_update().filter(pk=report_id).first()
    agency = offices.find_agency(agency_id)
    if report is None or agency is None:
        raise NotFound
    check_seen(seen, stands=report.version, thing="report", thing_id=report.id, kinds=("reports.report.",))
    if not offices.is_sealed(report.thread_id):
        raise rules.NotSealed(number=report.number)
    if agency.id not in {one.id for one in takers(report)}:
        raise rules.OwnUnit
    agencies.admit(
        **beside(report),
        ground=AdmissionGround.ROUTED,
        purpose=Purpose.DOMESTIC_VIOLENCE,
        until=None,
        agency_id=agency.id,
        by=by,
        now=now,
    )
    duties.done(thing_id=report.id, kind=DutyKind.ROUTE_REPORT, by=by, now=now)
    duties.hand_over(thing_id=report.id, agency_id=agency.id, by=by, now=now)
    report.version += 1
    report.save(update_fields=["version"])
    detail = {"number": report.number, "agency": agency.code, "version": report.version}
    journal.write(kind="reports.report.routed", thing="report", thing_id=report.id, by=by, now=now, detail=detail)
    return agency


def takers(report: Report) -> list[Agency]:
    """The offices that may take a sealed report on, those of the same region first.

    Where he serves in the police, or works with this system, no police of the place nor any above it: its commander's
    unit among them; nor the office of a person of staff whom a party may be.
    """
    above = offices.chain(report.territory_id)
    own = offices.offices_shut_out(report.thread_id)
    found = [one for one in offices.police() if one.id not in own]
    if offices.seal_ground(report.thread_id) in (SealGround.POLICE, SealGround.HERE, SealGround.DECIDED):
        found = [one for one in found if one.territory_id not in above]
    return sorted(found, key=lambda one: (offices.distance(one.territory_id, above), one.code))
