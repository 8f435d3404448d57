"""Pages of risk: the instruments, the assessments of a case, the assessment itself, its result with the reasons."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.cases import queries as cases
from qorgan.cases.models import Case
from qorgan.cases.terms import Role
from qorgan.cases.terms import State as CaseState
from qorgan.duties.queries import of_things
from qorgan.people.queries import PersonView
from qorgan.places import queries as places
from qorgan.risk import access, actions, queries
from qorgan.risk.models import Assessment
from qorgan.risk.papers.assessment import languages
from qorgan.risk.queries import AssessmentView, Offered
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.duties.rows import rows as duty_rows
from qorgan.web.request import StaffRequest
from qorgan.web.risk import words
from qorgan.web.risk.forms import ITEMS, AskForm, GateForm


@require_safe
@staff_page(permission=access.SEE)
def index(request: StaffRequest) -> HttpResponse:
    """The instruments: what each is for, how far it is known to do well, whether its text is there."""
    held = [words.about(one) for one in queries.offered(on=clock.now().date())]
    return render(request, "risk/index.html", {"rows": held})


def _offered(code: str, now: datetime) -> Offered:
    found = queries.find_offered(code, on=now.date())
    if found is None:
        raise NotFound
    return found


@require_safe
@staff_page(permission=access.SEE)
def instrument(request: StaffRequest, code: str) -> HttpResponse:
    """One instrument, read whole: its questions, its rules in words, what each result asks for."""
    found = _offered(code, clock.now())
    said = {"about": words.about(found), **words.whole(found.instrument)}
    return render(request, "risk/instrument.html", said)


def _case(case_id: UUID) -> Case:
    found = cases.find(case_id)
    if found is None:
        raise NotFound
    return found


@require_safe
@staff_page(permission=access.SEE)
def of_case(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """The assessments of a case, the newest first, and the instruments by which it can be assessed."""
    case, now = _case(case_id), clock.now()
    looks.note(request, thing="case", thing_id=case.id)
    views = queries.for_cases([case.id])
    names = agencies.staff_names([one.assessment.assessed_by for one in views], language=get_language() or "")
    said = {
        "case": case,
        "zone": places.zone(case.territory_id),
        "now": now,
        "rows": [words.line(one, now=now) | {"by": names.get(one.assessment.assessed_by, "")} for one in views],
        "instruments": [words.about(one) for one in queries.offered(on=now.date())],
        "may_assess": case.state == CaseState.OPEN and request.actor.can(access.ASSESS),
    }
    return render(request, "risk/of_case.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.ASSESS)
def assess(request: StaffRequest, case_id: UUID, code: str) -> HttpResponse:
    """Assess the danger: first whether it is safe to ask now, then the questions."""
    case, now = _case(case_id), clock.now()
    found = _offered(code, now).instrument
    people = [person for role, person in cases.persons(case) if role is Role.OFFENDER]
    form = _form(request, found, people, seen=queries.counted(case))
    if form.is_bound and form.is_valid():
        if not isinstance(form, AskForm) and form.gate().is_safe:
            chosen = {name: form.cleaned_data[name] for name in form.cleaned_data if name != "seen"}
            form = AskForm(made=found, people=people, seen=form.version, initial=chosen)
        else:
            kept = acts.attempt(request, form, lambda: _kept(request, case, form, now))
            if kept is not None:
                return acts.done(request, _("The assessment is kept."), reverse("risk:assessment", args=[kept.id]))
    looks.note(request, thing="case", thing_id=case.id)
    said = {"form": form, "case": case, "about": words.about(_offered(code, now)), "asks": isinstance(form, AskForm)}
    return render(request, "risk/assess.html", said, status=acts.status_of(form))


def _form(request: StaffRequest, found: Any, people: list[PersonView], *, seen: int) -> GateForm:
    sent = acts.sent(request)
    kind = AskForm if sent is not None and sent.get("step") == ITEMS else GateForm
    return kind(sent, made=found, people=people, seen=seen)


def _kept(request: StaffRequest, case: Case, form: GateForm, now: datetime) -> Assessment:
    return actions.assess(case=case, made=form.assessed(), by=request.actor, now=now, seen=form.version)


def fetched(assessment_id: UUID) -> AssessmentView:
    """The assessment in sight, opened. Raises NotFound."""
    found = queries.find(assessment_id)
    if found is None:
        raise NotFound
    return queries.opened([found])[0]


@require_safe
@staff_page(permission=access.SEE)
def assessment(request: StaffRequest, assessment_id: UUID) -> HttpResponse:
    """One assessment: its result and why, what was answered, what it asks for, by when."""
    view, now = fetched(assessment_id), clock.now()
    looks.note(request, thing="assessment", thing_id=assessment_id, thread_id=view.assessment.thread_id)
    held = view.assessment
    measures = [one for one in queries.measures(held.case) if one.assessment_id == held.id]
    things = [*(one.id for one in measures), held.id]
    who = [held.assessed_by, *(each for one in view.lowerings for each in (one.lowering.asked_by,))]
    who += [one.lowering.decided_by for one in view.lowerings if one.lowering.decided_by]
    newest = queries.standing(queries.for_cases([held.case_id]), view.instrument.purpose)
    is_newest = newest is not None and newest.assessment.id == held.id
    is_open = held.case.state == CaseState.OPEN
    may = is_open and is_newest and request.actor.can(access.ASSESS)
    said = words.line(view, now=now) | {
        "case": held.case,
        "zone": places.zone(held.territory_id),
        "now": now,
        "names": agencies.staff_names(who, language=get_language() or ""),
        "duties": duty_rows(list(of_things(things)), actor=request.actor, now=now),
        "papers": [(code, name) for code, name in settings.LANGUAGES if code in languages()],
        "is_newest": is_newest,
        "newest": newest,
        "may_lower": may and view.waits is None and view.stands.rank > 0,
        "may_assess": may,
        **words.reasons(view),
    }
    return render(request, "risk/assessment.html", said)


@require_safe
@staff_page(permission=access.ASSESS)
def again(request: StaffRequest, assessment_id: UUID) -> HttpResponse:
    """Lead to a new assessment by the same instrument."""
    view = fetched(assessment_id)
    looks.note(request, thing="assessment", thing_id=assessment_id, thread_id=view.assessment.thread_id)
    return redirect("risk:assess", view.assessment.case_id, view.instrument.code)


@require_safe
@staff_page(permission=access.SEE)
def measure(request: StaffRequest, measure_id: UUID) -> HttpResponse:
    """Lead from what a result asks for to that result."""
    found = queries.find_measure(measure_id)
    if found is None:
        raise NotFound
    looks.note(request, thing="assessment", thing_id=found.assessment_id, thread_id=found.thread_id)
    return redirect("risk:assessment", found.assessment_id)
