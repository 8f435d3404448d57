"""The course of a case drawn, and its live clocks. Only what the page has opened already: nothing is asked here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qorgan.base import words
from qorgan.cases.queries import Line
from qorgan.law.engine.book import LawBook
from qorgan.orders.queries import CheckView, Force
from qorgan.orders.terms import State
from qorgan.risk.queries import AssessmentView
from qorgan.web import timeline
from qorgan.web.cases import course
from qorgan.web.courts import course as court_course
from qorgan.web.orders.panels import CHECKS, Panel
from qorgan.web.provisions import cited
from qorgan.web.risk.forms import named
from qorgan.web.timeline import Ends, Lane, Point


@dataclass(frozen=True)
class Clock:
    """A live clock: what it is of, how long is left or past, its provision, and its bar."""

    name: str
    tone: str
    left: str
    due: datetime
    provision: str
    to_verify: bool
    picture: SafeString


def whole(
    lines: Sequence[Line],
    panels: Iterable[Panel],
    assessed: Iterable[AssessmentView],
    *,
    names: Mapping[UUID, str],
    book: LawBook,
    now: datetime,
    zone: tzinfo,
) -> dict[str, list[course.Step] | list[Clock] | SafeString]:
    """The course of a case as a list and as a picture, and its clocks."""
    steps = course.steps(lines, names=names)
    told = [step.words for step in reversed(steps)]
    return {
        "course": steps,
        "picture": picture(lines, now=now, zone=zone, told=told),
        "clocks": clocks(panels, assessed, book=book, now=now, zone=zone),
    }


def picture(lines: Iterable[Line], *, now: datetime, zone: tzinfo, told: Iterable[str]) -> SafeString:
    """The course in lanes. `told`: its lines in words, for who hears the page; the list stands beside it."""
    found: dict[str, list[Point]] = {name: [] for name in _lanes()}
    moments = [now]
    for line in lines:
        found[_lane(line.kind)].append(Point(line.at, line.state))
        moments.append(line.at)
    names = _lanes()
    lanes = [Lane(names[key], tuple(points)) for key, points in found.items()]
    ends = Ends(_day(min(moments), zone), _day(max(moments), zone), _("now"))
    return timeline.course(lanes, now=now, ends=ends, title=_("Course of the case"), told="; ".join(told))


def _lanes() -> dict[str, str]:
    return {
        "case": _("Report and case"),
        "missing": _("Search"),
        "risk": _("Danger"),
        "offences": _("Offences"),
        "orders": _("Orders and checks"),
        "courts": _("Courts"),
    }


def _lane(kind: str) -> str:
    if kind in court_course.KINDS:
        return "courts"
    rooms = {"order": "orders", "offence": "offences", "risk": "risk", "child": "missing", "alarm": "missing"}
    return rooms.get(kind.split("_", maxsplit=1)[0], "case")


def _day(at: datetime, zone: tzinfo) -> str:
    return words.date_short(at.astimezone(zone).date(), get_language() or "")


def clocks(
    panels: Iterable[Panel], assessed: Iterable[AssessmentView], *, book: LawBook, now: datetime, zone: tzinfo
) -> list[Clock]:
    """Every clock that runs, or ran out undone; the longest past first."""
    found = [one for panel in panels for one in _of_order(panel, book, now)]
    found += [one for view in _latest(assessed) if (one := _of_danger(view, now, zone))]
    return sorted(found, key=lambda one: one.due)


def _of_order(panel: Panel, book: LawBook, now: datetime) -> Iterator[Clock]:
    order = panel.view.order
    if order.state != State.SERVED or order.served_at is None or order.ends_at is None:
        return
    said = {"number": order.number}
    day = order.served_at.astimezone(panel.zone).date()
    for check, start in _open_checks(panel.view.checks, order.served_at, now):
        if check.due_at:
            provision = cited(book, CHECKS, on=day)
            name = _("Check %(step)s of order %(number)s") % {**said, "step": check.step}
            yield _clock(name, start, check.due_at, now, panel.zone, provision.words, check.to_verify)
    if panel.force is Force.IN_FORCE:
        name = _("Order %(number)s ends") % said
        held = panel.provision
        yield _clock(name, order.served_at, order.ends_at, now, panel.zone, held.words, held.to_verify)


def _open_checks(
    checks: Iterable[CheckView], served_at: datetime, now: datetime
) -> Iterator[tuple[CheckView, datetime]]:
    """Those that were missed, and the next one; each runs from the one before it."""
    start = served_at
    for check in checks:
        if check.done_at is None:
            yield check, start
            if check.due_at and check.due_at >= now:
                return
        start = check.due_at or start


def _latest(assessed: Iterable[AssessmentView]) -> list[AssessmentView]:
    """The newest assessment by each instrument: an older one binds nobody to look again."""
    newest: dict[str, AssessmentView] = {}
    for view in assessed:
        held = newest.get(view.instrument.code)
        if held is None or held.assessment.assessed_at < view.assessment.assessed_at:
            newest[view.instrument.code] = view
    return list(newest.values())


def _of_danger(view: AssessmentView, now: datetime, zone: tzinfo) -> Clock | None:
    if view.tone == "plan":
        return None
    held = view.assessment
    name = _("The result of the danger assessment is to be relied on")
    return _clock(name, held.assessed_at, held.expires_at, now, zone, named(view.instrument.title), False)


def _clock(
    name: str, start: datetime, due: datetime, now: datetime, zone: tzinfo, provision: str, to_verify: bool
) -> Clock:
    language = get_language() or ""
    is_late = due < now
    left = words.ago(now - due, language) if is_late else words.left(due - now, language)
    state = _("ran out: %(ago)s") % {"ago": left} if is_late else left
    told = _("From %(start)s to %(due)s; %(state)s") % {
        "start": words.moment(start, zone, language),
        "due": words.moment(due, zone, language),
        "state": state,
    }
    ends = Ends(_day(start, zone), "" if is_late else _day(due, zone), _("now"))
    drawn = timeline.clock(start=start, due=due, now=now, ends=ends, title=name, told=told)
    return Clock(name, "late" if is_late else "due", state, due, provision, to_verify, drawn)
