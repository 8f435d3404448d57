"""Opening and leading cases."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.base import ids, journal, numbers
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases import access, queries, rules
from qorgan.cases.actions import apart
from qorgan.cases.actions.held import locked
from qorgan.cases.actions.represent import review
from qorgan.cases.actions.uniform import lay_routing
from qorgan.cases.models import Account, Case, CasePerson, CaseReport
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
    CaseReport.objects.create(report=report, case=case, **beside(case), joined_at=now, joined_by=by.staff)
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
        keep_account(
            case,
            words=words,
            speaker=Speaker.DESK,
            source=report.kui_no or report.number,
            said_at=report.registered_at,
            by=by,
            now=now,
        )


def keep_account(
    case: Case,
    *,
    words: str,
    speaker: Speaker,
    source: str,
    said_at: datetime,
    by: Actor,
    now: datetime,
    person_id: UUID | None = None,
) -> Account:
    """What was said, sealed under the key of the case; the act that it belongs to has the journal's row."""
    account = Account(
        id=ids.new(),
        case=case,
        **beside(case),
        speaker=speaker,
        person_id=person_id,
        words=vault.seal(case.key_id, words, at="cases.account.words"),
        source=source,
        said_at=said_at,
        written_at=now,
        written_by=by.staff,
    )
    account.save(force_insert=True)
    return account


def _seen_open(case: Case, section: str, seen: int | None) -> Case:
    """The open case, held, in which a section stands as it was shown. Raises ChangedMeanwhile, CaseClosed."""
    held = locked(case)
    kinds = {"people": ("cases.person.", "cases.case."), "accounts": ("cases.account.", "cases.case.")}
    stands = getattr(queries.stands(held), section) if seen is not None else 0
    check_seen(seen, stands=stands, thing="case", thing_id=held.id, kinds=kinds.get(section, ("cases.",)))
    rules.check_is_open(held.state, held.number)
    return held


@transaction.atomic
def write_account(
    *,
    case: Case,
    speaker: Speaker,
    words: str,
    source: str,
    said_at: datetime,
    by: Actor,
    now: datetime,
    seen: int | None = None,
) -> Account:
    """Write down what someone said. It stands beside what others said; nothing is corrected by it.

    `seen`, here and below: `queries.stands` of this section as it was shown. Raises ChangedMeanwhile.
    """
    access.check_may(by, access.LEAD)
    _seen_open(case, "accounts", seen)
    if not words.strip():
        raise rules.NothingWasSaid
    account = keep_account(case, words=words, speaker=speaker, source=source, said_at=said_at, by=by, now=now)
    detail = {"speaker": str(speaker)}
    journal.write(kind="cases.account.written", thing="case", thing_id=case.id, by=by, now=now, detail=detail)
    return account


@transaction.atomic
def add_person(*, case: Case, named: Named, role: Role, by: Actor, now: datetime, seen: int | None = None) -> Person:
    """Name one more person of the case, with her part in it."""
    access.check_may(by, access.LEAD)
    _seen_open(case, "people", seen)
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
    held = _seen_open(case, "whole", seen)
    held.state, held.closed_at, held.closed_by = State.CLOSED, now, by.staff
    held.version += 1
    held.save(update_fields=["state", "closed_at", "closed_by", "version"])
    detail = {"number": held.number, "version": held.version}
    journal.write(kind="cases.case.closed", thing="case", thing_id=held.id, by=by, now=now, detail=detail)
    return held
