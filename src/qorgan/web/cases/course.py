"""The course of a case in words: the lines of every stage, the plan on top, then the newest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from qorgan.agencies import queries as agencies
from qorgan.cases import queries as cases
from qorgan.cases.models import Case
from qorgan.cases.queries import Line
from qorgan.orders import queries as orders
from qorgan.orders.terms import Finding
from qorgan.reports.terms import Channel


@dataclass(frozen=True)
class Step:
    """A line of the course. `state` is done, late or plan; `url` leads to the thing, where there is one."""

    at: datetime
    state: str
    words: str
    by: str
    url: str


def course(case: Case, *, now: datetime, language: str, orders_open: bool) -> list[Step]:
    """All lines, composed of those of cases and orders."""
    lines = cases.timeline(case)
    if orders_open:
        lines += orders.timeline(case.id, now=now)
    names = agencies.staff_names([line.by for line in lines], language=language)
    steps = [_step(line, names) for line in lines]
    return sorted(steps, key=lambda step: step.at, reverse=True)


def _step(line: Line, names: dict[UUID, str]) -> Step:
    return Step(line.at, line.state, _words(line), names.get(line.by, "") if line.by else "", _url(line))


def _url(line: Line) -> str:
    for thing in ("order", "report"):
        held = line.detail.get(f"{thing}_id")
        if held:
            return reverse(f"{thing}s:{thing}", args=[held])
    return ""


def _words(line: Line) -> str:
    said = {"number": line.detail.get("number", "")}
    if line.kind == "report_registered":
        return _("First report, %(channel)s") % {"channel": Channel(str(line.detail["channel"])).label}
    if line.kind == "order_check":
        return _check(line)
    if line.kind == "order_ends":
        return (_("Order %(number)s ended") if line.state == "done" else _("Order %(number)s ends")) % said
    return str(_simple()[line.kind]) % said


def _simple() -> dict[str, str | Promise]:
    return {
        "case_opened": _("Case opened"),
        "case_closed": _("Case closed"),
        "order_drafted": _("Order %(number)s drafted"),
        "order_issued": _("Order %(number)s issued"),
        "order_signed": _("Order %(number)s served, signed for"),
        "order_refused": _("Order %(number)s served, refused to sign"),
        "order_cancelled": _("Order %(number)s cancelled"),
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
