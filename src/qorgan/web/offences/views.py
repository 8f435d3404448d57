"""Pages of offences: the register, one offence, registering."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

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
from qorgan.cases import access as case_access
from qorgan.cases import queries as cases
from qorgan.cases.models import Case
from qorgan.courts import access as court_access
from qorgan.courts import queries as courts
from qorgan.offences import access, actions, queries, rules
from qorgan.offences.models import Offence, OffencePerson
from qorgan.offences.terms import TRANSITIONS, Completion, Ground, Part, Relationship, State
from qorgan.people.queries import PersonView, by_ids
from qorgan.people.terms import Sex
from qorgan.places import queries as places
from qorgan.reports import access as report_access
from qorgan.reports import queries as reports
from qorgan.reports.models import Report
from qorgan.web import acts, looks, mandates, persons
from qorgan.web.access import staff_page
from qorgan.web.offences import sanctions, words
from qorgan.web.offences.forms import FilterForm, RegisterForm
from qorgan.web.offences.lines import line
from qorgan.web.offences.rows import Rows, part_of, rows_of, unsent
from qorgan.web.offences.steps import STEPS
from qorgan.web.paging import part
from qorgan.web.request import StaffRequest

SEE_PEOPLE = "people.person.see"


@require_safe
@staff_page(permission=access.SEE)
def index(request: StaffRequest) -> HttpResponse:
    """The register of the district, the newest first; one found by its number is opened at once."""
    number, found = looks.sought(request, thing="offence", find=queries.by_number)
    if found is not None:
        return redirect("offences:offence", found.id)
    zone = places.zone(request.mandate.territory_id)
    form = FilterForm(request.GET)
    wanted = form.wanted()
    listed = part(request, queries.register_of(wanted, zone=zone))
    looks.listed(request, thing="offence", filtered=wanted != queries.Filter(), rows=len(listed.rows))
    shown = {
        "rows": [line(view) for view in queries.opened(listed.rows)],
        "part": listed,
        "number": number,
        "form": form,
        "filtered": wanted != queries.Filter() or bool(form.errors),
        "articles": words.offered(),
        "may_register": request.actor.can(access.REGISTER),
    }
    return render(request, "offences/index.html", shown)


def fetched(offence_id: UUID) -> Offence:
    """The offence in sight. Raises NotFound."""
    found = queries.find(offence_id)
    if found is None:
        raise NotFound
    return found


@require_safe
@staff_page(permission=access.SEE)
def offence(request: StaffRequest, offence_id: UUID) -> HttpResponse:
    """One offence: what the register says, its persons, its history, what may be done."""
    held = fetched(offence_id)
    looks.note(request, thing="offence", thing_id=held.id, thread_id=held.thread_id)
    return render(request, "offences/offence.html", _whole(request, held, clock.now()))


def _whole(request: StaffRequest, held: Offence, now: datetime) -> dict[str, Any]:
    actor, language = request.actor, get_language() or ""
    (view,) = queries.opened([held])
    zone = places.zone(held.territory_id)
    history = queries.corrections(held)
    by = [held.registered_by, held.ended_by, *(one.corrected_by for one in history)]
    names = agencies.staff_names(by, language=language)
    named = by_ids(one.person_id for one in view.persons if one.person_id) if actor.can(SEE_PEOPLE) else {}
    return line(view) | {
        "now": now,
        "zone": zone,
        "place": mandates.place(held.territory_id, language=language),
        "domestic": words.domestic(view.is_domestic),
        "completion": Completion(held.completion).label,
        "gravity": words.GRAVITIES[view.article.gravity] if view.article else "",
        "iccs": view.iccs,
        "iccs_to_verify": view.article is not None and view.article.iccs_confidence.to_verify,
        "why_not": words.why_not(view.article) if view.article else "",
        "people": [_person(one, named) for one in view.persons],
        "sanctions": sanctions.of_article(held),
        "history": [words.change(one, by=names.get(one.corrected_by, ""), zone=zone) for one in history],
        "end_ground": Ground(held.ground).label if held.ground else "",
        "registered_by": names.get(held.registered_by, ""),
        "ended_by": names.get(held.ended_by, "") if held.ended_by else "",
        "court_cases": courts.for_offences([held.id]) if actor.can(court_access.SEE) else [],
        "steps": [(step.slug, step.offer) for step in STEPS if step.wanted in TRANSITIONS[State(held.state)]]
        if actor.can(access.DECIDE)
        else [],
        "may_correct": held.state != State.ANNULLED and actor.can(access.CORRECT),
        "may_send": held.state == State.REGISTERED and actor.can(court_access.SEND),
        "may_see_case": actor.can(case_access.SEE),
        "may_see_report": actor.can(report_access.SEE),
    }


@dataclass(frozen=True)
class _Person:
    """A victim or suspect as the page shows her; the name only where the reader may see people."""

    id: int
    part: str | Promise
    name: str
    sex: str | Promise
    age: int | None
    relationship: str | Promise
    minor: bool


def _person(one: OffencePerson, named: dict[UUID, PersonView]) -> _Person:
    return _Person(
        id=one.id,
        part=Part(one.part).label,
        name=persons.short(named.get(one.person_id)) if one.person_id else "",
        sex=Sex(one.sex).label,
        age=one.age,
        relationship=Relationship(one.relationship).label if one.relationship else "",
        minor=bool(rules.is_minor(one.age)),
    )


@dataclass(frozen=True)
class _Ground:
    """What an offence is registered with: a case, a report, or nothing; and the people known from there."""

    case: Case | None = None
    report: Report | None = None
    people: tuple[tuple[str, str, PersonView], ...] = ()  # part it suggests, words of the role, the person

    @property
    def back(self) -> str:
        """Where to go without saving."""
        if self.case:
            return reverse("cases:case", args=[self.case.id])
        return reverse("reports:report", args=[self.report.id]) if self.report else reverse("offences:index")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.REGISTER)
def new(request: StaffRequest) -> HttpResponse:
    """Register an offence that stands alone."""
    return _register(request, _Ground())


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.REGISTER)
def of_case(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Register an offence of a case, with people of the case."""
    case = cases.find(case_id)
    if case is None:
        raise NotFound
    looks.note(request, thing="case", thing_id=case.id)
    people = [(part_of(role), str(role.label), person) for role, person in cases.persons(case)]
    return _register(request, _Ground(case=case, people=tuple(people)))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.REGISTER)
