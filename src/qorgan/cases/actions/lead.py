"""Opening and leading cases."""

from datetime import datetime

from django.db import transaction

from qorgan.base import ids, journal, numbers
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases import access, queries
from qorgan.cases.actions import accounts, apart
from qorgan.cases.actions.accounts import Heard
from qorgan.cases.actions.held import seen_open
from qorgan.cases.actions.represent import review
from qorgan.cases.actions.uniform import lay_routing
from qorgan.cases.models import Case, CasePerson, CaseReport
from qorgan.cases.terms import Role, Speaker, State
from qorgan.law import queries as law
from qorgan.people import actions as people
from qorgan.people.actions import Named
from qorgan.people.models import Person
from qorgan.places import queries as places
from qorgan.reports import actions as reports
from qorgan.reports.models import Report, ReportPerson
from qorgan.reports.rules import AlreadyDecided
from qorgan.reports.terms import Role as ReportRole
from qorgan.reports.terms import Serving
from qorgan.reports.terms import State as ReportState

_PARTS = {
    ReportRole.VICTIM: Role.VICTIM,
    ReportRole.SUSPECT: Role.OFFENDER,
    ReportRole.REPORTER: Role.WITNESS,
}


@transaction.atomic
def open_from_report(*, report: Report, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Open a case that leads a report: its persons come along, its words stand as the first account.

    The case has its opener as owner from the first moment. Raises AlreadyDecided where the report is taken, and
    ChangedMeanwhile where it is no longer at the version `seen`.
    """
    access.check_may(by, access.OPEN)
    report = reports.decide(report_id=report.id, state=ReportState.TAKEN_UP, by=by, now=now, seen=seen)
    if queries.case_of_report(report.id) is not None:
        raise AlreadyDecided(number=report.number)
    zone = places.zone(report.territory_id)
    day = now.astimezone(zone).date()
    regime = law.regime(on=report.registered_at.astimezone(zone).date())
    case = Case(
        id=ids.new(),
        number=numbers.take("case", region=places.letters(report.territory_id), on=day),
        **beside(report),
        agency_id=by.agency,
        owner_id=by.staff,
        key_id=vault.new_key(),
        regime=regime.id if regime else "",
        opened_at=now,
        opened_by=by.staff,
    )
    case.save(force_insert=True)
    _lead(case, report, by=by, now=now)
    if report.serving == Serving.ARMY:
        lay_routing(case, case_id=case.id, agency_id=case.agency_id, by=by, now=now, step=0)
    detail = {"number": case.number, "report": str(report.id), "version": case.version}
    journal.write(kind="cases.case.opened", thing="case", thing_id=case.id, by=by, now=now, detail=detail)
    return case


def _lead(case: Case, report: Report, *, by: Actor, now: datetime) -> None:
    led = {"report": report, "report_thread": report.thread_id, "joined_at": now, "joined_by": by.staff}
    CaseReport.objects.create(case=case, **beside(case), **led)
    parts = ReportPerson.objects.filter(report=report).order_by("id")
    CasePerson.objects.bulk_create(
        CasePerson(
            case=case,
            person_id=part.person_id,
            role=_PARTS[ReportRole(part.role)],
            **beside(case),
            joined_at=now,
        )
        for part in parts
    )
    words = vault.open(report.narrative, at="reports.report.narrative")
    if words:
        source = report.kui_no or report.number
        heard = Heard(speaker=Speaker.DESK, words=words, source=source, said_at=report.registered_at)
        accounts.keep(case, heard=heard, by=by, now=now)


@transaction.atomic
def add_person(*, case: Case, named: Named, role: Role, by: Actor, now: datetime, seen: int | None = None) -> Person:
    """Name one more person of the case, with her part in it."""
    access.check_may(by, access.LEAD)
    seen_open(case, section="people", seen=seen)
    suspicions = people.suspected([named], territory_id=case.territory_id, now=now) if role in apart.PARTIES else []
    person = people.write_down(named=named, **beside(case), by=by, now=now)
    CasePerson.objects.create(case=case, person=person, role=role, **beside(case), joined_at=now)
    detail = {"role": str(role), "person": str(person.id)}
    journal.write(kind="cases.person.joined", thing="case", thing_id=case.id, by=by, now=now, detail=detail)
    review(case, by=by, now=now)
    apart.keep_apart(case=case, suspicions=suspicions, by=by, now=now)
    return person


@transaction.atomic
def close(*, case: Case, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Close the case. Raises CaseClosed where that was done before."""
    access.check_may(by, access.LEAD)
    held = seen_open(case, section="whole", seen=seen)
    held.state, held.closed_at, held.closed_by = State.CLOSED, now, by.staff
    held.version += 1
    held.save(update_fields=["state", "closed_at", "closed_by", "version"])
    detail = {"number": held.number, "version": held.version}
    journal.write(kind="cases.case.closed", thing="case", thing_id=held.id, by=by, now=now, detail=detail)
    return held
