"""The files entrusted to a person: entering one, acting in it and in nothing else, and leaving it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from qorgan.agencies import queries
from qorgan.agencies.models import Admission
from qorgan.agencies.terms import AdmissionGround, Purpose
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor, acting
from qorgan.cases import access as case_access
from qorgan.cases import queries as cases
from qorgan.reports import access as report_access
from qorgan.reports import queries as reports
from qorgan.web import acts, looks, mandates
from qorgan.web.access import staff_page
from qorgan.web.middleware import INSIDE
from qorgan.web.paging import part
from qorgan.web.request import StaffRequest


@dataclass(frozen=True)
class Entrusted:
    """One file in the list: what of it may be said before it is entered."""

    id: UUID
    number: str
    ground: str | Promise
    purpose: str | Promise
    place: str
    since: datetime
    until: datetime | None
    current: bool


@require_safe
@staff_page()
def index(request: StaffRequest) -> HttpResponse:
    """The files that this person may enter now, the newest first."""
    now = clock.now()
    listed = part(request, queries.admissions_of(request.mandate, now=now))
    looks.listed(request, thing="admission", list="entrusted", rows=len(listed.rows))
    with acting(queries.in_all(request.mandate, listed.rows)):
        numbers = reports.numbers_of_threads(one.thread_id for one in listed.rows)
    rows = [_row(one, numbers.get(one.thread_id, ""), inside=request.inside) for one in listed.rows]
    return render(request, "entrusted/index.html", {"now": now, "rows": rows, "part": listed})


def _row(admission: Admission, number: str, *, inside: Admission | None) -> Entrusted:
    return Entrusted(
        id=admission.id,
        number=number,
        ground=AdmissionGround(admission.ground).label,
        purpose=Purpose(admission.purpose).label,
        place=mandates.place(admission.territory_id, language=get_language() or ""),
        since=admission.since,
        until=admission.until,
        current=inside is not None and inside.id == admission.id,
    )


@require_POST
@staff_page()
def enter(request: StaffRequest, admission_id: UUID) -> HttpResponse:
    """Act in one file from now on; its first page follows. Raises NotFound for whom it was not entrusted to."""
    found = queries.admissions_of(request.mandate, now=clock.now()).filter(pk=admission_id).first()
    if found is None:
        raise NotFound
    actor = queries.entered(request.mandate, found, language=get_language() or "")
    looks.note(request, thing="thread", thing_id=found.thread_id, detail={"ground": found.ground})
    request.session[INSIDE] = str(found.id)
    with acting(actor):
        return acts.done(request, _("You act in this one file now. Leave it when you are done."), _first(found, actor))


def _first(admission: Admission, actor: Actor) -> str:
    """The page of the file that the role may see: its case, else its report, else today."""
    case = cases.of_thread(admission.thread_id) if actor.can(case_access.SEE) else None
    if case is not None:
        return reverse("cases:case", args=[case.id])
    report = reports.of_thread(admission.thread_id) if actor.can(report_access.SEE) else None
    return reverse("reports:report", args=[report.id]) if report else reverse("duties:index")


@require_POST
@staff_page()
def leave(request: StaffRequest) -> HttpResponse:
    """Act in the mandate again, and in no file."""
    request.session.pop(INSIDE, None)
    return acts.done(request, _("You have left the file."), "entrusted:index")
