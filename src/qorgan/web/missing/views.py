"""Pages of missing children: the list, the alarm in a minute, the search."""

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
from qorgan.cases import access as case_access
from qorgan.cases import queries as cases
from qorgan.cases.terms import Role
from qorgan.missing import access, actions, queries
from qorgan.missing.actions import Raised
from qorgan.missing.models import Alarm
from qorgan.missing.queries import AlarmView
from qorgan.missing.terms import TRANSITIONS, Posted, State
from qorgan.places import queries as places
from qorgan.reports import access as report_access
from qorgan.web import acts, looks, mandates, persons
from qorgan.web.access import staff_page
from qorgan.web.drawing import Mark, Tone
from qorgan.web.missing.forms import AlarmForm, InCaseForm
from qorgan.web.paging import part
from qorgan.web.request import StaffRequest

TONES = {State.SOUGHT: "late", State.NOT_FOUND: "due", State.FOUND_ALIVE: "done", State.FOUND_DEAD: "plan"}


@require_safe
@staff_page(permission=access.SEE)
def index(request: StaffRequest) -> HttpResponse:
    """Missing children in sight, the newest first, and those whom offices near by seek."""
    number, found = looks.sought(request, thing="alarm", find=queries.by_number)
    if found is not None:
        return redirect("missing:alarm", found.id)
    wanted = request.GET.get("state", "")
    state = State(wanted) if wanted in list(State) else None
    listed = part(request, queries.newest(state=state))
    looks.listed(request, thing="alarm", list=wanted if state else "all", rows=len(listed.rows))
    told = list(queries.told_to(request.actor.agency)[:50]) if request.actor.can(access.ANSWER) else []
    words = {
        "rows": [_line(view) for view in queries.opened(listed.rows)],
        "told": queries.opened_bulletins(told),
        "part": listed,
        "number": number,
        "state": state,
        "states": list(State),
        "may_raise": request.actor.can(access.RAISE),
    }
    return render(request, "missing/index.html", words)


def _line(view: AlarmView) -> dict[str, Any]:
    return {
        "view": view,
        "tone": TONES[view.state],
        "child": persons.short(view.child) or _("name not known"),
        "zone": places.zone(view.alarm.territory_id),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.RAISE)
def new(request: StaffRequest) -> HttpResponse:
    """Raise the alarm for a missing child, in a minute and with nothing there yet."""
    report_access.check_may(request.actor, report_access.ACCEPT)  # not inside an entrusted file
    now = clock.now()
    place = request.mandate.territory_id
    form = AlarmForm(acts.sent(request), zone=places.zone(place))
    if request.method == "POST" and form.is_valid():

        def act() -> Raised:
            alert = form.alert(sender=str(request.actor.staff_id))
            return actions.raise_alarm(alert=alert, by=request.actor, now=now)

        raised = acts.attempt(request, form, act)
        if raised is not None:
            return _after(request, raised.alarm)
    words = {"form": form, "now": now, "place": mandates.place(place, language=get_language() or "")}
    return render(request, "missing/new.html", words, status=acts.status_of(form))


def _after(request: StaffRequest, alarm: Alarm | None) -> HttpResponse:
    if alarm is None:
        told = _("The report is kept and sealed. The office that takes it on is told to raise the alarm at once.")
        return acts.done(request, told, reverse("missing:index"))
    told = _("The alarm is raised; the offices near by are told.")
    return acts.done(request, told, reverse("missing:alarm", args=[alarm.id]))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.RAISE)
def in_case(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Raise the alarm for a child of a case that stands."""
    case = cases.find(case_id)
    if case is None:
        raise NotFound
    looks.note(request, thing="case", thing_id=case.id)
    children = [person for role, person in cases.persons(case) if role in (Role.CHILD, Role.VICTIM)]
    stands = queries.newest().filter(case=case).count()
    form = InCaseForm(acts.sent(request), children=children, zone=places.zone(case.territory_id), seen=stands)
    if request.method == "POST" and form.is_valid():

        def act() -> Alarm:
            child, told = form.child_id(), form.told()
            return actions.raise_in_case(
                case=case, child_id=child, told=told, by=request.actor, now=clock.now(), seen=form.version
            )

        made = acts.attempt(request, form, act)
        if made is not None:
            return _after(request, made)
    return render(request, "missing/in_case.html", {"form": form, "case": case}, status=acts.status_of(form))


def fetched(alarm_id: UUID) -> AlarmView:
    """The alarm in sight, opened. Raises NotFound."""
    found = queries.find(alarm_id)
    if found is None:
        raise NotFound
    return queries.opened([found])[0]


@require_safe
@staff_page(permission=access.SEE)
def alarm(request: StaffRequest, alarm_id: UUID) -> HttpResponse:
    """One missing child: the clock, what was searched, whom it was told, what the public may read."""
    view = fetched(alarm_id)
    looks.note(request, thing="alarm", thing_id=alarm_id)
    return render(request, "missing/alarm.html", whole(request, view, clock.now()))


def whole(request: StaffRequest, view: AlarmView, now: datetime) -> dict[str, Any]:
    """All that the page of an alarm shows."""
    language = get_language() or ""
    held, may = view.alarm, request.actor.can
    searches = queries.searches(held)
    names = agencies.staff_names(
        [held.raised_by, held.ended_by, *(one.written_by for one in searches)], language=language
    )
    never = queries.is_never_named(held)
    posted = queries.notices(held)
    sought = view.state is State.SOUGHT
    since = held.last_seen_at or held.raised_at
    return _line(view) | {
        "now": now,
        "zone": places.zone(held.territory_id),
        "alarm": held,
        "since": since,
        "until": held.ended_at or now,
        "marks": [Mark(one.searched_at, one.result.label, Tone(one.result.tone)) for one in reversed(searches)][-3:],
        "searches": [(one, names.get(one.written_by, "")) for one in searches],
        "raised_by": names.get(held.raised_by, ""),
        "ended_by": names.get(held.ended_by, "") if held.ended_by else "",
        "told": [office.name(language) for office in queries.near(held.territory_id, besides=held.agency_id)],
        "sealed": agencies.is_sealed(held.thread_id),
        "notices": posted,
        "never_named": never,
        "may_search": sought and may(access.SEARCH),
        "may_end": bool(TRANSITIONS[view.state] - {State.SOUGHT}) and may(access.END),
        "may_begin_again": not sought and may(access.END),
        "may_propose": sought and not never and may(access.PROPOSE) and not _waits(posted, now),
        "may_mark": not never and may(access.MARK),
        "may_see_case": may(case_access.SEE),
    }


def _waits(posted: list[queries.NoticeView], now: datetime) -> bool:
    return any(one.state is Posted.PROPOSED or one.is_shown(now) for one in posted)
