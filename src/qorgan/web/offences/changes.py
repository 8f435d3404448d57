"""Pages that change a registered offence: corrections, persons, the steps it takes."""

from datetime import tzinfo
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.offences import access, actions, queries
from qorgan.offences.models import Offence, OffencePerson
from qorgan.offences.terms import Completion, Ground, Part, State
from qorgan.places import queries as places
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.forms import SeenForm
from qorgan.web.offences import words
from qorgan.web.offences.forms import (
    CorrectForm,
    CorrectPersonForm,
    DecideForm,
    InvolvedForm,
    WithdrawForm,
    as_typed,
)
from qorgan.web.offences.steps import Step, step_of
from qorgan.web.offences.views import fetched
from qorgan.web.request import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.CORRECT)
def correct(request: StaffRequest, offence_id: UUID) -> HttpResponse:
    """Write what the register says now; what it said before stays in the history."""
    held, now = fetched(offence_id), clock.now()
    zone = places.zone(held.territory_id)
    form = CorrectForm(acts.sent(request), offence=held, zone=zone, now=now)
    if request.method == "POST" and form.is_valid():

        def act() -> Offence:
            why = form.cleaned_data["why"]
            return actions.correct(
                offence=held, correction=form.correction(), why=why, by=request.actor, now=now, seen=form.version
            )

        if acts.attempt(request, form, act, theirs=lambda: _theirs(fetched(offence_id), zone)):
            return _led_on(held, request, _("Offence %(number)s is corrected; the old words stay in its history."))
    return _form(request, held, form, "offences/correct.html")


def _theirs(held: Offence, zone: tzinfo) -> dict[str, object]:
    """What somebody else has written meanwhile, to be read beside what was typed here."""
    return as_typed(held, zone=zone) | {"completion": Completion(held.completion).label}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.CORRECT)
def add_person(request: StaffRequest, offence_id: UUID) -> HttpResponse:
    """One more victim or suspect."""
    held = fetched(offence_id)
    form = InvolvedForm(acts.sent(request), part=Part.SUSPECT, seen=held.version, must=True)
    if request.method == "POST" and form.is_valid():

        def act() -> OffencePerson | None:
            if (involved := form.involved()) is None:
                return None
            return actions.add_person(
                offence=held, involved=involved, by=request.actor, now=clock.now(), seen=form.version
            )

        if acts.attempt(request, form, act):
            return _led_on(held, request, _("The person is added to offence %(number)s."))
    return _form(request, held, form, "offences/person.html")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.CORRECT)
def correct_person(request: StaffRequest, offence_id: UUID, person_id: int) -> HttpResponse:
    """What the register says of a victim or suspect."""
    held = fetched(offence_id)
    person = _person(held, person_id)
    form = CorrectPersonForm(acts.sent(request), person=person, seen=held.version)
    if request.method == "POST" and form.is_valid():

        def act() -> OffencePerson:
            why, described = form.cleaned_data["why"], form.described()
            return actions.correct_person(
                person=person, described=described, why=why, by=request.actor, now=clock.now(), seen=form.version
            )

        if acts.attempt(request, form, act):
            return _led_on(held, request, _("Offence %(number)s is corrected; the old words stay in its history."))
    return _form(request, held, form, "offences/person.html", person=person, described=_described(person))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.CORRECT)
def withdraw_person(request: StaffRequest, offence_id: UUID, person_id: int) -> HttpResponse:
    """Take out a person who was entered by mistake."""
    held = fetched(offence_id)
    person = _person(held, person_id)
    form = WithdrawForm(acts.sent(request), seen=held.version)
    if request.method == "POST" and form.is_valid():

        def act() -> OffencePerson:
            why = form.cleaned_data["why"]
            return actions.withdraw_person(person=person, why=why, by=request.actor, now=clock.now(), seen=form.version)

        if acts.attempt(request, form, act):
            return _led_on(held, request, _("The person is taken out of offence %(number)s."))
    return _form(request, held, form, "offences/withdraw.html", person=person, described=_described(person))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.DECIDE)
def decide(request: StaffRequest, offence_id: UUID, step: str) -> HttpResponse:
    """One step, after it was said what it does."""
    held, wanted = fetched(offence_id), step_of(step)
    if wanted is None:
        raise NotFound
    form = DecideForm(acts.sent(request), wanted=wanted.wanted, before=State(held.state), seen=held.version)
    if request.method == "POST" and form.is_valid():
        taken = acts.attempt(request, form, lambda: _take(request, held, wanted, form))
        if taken is not None:
            return _led_on(held, request, wanted.told)
    return _form(request, held, form, "offences/decide.html", step=wanted)


def _take(request: StaffRequest, held: Offence, step: Step, form: DecideForm) -> Offence:
    said: dict[str, Any] = {"offence": held, "by": request.actor, "now": clock.now(), "seen": form.version}
    why = form.cleaned_data.get("why", "")
    match step.wanted:
        case State.SUSPENDED:
            return actions.suspend(**said)
        case State.TERMINATED:
            return actions.terminate(**said, ground=Ground(form.cleaned_data["ground"]))
        case State.ANNULLED:
            return actions.annul(**said, why=why, ground=Ground(form.cleaned_data["ground"]))
    return actions.resume(**said, why=why)


def _person(held: Offence, person_id: int) -> OffencePerson:
    found = queries.person(held, person_id)
    if found is None:
        raise NotFound
    return found


def _described(person: OffencePerson) -> str:
    return f"{Part(person.part).label}: {words.described(person)}"


def _led_on(held: Offence, request: StaffRequest, told: str | Promise) -> HttpResponse:
    return acts.done(request, str(told) % {"number": held.number}, reverse("offences:offence", args=[held.id]))


def _form(request: StaffRequest, held: Offence, form: SeenForm, template: str, **more: Any) -> HttpResponse:
    """A form of an offence under its number and article."""
    looks.note(request, thing="offence", thing_id=held.id, thread_id=held.thread_id)
    if form.is_stale:
        held = fetched(held.id)
    shown = {
        "now": clock.now(),
        "zone": places.zone(held.territory_id),
        "form": form,
        "offence": held,
        "article": words.cited(held, queries.article_of(held)),
        "state": State(held.state),
        "tone": words.TONES[State(held.state)],
    }
    return render(request, template, shown | more, status=acts.status_of(form))
