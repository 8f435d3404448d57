"""A lower result: asked for by one person with the reason, agreed to or declined by a second one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.base import ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases import actions as cases
from qorgan.cases.models import Case
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.places import queries as places
from qorgan.risk import access, queries, rules
from qorgan.risk.engine.instrument import Band
from qorgan.risk.models import Assessment, Lowering
from qorgan.risk.queries import AssessmentView
from qorgan.risk.terms import Decision

DECIDED = "risk.lowering"


@transaction.atomic
def ask_lower(
    *, assessment: Assessment, to: str, why: str, by: Actor, now: datetime, seen: int | None = None
) -> Lowering:
    """Ask that a result is lowered to the band `to`. Nothing is lower before a second person has agreed.

    `seen`: how many lower results were asked for when it was read. Raises NotAllowed, CaseClosed, Overtaken,
    AlreadyWaits, UnknownBand, NotLower, NoReason, ChangedMeanwhile.
    """
    access.check_may(by, access.ASSESS)
    cases.held_open(assessment.case)
    view = _newest(assessment)
    kinds = ("risk.lowering.",)
    check_seen(seen, stands=len(view.lowerings), thing="assessment", thing_id=assessment.id, kinds=kinds)
    if view.waits is not None:
        raise rules.AlreadyWaits
    wanted = rules.check_band(view.instrument, to)
    reason = rules.check_lower(wanted, view.stands, why)
    return laid(assessment=view.assessment, was=view.stands, to=wanted, why=reason, by=by, now=now)


@transaction.atomic
def decide_lower(
    *, lowering: Lowering, agrees: bool, words: str, by: Actor, now: datetime, seen: int | None = None
) -> Lowering:
    """Agree to a lower result or decline it, as someone who neither asked for it nor assessed.

    What the higher result asked for stays to be done: a person takes it back, no rule. Raises NotAllowed, NotFound,
    CaseClosed, SamePerson, Overtaken, LoweringDecided, ChangedMeanwhile.
    """
    access.check_may(by, access.DECIDE)
    cases.held_open(lowering.assessment.case)
    held = Lowering.objects.select_for_update().filter(pk=lowering.pk).first()
    if held is None:
        raise NotFound
    check_seen(seen, stands=held.version, thing="lowering", thing_id=held.id, kinds=("risk.lowering.",))
    rules.check_second(by=by.staff, besides={held.asked_by, lowering.assessment.assessed_by})
    rules.check_waits(held.decision)
    view = _newest(lowering.assessment)
    held.words = vault.seal(view.assessment.key_id, words.strip()[: rules.LONGEST_WHY], at="risk.lowering.words")
    close(held, decision=Decision.AGREED if agrees else Decision.DECLINED, by=by, now=now)
    duties.done(thing_id=held.id, kind=DutyKind.CONFIRM_LOWER, by=by, now=now)
    return held


def _newest(assessment: Assessment) -> AssessmentView:
    """The assessment, opened, if it is the newest of its case for its purpose. Raises NotFound, Overtaken."""
    views = queries.for_cases([assessment.case_id])
    view = next((one for one in views if one.assessment.id == assessment.id), None)
    if view is None:
        raise NotFound
    if queries.standing(views, view.instrument.purpose) is not view:
        raise rules.Overtaken
    return view


def laid(*, assessment: Assessment, was: Band, to: Band, why: str, by: Actor, now: datetime) -> Lowering:
    """Write down that a lower result is asked for, and lay the decision on the office of the case.

    No permission of its own: the act that asks for it has asked.
    """
    row = Lowering(
        id=ids.new(),
        assessment=assessment,
        **beside(assessment),
        was=was.rank,
        to=to.rank,
        why=vault.seal(assessment.key_id, why, at="risk.lowering.why"),
        words=b"",
        asked_at=now,
        asked_by=by.staff,
    )
    row.save(force_insert=True)
    case = assessment.case
    term = law.deadline(DECIDED, start=now, zone=places.zone(case.territory_id))
    lay(
        case,
        kind=DutyKind.CONFIRM_LOWER,
        thing="lowering",
        thing_id=row.id,
        provision=DECIDED,
        due_at=term.due_at,
        by=by,
        now=now,
    )
    detail = {"case": case.number, "assessment": str(assessment.id)}
    journal.write(kind="risk.lowering.asked", thing="lowering", thing_id=row.id, by=by, now=now, detail=detail)
    return row


def close(held: Lowering, *, decision: Decision, by: Actor, now: datetime) -> None:
    """Write down how a lower result ended. No permission of its own: the act that ends it has asked."""
    held.decision, held.decided_at, held.decided_by = decision, now, by.staff
    held.version += 1
    held.save(update_fields=["decision", "decided_at", "decided_by", "words", "version"])
    detail = {"decision": str(decision), "version": held.version}
    journal.write(kind=f"risk.lowering.{decision}", thing="lowering", thing_id=held.id, by=by, now=now, detail=detail)


def lay(
    case: Case,
    *,
    kind: DutyKind,
    thing: str,
    thing_id: UUID,
    provision: str,
    due_at: datetime | None,
    by: Actor,
    now: datetime,
) -> None:
    """Lay one duty about a thing of a case on the case's agency."""
    on = now.astimezone(places.zone(case.territory_id)).date()
    verify = law.value(provision, on=on).to_verify
    duties.lay(
        laid=[duties.Laid(kind, provision, since=now, due_at=due_at, to_verify=verify)],
        thing=thing,
        thing_id=thing_id,
        case_id=case.id,
        **beside(case),
        agency_id=case.agency_id,
        key_id=case.key_id,
        by=by,
        now=now,
    )
