"""Pages of breaches: noted from the order or from a report, told again, answered; each shows what followed it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.base import clock
from qorgan.base import words as written
from qorgan.base.errors import NotFound
from qorgan.courts import access as court_access
from qorgan.offences import access as offence_access
from qorgan.offences import queries as offences
from qorgan.offences.models import Offence
from qorgan.orders import access, actions, queries, rules
from qorgan.orders.models import Breach, BreachOutcome
from qorgan.orders.queries import BreachView, OrderView
from qorgan.orders.terms import Followed
from qorgan.places import queries as places
from qorgan.reports import access as report_access
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.orders.breach_forms import CalledForm, FollowForm, JoinForm, NoteForm
from qorgan.web.orders.told import rows
from qorgan.web.orders.views import SEE_PEOPLE, fetched, form_page, led_on
from qorgan.web.reports.outcome import fetched as fetched_report
from qorgan.web.request import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.CHECK)
def note(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """Note a breach of the order that an officer noticed."""
    view, now = fetched(order_id), clock.now()
    zone = places.zone(view.order.territory_id)
    form = NoteForm(acts.sent(request), order=view.order, zone=zone, now=now, seen=view.order.version)
    if request.method == "POST" and form.is_valid():

        def act() -> Breach:
            told = form.told(form.cleaned_data["noticed_at"])
            return actions.note_breach(order=view.order, told=told, by=request.actor, now=now, seen=form.version)

        made = acts.attempt(request, form, act)
        if made is not None:
            return _noted(request, made)
    words = _words(
        view,
        title=_("Breach of order %(number)s"),
        warning=_("It counts where the order was in force at its moment. What follows is written down beside it."),
        button=_("Note the breach"),
    )
    return form_page(request, view, form, "orders/change.html", **words)


def _noted(request: StaffRequest, made: Breach) -> HttpResponse:
    told = _("The breach of order %(number)s is noted; someone owes an answer to it.")
    words = str(told) % {"number": made.order.number}
    return acts.done(request, words, reverse("orders:breach", args=[made.id]))


def _words(view: OrderView, *, title: Any, warning: Any, button: Any) -> dict[str, Any]:
    named = str(title) % {"number": view.order.number}
    return {"title": named, "change": {"warning": warning, "button": button}}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.CHECK)
def called(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """Say that a report tells of a breach of an order, by its number."""
    if not request.actor.can(report_access.SEE):
        raise NotFound
    report, now = fetched_report(report_id), clock.now()
    zone = places.zone(report.territory_id)
    number = request.GET.get("number", "")
    form = CalledForm(acts.sent(request), zone=zone, number=number, seen=report.version)
    if request.method == "POST" and form.is_valid():

        def act() -> Breach:
            order = queries.by_number(form.cleaned_data["number"])
            if order is None:
                raise rules.NoSuchOrder
            told = form.told(report.registered_at)
            by, seen = request.actor, form.version
            return actions.note_breach(order=order, told=told, report=report, by=by, now=now, seen=seen)

        made = acts.attempt(request, form, act)
        if made is not None:
            return _noted(request, made)
    looks.note(request, thing="report", thing_id=report.id)
    words = {"form": form, "report": report, "now": now, "zone": zone}
    return render(request, "orders/called.html", words, status=acts.status_of(form))


def _found(breach_id: UUID, *, notes: bool) -> tuple[OrderView, BreachView]:
    held = queries.breach(breach_id)
    if held is None:
        raise NotFound
    view = fetched(held.order_id, notes=notes)
    return view, next(one for one in view.breaches if one.breach.id == held.id)


@require_safe
@staff_page(permission=access.SEE)
def breach(request: StaffRequest, breach_id: UUID) -> HttpResponse:
    """One breach: how it was noticed, of what, and what followed."""
    view, one = _found(breach_id, notes=request.actor.can(SEE_PEOPLE))
    held, now = view.order, clock.now()
    looks.note(request, thing="order", thing_id=held.id, thread_id=held.thread_id, detail={"breach": str(breach_id)})
    row = next(each for each in rows(view, actor=request.actor) if each.view.breach.id == breach_id)
    leads, may = one.breach.same_as_id is None, request.actor.can(access.CHECK)
    words = {
        "now": now,
        "order": held,
        "view": view,
        "row": row,
        "one": one,
        "zone": places.zone(held.territory_id),
        "may_see_report": request.actor.can(report_access.SEE),
        "may_follow": may and leads and not one.is_refuted,
        "may_join": may and leads and not one.outcomes and one.breach.number > 1,
        "may_send": leads and one.counts and request.actor.can(court_access.SEND),
        "found_in": next((each for each in view.checks if each.finding and _is_of(one, each.step)), None),
    }
    return render(request, "orders/breach.html", words)


def _is_of(one: BreachView, step: int) -> bool:
    found = one.breach.found_in
    return found is not None and found.step == step


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.CHECK)
def follow(request: StaffRequest, breach_id: UUID) -> HttpResponse:
    """Write down one thing that followed a breach."""
    view, one = _found(breach_id, notes=False)
    now, zone = clock.now(), places.zone(view.order.territory_id)
    known = _offences(request, view)
    form = FollowForm(acts.sent(request), offences=known, zone=zone, now=now, seen=view.order.version)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> BreachOutcome:
            offence = next((each for each in known if str(each.id) == said["offence"]), None)
            followed = actions.Consequence(Followed(said["kind"]), _at(said["happened_at"], one), offence, said["why"])
            return actions.follow_breach(
                breach=one.breach, followed=followed, by=request.actor, now=now, seen=form.version
            )

        if acts.attempt(request, form, act):
            return led_on(request, view, _("What followed the breach of order %(number)s is kept."))
    words = _words(
        view,
        title=_("What followed the breach of order %(number)s"),
        warning=_("Arrest, and whatever else a court decides, is written by the court: send it the materials."),
        button=_("Keep what followed"),
    )
    return form_page(request, view, form, "orders/change.html", **words)


def _at(typed: datetime, one: BreachView) -> datetime:
    """A minute is typed: in the minute in which the breach was noticed it followed it."""
    noticed = one.breach.noticed_at
    return noticed if typed == noticed.replace(second=0, microsecond=0) else typed


def _offences(request: StaffRequest, view: OrderView) -> list[Offence]:
    if not request.actor.can(offence_access.SEE):
        return []
    return list(offences.of_cases([view.order.case_id]))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.CHECK)
def join(request: StaffRequest, breach_id: UUID) -> HttpResponse:
    """Say that a breach was told before."""
    view, one = _found(breach_id, notes=False)
    zone, language = places.zone(view.order.territory_id), get_language() or ""
    earlier = [
        (str(each.breach.id), f"{each.breach.number}: {written.moment(each.moment, zone, language)}")
        for each in view.breaches
        if each.breach.number < one.breach.number and each.breach.same_as_id is None
    ]
    form = JoinForm(acts.sent(request), earlier=earlier, seen=view.order.version)
    if request.method == "POST" and form.is_valid():

        def act() -> Breach:
            first = queries.breach(UUID(form.cleaned_data["same_as"]))
            if first is None:
                raise NotFound
            return actions.join_breach(
                breach=one.breach, same_as=first, by=request.actor, now=clock.now(), seen=form.version
            )

        if acts.attempt(request, form, act):
            return led_on(request, view, _("The two tellings of a breach of order %(number)s are one."))
    words = _words(
        view,
        title=_("Breach of order %(number)s that was told before"),
        warning=_("The two are one breach from now on, and the earlier telling counts. This is not taken back."),
        button=_("They are one breach"),
    )
    return form_page(request, view, form, "orders/change.html", **words)
