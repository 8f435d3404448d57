"""Pages of the search for persons. The number is sent in the body, so that no address holds it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.base import clock, journal
from qorgan.base.errors import NotFound
from qorgan.cases import access as case_access
from qorgan.cases import jobs
from qorgan.cases import queries as cases
from qorgan.people import access, queries
from qorgan.people.models import Person
from qorgan.reports import access as report_access
from qorgan.reports import queries as reports
from qorgan.web import acts, looks, mandates, persons
from qorgan.web.access import staff_page
from qorgan.web.people.forms import FindForm
from qorgan.web.request import StaffRequest

MOST = 50  # records shown of one person: whoever has more is sought by the numbers of the records


@dataclass(frozen=True)
class Found:
    """One record in which she was named."""

    name: str
    iin: str
    phone: str
    number: str
    url: str


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.SEE)
def index(request: StaffRequest) -> HttpResponse:
    """Records in sight that name a person with this number. What lies elsewhere is told to its owner, never here."""
    form = FindForm(acts.sent(request))
    found: list[Found] | None = None
    if request.method == "POST" and form.is_valid():
        kind, digest = form.cleaned_data["number"]
        found = _found(request, list(queries.by_index(kind, digest)[:MOST]))
        detail = {"by": kind, "found": len(found)}
        journal.write(kind="web.person.searched", by=request.actor, now=clock.now(), thing="person", detail=detail)
        # Laid whatever was found, so that neither time nor the queue says whether there is anything elsewhere.
        jobs.tell_elsewhere.defer(index=digest.hex(), number=kind, mandate_id=str(request.mandate.id))
    words: dict[str, Any] = {"form": form, "found": found}
    return render(request, "people/index.html", words, status=acts.status_of(form))


def _found(request: StaffRequest, held: list[Person]) -> list[Found]:
    views = queries.opened(held)
    threads = {person.thread_id for person in held}
    led = cases.by_threads(threads) if request.actor.can(case_access.SEE) else {}
    numbers = reports.numbers_of_threads(threads) if request.actor.can(report_access.SEE) else {}

    def row(person: Person) -> Found:
        view, case = views[person.id], led.get(person.thread_id)
        url = reverse("cases:case", args=[case.id]) if case else reverse("reports:report", args=[person.thread_id])
        number = case.number if case else numbers.get(person.thread_id, "")
        iin, phone = persons.masked_iin(view.iin), persons.masked_phone(view.phone)
        return Found(view.name, iin, phone, number, url if number else "")

    return [row(person) for person in held]


@require_safe
@staff_page(permission=access.SEE)
def sought(request: StaffRequest, sought_id: UUID) -> HttpResponse:
    """Who sought a person of a record of ours, of which office: to be called, and told what may be told."""
    held = queries.sought(sought_id)
    if held is None:
        raise NotFound
    now, language = clock.now(), get_language() or ""
    looks.note(request, thing="sought", thing_id=held.id)
    case = cases.of_thread(held.thread_id)
    words = {
        "now": now,
        "held": held,
        "who": mandates.who([held.staff], now=now, language=language)[held.staff_id],
        "case": case,
        "number": case.number if case else reports.numbers_of_threads([held.thread_id]).get(held.thread_id, ""),
    }
    return render(request, "people/sought.html", words)
