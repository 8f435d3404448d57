"""What each agency knew, and when: everything in the reader's sight about the child and who is complained of.

The rooms give their lines for all cases at once; the number of questions does not grow with what they hold.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qorgan.agencies import queries as agencies
from qorgan.base import words
from qorgan.base.scope import Actor
from qorgan.cases import queries as cases
from qorgan.cases.models import Case
from qorgan.cases.queries import Line, Recorded
from qorgan.cases.terms import Role
from qorgan.courts import access as court_access
from qorgan.courts import queries as courts
from qorgan.duties import access as duty_access
from qorgan.duties import queries as duties
from qorgan.duties.terms import Kind as Duty
from qorgan.missing import access as missing_access
from qorgan.missing import queries as missing
from qorgan.missing.models import Alarm
from qorgan.offences import access as offence_access
from qorgan.offences import queries as offences
from qorgan.orders import access as order_access
from qorgan.orders import queries as orders
from qorgan.people import queries as people
from qorgan.reports import access as report_access
from qorgan.risk import access as risk_access
from qorgan.risk import queries as risk
from qorgan.risk.engine.answers import Answer
from qorgan.web import timeline
from qorgan.web.cases import course
from qorgan.web.risk.forms import named
from qorgan.web.timeline import Ends, Lane, Point

LANES = 8  # agencies that the picture has room for: those with most lines
LANE_NAME = 38  # letters of a lane's name that the picture has room for
_BY_OWN_LINE = frozenset({Duty.CHECK_ORDER, Duty.ANSWER_REFERRAL, Duty.ANSWER_REVIEW})


@dataclass(frozen=True)
class Known:
    """A line of what was known: when, what, by which agency; of which case, and where the reader may go from it."""

    at: datetime
    words: str
    agency: str
    state: str = "done"
    url: str = ""
    case: str = ""
    case_url: str = ""
    is_own: bool = False
    more: str = ""


@dataclass(frozen=True)
class Knowledge:
    """Everything known, the oldest first; the cases that it comes from; the numbers that a public form covers."""

    rows: tuple[Known, ...]
    cases: tuple[UUID, ...]
    numbers: tuple[str, ...]


def known(case: Case, *, actor: Actor, now: datetime) -> Knowledge:
    """What was on record of the child, whoever died with it, and those complained of, as far as the reader sees."""
    alarms = missing.led_to(case.id)
    named_in, reports = _about(case, alarms, now=now)
    held = {case.id: case} | named_in
    found = cases.recorded(list(held.values()), report_ids=reports, now=now)
    found += _of_rooms(list(held), alarms, actor=actor, now=now)
    done = [one for one in found if one.line.at <= now]
    rows = _rows(done, case, {one.id: one.number for one in held.values()}, actor=actor, now=now)
    told = {str(one.line.detail["number"]) for one in done if one.line.detail.get("number")}
    return Knowledge(tuple(rows), tuple(held), tuple(sorted(told)))


def _about(case: Case, alarms: Iterable[Alarm], *, now: datetime) -> tuple[dict[UUID, Case], set[UUID]]:
    """The cases and reports in sight about them: by every row that is the same person, over the child's cases too."""
    parts = [view.id for role, view in cases.persons(case) if role in (Role.VICTIM, Role.CHILD)]
    children = _same([*parts, *(one.child_id for one in alarms)])
    first = cases.cases_with(children) | {one.case_id: one.case for one in alarms}
    offenders = _same({*(view.id for view in cases.complained_of(case)), *cases.offenders_in(first)})
    found = first | cases.cases_with(children, offenders=offenders)
    return found, cases.reports_with(children, suspects=offenders)


def _same(ids: Iterable[UUID]) -> set[UUID]:
    return {one for held in people.held_for(ids).values() for one in held}


def _of_rooms(ids: list[UUID], alarms: list[Alarm], *, actor: Actor, now: datetime) -> list[Recorded]:
    """What the rooms above cases hold of them, each asked only where the reader may see its records."""
    may = actor.can
    found: list[Recorded] = []
    ordered = orders.for_cases(ids) if may(order_access.SEE) else []
    for view in ordered:
        found += [Recorded(line, view.order.case_id) for line in orders.timeline([view], now=now)]
    charged = offences.for_cases(ids) if may(offence_access.SEE) else []
    for one in charged:
        found += [Recorded(line, one.offence.case_id) for line in offences.timeline([one])]
    for assessed in risk.for_cases(ids) if may(risk_access.SEE) else []:
        found += [Recorded(_answers(line, assessed), assessed.assessment.case_id) for line in risk.timeline([assessed])]
    if may(missing_access.SEE):
        found += _searched(ids, alarms)
    if may(court_access.SEE):
        found += _courts(ids, [one.order.id for one in ordered], [one.offence.id for one in charged], now=now)
    return found + (_late(ids, now=now) if may(duty_access.SEE) else [])


def _answers(line: Line, view: risk.AssessmentView) -> Line:
    """The line of an assessment with what was answered yes."""
    asked = {one.code: named(one.text) for one in view.instrument.items}
    said = [asked[code] for code, answer in view.answers.items() if answer is Answer.YES and code in asked]
    return replace(line, detail={**line.detail, "answers": "; ".join(said)}) if said else line


