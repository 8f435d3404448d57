"""A suspect in uniform: routed to military police, watched by their prosecutor; routed back where he does not serve."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from qorgan.agencies.models import Agency
from qorgan.agencies.terms import Kind
from qorgan.base import clock
from qorgan.cases import access, actions, queries
from qorgan.places import queries as places
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.cases.death_forms import CivilianForm, UniformForm
from qorgan.web.cases.views import fetched
from qorgan.web.request import StaffRequest


def _named(found: list[Agency]) -> list[tuple[str, str]]:
    return [(str(one.id), one.name(get_language() or "")) for one in found]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.REFER)
def military(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Pass the investigation of a suspect in uniform to military police, and ask their prosecutor to watch over it."""
    case, now = fetched(case_id), clock.now()
    form = UniformForm(
        acts.sent(request),
        seen=queries.sharing_stands(case),
        offender=[(str(one.id), one.name) for one in queries.complained_of(case)],
        agency=_named(actions.military_offices(case)),
        watcher=_named(actions.military_offices(case, kind=Kind.MILITARY_PROSECUTOR)),
    )

    def act() -> object:
        return actions.route_suspect(case=case, uniform=form.uniform(), by=request.actor, now=now, seen=form.version)

    if request.method == "POST" and form.is_valid() and acts.attempt(request, form, act) is not None:
        told: str | Promise = _("Passed on. Her order and her safety stay with you; the receipt comes with the answer.")
        return acts.done(request, told, f"{reverse('cases:case', args=[case.id])}#sharing")
    looks.note(request, thing="case", thing_id=case.id)
    words = {
        "form": form,
        "case": case,
        "title": _("A suspect in uniform"),
        "hint": _("the investigation goes to military police; what is due for her safety stays here"),
        "zone": places.zone(case.territory_id),
        "now": now,
    }
    return render(request, "cases/night.html", words, status=acts.status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.REFER)
def back(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """The suspect proves not to serve: the investigation comes back, with no clock lost."""
    case, now = fetched(case_id), clock.now()
    form = CivilianForm(acts.sent(request), seen=queries.sharing_stands(case))

    def act() -> object:
        why = form.cleaned_data["why"]
        return actions.route_back(case=case, why=why, by=request.actor, now=now, seen=form.version)

    if request.method == "POST" and form.is_valid() and acts.attempt(request, form, act) is not None:
        told: str | Promise = _("The investigation is with you again. What was due keeps its clocks.")
        return acts.done(request, told, f"{reverse('cases:case', args=[case.id])}#sharing")
    looks.note(request, thing="case", thing_id=case.id)
    words = {
        "form": form,
        "case": case,
        "title": _("He does not serve"),
        "hint": _("military police and their prosecutor stop using what they hold"),
        "zone": places.zone(case.territory_id),
        "now": now,
    }
    return render(request, "cases/night.html", words, status=acts.status_of(form))
