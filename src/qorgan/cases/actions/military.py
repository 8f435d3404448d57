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
from qorgan.cases.actions.consents import KINDS
from qorgan.cases.actions.held import held_open
from qorgan.cases.actions.offer import Part, offer_part
from qorgan.cases.actions.uniform import JURISDICTION
from qorgan.cases.models import Case, Referral
from qorgan.cases.rules import children
from qorgan.cases.terms import Aim, Ground, Section, Urgency
from qorgan.duties import actions as duties
from qorgan.duties.models import Duty as Due
from qorgan.duties.terms import Kind as Duty
from qorgan.law import queries as law

GIVEN = (Section.CASE, Section.PERSONS, Section.ACCOUNTS, Section.REPORT, Section.OFFENCES)


@dataclass(frozen=True, kw_only=True)
class Uniform:
    """Who serves, to which office of military police the investigation goes, and why: a person decides it."""

    offender_id: UUID
    agency_id: UUID
    why: str = field(repr=False)
    sections: tuple[Section, ...] = GIVEN


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
    part = Part(
        agency_id=uniform.agency_id,
        aim=Aim.INVESTIGATION,
        sections=uniform.sections,
        until=None,
        urgency=Urgency.NOW,
        ground=Ground.MILITARY,
        note=uniform.why,
    )
    referral = offer_part(held, part=part, duty=Duty.ANSWER_REFERRAL, by=by, now=now)
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


def _waiting(case: Case) -> list[int]:
    found = Due.objects.filter(thing_id=case.id, kind=Duty.ROUTE_SUSPECT, done_at__isnull=True, dropped_at__isnull=True)
    return list(found.values_list("step", flat=True))


def military_offices(case: Case) -> list[Agency]:
    """The offices of military police, the nearest to the place of the case first."""
    above = offices.chain(case.territory_id)
    found = offices.of_kinds([Office.MILITARY_POLICE])
    return sorted(found, key=lambda one: (offices.distance(one.territory_id, above), one.code))