def _searched(ids: list[UUID], alarms: list[Alarm]) -> list[Recorded]:
    """Alarms, and which offices were told of them and said so."""
    views = {view.alarm.id: view for view in [*missing.for_cases(ids), *missing.opened(alarms)]}
    found = []
    for view in views.values():
        found += [Recorded(line, view.alarm.case_id) for line in missing.timeline([view])]
    for one in missing.bulletins_of(views):
        case_id = views[one.alarm_id].alarm.case_id
        found.append(Recorded(Line(one.told_at, "bulletin_told", "done", {}), case_id, one.agency_id))
        if one.answered_at:
            found.append(Recorded(Line(one.answered_at, "bulletin_answered", "done", {}), case_id, one.agency_id))
    return found


def _courts(ids: list[UUID], order_ids: list[UUID], offence_ids: list[UUID], *, now: datetime) -> list[Recorded]:
    held = {one.id: one for one in courts.about(case_ids=ids, order_ids=order_ids, offence_ids=offence_ids)}
    found = []
    for line in courts.lines_of(list(held.values()), now=now) if held else []:
        one = held[UUID(str(line.detail["court_case_id"]))]
        beside = one.order or one.offence
        of = one.case_id or (beside.case_id if beside else None)
        found.append(Recorded(line, of, None if line.by else one.court_id))
    return found


def _late(ids: list[UUID], *, now: datetime) -> list[Recorded]:
    """What was due and was done late, or not at all."""
    return [
        Recorded(
            Line(one.due_at, "duty_late", "late", {"kind": one.kind, "done_at": one.done_at}),
            one.case_id,
            one.agency_id,
        )
        for one in duties.late_of_cases(ids, now=now)
        if one.due_at and Duty(one.kind) not in _BY_OWN_LINE
    ]


def _rows(
    found: Sequence[Recorded], own: Case, numbers: dict[UUID, str], *, actor: Actor, now: datetime
) -> list[Known]:
    language = get_language() or ""
    held = agencies.last_mandates({one.line.by for one in found if one.line.by}, now=now)
    of_staff = {staff: mandate.agency.name(language) for staff, mandate in held.items()}
    wanted = {one.agency_id for one in found} | {_to(one.line) for one in found}
    offices = agencies.agency_names(wanted, language=language)
    rows = []
    for one in sorted(found, key=lambda each: each.line.at):
        by = offices.get(one.agency_id, "") if one.agency_id else of_staff.get(one.line.by, "") if one.line.by else ""
        is_other = one.case_id is not None and one.case_id != own.id and one.case_id in numbers
        rows.append(
            Known(
                at=one.line.at,
                words=_words(one.line, offices, language),
                agency=by,
                state=one.line.state,
                url=_url(one.line, actor),
                case=numbers[one.case_id] if is_other and one.case_id else "",
                case_url=reverse("cases:case", args=[one.case_id]) if is_other else "",
                is_own=one.case_id == own.id,
                more=str(one.line.detail.get("answers", "")),
            )
        )
    return rows


def _to(line: Line) -> UUID | None:
    to = line.detail.get("to")
    return to if isinstance(to, UUID) else None


def _words(line: Line, offices: dict[UUID, str], language: str) -> str:
    to = _to(line)
    said = {
        "number": line.detail.get("number", ""),
        "result": line.detail.get("result", ""),
        "to": offices.get(to, "") if to else "",
    }
    own = {
        "referral_sent": _("Referral %(number)s sent to: %(to)s"),
        "transfer_sent": _("Case offered to: %(to)s"),
        "referral_answered": _("Referral %(number)s received and answered: %(result)s"),
        "referral_not_answered": _("Referral %(number)s was not answered in time"),
        "bulletin_told": _("Told that a child is missing near by"),
        "bulletin_answered": _("Said that the patrols know of the missing child"),
    }
    if line.kind in own:
        return own[line.kind] % said
    if line.kind == "duty_late":
        what = Duty(str(line.detail["kind"])).label
        done = line.detail["done_at"]
        if isinstance(done, datetime):
            late = words.ago(done - line.at, language)
            return _("Was due: %(what)s. Done late by: %(late)s") % {"what": what, "late": late}
        return _("Was due and is not done: %(what)s") % {"what": what}
    return course.words_of(line)


def _url(line: Line, actor: Actor) -> str:
    """Where the line leads, as far as the reader may open it: lines of rooms come only where he may."""
    if "report_id" in line.detail and not actor.can(report_access.SEE):
        return ""
    if "review_id" in line.detail:  # the answer of the ombudsman has a page for whoever asked or answers
        return ""
    return course.url_of(line)


def _end(name: str) -> str:
    """The last words of a long name, which tell offices of one town apart; whole it stands in the table."""
    kept = name
    while len(kept) > LANE_NAME and " " in kept:
        kept = kept.partition(" ")[2]
    return kept if kept == name else f"… {kept}"


def picture(rows: Sequence[Known], *, now: datetime, zone: tzinfo) -> SafeString:
    """What was known drawn: a lane for each agency, those with most lines; the table stands beside it."""
    found: dict[str, list[Point]] = {}
    for one in rows:
        found.setdefault(one.agency or _("not said by whom"), []).append(Point(one.at, one.state))
    most = sorted(found, key=lambda name: -len(found[name]))[:LANES]
    lanes = [Lane(_end(name), tuple(found[name])) for name in found if name in most]
    language = get_language() or ""
    first = rows[0].at if rows else now
    days = [words.date_short(at.astimezone(zone).date(), language) for at in (first, now)]
    ends = Ends(days[0], days[1], _("now"))
    told = "; ".join(_("%(agency)s: %(n)s") % {"agency": lane.name, "n": len(lane.points)} for lane in lanes)
    return timeline.course(lanes, now=now, ends=ends, title=_("What each agency knew, and when"), told=told)
