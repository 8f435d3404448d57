"""A court case in words: where it stands, whom it is about, what a decision says, what can be done next."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from qorgan.base import words as written
from qorgan.base.scope import Actor
from qorgan.cases import access as case_access
from qorgan.courts import access, actions, queries
from qorgan.courts.models import Appeal, CourtCase, Decision, Hearing
from qorgan.courts.queries import CourtCaseView, DecisionView
from qorgan.courts.terms import (
    DECIDABLE,
    HEARABLE,
    NEXT,
    UNDECIDED,
    AppealResult,
    DecisionKind,
    DecisionState,
    Kind,
    Party,
    Prohibition,
    Result,
    State,
)
from qorgan.law import queries as law
from qorgan.law.engine.book import LawBook
from qorgan.law.engine.deadlines import deadline
from qorgan.law.engine.workdays import WorkCalendar
from qorgan.offences import access as offence_access
from qorgan.orders import access as order_access
from qorgan.people.queries import PersonView
from qorgan.places import queries as places
from qorgan.web import persons
from qorgan.web.provisions import Cited, cited

_IN_DAYS = 2  # from so many days on, time is told in days
TONES = {
    State.SENT: "due",
    State.SCHEDULED: "due",
    State.DECIDED: "due",
    State.APPEALED: "due",
    State.IN_FORCE: "done",
    State.RETURNED: "plan",
}
_DECISION_TONES = {
    DecisionState.ANNOUNCED: "due",
    DecisionState.APPEALED: "due",
    DecisionState.UPHELD: "due",
    DecisionState.VARIED: "due",
    DecisionState.SET_ASIDE: "plan",
    DecisionState.IN_FORCE: "done",
}


@dataclass(frozen=True)
class Act:
    """A button: its words, where it leads, the digit that presses it."""

    words: str | Promise
    url: str
    key: str = ""


@dataclass(frozen=True)
class Term:
    """The court's term to decide: by which provision, and by when, where one is on record."""

    provision: Cited
    since: datetime
    due_at: datetime | None
    to_verify: bool


@dataclass(frozen=True)
class Made:
    """A decision in words: the measure, the appeals about it, what can be done with it next."""

    view: DecisionView
    kind: str | Promise
    tone: str
    word: str | Promise
    measure: str
    prohibitions: list[str | Promise]
    appeals: list[tuple[Appeal, str | Promise, str | Promise]]
    acts: list[Act]

    @property
    def decision(self) -> Decision:
        """The decision itself."""
        return self.view.decision


@dataclass(frozen=True)
class Panel:
    """A court case in words. `acts`: what this role may do next, the likeliest first; `links`: what it may open."""

    view: CourtCaseView
    kind: str | Promise
    tone: str
    word: str | Promise
    court: str
    sender: str
    against: str
    victims: str
    term: Term
    hearings: list[tuple[Hearing, str, str | Promise, bool]]
    decisions: list[Made]
    links: list[Act]
    acts: list[Act]
    zone: ZoneInfo

    @property
    def court_case(self) -> CourtCase:
        """The court case itself."""
        return self.view.court_case


def panel(view: CourtCaseView, *, book: LawBook, actor: Actor, now: datetime) -> Panel:
    """The panel of an opened court case at a moment; no question is asked of the database."""
    held, language = view.court_case, get_language() or ""
    zone = places.zone(held.territory_id)
    state = State(held.state)
    decisions = [made(one, actor=actor, now=now) for one in view.decisions]
    acts, decisions = _numbered(_acts(view, actor, now), decisions, decided=state not in UNDECIDED)
    return Panel(
        view=view,
        kind=Kind(held.kind).label,
        tone=TONES[state],
        word=state.label,
        court=held.court.name(language),
        sender=held.agency.name(language),
        against=named(view.against),
        victims=named(view.victims),
        term=term(held, book=book, calendar=law.calendar()),
        hearings=[_hearing(one, actor, now) for one in view.hearings],
        decisions=decisions,
        links=_links(held, actor),
        acts=acts,
        zone=zone,
    )


def _numbered(acts: list[Act], decisions: list[Made], *, decided: bool) -> tuple[list[Act], list[Made]]:
    """The digits: in an undecided court case its own acts come first, in a decided one those of its decisions."""
    digits = count(1)

    def number(some: list[Act]) -> list[Act]:
        return [replace(one, key=str(next(digits))) for one in some]

    first = [] if decided else number(acts)
    made_ = [replace(one, acts=number(one.acts)) for one in decisions]
    return first or number(acts), made_


def named(people: Iterable[PersonView]) -> str:
    """`Сәрсенбаев Н. Т., …`; those without a name are left out."""
    return ", ".join(filter(None, map(persons.short, people)))


def past(length: timedelta) -> str:
    """How long ago: in days from two days on, for whom minutes would only blur it."""
    if length.days < _IN_DAYS:
        return written.ago(length, get_language() or "")
    return ngettext("%(n)s day ago", "%(n)s days ago", length.days) % {"n": length.days}


def term(held: CourtCase, *, book: LawBook, calendar: WorkCalendar) -> Term:
    """The court's term to decide, counted from receipt."""
    key, zone = f"courts.term_{held.kind}", places.zone(held.territory_id)
    found = deadline(book, key, start=held.sent_at, zone=zone, calendar=calendar)
    provision = cited(book, key, on=held.sent_at.astimezone(zone).date())
    return Term(provision, held.sent_at, found.due_at, found.to_verify)


