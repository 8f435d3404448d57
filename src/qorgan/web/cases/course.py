"""The course of a case in words: the lines of every stage, the plan on top, then the newest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from qorgan.cases import queries as cases
from qorgan.cases.models import Case
from qorgan.cases.queries import Line
from qorgan.courts import queries as courts
from qorgan.missing import queries as missing
from qorgan.missing.queries import AlarmView
from qorgan.offences import queries as offences
from qorgan.offences.queries import OffenceView
from qorgan.orders import queries as orders
from qorgan.orders.queries import OrderView
from qorgan.orders.terms import Finding, Followed, Noticed
from qorgan.reports.terms import Channel
from qorgan.risk import queries as risk
from qorgan.risk.queries import AssessmentView
from qorgan.web.courts import course as court_course

_LINKED = {"alarm_id", "assessment_id", "breach_id", "review_id", "said_in"}


@dataclass(frozen=True)
class Step:
    """A line of the course. `state` is done, late or plan; `url` leads to the thing, where there is one."""

    at: datetime
    state: str
    words: str
    by: str
    url: str
    is_linked: bool = False


def lines(
    case: Case,
    *,
    now: datetime,
    orders_seen: Iterable[OrderView] = (),
    offences_seen: Iterable[OffenceView] = (),
    alarms_seen: Iterable[AlarmView] = (),
    assessed: Iterable[AssessmentView] = (),
    courts_open: bool = False,
) -> list[Line]:
    """All lines, composed of those of cases, alarms, offences, orders and courts, as far as the reader sees these."""
    found = cases.timeline(case) + cases.night_lines(case) + missing.timeline(alarms_seen) + risk.timeline(assessed)
    found += offences.timeline(offences_seen) + orders.timeline(orders_seen, now=now)
    return found + courts.timeline(case.id, now=now) if courts_open else found


def steps(found: Iterable[Line], *, names: Mapping[UUID, str]) -> list[Step]:
    """The lines in words, the plan on top, then the newest first. `names`: of the staff who did something."""
    return sorted((_step(line, names) for line in found), key=lambda step: step.at, reverse=True)


def _step(line: Line, names: Mapping[UUID, str]) -> Step:
    by = names.get(line.by, "") if line.by else ""
    is_linked = line.kind in court_course.KINDS or bool(_LINKED & set(line.detail))
    return Step(line.at, line.state, words_of(line), by, url_of(line), is_linked)


def url_of(line: Line) -> str:
    """Where a line leads; empty where it has no page of its own."""
    if line.kind in court_course.KINDS:
        return reverse("courts:court_case", args=[line.detail["court_case_id"]])
    if "alarm_id" in line.detail:
        return reverse("missing:alarm", args=[line.detail["alarm_id"]])
    if "review_id" in line.detail:
        return reverse("cases:review", args=[line.detail["review_id"]])
    if "said_in" in line.detail:
        return reverse("cases:said", args=[line.detail["said_in"]])
    if "assessment_id" in line.detail:
        return reverse("risk:assessment", args=[line.detail["assessment_id"]])
    if "breach_id" in line.detail:
        return reverse("orders:breach", args=[line.detail["breach_id"]])
    for thing in ("order", "offence", "report"):
        held = line.detail.get(f"{thing}_id")
        if held:
            return reverse(f"{thing}s:{thing}", args=[held])
    return ""


def words_of(line: Line) -> str:
    """A line in words, in the language of the moment."""
    said = {"number": line.detail.get("number", ""), "result": line.detail.get("result", "")}
    if line.kind in court_course.KINDS:
        return court_course.words(line)
    if line.kind == "report_registered":
        return _("First report, %(channel)s") % {"channel": Channel(str(line.detail["channel"])).label}
    if line.kind == "order_check":
        return _check(line)
    if line.kind == "order_breached":
        return _("Order %(number)s breached, noticed %(how)s") % {
            **said,
            "how": Noticed(str(line.detail["noticed"])).label,
        }
    if line.kind == "breach_followed":
        what = Followed(str(line.detail["kind"])).label
        return _("After the breach of order %(number)s: %(what)s") % {**said, "what": what}
    if line.kind == "order_ends":
        return (_("Order %(number)s ended") if line.state == "done" else _("Order %(number)s ends")) % said
    return str(_simple()[line.kind]) % said


def _simple() -> dict[str, str | Promise]:
    return {
        "case_opened": _("Case opened"),
        "case_closed": _("Case closed"),
        "authority_told": _("The guardianship authority was told, before anyone else"),
        "night_decided": _("Decided where the child sleeps: %(result)s"),
        "finding_given": _("Expert finding given: %(result)s"),
        "contradiction_marked": _("Two statements marked as contradicting each other: %(result)s"),
        "contradiction_withdrawn": _("A mark of a contradiction was withdrawn: %(result)s"),
        "review_asked": _("Review %(number)s asked of the ombudsman"),
        "review_answered": _("Review %(number)s answered: %(result)s"),
        "review_due": _("Review %(number)s is to be answered"),
        "child_last_seen": _("The child was last seen"),
        "alarm_raised": _("Alarm raised for a missing child"),
        "child_found_alive": _("The child was found alive"),
        "child_found_dead": _("The child was found dead"),
        "child_not_found": _("The search for the child was laid to rest"),
        "risk_assessed": _("Danger assessed: %(result)s"),
        "risk_not_asked": _("Not safe to ask about danger: %(result)s"),
        "risk_lowered": _("Result of the assessment lowered by two people: %(result)s"),
        "offence_registered": _("Offence %(number)s registered"),
        "offence_terminated": _("Offence %(number)s terminated"),
        "offence_annulled": _("Registration of offence %(number)s annulled"),
        "order_drafted": _("Order %(number)s drafted"),
        "order_issued": _("Order %(number)s issued"),
        "order_signed": _("Order %(number)s served, signed for"),
        "order_refused": _("Order %(number)s served, refused to sign"),
        "order_cancelled": _("Order %(number)s cancelled"),
        "order_annulled": _("Order %(number)s annulled"),
    }


def _check(line: Line) -> str:
    said = {"step": line.detail.get("step"), "number": line.detail.get("number")}
    if line.state == "late":
        return _("Check %(step)s of order %(number)s was not made") % said
    if line.state == "plan":
        return _("Check %(step)s of order %(number)s") % said
    finding = Finding(str(line.detail["finding"])) if line.detail.get("finding") else None
    said["finding"] = str(finding.label) if finding else ""
    return _("Check %(step)s of order %(number)s: %(finding)s") % said
