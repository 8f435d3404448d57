"""Assessments made through the real actions."""

from datetime import datetime

from qorgan.base.scope import Actor, acting
from qorgan.cases.models import Case
from qorgan.risk import actions, queries
from qorgan.risk.engine.answers import Answer
from qorgan.risk.engine.instrument import Instrument
from qorgan.risk.models import Assessment, Lowering
from qorgan.risk.terms import Gate
from tests import factories

CODE = "kz.triage"
SAFE, NOT_SAFE = Gate(is_safe=True), Gate(is_safe=False)
CALM = ("fears", "threatened", "choked", "armed", "worse", "leaving", "follows_her", "shuts_in", "forced", "drinks")


def triage() -> Instrument:
    """The triage that ships."""
    return next(one for one in queries.shipped() if one.code == CODE)


def calm(*yes: str) -> dict[str, Answer]:
    """Enough answers, all no but those named."""
    return dict.fromkeys(CALM, Answer.NO) | dict.fromkeys(yes, Answer.YES)


def said(*yes: str, **changes: object) -> actions.Made:
    """What an assessment says: enough answers, those named being yes."""
    held = {"code": CODE, "gate": SAFE, "answers": calm(*yes)}
    return actions.Made(**{**held, **changes})  # type: ignore[arg-type]  # the changes name fields of Made


def assessed(*yes: str, by: Actor, now: datetime, case: Case | None = None, **changes: object) -> Assessment:
    """An assessment of a case."""
    held = case or factories.case(by=by, now=now)
    return actions.assess(case=held, made=said(*yes, **changes), by=by, now=now)


def lowering(*, by: Actor, now: datetime, case: Case | None = None) -> Lowering:
    """A grave result that is asked to be raised only."""
    held = assessed("choked", by=by, now=now, case=case)
    return actions.ask_lower(assessment=held, to="raised", why="ол қалада жоқ", by=by, now=now)


def assessed_and_lowered(*, by: Actor, second: Actor, now: datetime) -> Lowering:
    """A judgement with its reason, and a lower result that a second person agreed to in words."""
    held = assessed("leaving", judged="grave", why="көршілері хабарлады", by=by, now=now)
    asked = actions.ask_lower(assessment=held, to="watch", why="ол қалада жоқ", by=by, now=now)
    with acting(second):
        return actions.decide_lower(lowering=asked, agrees=True, words="растаймын", by=second, now=now)
