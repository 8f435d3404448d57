"""Write-offs before the prosecutor: at what rate each office writes off and why; each to be read and cancelled."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.agencies import queries as agencies
from qorgan.agencies.models import Agency
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.places import queries as places
from qorgan.reports import access, actions, queries
from qorgan.reports.models import Report
from qorgan.reports.queries import outcomes
from qorgan.reports.terms import Channel, State
from qorgan.reports.terms.outcomes import Reason
from qorgan.web import acts, looks, mandates
from qorgan.web.access import staff_page
from qorgan.web.paging import part
from qorgan.web.reports import outcome
from qorgan.web.reports.ways import BackForm
from qorgan.web.request import StaffRequest

BACK = timedelta(days=30)


def by_office(*, language: str) -> list[dict[str, Any]]:
    """Of each office the rate of the last thirty days, in words, with the address of its write-offs."""
    found = outcomes.rates(since=clock.now() - BACK)
    offices = agencies.agency_names((one.agency_id for one in found), language=language)
    return [
        {
            "rate": one,
            "office": offices[one.agency_id],
            "reasons": [(reason.label, count) for reason, count in one.reasons],
            "url": f"{reverse('courts:write_offs')}?agency={one.agency_id}",
        }
        for one in found
    ]


@require_safe
@staff_page(permission=access.RETURN)
def index(request: StaffRequest) -> HttpResponse:
    """The write-offs of the last thirty days that stand, of one office or of all, the newest first."""
    language, agency = get_language() or "", _asked(request)
    found = outcomes.written_off(since=clock.now() - BACK, agency_id=agency.id if agency else None)
    listed = part(request, found)
    looks.listed(request, thing="report", list="write_offs", rows=len(listed.rows))
    offices = agencies.agency_names((one.agency_id for one in listed.rows), language=language)
    rows = [
        {
            "report": one,
            "office": offices[one.agency_id],
            "reason": Reason(one.reason).label,
            "zone": places.zone(one.territory_id),
        }
        for one in listed.rows
    ]
    words = {"rows": rows, "part": listed, "office": agency.name(language) if agency else "", "rates": []}
    if agency is None:
        words["rates"] = by_office(language=language)
    return render(request, "courts/write_offs.html", words)


def _asked(request: StaffRequest) -> Agency | None:
    """The office that the address asks for; None for all. Raises NotFound."""
    text = request.GET.get("agency", "")
    if not text:
        return None
    try:
        agency = Agency.objects.filter(pk=UUID(text)).first()
    except ValueError:
        raise NotFound from None
    if agency is None:
        raise NotFound
    return agency


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.RETURN)
def write_off(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """One report that was written off: what was told, for which reason it ended, and the form that cancels that.

    No name, address or telephone of a party is shown: the decision is judged by what was told and by its reason.
    """
    held = queries.find(report_id)
    if held is None or State(held.state) is not State.WRITTEN_OFF:
        raise NotFound
    language, zone = get_language() or "", places.zone(held.territory_id)
    form = BackForm(acts.sent(request), seen=held.version)
    if request.method == "POST" and form.is_valid():
        done = acts.attempt(request, form, lambda: _reopen(request, held, form))
        if done is not None:
            told = _("The write-off of report %(number)s is cancelled; the office decides again, its clock starts now.")
            return acts.done(request, told % {"number": held.number}, "courts:write_offs")
    looks.note(request, thing="report", thing_id=held.id, detail={"for": "oversight"})
    view = queries.opened_reports([held])[0]
    words = {
        "view": view,
        "zone": zone,
        "channel": Channel(view.channel).label,
        "place": mandates.place(held.territory_id, language=language),
        "state": State.WRITTEN_OFF,
        "tone": outcome.TONES[State.WRITTEN_OFF],
        "form": form,
        **outcome.shown(held, actor=request.actor, language=language),
    }
    return render(request, "courts/write_off.html", words, status=acts.status_of(form))


def _reopen(request: StaffRequest, held: Report, form: BackForm) -> Report:
    why = form.cleaned_data["why"]
    return actions.reopen(report_id=held.id, why=why, by=request.actor, now=clock.now(), seen=form.version)
