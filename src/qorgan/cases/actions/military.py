"""The investigation of a suspect in uniform goes to military police; her safety stays with the police of her place."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.agencies import queries as offices
from qorgan.agencies.models import Agency
from qorgan.agencies.terms import Kind as Office
from qorgan.base import journal
from qorgan.base.journal.read import check_seen
from qorgan.base.scope import Actor
from qorgan.cases import access, queries
from qorgan.cases.actions.accounts import Heard, keep
from qorgan.cases.actions.consents import KINDS, recall, revoke
from qorgan.cases.actions.held import held_open
from qorgan.cases.actions.offer import Part, offer_part
from qorgan.cases.actions.uniform import JURISDICTION
from qorgan.cases.models import Case, Referral
from qorgan.cases.rules import children
from qorgan.cases.terms import Aim, Ground, Section, Speaker, Standing, Urgency
from qorgan.duties import actions as duties
from qorgan.duties.models import Duty as Due
from qorgan.duties.terms import Kind as Duty
from qorgan.law import queries as law

GIVEN = (Section.CASE, Section.PERSONS, Section.ACCOUNTS, Section.REPORT, Section.OFFENCES)


@dataclass(frozen=True, kw_only=True)
class Uniform:
    """Who serves, to which office of military police the investigation goes, and why: a person decides it.

    `watcher_id`: the military prosecutor who watches over it; None where none is on record here.
    """

    offender_id: UUID
    agency_id: UUID
    why: str = field(repr=False)
    sections: tuple[Section, ...] = GIVEN
    watcher_id: UUID | None = None


@transaction.atomic
def route_suspect(*, case: Case, uniform: Uniform, by: Actor, now: datetime, seen: int | None = None) -> Referral:
    """Pass the investigation of a suspect in uniform to military police. It is theirs by their receipt: the acceptance.

    The case, its orders and what is due for her safety stay where they are. Declined or taken back, it is to be said
    anew who investigates. Raises NotComplainedOf, NotThisAgency, SayWhy, AlreadyOffered, CaseClosed, ChangedMeanwhile.
    """
    access.check_may(by, access.REFER)
    held = held_open(case)
    check_seen(seen, stands=queries.sharing_stands(held), thing="case", thing_id=held.id, kinds=KINDS)
    today = queries.today(held, now=now)
    if uniform.offender_id not in {view.id for view in queries.complained_of(held)}:
        raise children.NotComplainedOf
    if not uniform.why.strip():
        raise children.SayWhy(law=law.cited(JURISDICTION, on=today))
    referral = _offered(held, uniform, uniform.agency_id, Aim.INVESTIGATION, by=by, now=now)
    if uniform.watcher_id is not None:
        watched = _watching(held, uniform.watcher_id)
        if watched is None:
            _offered(held, uniform, uniform.watcher_id, Aim.WATCH, by=by, now=now)
    for step in _waiting(held):
        duties.done(thing_id=held.id, kind=Duty.ROUTE_SUSPECT, step=step, by=by, now=now)
    detail = {
        "case": str(held.id),
        "person": str(uniform.offender_id),
        "number": referral.number,
        "on_record": law.value(JURISDICTION, on=today).decides,
    }
    journal.write(kind="cases.suspect.routed", thing="case", thing_id=held.id, by=by, now=now, detail=detail)
    return referral


def _offered(case: Case, uniform: Uniform, agency_id: UUID, aim: Aim, *, by: Actor, now: datetime) -> Referral:
    part = Part(
        agency_id=agency_id,
        aim=aim,
        sections=uniform.sections,
        until=None,
        urgency=Urgency.NOW,
        ground=Ground.MILITARY,
        note=uniform.why,
    )
    return offer_part(case, part=part, duty=Duty.ANSWER_REFERRAL, by=by, now=now)


def _standing(case: Case) -> list[Referral]:
    return [one for one in Referral.objects.select_for_update().filter(case=case).order_by("id") if one.is_military]


def _watching(case: Case, agency_id: UUID) -> Referral | None:
    """What that prosecutor watches already, or was asked to: routed anew, he is not asked twice."""
    return next((one for one in _standing(case) if (one.to_agency_id, one.asked) == (agency_id, Aim.WATCH)), None)


@transaction.atomic
def route_back(*, case: Case, why: str, by: Actor, now: datetime, seen: int | None = None) -> list[Referral]:
    """The suspect proves not to serve: the investigation is the case's agency's again, from this second.

    What military police and their prosecutor hold is used no more; what was due in the case was never theirs, and
    keeps its clocks. Raises SayWhy, NotRouted, CaseClosed, ChangedMeanwhile.
    """
    access.check_may(by, access.REFER)
    held = held_open(case)
    check_seen(seen, stands=queries.sharing_stands(held), thing="case", thing_id=held.id, kinds=KINDS)
    if not why.strip():
        raise children.SayWhy(law=law.cited(JURISDICTION, on=queries.today(held, now=now)))
    standing, waiting = _standing(held), _waiting(held)
    if not standing and not waiting:
        raise children.NotRouted
    for one in standing:
        if one.standing == Standing.PROPOSED:
            revoke(one, why="not_in_uniform", by=by, now=now)
        else:
            recall(one, why="not_in_uniform", by=by, now=now)
    duties.drop(thing_id=held.id, why="not_in_uniform", by=by, now=now, kinds=frozenset({Duty.ROUTE_SUSPECT}))
    heard = Heard(speaker=Speaker.DESK, words=why, source=by.name, said_at=now)
    keep(held, heard=heard, by=by, now=now)
    detail = {"case": str(held.id), "numbers": [one.number for one in standing]}
    journal.write(kind="cases.suspect.returned", thing="case", thing_id=held.id, by=by, now=now, detail=detail)
    return standing


def _waiting(case: Case) -> list[int]:
    found = Due.objects.filter(thing_id=case.id, kind=Duty.ROUTE_SUSPECT, done_at__isnull=True, dropped_at__isnull=True)
    return list(found.values_list("step", flat=True))


def military_offices(case: Case, *, kind: Office = Office.MILITARY_POLICE) -> list[Agency]:
    """The offices of military police, or the military prosecutors, the nearest to the place of the case first."""
    above = offices.chain(case.territory_id)
    found = offices.of_kinds([kind])
    return sorted(found, key=lambda one: (offices.distance(one.territory_id, above), one.code))
