"""Pages of what is done about a missing child: searched, found, begun again, published, answered."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.missing import access, actions, queries
from qorgan.missing.models import Alarm, Bulletin, Notice, Search
from qorgan.missing.queries import AlarmView
from qorgan.missing.terms import TRANSITIONS, Posted, State
from qorgan.places import queries as places
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.forms import SeenForm
from qorgan.web.missing.forms import AgainForm, EndForm, MarkForm, NoticeForm, ProposeForm, SearchForm
from qorgan.web.missing.views import fetched
from qorgan.web.request import StaffRequest

_ENDS = {
    State.FOUND_ALIVE: actions.found_alive,
    State.FOUND_DEAD: actions.found_dead,
    State.NOT_FOUND: actions.rest,
}
_METHODS = ["GET", "HEAD", "POST"]


def _to(alarm_id: UUID) -> str:
    return reverse("missing:alarm", args=[alarm_id])


def _form(request: StaffRequest, view: AlarmView, form: SeenForm, template: str) -> HttpResponse:
    looks.note(request, thing="alarm", thing_id=view.alarm.id)
    zone = places.zone(view.alarm.territory_id)
    words = {"form": form, "view": view, "alarm": view.alarm, "zone": zone, "now": clock.now()}
    return render(request, template, words, status=acts.status_of(form))


@require_http_methods(_METHODS)
@staff_page(permission=access.SEARCH)
def search(request: StaffRequest, alarm_id: UUID) -> HttpResponse:
    """Write down a place that was searched."""
    view, now = fetched(alarm_id), clock.now()
    zone = places.zone(view.alarm.territory_id)
    form = SearchForm(acts.sent(request), zone=zone, now=now, seen=view.alarm.version)
    if request.method == "POST" and form.is_valid():

        def act() -> Search:
            said = form.searched()
            return actions.note_search(alarm=view.alarm, searched=said, by=request.actor, now=now, seen=form.version)

        if acts.attempt(request, form, act):
            return acts.done(request, _("The place is written down."), _to(alarm_id))
    return _form(request, view, form, "missing/search.html")


@require_http_methods(_METHODS)
@staff_page(permission=access.END)
def end(request: StaffRequest, alarm_id: UUID) -> HttpResponse:
    """Say that the child was found, or that the search rests."""
    view, now = fetched(alarm_id), clock.now()
    ends = [one for one in _ENDS if one in TRANSITIONS[view.state]]
    zone, stands = places.zone(view.alarm.territory_id), view.alarm.version
    form = EndForm(acts.sent(request), ends=ends, zone=zone, now=now, seen=stands)
    if request.method == "POST" and form.is_valid():

        def act() -> Alarm:
            ending = _ENDS[State(form.cleaned_data["how"])]
            return ending(alarm=view.alarm, end=form.end(), by=request.actor, now=now, seen=form.version)

        if acts.attempt(request, form, act):
            told = _("It is written down. No public page stands any more, and the offices near by are told.")
            return acts.done(request, told, _to(alarm_id))
    return _form(request, view, form, "missing/end.html")


@require_http_methods(_METHODS)
@staff_page(permission=access.END)
def again(request: StaffRequest, alarm_id: UUID) -> HttpResponse:
    """Begin the search again, or take back an end that was written wrongly."""
    view, now = fetched(alarm_id), clock.now()
    form = AgainForm(acts.sent(request), seen=view.alarm.version)
    if request.method == "POST" and form.is_valid():

        def act() -> Alarm:
            why = form.cleaned_data["words"]
            return actions.seek_again(alarm=view.alarm, why=why, by=request.actor, now=now, seen=form.version)

        if acts.attempt(request, form, act):
            return acts.done(request, _("The child is sought again; the offices near by are told."), _to(alarm_id))
    return _form(request, view, form, "missing/again.html")


@require_http_methods(_METHODS)
@staff_page(permission=access.MARK)
def mark(request: StaffRequest, alarm_id: UUID) -> HttpResponse:
    """Decide that the child is never named to the public."""
    view, now = fetched(alarm_id), clock.now()
    form = MarkForm(acts.sent(request), seen=view.alarm.version)
    if request.method == "POST" and form.is_valid():

        def act() -> Alarm:
            return actions.mark(alarm=view.alarm, by=request.actor, now=now, seen=form.version)

        if acts.attempt(request, form, act):
            return acts.done(request, _("From now on this child is not named to the public."), _to(alarm_id))
    return _form(request, view, form, "missing/mark.html")


@require_http_methods(_METHODS)
@staff_page(permission=access.PROPOSE)
def propose(request: StaffRequest, alarm_id: UUID) -> HttpResponse:
    """Propose the words of a public page."""
    view, now = fetched(alarm_id), clock.now()
    form = ProposeForm(acts.sent(request), seen=view.alarm.version)
    if request.method == "POST" and form.is_valid():

        def act() -> Notice:
            words = form.words()
            return actions.propose(alarm=view.alarm, words=words, by=request.actor, now=now, seen=form.version)

        made = acts.attempt(request, form, act)
        if made is not None:
            told = _("The words are kept. Nobody outside reads them before a second person approves them.")
            return acts.done(request, told, reverse("missing:notice", args=[made.id]))
    return _form(request, view, form, "missing/propose.html")


_DECIDED: dict[str, tuple[Any, str | Promise]] = {
    "approve": (actions.approve, _("The page stands. Its address is new and does not last.")),
    "decline": (actions.decline, _("The words are declined.")),
    "down": (actions.take_down, _("The page is gone.")),
}


@require_http_methods(_METHODS)
@staff_page(permission=access.SEE)
def notice(request: StaffRequest, notice_id: UUID) -> HttpResponse:
    """The words of a public page: approved by a second person, declined, or taken down."""
    held = queries.find_notice(notice_id)
    if held is None:
        raise NotFound
    now = clock.now()
    form = NoticeForm(acts.sent(request), seen=held.version)
    if request.method == "POST" and form.is_valid():
        act, told = _DECIDED[form.cleaned_data["act"]]
        done = acts.attempt(request, form, lambda: act(notice=held, by=request.actor, now=now, seen=form.version))
        if done is not None:
            return acts.done(request, told, reverse("missing:notice", args=[notice_id]))
        held = queries.find_notice(notice_id) or held
    looks.note(request, thing="alarm", thing_id=held.alarm_id)
    view, may = queries.view_of(held), request.actor.can
    waits, shown = view.state is Posted.PROPOSED, view.is_shown(now)
    words = {
        "form": form,
        "view": view,
        "notice": held,
        "alarm": held.alarm,
        "zone": places.zone(held.territory_id),
        "now": now,
        "shown": shown,
        "may_approve": waits and may(access.APPROVE) and held.proposed_by != request.actor.staff_id,
        "may_take_down": (waits or view.state is Posted.STANDS) and may(access.PROPOSE),
        "waits_for_another": waits and held.proposed_by == request.actor.staff_id,
    }
    return render(request, "missing/notice.html", words, status=acts.status_of(form))


@require_http_methods(_METHODS)
@staff_page(permission=access.ANSWER)
def bulletin(request: StaffRequest, bulletin_id: UUID) -> HttpResponse:
    """A child whom an office near by seeks: what is known, and that the patrols here know it."""
    held = queries.find_bulletin(bulletin_id)
    if held is None or held.agency_id != request.actor.agency_id:
        raise NotFound
    now = clock.now()
    form = SeenForm(acts.sent(request), seen=held.version)
    if request.method == "POST" and form.is_valid():

        def act() -> Bulletin:
            return actions.answer(bulletin_id=bulletin_id, by=request.actor, now=now, seen=form.version)

        if acts.attempt(request, form, act):
            told = _("It is written down that your patrols know.")
            return acts.done(request, told, reverse("missing:bulletin", args=[bulletin_id]))
    looks.note(request, thing="bulletin", thing_id=bulletin_id)
    view = queries.opened_bulletins([held])[0]
    office = held.from_agency.name(get_language() or "")
    words = {
        "form": form,
        "view": view,
        "told": held,
        "from_agency": office,
        "zone": places.zone(held.territory_id),
        "now": now,
    }
    return render(request, "missing/bulletin.html", words, status=acts.status_of(form))