def _hearing(one: Hearing, actor: Actor, now: datetime) -> tuple[Hearing, str, str | Promise, bool]:
    """The hearing, its tone and word, and whether this role may write what became of it."""
    result = Result(one.result)
    may = result is Result.PLANNED and actor.can(access.SCHEDULE)
    if result is Result.PLANNED and one.at < now:
        return one, "late", _("the outcome is not written"), may
    tones = {Result.PLANNED: "due", Result.HELD: "done"}
    return one, tones.get(result, "plan"), result.label, may


def made(view: DecisionView, *, actor: Actor, now: datetime) -> Made:
    """A decision in words."""
    decision = view.decision
    state = DecisionState(decision.state)
    return Made(
        view=view,
        kind=DecisionKind(decision.kind).label,
        tone=_DECISION_TONES[state],
        word=state.label,
        measure=measure_words(decision),
        prohibitions=[_forbidden(Prohibition(one), decision) for one in decision.prohibitions],
        appeals=[(one, Party(one.filed_by).label, AppealResult(one.result).label) for one in view.appeals],
        acts=_decision_acts(view, state, actor, now),
    )


def _forbidden(one: Prohibition, decision: Decision) -> str | Promise:
    """A prohibition in words; that of living together with its days, its end and its own provision."""
    if one is not Prohibition.LIVING_TOGETHER or decision.eviction_days is None:
        return one.label
    zone, n = places.zone(decision.territory_id), decision.eviction_days
    provision = law.cited(actions.EVICTION, on=decision.decided_at.astimezone(zone).date())
    length = ngettext("%(n)s day", "%(n)s days", n) % {"n": n}
    ends = queries.eviction_end(decision)
    until = f", {written.moment(ends, zone, get_language() or '')}" if ends else ""
    return f"{one.label} ({length}{until}; {provision})"


def measure_words(decision: Decision) -> str:
    """`6 months; to the police twice a month`; empty where the decision carries no measure."""
    said = []
    if decision.months:
        said.append(ngettext("%(n)s month", "%(n)s months", decision.months) % {"n": decision.months})
    if decision.days:
        said.append(ngettext("%(n)s day", "%(n)s days", decision.days) % {"n": decision.days})
    if decision.hours:
        said.append(ngettext("%(n)s hour", "%(n)s hours", decision.hours) % {"n": decision.hours})
    if decision.visits:
        visits = ngettext("%(n)s time a month to the police", "%(n)s times a month to the police", decision.visits)
        said.append(visits % {"n": decision.visits})
    if decision.conviction is not None:
        said.append(_("convicted") if decision.conviction else _("acquitted"))
    if decision.imprisonment_months:
        n = decision.imprisonment_months
        said.append(ngettext("%(n)s month of imprisonment", "%(n)s months of imprisonment", n) % {"n": n})
    return "; ".join(said)


def _decision_acts(view: DecisionView, state: DecisionState, actor: Actor, now: datetime) -> list[Act]:
    decision, found = view.decision, []
    if view.pending and actor.can(access.APPEAL):
        found.append(Act(_("Write the outcome of the appeal"), reverse("courts:outcome", args=[view.pending.id])))
    if DecisionState.IN_FORCE in NEXT[state] and actor.can(access.DECIDE):
        found.append(Act(_("Write the entry into force"), reverse("courts:force", args=[decision.id])))
    if DecisionState.APPEALED in NEXT[state] and actor.can(access.APPEAL):
        over = decision.appealable_until is not None and now > decision.appealable_until
        if not over:
            found.append(Act(_("Write down an appeal"), reverse("courts:appeal", args=[decision.id])))
    binds = decision.kind == DecisionKind.SPECIAL_REQUIREMENTS and decision.in_force_at is not None
    if binds and actor.can(access.SEND):
        found.append(Act(_("These requirements were breached"), reverse("courts:breach", args=[decision.id])))
    return found


def _links(held: CourtCase, actor: Actor) -> list[Act]:
    """What the court case is about, where the reader may open it."""
    found = []
    if held.order and actor.can(order_access.SEE):
        words = _("Order %(number)s") % {"number": held.order.number}
        found.append(Act(words, reverse("orders:order", args=[held.order.id])))
    if held.breach and held.order and actor.can(order_access.SEE):
        words = _("Breach %(n)s of order %(number)s") % {"n": held.breach.number, "number": held.order.number}
        found.append(Act(words, reverse("orders:breach", args=[held.breach.id])))
    if held.offence and actor.can(offence_access.SEE):
        words = _("Offence %(number)s") % {"number": held.offence.number}
        found.append(Act(words, reverse("offences:offence", args=[held.offence.id])))
    if held.case and actor.can(case_access.SEE):
        words = _("Case %(number)s") % {"number": held.case.number}
        found.append(Act(words, reverse("cases:case", args=[held.case.id])))
    return found


def _acts(view: CourtCaseView, actor: Actor, now: datetime) -> list[Act]:
    held, planned, found = view.court_case, view.planned, []
    state = State(held.state)
    if planned and planned.at < now and actor.can(access.SCHEDULE):
        found.append(Act(_("Write the outcome of the hearing"), reverse("courts:hearing", args=[planned.id])))
    if not planned and state in HEARABLE and actor.can(access.SCHEDULE):
        found.append(Act(_("Set a hearing"), reverse("courts:schedule", args=[held.id])))
    if state in DECIDABLE and actor.can(access.DECIDE):
        words = _("Write a decision") if state in UNDECIDED else _("Write one more decision")
        found.append(Act(words, reverse("courts:decide", args=[held.id])))
    if planned and planned.at >= now and actor.can(access.SCHEDULE):
        found.append(Act(_("Put the hearing off"), reverse("courts:hearing", args=[planned.id])))
    if state in UNDECIDED and actor.can(access.DECIDE):
        found.append(Act(_("Return the materials"), reverse("courts:return", args=[held.id])))
    return found
