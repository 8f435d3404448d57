"""A breach of special requirements: led back to the decision, and forward by the offence registered for it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from qorgan.base import ids
from qorgan.base.errors import NotFound
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases import actions as cases
from qorgan.courts import access, queries, rules
from qorgan.courts.actions import keep
from qorgan.courts.actions.decide import EVICTION_MAX
from qorgan.courts.models import CourtCase, Decision, RequirementsBreach
from qorgan.courts.terms import DecisionKind, DecisionState, Prohibition
from qorgan.law import queries as law
from qorgan.offences.models import Offence
from qorgan.offences.terms import State as OffenceState
from qorgan.orders.terms import Noticed
from qorgan.reports.models import Report

TERM, NOTE = "courts.requirements_max", "courts.requirements_breach.note"


@dataclass(frozen=True)
class Breached:
    """A breach as it was noticed. `report`: the one that tells of it; `offence`: the one registered for it."""

    noticed_at: datetime
    prohibitions: tuple[Prohibition, ...]
    breached_at: datetime | None = None
    report: Report | None = None
    offence: Offence | None = None
    note: str = field(default="", repr=False)


@transaction.atomic
def note_breach(
    *, decision: Decision, told: Breached, by: Actor, now: datetime, seen: int | None = None
) -> RequirementsBreach:
    """Note a breach of special requirements that bound at that moment by their clock.

    With a report it is that report which tells of it: the case that the decision is about leads it from now on. Raises
    RequirementsDoNotBind, RequirementsOver and EvictionOver (with the provision), ImpossibleMoment, NotRequired,
    NoProhibition, BreachKnown, OffenceElsewhere, ChangedMeanwhile.
    """
    access.check_may(by, access.SEND)
    held, found = keep.locked_decision(decision, seen=seen)
    if told.noticed_at > now or (told.breached_at and told.breached_at > told.noticed_at):
        raise rules.ImpossibleMoment
    check_binding(found, held=held, at=told.breached_at or told.noticed_at)
    rules.check_required(told.prohibitions, found.prohibitions)
    _check_eviction(found, held=held, told=told)
    offence = _offence(held, told.offence)
    if told.report:
        if RequirementsBreach.objects.filter(decision=found, report=told.report).exists():
            raise rules.BreachKnown(number=found.number)
        if held.case:
            cases.join_report(case=held.case, report=told.report, by=by, now=now)
    made = RequirementsBreach(
        id=ids.new(),
        decision=found,
        **beside(held),
        noticed=Noticed.REPORT if told.report else Noticed.OFFICER,
        report=told.report,
        offence=offence,
        breached_at=told.breached_at,
        noticed_at=told.noticed_at,
        prohibitions=[one.value for one in Prohibition if one in told.prohibitions],
        note=vault.seal(held.key_id, told.note, at=NOTE),
        written_at=now,
        written_by=by.staff,
    )
    made.save(force_insert=True)
    keep.kept(held, act="requirements.breached", by=by, now=now, decision=str(found.id), breach=str(made.id))
    return made


def check_binding(found: Decision, *, held: CourtCase, at: datetime) -> None:
    """Raises RequirementsDoNotBind before entry into force or of another decision, RequirementsOver after the term."""
    day = keep.day(at, territory_id=held.territory_id)
    begins, ends = found.in_force_at, queries.requirements_end(found)
    is_one = found.kind == DecisionKind.SPECIAL_REQUIREMENTS and found.state == DecisionState.IN_FORCE
    if not is_one or begins is None or ends is None or at < begins:
        raise rules.RequirementsDoNotBind(number=found.number, provision=law.cited(TERM, on=day))
    if at >= ends:
        ended = keep.moment(ends, held=held)
        raise rules.RequirementsOver(number=found.number, ended=ended, provision=law.cited(TERM, on=day))


def _check_eviction(found: Decision, *, held: CourtCase, told: Breached) -> None:
    """Raises EvictionOver where he might live there again."""
    ends, at = queries.eviction_end(found), told.breached_at or told.noticed_at
    if Prohibition.LIVING_TOGETHER in told.prohibitions and ends is not None and at >= ends:
        provision = law.cited(EVICTION_MAX, on=keep.day(at, territory_id=held.territory_id))
        raise rules.EvictionOver(number=found.number, ended=keep.moment(ends, held=held), provision=provision)


def _offence(held: CourtCase, offence: Offence | None) -> Offence | None:
    """The offence as it stands, of the case that the decision is about. Raises NotFound, OffenceElsewhere."""
    if offence is None:
        return None
    found = Offence.objects.filter(pk=offence.pk).first()
    if found is None:
        raise NotFound
    other = held.case_id is None or found.case_id != held.case_id
    taken = RequirementsBreach.objects.filter(offence=found).exists()
    if other or taken or found.state == OffenceState.ANNULLED:
        raise rules.OffenceElsewhere
    return found
