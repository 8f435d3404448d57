"""One report and the ways it may end: each an act with its reason; and the way back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.errors import NotAllowed
from qorgan.cases import access as case_access
from qorgan.duties import queries as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.offences import access as offence_access
from qorgan.places import queries as places
from qorgan.reports import access, actions, queries
from qorgan.reports.models import Report
from qorgan.reports.terms import Channel, Role, State
from qorgan.reports.terms.outcomes import Reason
from qorgan.web import acts, looks, mandates, persons
from qorgan.web.access import staff_page
from qorgan.web.duties.rows import rows as duty_rows
from qorgan.web.forms import SeenForm
from qorgan.web.provisions import cited
from qorgan.web.reports import outcome
from qorgan.web.reports.outcome import fetched
from qorgan.web.reports.ways import BackForm, ForwardForm, JoinForm, WriteOffForm
from qorgan.web.reports.words import repeats
from qorgan.web.request import StaffRequest

OUTCOMES = "reports.kui_outcomes"  # the provision that names the ways a record of the book may end


@dataclass(frozen=True)
class _Way:
    """A form of the page: what it asks, what it does, what is said when it is done."""

    form: type[SeenForm]
    act: Callable[[SeenForm, Report, StaffRequest, datetime], object]
    told: str | Promise


def _write_off(form: SeenForm, held: Report, request: StaffRequest, now: datetime) -> object:
    return actions.decide(
        report_id=held.id,
        state=State.WRITTEN_OFF,
        reason=Reason(form.cleaned_data["reason"]),
        why=form.cleaned_data["why"],
        by=request.actor,
        now=now,
        seen=form.version,
    )


def _forward(form: SeenForm, held: Report, request: StaffRequest, now: datetime) -> object:
    return actions.forward(
        report_id=held.id,
        agency_id=UUID(form.cleaned_data["agency"]),
        reason=Reason(form.cleaned_data["reason"]),
        why=form.cleaned_data["why"],
        by=request.actor,
        now=now,
        seen=form.version,
    )


def _join(form: SeenForm, held: Report, request: StaffRequest, now: datetime) -> object:
    return actions.join(
        report_id=held.id,
        number=form.cleaned_data["number"],
        reason=Reason(form.cleaned_data["reason"]),
        why=form.cleaned_data["why"],
        by=request.actor,
        now=now,
        seen=form.version,
    )


def _take_back(form: SeenForm, held: Report, request: StaffRequest, now: datetime) -> object:
    why = form.cleaned_data["why"]
    return actions.take_back(report_id=held.id, why=why, by=request.actor, now=now, seen=form.version)


def _send_back(form: SeenForm, held: Report, request: StaffRequest, now: datetime) -> object:
    why = form.cleaned_data["why"]
    return actions.send_back(report_id=held.id, why=why, by=request.actor, now=now, seen=form.version)


WAYS: dict[str, _Way] = {
    "forward": _Way(ForwardForm, _forward, _("Report %(number)s is forwarded; the other office answers.")),
    "join": _Way(JoinForm, _join, _("Report %(number)s is joined.")),
    "write_off": _Way(WriteOffForm, _write_off, _("Report %(number)s is written off.")),
    "take_back": _Way(BackForm, _take_back, _("Taken back: report %(number)s awaits a decision again.")),
    "send_back": _Way(BackForm, _send_back, _("Report %(number)s is sent back.")),
}


def _forms(held: Report, *, language: str) -> dict[str, SeenForm]:
    """Every form of the page as it is first shown; each with ids of its own."""
    return {name: _form(name, held, None, language=language) for name in WAYS}


def _form(name: str, held: Report, data: Any, *, language: str) -> SeenForm:
    form: SeenForm
    if name == "forward":
        offices = [(str(one.id), one.name(language)) for one in actions.receivers(held)]
        form = ForwardForm(data, offices=offices, seen=held.version)
    else:
        form = WAYS[name].form(data, seen=held.version)
    form.auto_id = f"{name}_%s"
    return form


@require_safe
@staff_page(permission=access.DECIDE)
def triage(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """One report and the ways it may end, keyboard first."""
    held = fetched(report_id)
    looks.note(request, thing="report", thing_id=held.id, detail={"for": "triage"})
    return _shown(request, held, _forms(held, language=get_language() or ""))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.DECIDE)
def way(request: StaffRequest, report_id: UUID, name: str) -> HttpResponse:
    """End the report in one way, or take that back: the same page with this way open."""
    held = fetched(report_id)
    now, language = clock.now(), get_language() or ""
    form = _form(name, held, acts.sent(request), language=language)
    if request.method == "POST" and form.is_valid():
        done = acts.attempt(request, form, lambda: WAYS[name].act(form, held, request, now))
        if done is not None:
            return acts.done(request, str(WAYS[name].told) % {"number": held.number}, _after(request, held))
    looks.note(request, thing="report", thing_id=held.id, detail={"for": "triage"})
    return _shown(request, held, _forms(held, language=language) | {name: form}, opened=name)


def _after(request: StaffRequest, held: Report) -> str:
    """The report, where it still lies in sight."""
    if request.actor.can(access.SEE) and queries.find(held.id) is not None:
        return reverse("reports:report", args=[held.id])
    return reverse("duties:index")


@require_POST
@staff_page(permission=access.DECIDE)
def accept(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """Take a forwarded report over."""
    held = fetched(report_id)
    seen = SeenForm(request.POST).version
    actions.accept_forwarded(report_id=held.id, by=request.actor, now=clock.now(), seen=seen)
    told = _("Report %(number)s is yours; its clock starts now.") % {"number": held.number}
    return acts.done(request, told, reverse("reports:triage", args=[held.id]))


def _shown(request: StaffRequest, held: Report, forms: dict[str, SeenForm], *, opened: str = "") -> HttpResponse:
    if not agencies.may_write(held.thread_id, by=request.actor, now=clock.now()):
        raise NotAllowed
    now, language = clock.now(), get_language() or ""
    view = queries.opened_reports([held])[0]
    zone = places.zone(held.territory_id)
    owed = [one for one in duties.of_things([held.id]) if one.done_at is None and one.dropped_at is None]
    state = State(held.state)
    ours = any(one.kind == DutyKind.TAKE_FORWARDED and one.agency_id == request.actor.agency for one in owed)
    words = {
        "now": now,
        "zone": zone,
        "view": view,
        "state": state,
        "tone": outcome.TONES[state],
        "channel": Channel(view.channel).label,
        "victim": persons.short(view.first(Role.VICTIM)),
        "suspect": persons.short(view.first(Role.SUSPECT)),
        "place": mandates.place(held.territory_id, language=language),
        "repeats": queries.in_sight(repeats(view.notes)),
        "forms": forms,
        "opened": opened,
        "awaits": state is State.REGISTERED,
        "answers": state is State.FORWARDED and ours,
        "may_take_back": state in outcome.TAKEN_BACK and not ours,
        "may_open": request.actor.can(case_access.OPEN),
        "may_register": request.actor.can(offence_access.REGISTER),
        "is_sealed": agencies.is_sealed(held.thread_id),
        "duties": duty_rows(owed, actor=request.actor, now=now),
        "outcomes": cited(law.book(), OUTCOMES, on=held.registered_at.astimezone(zone).date()),
        "seen": held.version,
        **outcome.shown(held, actor=request.actor, language=language),
    }
    status = acts.status_of(forms[opened]) if opened else 200
    return render(request, "reports/triage.html", words, status=status)
