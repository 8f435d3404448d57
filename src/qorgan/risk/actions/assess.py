"""An assessment: is it safe to ask now; what was answered; what the rules make of it; what a person judges."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from qorgan.base import ids, journal
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases import actions as cases
from qorgan.cases.models import Case, CasePerson
from qorgan.cases.terms import Role
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.places import queries as places
from qorgan.risk import access, queries, rules
from qorgan.risk.actions import instruments, lower
from qorgan.risk.engine import result
from qorgan.risk.engine.answers import Answer
from qorgan.risk.engine.instrument import Action, Band, Instrument, Purpose
from qorgan.risk.engine.result import Scored
from qorgan.risk.models import Alleged, Assessment, Kept, Lowering, Measure
from qorgan.risk.queries import AssessmentView
from qorgan.risk.terms import Decision, Gate, Origin

AGAIN, ASK_AGAIN = "risk.assess_again", "risk.ask_again"


@dataclass(frozen=True)
class Made:
    """What an assessment says. `code` is the instrument's; `judged` a code of its bands, or empty for no judgement."""

    code: str
    gate: Gate
    answers: Mapping[str, Answer] = field(default_factory=dict, repr=False)
    offenders: tuple[UUID, ...] = ()
    judged: str = ""
    why: str = field(default="", repr=False)


@transaction.atomic
def assess(*, case: Case, made: Made, by: Actor, now: datetime, seen: int | None = None) -> Assessment:
    """Assess the danger in a case, by one instrument, from one or several people.

    Where it is not safe to ask, no answer is taken and that is a result too: what is not known never lowers. The
    result is the higher of rules and judgement; a lower judgement waits for a second person. `seen`:
    `queries.counted`. Raises NotAllowed, CaseClosed, ChangedMeanwhile, and what `rules` refuses.
    """
    access.check_may(by, access.ASSESS)
    held = cases.held_open(case)
    stands = queries.counted(held)
    check_seen(seen, stands=stands, thing="case", thing_id=held.id, kinds=("risk.assessment.",))
    offer = queries.find_offered(made.code, on=now.astimezone(places.zone(held.territory_id)).date())
    if offer is None:
        raise rules.UnknownInstrument
    kept, used = _kept(held, offer, by=by, now=now), offer.instrument
    answers = dict(made.answers) if made.gate.is_safe else result.not_now(used)
    rules.check_answers(used, answers)
    rules.check_offenders(made.offenders, named=_named(held))
    judged = rules.check_band(used, made.judged) if made.judged else None
    scored = result.score(used, answers)
    why = rules.check_why(judged, scored.band, made.why)
    before = queries.for_cases([held.id])
    band = result.result(used, scored, judged=judged, standing=_before(used, before))
    row = _row(held, kept, made, answers, scored=scored, judged=judged, band=band, why=why, by=by, now=now)
    _alleged(row, made.offenders)
    _overtake(before, used.purpose, by=by, now=now)
    asked = result.asked_for(used, band, answers, cannot_ask=not made.gate.is_safe)
    _lay_measures(held, row, asked, by=by, now=now)
    _lay_again(held, row, has_asked=made.gate.is_safe, by=by, now=now)
    if result.tells_of_children(used, answers):
        cases.reveal_parent(case=held, offenders=made.offenders, by=by, now=now)
    if judged is not None and judged.rank < band.rank:
        lower.laid(assessment=row, was=band, to=judged, why=why, by=by, now=now)
    return row


def _kept(case: Case, offer: queries.Offered, *, by: Actor, now: datetime) -> Kept:
    rules.check_usable(offer.instrument, on=now.astimezone(places.zone(case.territory_id)).date())
    if offer.kept is not None and offer.kept.content_hash == offer.instrument.content_hash:
        return offer.kept
    return instruments.keep(offer.instrument, content=dict(offer.content), origin=Origin.SHIPPED, by=by, now=now)


def _named(case: Case) -> set[UUID]:
    return set(CasePerson.objects.filter(case=case, role=Role.OFFENDER).values_list("person_id", flat=True))


def _before(used: Instrument, before: Iterable[AssessmentView]) -> Band | None:
    """The band that stands in the case, where this instrument has it too."""
    newest = queries.standing(before, used.purpose)
    if newest is None:
        return None
    return next((band for band in used.bands if band.code == newest.stands.code), None)


