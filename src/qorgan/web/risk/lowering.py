"""Pages of a lower result: asked for by one person, decided by a second one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.places import queries as places
from qorgan.risk import access, actions, queries
from qorgan.risk.models import Lowering
from qorgan.risk.terms import Decision
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.request import StaffRequest
from qorgan.web.risk import words
from qorgan.web.risk.forms import DecideForm, LowerForm, named
from qorgan.web.risk.views import fetched

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@staff_page(permission=access.ASSESS)
def ask(request: StaffRequest, assessment_id: UUID) -> HttpResponse:
    """Ask that a result is lowered; a second person decides."""
    view, now = fetched(assessment_id), clock.now()
    lower = tuple(one for one in view.instrument.bands if one.rank < view.stands.rank)
    form = LowerForm(acts.sent(request), bands=lower, seen=len(view.lowerings))
    if request.method == "POST" and form.is_valid():

        def act() -> Lowering:
            said = form.cleaned_data
            return actions.ask_lower(
                assessment=view.assessment,
                to=said["to"],
                why=said["why"],
                by=request.actor,
                now=now,
                seen=form.version,
            )

        if acts.attempt(request, form, act):
            told = _("It is asked for. The result stands as it is until a second person agrees.")
            return acts.done(request, told, reverse("risk:assessment", args=[assessment_id]))
    looks.note(request, thing="assessment", thing_id=assessment_id, thread_id=view.assessment.thread_id)
    said = words.line(view, now=now) | {"form": form, "case": view.assessment.case}
    return render(request, "risk/lower.html", said, status=acts.status_of(form))


@require_http_methods(_METHODS)
@staff_page(permission=access.SEE)
def decide(request: StaffRequest, lowering_id: UUID) -> HttpResponse:
    """A lower result that was asked for: why, and what the second person says."""
    held = queries.find_lowering(lowering_id)
    if held is None:
        raise NotFound
    now = clock.now()
    form = DecideForm(acts.sent(request), seen=held.version)
    if request.method == "POST" and form.is_valid():

        def act() -> Lowering:
            said = form.cleaned_data
            agrees = said["decision"] == "agree"
            return actions.decide_lower(
                lowering=held, agrees=agrees, words=said["why"], by=request.actor, now=now, seen=form.version
            )

        if acts.attempt(request, form, act):
            return acts.done(request, _("It is decided."), reverse("risk:assessment", args=[held.assessment_id]))
    looks.note(request, thing="assessment", thing_id=held.assessment_id, thread_id=held.thread_id)
    view = fetched(held.assessment_id)
    is_first = request.actor.staff_id in (held.asked_by, view.assessment.assessed_by)
    waits = held.decision == Decision.WAITS
    lower = next(one for one in view.lowerings if one.lowering.id == held.id)
    said = words.line(view, now=now) | {
        "form": form,
        "case": view.assessment.case,
        "lower": lower,
        "was": named(lower.was.name),
        "to": named(lower.to.name),
        "asked_by": agencies.staff_names([held.asked_by], language=get_language() or "").get(held.asked_by, ""),
        "zone": places.zone(held.territory_id),
        "now": now,
        "may_decide": waits and not is_first and request.actor.can(access.DECIDE),
        "waits_for_another": waits and is_first,
    }
    return render(request, "risk/lowering.html", said, status=acts.status_of(form))
