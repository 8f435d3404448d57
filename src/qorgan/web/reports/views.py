"""Pages of reports."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qorgan.agencies import queries as agencies
from qorgan.agencies.models import Agency
from qorgan.base import clock, journal
from qorgan.cases import access as case_access
from qorgan.cases import actions as cases
from qorgan.cases import queries as case_queries
from qorgan.duties import queries as duties
from qorgan.law import queries as law
from qorgan.people import access as people_access
from qorgan.places import queries as places
from qorgan.reports import access, actions, queries
from qorgan.reports.models import Report
from qorgan.reports.queries import ReportView, door
from qorgan.reports.terms import ENTERED, Channel, Role, Serving, State
from qorgan.web import acts, looks, mandates, persons
from qorgan.web.access import staff_page
from qorgan.web.duties.rows import rows as duty_rows
from qorgan.web.forms import SeenForm
from qorgan.web.offences import lines as offence_lines
from qorgan.web.orders import told as order_words
from qorgan.web.paging import part
from qorgan.web.provisions import cited
from qorgan.web.reports import imports, outcome
from qorgan.web.reports.forms import DeskFileForm, ReportForm, RevealForm, RouteForm
from qorgan.web.reports.outcome import fetched
from qorgan.web.reports.words import repeats, sentences
from qorgan.web.request import StaffRequest


@require_safe
@staff_page(permission=access.SEE)
def index(request: StaffRequest) -> HttpResponse:
    """Reports in sight, the newest first; one found by its exact number is opened at once."""
    number, found = looks.sought(request, thing="report", find=queries.by_number)
    if found is not None:
        return redirect("reports:report", found.id)
    wanted = request.GET.get("state", "")
    state = State(wanted) if wanted in list(State) else None
    listed = part(request, queries.newest(state=state))
    looks.listed(request, thing="report", list=wanted if state else "all", rows=len(listed.rows))
    rows = [_line(view) for view in queries.opened_reports(listed.rows)]
    words = {"rows": rows, "part": listed, "number": number, "state": state, "states": list(State)}
    return render(request, "reports/index.html", words)


def _line(view: ReportView) -> dict[str, Any]:
    state = State(view.state)
    return {
        "view": view,
        "state": state,
        "tone": outcome.TONES[state],
        "channel": Channel(view.channel).label,
        "victim": persons.short(view.first(Role.VICTIM)),
        "suspect": persons.short(view.first(Role.SUSPECT)),
        "marks": bool(repeats(view.notes)),
        "zone": places.zone(view.territory_id),
    }


@require_safe
@staff_page(permission=access.SEE)
def report(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """One report as it was received, and the decision on it."""
    held = fetched(report_id)
    looks.note(request, thing="report", thing_id=held.id)
    return _shown(request, held, revealed=False)


@require_POST
@staff_page(permission=access.SEE)
def reveal(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """The same with address, telephone and IIN whole, for a reason that is kept with the look."""
    held = fetched(report_id)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return redirect("reports:report", held.id)
    looks.note(request, thing="report", thing_id=held.id, detail={"whole": form.cleaned_data["why"]})
    return _shown(request, held, revealed=True)


def _shown(request: StaffRequest, held: Report, *, revealed: bool) -> HttpResponse:
    now, language = clock.now(), get_language() or ""
    view = queries.opened_reports([held])[0]
    zone = places.zone(view.territory_id)
    names = agencies.staff_names([view.received_by], language=language)
    decision = list(duties.of_things([view.id])[:5])
    case = case_queries.case_of_report(view.id) if request.actor.can(case_access.SEE) else None
    people = [persons.card(person, part=role.label, on=now.astimezone(zone).date()) for role, person in view.persons]
    words = _line(view) | {
        "now": now,
        "zone": zone,
        "revealed": revealed,
        "may_know": request.actor.can(people_access.SEE),
        "people": people,
        "hidden": bool(view.address or any(card.phone or card.iin for card in people)),
        "reasons": RevealForm().fields["why"].choices,  # type: ignore[attr-defined]  # a choice field
        "sentences": sentences(view.notes),
        "repeats": queries.in_sight(repeats(view.notes)),
        "received_by": names.get(view.received_by) if view.received_by else "",
        "place": mandates.place(view.territory_id, language=language),
        "duties": duty_rows(decision, actor=request.actor, now=now),
        "case": case,
        "seen": held.version,
        "serving": Serving(held.serving),
        "sealed": agencies.is_sealed(held.thread_id),
        "may_answer": request.actor.can(access.DECIDE) and door.has_way_back(held.id),
        "may_route": request.actor.can(access.ROUTE),
        "awaits": view.state == State.REGISTERED,
        "may_open": case is None and _may_open(request, held, now),
        "may_triage": request.actor.can(access.DECIDE)
        and agencies.may_write(held.thread_id, by=request.actor, now=now),
        **outcome.shown(held, actor=request.actor, language=language),
        **offence_lines.of_report(held, actor=request.actor),
        **order_words.of_report(held, actor=request.actor),
    }
    return render(request, "reports/report.html", words)


def _may_open(request: StaffRequest, held: Report, now: datetime) -> bool:
    """Whether a case may be opened: on a report that awaits a decision, or that is entered in a register."""
    leads = State(held.state) in {State.REGISTERED, *ENTERED}
    return (
        leads and request.actor.can(case_access.OPEN) and agencies.may_write(held.thread_id, by=request.actor, now=now)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.ACCEPT)
def new(request: StaffRequest) -> HttpResponse:
    """Write a report down while it is told."""
    now = clock.now()
    zone = places.zone(request.mandate.territory_id)
    form = ReportForm(acts.sent(request), zone=zone, now=now)
    if request.method == "POST" and form.is_valid():
        accepted = acts.attempt(request, form, lambda: _accept(request, form, now))
        if accepted is not None:
            told = _("Report %(number)s is kept.") if accepted.is_new else _("Report %(number)s was already kept.")
            return acts.done(request, told % {"number": accepted.report.number}, _after(request, accepted.report))
    words = {
        "form": form,
        "now": now,
        "place": mandates.place(request.mandate.territory_id, language=get_language() or ""),
    }
    return render(request, "reports/new.html", words, status=acts.status_of(form))


def _after(request: StaffRequest, report: Report) -> str:
    return reverse("reports:report", args=[report.id]) if request.actor.can(access.SEE) else reverse("duties:index")


def _accept(request: StaffRequest, form: ReportForm, now: datetime) -> actions.Accepted:
    return actions.accept(signal=form.signal(sender=str(request.actor.staff_id)), by=request.actor, now=now)


@require_POST
@staff_page(permission=case_access.OPEN)
def open_case(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """Take the report up: a case that leads it."""
    held = fetched(report_id)
    seen = SeenForm(request.POST).version
    case = cases.open_from_report(report=held, by=request.actor, now=clock.now(), seen=seen)
    told = _("Case %(number)s is opened; you answer for it.") % {"number": case.number}
    seen = request.actor.can(case_access.SEE)
    return acts.done(request, told, reverse("cases:case", args=[case.id]) if seen else _after(request, held))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.ROUTE)
def route(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """Say which office takes a sealed report on. What was told is not shown: the choice needs the place only."""
    held = fetched(report_id)
    now, language = clock.now(), get_language() or ""
    offices = [(str(one.id), one.name(language)) for one in actions.takers(held)]
    form = RouteForm(acts.sent(request), offices=offices, seen=held.version)
    if request.method == "POST" and form.is_valid():
        chosen, seen = UUID(form.cleaned_data["agency"]), form.version

        def act() -> Agency:
            return actions.route(report_id=held.id, agency_id=chosen, by=request.actor, now=now, seen=seen)

        taken = acts.attempt(request, form, act)
        if taken is not None:
            told = _("Report %(number)s is entrusted to: %(agency)s.")
            return acts.done(request, told % {"number": held.number, "agency": taken.name(language)}, "duties:index")
    looks.note(request, thing="report", thing_id=held.id, detail={"for": "routing"})
    words = {
        "form": form,
        "number": held.number,
        "report_id": held.id,
        "serving": Serving(held.serving),
        "place": mandates.place(held.territory_id, language=language),
        "provision": cited(law.book(), actions.WHO_TAKES_IT, on=now.date()),
    }
    return render(request, "reports/route.html", words, status=acts.status_of(form))


@transaction.non_atomic_requests
@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.IMPORT)
def import_file(request: StaffRequest) -> HttpResponse:
    """Take a desk's file and show what became of every row."""
    form = DeskFileForm(acts.sent(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        result, kept = imports.take(form.cleaned_data["file"], by=request.actor, now=clock.now())
        words = {"result": result, "kept": kept, "name": form.cleaned_data["file"].name, "form": DeskFileForm()}
        return render(request, "reports/imported.html", words, status=422 if result.refused_whole else 200)
    return render(request, "reports/import.html", {"form": form}, status=acts.status_of(form))


@require_safe
@staff_page(permission=access.IMPORT)
def refused_rows(request: StaffRequest, import_id: UUID) -> HttpResponse:
    """The refused rows of a file that this person sent, to be mended and sent again."""
    content = imports.refused_rows(import_id, by=request.actor)
    journal.write(
        kind="web.refused_rows.exported", by=request.actor, now=clock.now(), thing="import", thing_id=import_id
    )
    disposition = {"Content-Disposition": 'attachment; filename="refused.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=disposition)
