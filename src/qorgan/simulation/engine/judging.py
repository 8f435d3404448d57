"""Court cases: sent, heard, decided, appealed, in force; or returned."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from qorgan.simulation.engine.assumptions import Sentences
from qorgan.simulation.engine.calendars import later, whole
from qorgan.simulation.engine.chance import happens, picked
from qorgan.simulation.engine.scene import Scene
from qorgan.simulation.engine.threads import PlannedCourtCase, PlannedDecision, PlannedHearing, PlannedOffence

SPECIAL, ADMINISTRATIVE, CRIMINAL = "special_requirements", "administrative", "criminal"
_PROHIBITIONS = ("contact_with_victim", "contact_with_children_and_incapable", "alcohol", "weapons")
_IN_FORCE = 93  # percent of the decisions that were not appealed: somebody writes that they are in force
_AFTER_CONVICTION = 10  # percent of the sentences with special requirements beside them, since the law knows them
_DAYS_OF_APPEAL = 16
_PARTIES = {"offender": 70, "victim": 12, "prosecutor": 14, "body": 4}


def about_order(scene: Scene, issued_at: datetime, number: int, *, decided: bool) -> PlannedCourtCase:
    """Special requirements, asked for because of an order."""
    sent = scene.after(issued_at, "court_after_order")
    found = PlannedCourtCase(SPECIAL, sent, order=number)
    if not decided:
        return _left(scene, found)
    hearings, heard = _hearings(scene, sent)
    shares = scene.section("courts")
    moment = scene.after(heard, "decision")
    first = _refused(scene, moment) or _requirements(scene, moment)
    decisions = [first]
    helps_from: date = shares["psychological_help_from"]
    if first.kind == SPECIAL and happens(scene.chance, shares["second_decision"]):
        second = scene.after(moment, "further_decision")
        if scene.local_day(second) >= helps_from:
            months = scene.chance.choice((1, 2, 3, 6))
            decisions.append(PlannedDecision(second, "psychological_help", months=months))
    return replace(found, hearings=hearings, decisions=tuple(_followed(scene, one) for one in decisions))


def about_protocol(scene: Scene, offence: PlannedOffence, number: int, *, breach: bool) -> PlannedCourtCase:
    """An administrative offence in court: a penalty, perhaps with special requirements."""
    assert offence.sent_at is not None, "the protocol goes to court"
    hearings, heard = _hearings(scene, offence.sent_at)
    shares = scene.section("courts")
    moment = scene.after(heard, "decision")
    penalties = dict(shares["breach_penalties" if breach else "penalties"])
    if (offence.wording.acted_on or date.min) < shares["public_works_from"]:
        penalties.pop("public_works", None)
    first = _refused(scene, moment) or _penalty(scene, moment, picked(scene.chance, penalties))
    decisions = [first]
    if first.kind not in ("refused", "terminated") and happens(scene.chance, shares["second_decision"]):
        decisions.append(_requirements(scene, scene.after(moment, "further_decision")))
    return PlannedCourtCase(
        ADMINISTRATIVE,
        offence.sent_at,
        offence=number,
        hearings=hearings,
        decisions=tuple(_followed(scene, one) for one in decisions),
    )


def about_crime(
    scene: Scene, offence: PlannedOffence, number: int, sentences: Sentences, *, requirements_from: date
) -> PlannedCourtCase:
    """A criminal case in court: a sentence."""
    assert offence.sent_at is not None, "the offence goes to court"
    hearings, heard = _hearings(scene, offence.sent_at)
    moment = scene.after(heard, "criminal_decision")
    convicted = happens(scene.chance, sentences.convicted)
    imprisoned = convicted and happens(scene.chance, sentences.imprisoned)
    months = scene.chance.choice(sentences.months) if imprisoned else None
    decisions = [PlannedDecision(moment, "sentence", conviction=convicted, imprisonment_months=months)]
    if convicted and scene.local_day(moment) >= requirements_from and happens(scene.chance, _AFTER_CONVICTION):
        decisions.append(_requirements(scene, moment))
    return PlannedCourtCase(
        CRIMINAL,
        offence.sent_at,
        offence=number,
        hearings=hearings,
        decisions=tuple(_followed(scene, one) for one in decisions),
    )


def _left(scene: Scene, found: PlannedCourtCase) -> PlannedCourtCase:
    """Materials that no decision follows: returned, or still waiting."""
    if not happens(scene.chance, scene.section("courts")["returned"]):
        return found
    return replace(found, returned_at=scene.after(found.sent_at, "hearing", until=scene.horizon))


def _hearings(scene: Scene, sent: datetime) -> tuple[tuple[PlannedHearing, ...], datetime]:
    """The hearings of a case, and when the last one began: it is held by the decision."""
    shares = scene.section("courts")
    set_at = later(sent, timedelta(hours=1 + 20 * scene.chance.random()), scene.chance, until=scene.end)
    moment = scene.after(set_at, "hearing")
    found = []
    thrown = scene.chance.random() * 100
    if thrown < shares["postponed"] + shares["absent"]:
        result = "postponed" if thrown < shares["postponed"] else "absent"
        found.append(PlannedHearing(set_at, moment, result, written_at=moment))
        set_at, moment = moment, scene.after(moment, "hearing")
    return (*found, PlannedHearing(set_at, moment)), moment


def _refused(scene: Scene, moment: datetime) -> PlannedDecision | None:
    shares = scene.section("courts")
    thrown = scene.chance.random() * 100
    if thrown < shares["refused"] + shares["terminated"]:
        return PlannedDecision(moment, "refused" if thrown < shares["refused"] else "terminated")
    return None


def _requirements(scene: Scene, moment: datetime) -> PlannedDecision:
    months = scene.chance.choice(scene.section("courts")["requirement_months"])
    prohibitions = _PROHIBITIONS[: scene.chance.randint(1, len(_PROHIBITIONS))]
    return PlannedDecision(moment, SPECIAL, months=months, visits=scene.chance.randint(1, 4), prohibitions=prohibitions)


def _penalty(scene: Scene, moment: datetime, kind: str) -> PlannedDecision:
    measures: Mapping[str, tuple[int, ...]] = {"public_works": (20, 40, 60, 80)}
    days = scene.chance.choice(scene.section("courts")["arrest_days"]) if kind == "arrest" else None
    hours = scene.chance.choice(measures[kind]) if kind in measures else None
    return PlannedDecision(moment, kind, days=days, hours=hours)


def _followed(scene: Scene, decision: PlannedDecision) -> PlannedDecision:
    """What follows a decision: it enters into force when its days of appeal are over, or a higher court looks."""
    if happens(scene.chance, scene.section("courts")["appealed"]):
        return _appealed(scene, decision)
    in_force = whole(decision.at + timedelta(days=_DAYS_OF_APPEAL + 6 * scene.chance.random()))
    if in_force > scene.horizon or not happens(scene.chance, _IN_FORCE):
        return decision
    return replace(decision, in_force_at=in_force)


def _appealed(scene: Scene, decision: PlannedDecision) -> PlannedDecision:
    filed = whole(decision.at + timedelta(days=1 + 9 * scene.chance.random()))
    if filed > scene.horizon:
        return decision
    found = replace(decision, appealed_at=filed, appealed_by=picked(scene.chance, _PARTIES))
    decided = whole(filed + timedelta(days=14 + 26 * scene.chance.random()))
    if decided > scene.horizon:
        return found
    result = picked(scene.chance, scene.section("courts")["appeal_results"])
    found = replace(found, appeal_result=result, appeal_decided_at=decided)
    in_force = whole(decided + timedelta(days=1))
    if result == "set_aside" or in_force > scene.horizon:
        return found
    return replace(found, in_force_at=in_force)