def of_report(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """Register an offence with a report; where a case leads it, with the case."""
    report = reports.find(report_id)
    if report is None:
        raise NotFound
    looks.note(request, thing="report", thing_id=report.id)
    (view,) = reports.opened_reports([report])
    people = [(part_of(role), str(role.label), person) for role, person in view.persons]
    return _register(request, _Ground(report=report, people=tuple(people)))


def _register(request: StaffRequest, ground: _Ground) -> HttpResponse:
    now = clock.now()
    own = request.mandate.territory_id
    place = ground.case.territory_id if ground.case else ground.report.territory_id if ground.report else own
    choices = [] if ground.case or ground.report else _places(request)
    more = "more" in request.POST
    form = RegisterForm(acts.sent(request), zone=places.zone(place), now=now, places=choices, own=own)
    rows = rows_of(request, people=ground.people)
    if request.method == "POST" and not more and all([form.is_valid(), rows.are_valid()]):
        made = acts.attempt(request, form, lambda: _act(request, ground, form, rows, now))
        if made is not None:
            return acts.done(request, _told(made), reverse("offences:offence", args=[made.id]))
    if more:
        for one in (form, *rows.all):
            unsent(one)
    shown = {
        "form": form,
        "rows": rows,
        "ground": ground,
        "now": now,
        "place": mandates.place(place, language=get_language() or ""),
        "one_place": len(choices) < 2,
    }
    wrong = acts.UNPROCESSABLE if request.method == "POST" and not more else 200
    return render(request, "offences/new.html", shown, status=wrong)


def _act(request: StaffRequest, ground: _Ground, form: RegisterForm, rows: Rows, now: datetime) -> Offence:
    signal = actions.Registered(
        **form.written(),
        persons=rows.involved(),
        case=ground.case,
        report=ground.report,
        territory_id=form.cleaned_data.get("territory"),
        id=form.cleaned_data["token"],
    )
    return actions.register(signal=signal, by=request.actor, now=now)


def _told(made: Offence) -> str:
    article = words.cited(made, queries.article_of(made))
    told = _("Offence %(number)s is registered: %(article)s, %(name)s.")
    return str(told) % {"number": made.number, "article": article.number, "name": article.name}


def _places(request: StaffRequest) -> list[tuple[int, str]]:
    """The places of the mandate by name."""
    language = get_language() or ""
    held = [(code, mandates.place(code, language=language)) for code in request.actor.territories]
    return sorted(held, key=lambda one: one[1])
