"""What the page of a case says of danger: what stands, until when, and what happened since."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from qorgan.base.scope import Actor
from qorgan.cases.models import Case
from qorgan.cases.queries import Line
from qorgan.cases.terms import State
from qorgan.risk import access, queries
from qorgan.risk.queries import AssessmentView
from qorgan.web.cases import course
from qorgan.web.risk import words

# What makes an assessment old before its day: whoever leads the case sees it beside the result.
TRIGGERS = frozenset(
    {
        *("report_registered", "offence_registered", "order_issued", "order_cancelled"),
        *("order_ends", "child_last_seen", "alarm_raised", "child_found_alive", "child_found_dead"),
    }
)
MOST = 3


def of_case(
    case: Case, views: Iterable[AssessmentView] | None, *, lines: Iterable[Line], actor: Actor, now: datetime
) -> dict[str, Any]:
    """The words of the panel; none where the reader may not see assessments. No question is asked."""
    if views is None:
        return {}
    stands = queries.standing(views)
    may = case.state == State.OPEN and actor.can(access.ASSESS)
    found = _since(lines, stands.assessment.assessed_at, now) if stands else []
    return {"risk": {"now": words.line(stands, now=now) if stands else None, "may_assess": may, "since": found}}


def _since(lines: Iterable[Line], at: datetime, now: datetime) -> list[course.Step]:
    held = [line for line in lines if at < line.at <= now and (line.kind in TRIGGERS or _is_breach(line))]
    return course.steps(held, names={})[:MOST]


def _is_breach(line: Line) -> bool:
    return line.kind == "order_breached"
