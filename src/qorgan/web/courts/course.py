"""The courts' lines of a course in words: of one court case, or among those of a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from qorgan.agencies import queries as agencies
from qorgan.cases.queries import Line
from qorgan.courts import queries
from qorgan.courts.models import CourtCase
from qorgan.courts.terms import AppealResult, DecisionKind, Party


@dataclass(frozen=True)
class Step:
    """A line of the course. `state` is done, late or plan."""

    at: datetime
    state: str
    words: str
    by: str


def course(court_cases: Sequence[CourtCase], *, now: datetime, language: str) -> list[Step]:
    """All lines of court cases, the plan on top, then the newest first."""
    lines = queries.lines_of(court_cases, now=now)
    names = agencies.staff_names([line.by for line in lines], language=language)
    steps = [Step(line.at, line.state, words(line), names.get(line.by, "") if line.by else "") for line in lines]
    return sorted(steps, key=lambda step: step.at, reverse=True)


def words(line: Line) -> str:
    """A line of the courts in words. Raises KeyError for a line of another room."""
    said = {name: line.detail.get(name, "") for name in ("number", "decision")}
    match line.kind:
        case "court_decided" | "court_decision_in_force":
            said["what"] = DecisionKind(str(line.detail["kind"])).label
        case "court_appealed":
            said["who"] = Party(str(line.detail["party"])).label
        case "court_appeal_decided":
            said["what"] = AppealResult(str(line.detail["result"])).label
    kind = "hearing_late" if line.kind == "hearing_planned" and line.state == "late" else line.kind
    return str(_lines()[kind]) % said


def _lines() -> dict[str, str | Promise]:
    return {
        "court_case_sent": _("Materials sent to court: court case %(number)s"),
        "court_case_returned": _("The court returned the materials of court case %(number)s"),
        "hearing_planned": _("Court hearing, court case %(number)s"),
        "hearing_late": _("Court hearing, court case %(number)s: the outcome is not written"),
        "hearing_held": _("Court hearing held, court case %(number)s"),
        "hearing_postponed": _("Court hearing put off, court case %(number)s"),
        "hearing_absent": _("Court hearing not held, somebody did not come: court case %(number)s"),
        "court_decided": _("Court decision %(decision)s: %(what)s"),
        "court_decision_in_force": _("Court decision %(decision)s entered into force: %(what)s"),
        "requirements_breached": _("Special requirements of decision %(decision)s breached"),
        "court_appealed": _("Appeal about court decision %(decision)s: %(who)s"),
        "court_appeal_decided": _("Appeal about court decision %(decision)s: %(what)s"),
    }


KINDS = frozenset(_lines())
