"""Duties as rows: each with the words of the room its thing lives in, asked for all rows at once."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qorgan.agencies import access as agency_access
from qorgan.base.scope import Actor
from qorgan.cases import access as case_access
from qorgan.cases import queries as cases
from qorgan.cases.terms import Role
from qorgan.courts import access as court_access
from qorgan.courts import queries as courts
from qorgan.duties import access as duty_access
from qorgan.duties.models import Duty
from qorgan.duties.queries import Label
from qorgan.duties.terms import DONE_BY_HAND, Kind
from qorgan.law import queries as law
from qorgan.law.engine.marks import Unit
from qorgan.missing import access as missing_access
from qorgan.missing import queries as missing
from qorgan.orders import access as order_access
from qorgan.orders import queries as orders
from qorgan.people import access as people_access
from qorgan.people import queries as people
from qorgan.people.queries import PersonView
from qorgan.places import queries as places
from qorgan.reports import access as report_access
from qorgan.reports import queries as reports
from qorgan.reports.queries import contacts
from qorgan.risk import access as risk_access
from qorgan.risk import queries as risk
from qorgan.shredding import access as shredding_access
from qorgan.shredding import queries as shredding
from qorgan.web import persons
from qorgan.web.drawing import Tone
from qorgan.web.provisions import Cited, cited

KEYS = 9  # rows that a digit opens


@dataclass(frozen=True)
class Row:
    """One duty on a page. `url` leads to the form that does it, or to the thing; empty where the role sees neither."""

    duty: Duty
    tone: Tone
    word: str
    what: str
    about: str
    number: str
    thing_url: str
    victim: str
    provision: Cited
    basis: str
    zone: ZoneInfo
    verb: str | Promise
    url: str
    key: str = ""


_ROOMS: dict[str, tuple[str, Callable[[Iterable[UUID]], dict[UUID, Label]]]] = {
    "report": (report_access.SEE, reports.for_duties),
    "assessment": (risk_access.SEE, risk.for_duties),
    "measure": (risk_access.SEE, risk.measures_for_duties),
    "lowering": (risk_access.SEE, risk.lowerings_for_duties),
    "alarm": (missing_access.SEE, missing.for_duties),
    "bulletin": (missing_access.ANSWER, missing.bulletins_for_duties),
    "notice": (missing_access.SEE, missing.notices_for_duties),
    "contact": (report_access.TAKE, contacts.for_duties),
    "order": (order_access.SEE, orders.for_duties),
    "breach": (order_access.SEE, orders.breaches_for_duties),
    "court_case": (court_access.SEE, courts.for_duties),
    "block": (agency_access.REVIEW_BLOCK, people.blocks_for_duties),
    "opening": (duty_access.SEE, people.openings_for_duties),
    "sought": (people_access.SEE, people.sought_for_duties),
    "case": (case_access.SEE, cases.cases_for_duties),
    "referral": (case_access.ANSWER, cases.for_duties),
    "recommendation": (case_access.ADVISED, cases.advice_for_duties),
    "destruction": (shredding_access.SEE, shredding.for_duties),
}
_AREAS = {
    "contact": "calls",
    "breach": "orders",
    "court_case": "courts",
    "block": "reviews",
    "opening": "reviews",
    "sought": "people",
    "destruction": "shredding",
    "assessment": "risk",
    "measure": "risk",
    "lowering": "risk",
    "alarm": "missing",
    "bulletin": "missing",
    "notice": "missing",
    "recommendation": "cases",
}  # the others are named by the plural
_ACTS = {
    Kind.DECIDE_REPORT: (report_access.DECIDE, "reports:triage"),
    Kind.TAKE_FORWARDED: (report_access.DECIDE, "reports:triage"),
    Kind.SERVE_ORDER: (order_access.SERVE, "orders:serve"),
    Kind.CHECK_ORDER: (order_access.CHECK, "orders:check"),
    Kind.ANSWER_BREACH: (order_access.CHECK, "orders:follow"),
    Kind.ROUTE_REPORT: (report_access.ROUTE, "reports:route"),
    Kind.DECIDE_COURT_CASE: (court_access.DECIDE, "courts:decide"),
    Kind.REVIEW_BLOCK: (agency_access.REVIEW_BLOCK, "reviews:block"),
    Kind.REVIEW_OPENING: (agency_access.REVIEW_OPENING, "reviews:opening"),
    Kind.LET_IN: (agency_access.LET_IN, "reviews:opening"),
    Kind.FIRST_SEARCH: (missing_access.SEARCH, "missing:search"),
    Kind.LOOK_OUT: (missing_access.ANSWER, "missing:bulletin"),
    Kind.APPROVE_NOTICE: (missing_access.APPROVE, "missing:notice"),
    Kind.REVIEW_SEARCH: (missing_access.END, "missing:alarm"),
    Kind.ASSESS_AGAIN: (risk_access.ASSESS, "risk:again"),
    Kind.CONFIRM_LOWER: (risk_access.DECIDE, "risk:lowering"),
    Kind.ANSWER_REFERRAL: (case_access.ANSWER, "referrals:referral"),
    Kind.ANSWER_REVIEW: (case_access.ANSWER_REVIEW, "cases:review"),
    Kind.CONFIRM_DESTRUCTION: (shredding_access.CONFIRM, "shredding:destruction"),
    Kind.STOP_USING: (case_access.ANSWER, "referrals:referral"),
    Kind.ROUTE_SUSPECT: (case_access.REFER, "cases:military"),
    Kind.OPEN_REVIEW: (case_access.DEATH, "cases:death"),
    Kind.ANSWER_RECOMMENDATION: (case_access.ADVISED, "cases:recommendation"),
}


def rows(duties: Sequence[Duty], *, actor: Actor, now: datetime) -> list[Row]:
    """Rows for duties of any kinds: the same number of questions however many there are."""
    labels = _labels(duties, actor)
    victims = _victims(labels, actor)
    cite = cache(partial(cited, law.book()))  # many rows rest on few provisions
    return [_row(duty, labels.get(duty.thing_id), victims, cite=cite, actor=actor, now=now) for duty in duties]


def _labels(duties: Sequence[Duty], actor: Actor) -> dict[UUID, Label]:
    asked: dict[str, list[UUID]] = {}
    for duty in duties:
        asked.setdefault(duty.thing, []).append(duty.thing_id)
    found: dict[UUID, Label] = {}
    for thing in asked.keys() & _ROOMS.keys():
        permission, ask = _ROOMS[thing]
        if actor.can(permission):
            found |= ask(asked[thing])
    return found


def _victims(labels: dict[UUID, Label], actor: Actor) -> dict[UUID, str]:
    """By case: whom it is about, as `Әбдірахманова Г. Н., 2 children`."""
    if not actor.can(case_access.SEE):
        return {}
    held = cases.persons_of({label.case_id for label in labels.values() if label.case_id})
    return {case_id: _whom(people) for case_id, people in held.items()}


def _whom(people: list[tuple[Role, PersonView]]) -> str:
    names = [persons.short(person) for role, person in people if role is Role.VICTIM]
    children = sum(role is Role.CHILD for role, _person in people)
    if children:
        names.append(ngettext("%(n)s child", "%(n)s children", children) % {"n": children})
    return ", ".join(name for name in names if name)


def _row(
    duty: Duty,
    label: Label | None,
    victims: dict[UUID, str],
    *,
    cite: Callable[..., Cited],
    actor: Actor,
    now: datetime,
) -> Row:
    zone = places.zone(duty.territory_id)
    provision = cite(duty.provision, on=duty.since.astimezone(zone).date())
    case_id = label.case_id if label else None
    tone = _tone(duty, now)
    verb, url = _way(duty, label, actor=actor)
    return Row(
        duty=duty,
        tone=tone,
        word=_word(duty, tone, now=now, zone=zone),
        what=what(duty),
        about=_about(duty, label, provision),
        number=(label.case_number or label.title) if label else "",
        thing_url=_thing_url(duty, label, actor),
        victim=victims.get(case_id, "") if case_id else _named(duty, label),
        provision=provision,
        basis=basis(duty, provision),
        zone=zone,
        verb=verb,
        url=url,
    )


def _named(duty: Duty, label: Label | None) -> str:
    return persons.shortened(label.about) if label and duty.thing == "report" else ""


def _tone(duty: Duty, now: datetime) -> Tone:
    if duty.done_at:
        return Tone.DONE
    if duty.due_at is None:
        return Tone.PLAN
    return Tone.LATE if duty.due_at < now else Tone.DUE


def _word(duty: Duty, tone: Tone, *, now: datetime, zone: ZoneInfo) -> str:
    if tone is Tone.DUE and duty.due_at and duty.due_at.astimezone(zone).date() != now.astimezone(zone).date():
        return _("Ahead")
    words = {Tone.LATE: _("Overdue"), Tone.DUE: _("Today"), Tone.DONE: _("Done"), Tone.PLAN: _("No term")}
    return words[tone]


def what(duty: Duty) -> str:
    """The duty in words: `Check the order, day 14`."""
    kind = Kind(duty.kind)
    if kind is Kind.CHECK_ORDER and duty.due_at:
        return _("Check the order, day %(day)s") % {"day": (duty.due_at - duty.since).days}
    return str(kind.label)


def _about(duty: Duty, label: Label | None, provision: Cited) -> str:
    if duty.kind == Kind.VERIFY_PROVISION:
        return provision.name
    if duty.thing == "report":
        return _("Report received")
    return label.about if label else ""


_FROM_RECEIPT = frozenset({Kind.DECIDE_REPORT, Kind.TAKE_FORWARDED, Kind.ANSWER_REFERRAL, Kind.STOP_USING})


def basis(duty: Duty, provision: Cited) -> str:
    """What the provision sets, said in a few words under it."""
    kind, held = Kind(duty.kind), provision.provision
    if kind is Kind.SERVE_ORDER:
        return _("the term runs from service")
    if kind is Kind.VERIFY_PROVISION or held is None or not isinstance(held.value, int):
        return _("no term that may decide is on record")
    if kind is Kind.CHECK_ORDER:
        return _("every %(n)s days from service") % {"n": held.value}
    if held.unit is Unit.HOURS and kind in _FROM_RECEIPT:
        return ngettext("%(n)s hour from receipt", "%(n)s hours from receipt", held.value) % {"n": held.value}
    return provision.name


def _way(duty: Duty, label: Label | None, *, actor: Actor) -> tuple[str | Promise, str]:
    """The button of a row: the act where the role may do it, else a look."""
    kind = Kind(duty.kind)
    if duty.done_at is None and label is not None:
        if kind in _ACTS and actor.can(_ACTS[kind][0]):
            step = [duty.step] if kind is Kind.CHECK_ORDER else []
            return kind.verb, reverse(_ACTS[kind][1], args=[duty.thing_id, *step])
        if kind in DONE_BY_HAND and actor.can(duty_access.DO):
            verb = _("Compare the text") if kind is Kind.VERIFY_PROVISION else kind.verb
            return verb, reverse("duties:duty", args=[duty.id])
    return _("See"), _thing_page(duty) if label else ""


def _thing_page(duty: Duty) -> str:
    area = _AREAS.get(duty.thing, f"{duty.thing}s")
    return reverse(f"{area}:{duty.thing}", args=[duty.thing_id])


def _thing_url(duty: Duty, label: Label | None, actor: Actor) -> str:
    if label is None:
        return ""
    if label.case_id and actor.can(case_access.SEE):
        return reverse("cases:case", args=[label.case_id])
    return _thing_page(duty)
