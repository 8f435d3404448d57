"""The page on which a person who came without a name is named where she stands, and on which that is taken back."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.cases import access, actions, queries
from qorgan.cases.models import Case
from qorgan.people import jobs
from qorgan.people.models import Naming, Person
from qorgan.people.queries import by_ids, named_later
from qorgan.people.terms import Sex
from qorgan.places import queries as places
from qorgan.web import acts, looks, persons
from qorgan.web.access import staff_page
from qorgan.web.cases.forms import PersonForm
from qorgan.web.cases.views import fetched
from qorgan.web.forms import SeenForm, WhyField
from qorgan.web.request import StaffRequest


class NameForm(PersonForm):
    """Who she is, as it is known by now. Her part in the case stays."""

    role = None  # type: ignore[assignment]  # how a form says that a field of its base is not its own

    def __init__(self, data: QueryDict | None = None, *, seen: int | None = None) -> None:
        super().__init__(data, seen=seen)
        self.fields["sex"].initial = Sex.UNKNOWN


class TakeBackForm(SeenForm):
    """Why the name is not hers."""

    why = WhyField(label=_("Why the name is taken back"))


def _held(case: Case, person_id: UUID) -> Person:
    person = queries.of_case(case, person_id)
    if person is None:
        raise NotFound
    return person


def _shown(request: StaffRequest, held: Case, person: Person, form: forms.Form, **more: Any) -> HttpResponse:
    """The form to name her; of whom was named here, what was said before, and the form to take it back."""
    looks.note(request, thing="person", thing_id=person.id)
    view, naming = by_ids({person.id})[person.id], named_later({person.id}).get(person.id)
    if view.name and naming is None and not form.is_bound:
        raise NotFound
    zone = places.zone(held.territory_id)
    role = next(role for role, one in queries.persons(held) if one.id == person.id)
    words = {
        "case": held,
        "zone": zone,
        "person": persons.card(view, part=role.label, on=clock.now().astimezone(zone).date()),
        "naming": naming if isinstance(form, TakeBackForm) else None,
        "by": agencies.staff_names([naming.named_by], language=get_language() or "") if naming else {},
        "form": form,
        **more,
    }
    return render(request, "cases/name.html", words, status=acts.status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.LEAD)
def name(request: StaffRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Name a person of the case who came without a name, in her own row. Raises NotFound."""
    held = fetched(case_id)
    person = _held(held, person_id)
    if request.method != "POST" and named_later({person.id}):
        return _shown(request, held, person, TakeBackForm(seen=person.version))
    form = NameForm(acts.sent(request), seen=person.version)
    if request.method == "POST" and form.is_valid():

        def act() -> Naming:
            return actions.name_person(
                case=held,
                person_id=person_id,
                named=form.named(),
                by=request.actor,
                now=clock.now(),
                seen=form.version,
            )

        if acts.attempt(request, form, act, theirs=lambda: {"written": by_ids({person_id})[person_id].name}):
            jobs.compare_named.defer(person_id=str(person_id))
            return acts.done(request, _("The person has a name now, in the same row."), _case(held))
    return _shown(request, held, person, form)


@require_POST
@staff_page(permission=access.LEAD)
def unname(request: StaffRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Take that name back: the person stands as at first. Raises NotFound."""
    held = fetched(case_id)
    person = _held(held, person_id)
    form = TakeBackForm(acts.sent(request), seen=person.version)
    if form.is_valid():

        def act() -> Naming:
            return actions.unname_person(
                case=held,
                person_id=person_id,
                why=form.cleaned_data["why"],
                by=request.actor,
                now=clock.now(),
                seen=form.version,
            )

        if acts.attempt(request, form, act):
            jobs.compare_named.defer(person_id=str(person_id))
            return acts.done(request, _("The name was taken back; it is kept beside the person."), _case(held))
    return _shown(request, held, person, form)


def _case(held: Case) -> str:
    return reverse("cases:case", args=[held.id])