def _row(
    case: Case,
    kept: Kept,
    made: Made,
    answers: Mapping[str, Answer],
    *,
    scored: Scored,
    judged: Band | None,
    band: Band,
    why: str,
    by: Actor,
    now: datetime,
) -> Assessment:
    given = {code: str(answer) for code, answer in answers.items() if answer is not Answer.NOT_ASKED}
    row = Assessment(
        id=ids.new(),
        case=case,
        **beside(case),
        agency_id=by.agency,
        instrument=kept,
        content_hash=kept.content_hash,
        key_id=case.key_id,
        has_asked=made.gate.is_safe,
        gate=_sealed(case, "gate", json.dumps(asdict(made.gate), ensure_ascii=False)),
        answers=_sealed(case, "answers", json.dumps(given)),
        why=_sealed(case, "why", why),
        computed=scored.band.rank,
        judged=judged.rank if judged else None,
        result=band.rank,
        assessed_at=now,
        assessed_by=by.staff,
        expires_at=_expires(case, band, has_asked=made.gate.is_safe, now=now),
    )
    row.save(force_insert=True)
    detail = {"case": case.number, "instrument": f"{kept.code} {kept.version}", "asked": made.gate.is_safe}
    journal.write(kind="risk.assessment.made", thing="assessment", thing_id=row.id, by=by, now=now, detail=detail)
    return row


def _sealed(case: Case, column: str, text: str) -> bytes:
    return vault.seal(case.key_id, text, at=f"risk.assessment.{column}")


def _expires(case: Case, band: Band, *, has_asked: bool, now: datetime) -> datetime:
    """Until when the result is to be relied on: by the band, else by the law on record; sooner where none was asked."""
    zone = places.zone(case.territory_id)
    term = law.deadline(AGAIN, start=now, zone=zone).due_at
    until = now + timedelta(hours=band.hours) if band.hours else term or now + timedelta(days=1)
    soon = None if has_asked else law.deadline(ASK_AGAIN, start=now, zone=zone).due_at
    return min(until, soon) if soon else until


def _alleged(row: Assessment, offenders: Iterable[UUID]) -> None:
    Alleged.objects.bulk_create(
        Alleged(id=ids.new(), assessment=row, person_id=one, **beside(row)) for one in dict.fromkeys(offenders)
    )


def _overtake(before: Iterable[AssessmentView], purpose: Purpose, *, by: Actor, now: datetime) -> None:
    """What older assessments still waited for: assessing again is done, and nobody lowers what is history."""
    for view in before:
        if view.instrument.purpose is not purpose:
            continue
        duties.done(thing_id=view.assessment.id, kind=DutyKind.ASSESS_AGAIN, by=by, now=now)
        if view.waits is not None:
            held = Lowering.objects.select_for_update().get(pk=view.waits.lowering.id)
            lower.close(held, decision=Decision.OVERTAKEN, by=by, now=now)
            duties.drop(thing_id=held.id, why="overtaken", by=by, now=now)


def _lay_measures(case: Case, row: Assessment, asked: Iterable[Action], *, by: Actor, now: datetime) -> None:
    """Lay what the result asks for. What an older result asked for, and is still open, keeps its earlier term."""
    open_already = {one.action for one in queries.open_measures(case)}
    zone = places.zone(case.territory_id)
    for one in asked:
        if one.code in open_already:
            continue
        measure = Measure(id=ids.new(), assessment=row, action=one.code, **beside(row))
        measure.save(force_insert=True)
        term = law.deadline(one.provision, start=now, zone=zone)
        due = now + timedelta(hours=one.hours) if one.hours else term.due_at
        lower.lay(
            case,
            kind=DutyKind.TAKE_MEASURE,
            thing="measure",
            thing_id=measure.id,
            provision=one.provision,
            due_at=due,
            by=by,
            now=now,
        )


def _lay_again(case: Case, row: Assessment, *, has_asked: bool, by: Actor, now: datetime) -> None:
    provision = AGAIN if has_asked else ASK_AGAIN
    lower.lay(
        case,
        kind=DutyKind.ASSESS_AGAIN,
        thing="assessment",
        thing_id=row.id,
        provision=provision,
        due_at=row.expires_at,
        by=by,
        now=now,
    )
