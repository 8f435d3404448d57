"""Pages of the search for persons. Name and number are sent in the body, so that no address holds them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qorgan.agencies import queries as agencies
from qorgan.base import clock, journal
from qorgan.base.errors import NotFound
from qorgan.cases import access as case_access
from qorgan.cases import jobs
from qorgan.cases import queries as cases
from qorgan.people import access, queries
from qorgan.people import actions as people
from qorgan.people.terms import ASKS, WHY
from qorgan.reports import access as report_access
from qorgan.reports import queries as reports
from qorgan.web import acts, looks, mandates, persons
from qorgan.web.access import staff_page
from qorgan.web.people.forms import FindForm, NameForm, WhyForm
from qorgan.web.people.held import hold_same
from qorgan.web.request import StaffRequest

SHOWN = 10  # of those who may be meant by a name
MOST = 50  # records shown of one person: whoever has more is sought by the numbers of the records


@dataclass(frozen=True)
class Found:
    """One record in which she was named. `why`: in words, where she was sought by her name."""

    id: UUID
    name: str
    born: str
    iin: str
    phone: str
    number: str
    url: str
    sure: bool = False
    why: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The name and the number of the record, to choose by."""
        return f"{self.name} · {self.number}" if self.number else self.name


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.SEE)
def index(request: StaffRequest) -> HttpResponse:
    """Records in sight that name a person so, or with this number. What lies elsewhere is told to its owner alone."""
    sent = acts.sent(request)
    by_name = sent is not None and "name" in sent
    form, names = FindForm(None if by_name else sent), NameForm(sent if by_name else None)
    found: list[Found] | None = None
    asks = ""
    if by_name and names.is_valid():
        told = queries.known(names.cleaned_data["name"], born=names.cleaned_data["born"], shown=SHOWN)
        found, asks = _matched(request, told), str(ASKS[told.asks]) if told.asks else ""
        _note(request, "name", found)
    elif request.method == "POST" and not by_name and form.is_valid():
        kind, digest = form.cleaned_data["number"]
        held = list(queries.by_index(kind, digest)[:MOST])
        found = found_in(request, queries.opened(held))
        _note(request, kind, found)
        # Laid whatever was found, so that neither time nor the queue says whether there is anything elsewhere.
        jobs.tell_elsewhere.defer(index=digest.hex(), number=kind, mandate_id=str(request.mandate.id))
    words: dict[str, Any] = {"form": form, "names": names, "found": found, "asks": asks}
    words["may_say"] = request.actor.can(access.SAME)
    return render(request, "people/index.html", words, status=acts.status_of(names if by_name else form))


def _note(request: StaffRequest, by: str, found: list[Found]) -> None:
    detail = {"by": by, "found": len(found)}
    journal.write(kind="web.person.searched", by=request.actor, now=clock.now(), thing="person", detail=detail)


def _matched(request: StaffRequest, told: queries.Answer) -> list[Found]:
    rows = {row.id: row for row in found_in(request, {match.view.id: match.view for match in told.matches})}
    return [
        replace(rows[match.view.id], sure=match.confident, why=tuple(str(WHY[why]) for why in match.why))
        for match in told.matches
    ]


def found_in(request: StaffRequest, views: Mapping[UUID, queries.PersonView]) -> list[Found]:
    """The rows of persons in sight, with the numbers of their records, in the order of `views`."""
    threads = queries.threads_of(views)
    led = cases.by_threads(threads.values()) if request.actor.can(case_access.SEE) else {}
    numbers = reports.numbers_of_threads(threads.values()) if request.actor.can(report_access.SEE) else {}

    def row(view: queries.PersonView) -> Found:
        thread = threads[view.id]
        case = led.get(thread)
        url = reverse("cases:case", args=[case.id]) if case else reverse("reports:report", args=[thread])
        number = case.number if case else numbers.get(thread, "")
        iin, phone = persons.masked_iin(view.iin), persons.masked_phone(view.phone)
        born = str(view.birth_year or "")
        return Found(view.id, view.name, born, iin, phone, number, url if number else "")

    return [row(view) for view in views.values()]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.SEE)
def person(request: StaffRequest, known_id: UUID) -> HttpResponse:
    """A person of a record: who in sight may be she, why, and who is held to be. Raises NotFound."""
    view = _seen(known_id)
    told = queries.like(view)
    form = _hold_form(request, acts.sent(request), told, queries.same_as(view.id))
    if request.method == "POST" and form.is_valid():
        other, why = UUID(form.cleaned_data["which"]), form.cleaned_data["why"]

        def act() -> UUID:
            return hold_same(request, view.id, other, why)

        if acts.attempt(request, form, act):
            return acts.done(
                request, _("Held for one person. It can be taken back."), reverse("people:person", args=[view.id])
            )
    return _person_page(request, view, told, form, None)


@require_POST
@staff_page(permission=access.SAME)
def part(request: StaffRequest, known_id: UUID) -> HttpResponse:
    """Take back that two are one. Raises NotFound."""
    view = _seen(known_id)
    form = _part_form(request, acts.sent(request), queries.same_as(view.id))
    if form.is_valid():
        said_id, why = UUID(form.cleaned_data["which"]), form.cleaned_data["why"]

        def act() -> bool:
            people.undo_same(said_id=said_id, why=why, by=request.actor, now=clock.now())
            return True

        if acts.attempt(request, form, act):
            return acts.done(request, _("Taken back. Both stand as before."), reverse("people:person", args=[view.id]))
    told = queries.like(view)
    return _person_page(request, view, told, _hold_form(request, None, told, queries.same_as(view.id)), form)


def _seen(known_id: UUID) -> queries.PersonView:
    view = queries.by_ids([known_id]).get(known_id)
    if view is None:
        raise NotFound
    return view


def _hold_form(
    request: StaffRequest, data: QueryDict | None, told: queries.Answer, said: list[queries.Said]
) -> WhyForm:
    joined = {one.other.id for one in said}
    left = {one.view.id: one.view for one in told.matches if one.view.id not in joined}
    return WhyForm(data, choices=[(str(row.id), row.label) for row in found_in(request, left)], prefix="hold")


def _part_form(request: StaffRequest, data: QueryDict | None, said: list[queries.Said]) -> WhyForm:
    labels = {row.id: row.label for row in found_in(request, {one.other.id: one.other for one in said})}
    return WhyForm(data, choices=[(str(one.said_id), labels[one.other.id]) for one in said], prefix="part")


def _person_page(
    request: StaffRequest, view: queries.PersonView, told: queries.Answer, form: WhyForm, parting: WhyForm | None
) -> HttpResponse:
    now, language = clock.now(), get_language() or ""
    looks.note(request, thing="person", thing_id=view.id)
    said = queries.same_as(view.id)
    who = agencies.staff_names([one.said_by for one in said], language=language)
    held = {row.id: row for row in found_in(request, {one.other.id: one.other for one in said})}
    joined = {one.other.id for one in said}
    words = {
        "now": now,
        "person": next(iter(found_in(request, {view.id: view}))),
        "matches": [row for row in _matched(request, told) if row.id not in joined],
        "said": [(held[one.other.id], one, who.get(one.said_by, "")) for one in said],
        "asks": str(ASKS[told.asks]) if told.asks else "",
        "may_say": request.actor.can(access.SAME),
        "form": form,
        "parting": parting or _part_form(request, None, said),
    }
    return render(request, "people/person.html", words, status=acts.status_of(parting or form))


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
