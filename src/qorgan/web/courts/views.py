"""Pages of court cases: the list, one of them, what is sent, when the court sits."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.courts import access, actions, queries
from qorgan.courts.models import CourtCase, Hearing
from qorgan.courts.queries import CourtCaseView
from qorgan.courts.terms import Kind, Result, State
from qorgan.law import queries as law
from qorgan.places import queries as places
from qorgan.shredding import access as shredding_access
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.courts.about import About, about
from qorgan.web.courts.course import course
from qorgan.web.courts.forms import HearingForm, OutcomeForm, ReturnForm, SendForm
from qorgan.web.courts.panels import TONES, named, panel
from qorgan.web.paging import part
from qorgan.web.request import StaffRequest

UNDECIDED = "undecided"


@require_safe
@staff_page(permission=access.SEE)
def index(request: StaffRequest) -> HttpResponse:
    """Court cases in sight, the newest first; one found by its number is opened at once."""
    number, found = looks.sought(request, thing="court_case", find=queries.by_number)
    if found is not None:
        return redirect("courts:court_case", found.id)
    wanted = request.GET.get("state", "")
    listed = part(request, _wanted(wanted))
    looks.listed(
        request, thing="court_case", list=wanted if wanted in {UNDECIDED, *State} else "all", rows=len(listed.rows)
    )
    words = {
        "rows": _lines(listed.rows),
        "part": listed,
        "number": number,
        "state": wanted,
        "states": [(UNDECIDED, _("without a decision")), *((one.value, one.label) for one in State)],
    }
    return render(request, "courts/index.html", words)


def _wanted(state: str) -> QuerySet[CourtCase]:
    if state == UNDECIDED:
        return queries.undecided()
    return queries.newest(state=State(state) if state in list(State) else None)


def _lines(court_cases: list[CourtCase]) -> list[dict[str, Any]]:
    parties, language = queries.parties_of(court_cases), get_language() or ""
    return [
        {
            "court_case": one,
            "kind": Kind(one.kind).label,
            "tone": TONES[State(one.state)],
            "word": State(one.state).label,
            "court": one.court.name(language),
            "against": named(parties[one.id][0]),
            "zone": places.zone(one.territory_id),
        }
        for one in court_cases
    ]


def fetched(court_case_id: UUID) -> CourtCaseView:
    """The court case in sight, opened. Raises NotFound."""
    found = queries.find(court_case_id)
    if found is None:
        raise NotFound
    return queries.opened([found])[0]


def beside(request: StaffRequest, view: CourtCaseView) -> dict[str, Any]:
    """What a page of one court case shows beside its form."""
    now = clock.now()
    looks.note(request, thing="court_case", thing_id=view.court_case.id, thread_id=view.court_case.thread_id)
    shown = panel(view, book=law.book(), actor=request.actor, now=now)
    return {"now": now, "panel": shown, "court_case": view.court_case, "view": view, "zone": shown.zone}


def led_on(request: StaffRequest, view: CourtCaseView, told: str | Promise) -> HttpResponse:
    """Say what was done, on the page of the court case."""
    words = str(told) % {"number": view.court_case.number}
    return acts.done(request, words, reverse("courts:court_case", args=[view.court_case.id]))


def form_page(
    request: StaffRequest, view: CourtCaseView, form: BaseForm, title: str | Promise, button: str | Promise, **more: Any
) -> HttpResponse:
    """A form of a court case beside its panel."""
    words = {"form": form, "title": title, "button": button, **beside(request, view), **more}
    return render(request, "courts/form.html", words, status=acts.status_of(form))


@require_safe
@staff_page(permission=access.SEE)
def court_case(request: StaffRequest, court_case_id: UUID) -> HttpResponse:
    """One court case: materials, hearings, decisions, appeals, its course."""
    view = fetched(court_case_id)
    language = get_language() or ""
    words = beside(request, view)
    names = agencies.staff_names([view.court_case.sent_by, view.court_case.returned_by], language=language)
    words["may_hold"] = request.actor.can(shredding_access.HOLD)
    words["sent_by"] = names.get(view.court_case.sent_by, "")
    words["course"] = course([view.court_case], now=words["now"], language=language)
    return render(request, "courts/court_case.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.SEND)
def send(request: StaffRequest, thing: str, thing_id: UUID) -> HttpResponse:
    """Send materials about a case, an order or an offence to a court."""
    found = about(request, thing, thing_id)
    courts = list(queries.courts_for(found.territory_id))
    filled = found.filled | ({"court": str(courts[0].id)} if len(courts) == 1 else {})
    form = SendForm(acts.sent(request), courts=courts, orders=found.orders, offences=found.offences, filled=filled)
    if request.method == "POST" and form.is_valid():
        made = acts.attempt(
            request, form, lambda: actions.send(material=_material(form, found), by=request.actor, now=clock.now())
        )
        if made is not None:
            told = _("Sent to court: court case %(number)s.")
            return acts.done(request, str(told) % {"number": made.number}, reverse("courts:court_case", args=[made.id]))
    looks.note(request, thing=thing, thing_id=thing_id, thread_id=found.thread_id)
    words = {"form": form, "about": found, "courts": courts}
    return render(request, "courts/send.html", words, status=acts.status_of(form))


def _material(form: SendForm, found: About) -> actions.Material:
    order, offence = form.picked("order"), form.picked("offence")
    return actions.Material(
        kind=Kind(form.cleaned_data["kind"]),
        court_id=form.picked("court"),
        case=found.case,
        order=next((one for one in found.orders if one.id == order), None),
        offence=next((one for one in found.offences if one.id == offence), None),
        breach=found.breach,
        contents=form.cleaned_data["contents"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.SCHEDULE)
def schedule(request: StaffRequest, court_case_id: UUID) -> HttpResponse:
    """Set a hearing."""
    view = fetched(court_case_id)
    held = view.court_case
    form = HearingForm(acts.sent(request), zone=places.zone(held.territory_id), seen=held.version)
    if request.method == "POST" and form.is_valid():

        def act() -> Hearing:
            at, now = form.cleaned_data["at"], clock.now()
            return actions.schedule(court_case=held, at=at, by=request.actor, now=now, seen=form.version)

        if acts.attempt(request, form, act):
            return led_on(request, view, _("A hearing of court case %(number)s is set."))
    return form_page(request, view, form, _("Set a hearing"), _("Set the hearing"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.SCHEDULE)
def hearing(request: StaffRequest, hearing_id: UUID) -> HttpResponse:
    """Write down what became of a hearing: held, or put off."""
    found = queries.hearing(hearing_id)
    if found is None:
        raise NotFound
    view, now = fetched(found.court_case_id), clock.now()
    zone = places.zone(found.territory_id)
    form = OutcomeForm(acts.sent(request), zone=zone, ahead=found.at > now, seen=view.court_case.version)
    if request.method == "POST" and form.is_valid():
        result, to = Result(form.cleaned_data["result"]), form.cleaned_data["to"]

        def act() -> Hearing:
            if result is Result.HELD:
                return actions.hold(hearing=found, by=request.actor, now=now, seen=form.version)
            return actions.postpone(hearing=found, result=result, to=to, by=request.actor, now=now, seen=form.version)

        if acts.attempt(request, form, act):
            return led_on(request, view, _("The outcome of the hearing of court case %(number)s is written."))
    return form_page(request, view, form, _("Outcome of the hearing"), _("Keep the outcome"), hearing=found)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.DECIDE)
def return_material(request: StaffRequest, court_case_id: UUID) -> HttpResponse:
    """Send the materials back undecided."""
    view = fetched(court_case_id)
    held = view.court_case
    form = ReturnForm(acts.sent(request), seen=held.version)
    if request.method == "POST" and form.is_valid():

        def act() -> CourtCase:
            why, now = form.cleaned_data["why"], clock.now()
            return actions.return_material(court_case=held, why=why, by=request.actor, now=now, seen=form.version)

        if acts.attempt(request, form, act):
            return led_on(request, view, _("The materials of court case %(number)s are returned."))
    return form_page(request, view, form, _("Return the materials"), _("Return the materials"))
