"""Pages of cases."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.cases import access, actions, queries
from qorgan.cases.models import Case
from qorgan.cases.terms import Role, State
from qorgan.courts import access as court_access
from qorgan.law import queries as law
from qorgan.missing import access as missing_access
from qorgan.missing import queries as missing
from qorgan.missing.queries import AlarmView
from qorgan.offences import access as offence_access
from qorgan.offences import queries as offences
from qorgan.offences.queries import OffenceView
from qorgan.orders import access as order_access
from qorgan.orders import queries as orders
from qorgan.orders.queries import OrderView
from qorgan.people import access as people_access
from qorgan.people.models import Person
from qorgan.people.queries import PersonView, named_later
from qorgan.places import queries as places
from qorgan.risk import access as risk_access
from qorgan.risk import queries as risk
from qorgan.risk.queries import AssessmentView
from qorgan.shredding import access as shredding_access
from qorgan.web import acts, looks, persons, provisions
from qorgan.web.access import staff_page
from qorgan.web.cases import course, drawn, nights, review, said, sharing, theirs
from qorgan.web.cases.forms import CloseForm, PersonForm
from qorgan.web.offences import lines as offence_lines
from qorgan.web.orders.panels import panels
from qorgan.web.paging import part
from qorgan.web.request import StaffRequest
from qorgan.web.risk import panel as danger


@require_safe
@staff_page(permission=access.SEE)
def index(request: StaffRequest) -> HttpResponse:
    """Cases in sight, the newest first; one found by its number is opened at once."""
    number, found = looks.sought(request, thing="case", find=queries.by_number)
    if found is not None:
        return redirect("cases:case", found.id)
    wanted = request.GET.get("state", "")
    state = State(wanted) if wanted in list(State) else None
    listed = part(request, queries.newest(state=state))
    looks.listed(request, thing="case", list=wanted if state else "all", rows=len(listed.rows))
    words = {
        "rows": _lines(listed.rows, named=request.actor.can(access.SEE_PERSONS)),
        "part": listed,
        "number": number,
        "state": state,
        "states": list(State),
    }
    words["may_see_destroyed"] = request.actor.can(shredding_access.SEE)
    return render(request, "cases/index.html", words)


def _lines(cases: list[Case], *, named: bool) -> list[dict[str, Any]]:
    people = queries.persons_of([case.id for case in cases]) if named else {}
    owners = agencies.staff_names([case.owner_id for case in cases], language=get_language() or "")
    return [
        {
            "case": case,
            "state": State(case.state),
            "tone": "due" if case.state == State.OPEN else "plan",
            "victims": _names(people.get(case.id, []), Role.VICTIM, Role.CHILD),
            "against": _names(people.get(case.id, []), Role.OFFENDER),
            "owner": owners.get(case.owner_id, ""),
            "zone": places.zone(case.territory_id),
        }
        for case in cases
    ]


def _names(people: list[tuple[Role, PersonView]], *roles: Role) -> str:
    return ", ".join(filter(None, (persons.short(person) for role, person in people if role in roles)))


def fetched(case_id: UUID) -> Case:
    """The case in sight. Raises NotFound."""
    found = queries.find(case_id)
    if found is None:
        raise NotFound
    return found


@require_safe
@staff_page(permission=access.SEE)
def case(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """One case: its orders with their clocks, its people, who said what, its course, who can see it."""
    held = fetched(case_id)
    looks.note(request, thing="case", thing_id=held.id)
    return render(request, "cases/case.html", _whole(request, held, clock.now()))


def _may(request: StaffRequest, held: Case) -> dict[str, bool]:
    may, is_open = request.actor.can, held.state == State.OPEN
    return {
        "may_lead": is_open and may(access.LEAD),
        "may_ask_review": may(access.ASK_REVIEW),
        "may_draft": is_open and may(order_access.DRAFT),
        "may_raise": is_open and may(missing_access.RAISE),
        "may_send": may(court_access.SEND),
        "may_review": may(access.DEATH),
        "may_know": may(people_access.SEE),
        "may_reach": may(people_access.CONTACT),
        "may_hold": may(shredding_access.HOLD),
        "may_shred": held.state == State.CLOSED and may(shredding_access.ASK),
    }


@dataclass(frozen=True)
class _Seen:
    """What the rooms hold of a case, as far as the reader sees them; `assessed` is None where none may be seen."""

    orders: list[OrderView]
    offences: list[OffenceView]
    alarms: list[AlarmView]
    assessed: list[AssessmentView] | None


def _seen(request: StaffRequest, held: Case, *, known: list[PersonView]) -> _Seen:
    may, ids = request.actor.can, [held.id]
    return _Seen(
        orders=orders.for_cases(ids, known=known) if may(order_access.SEE) else [],
        offences=offences.for_cases(ids) if may(offence_access.SEE) else [],
        alarms=missing.for_cases(ids) if may(missing_access.SEE) else [],
        assessed=risk.for_cases(ids, known=known) if may(risk_access.SEE) else None,
    )


def _events(request: StaffRequest, held: Case, seen: _Seen, *, now: datetime) -> list[queries.Line]:
    return course.lines(
        held,
        now=now,
        orders_seen=seen.orders,
        offences_seen=seen.offences,
        alarms_seen=seen.alarms,
        assessed=seen.assessed or (),
        courts_open=request.actor.can(court_access.SEE),
    )


def _whole(request: StaffRequest, held: Case, now: datetime) -> dict[str, Any]:
    language = get_language() or ""
    zone = places.zone(held.territory_id)
    book = law.book()
    people = queries.persons(held) if request.actor.can(access.SEE_PERSONS) else []
    seen = _seen(request, held, known=[person for _role, person in people])
    found = queries.statements(held) if request.actor.can(access.SEE_ACCOUNTS) else None
    accounts = found.accounts if found else None
    reviews = review.of_case(request, held)
    lines = _events(request, held, seen, now=now)
    lines += queries.said_timeline(found, reviews, now=now) if found else []
    who = [held.owner_id, *(account.written_by for account in accounts or ()), *(line.by for line in lines)]
    names = agencies.staff_names(who, language=language)
    protected, today = {person.id for view in seen.orders for person in view.protected}, now.astimezone(zone).date()
    shown = panels(seen.orders, book=book, actor=request.actor, now=now)
    return {
        "now": now,
        "zone": zone,
        "case": held,
        "state": State(held.state),
        "regime": provisions.regime_words(book, held.regime),
        "owner": names.get(held.owner_id, ""),
        "panels": shown,
        "people": [
            (role, persons.card(person, part=role.label, on=today), person.id in protected) for role, person in people
        ],
        "named_later": named_later(person.id for _role, person in people),
        "named": request.actor.can(access.SEE_PERSONS),
        "accounts": accounts,
        "writers": names,
        "reviews": [(one, one.tone(now)) for one in reviews],
        **said.section(request, held, found),
        **drawn.whole(lines, shown, seen.assessed or (), names=names, book=book, now=now, zone=zone),
        **_apart(request, held, people=people, book=book, now=now),
        **_may(request, held),
        **danger.of_case(held, seen.assessed, lines=lines, actor=request.actor, now=now),
        **offence_lines.of_case(held, seen.offences, actor=request.actor),
    }


def _apart(request: StaffRequest, held: Case, **seen: Any) -> dict[str, Any]:
    shared = sharing.section(request, held, **seen)
    spoken = [one for one, _may in shared["sharing"]["speakers"]] if shared["sharing"] else None
    return shared | nights.section(request, held, spoken=spoken, **seen)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.LEAD)
def person(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Name one more person of the case."""
    held = fetched(case_id)
    form = PersonForm(acts.sent(request), seen=queries.stands(held).people)
    if request.method == "POST" and form.is_valid():

        def act() -> Person:
            return actions.add_person(
                case=held,
                named=form.named(),
                role=Role(form.cleaned_data["role"]),
                by=request.actor,
                now=clock.now(),
                seen=form.version,
            )

        if acts.attempt(request, form, act, theirs=lambda: theirs.named(case_id)):
            return acts.done(request, _("The person is named in the case."), reverse("cases:case", args=[held.id]))
    looks.note(request, thing="case", thing_id=held.id)
    return render(request, "cases/person.html", {"form": form, "case": held}, status=acts.status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.LEAD)
def close(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Close the case, after one more question."""
    held = fetched(case_id)
    form = CloseForm(acts.sent(request), seen=queries.stands(held).whole)
    if request.method == "POST" and form.is_valid():

        def act() -> Case:
            return actions.close(case=held, by=request.actor, now=clock.now(), seen=form.version)

        if acts.attempt(request, form, act):
            told = _("Case %(number)s is closed.") % {"number": held.number}
            return acts.done(request, told, reverse("cases:case", args=[held.id]))
    looks.note(request, thing="case", thing_id=held.id)
    now = clock.now()
    views = orders.for_cases([held.id])
    binding = [view.order.number for view in views if view.force(now) is orders.Force.IN_FORCE]
    words = {"form": form, "case": held, "binding": binding}
    return render(request, "cases/close.html", words, status=acts.status_of(form))
