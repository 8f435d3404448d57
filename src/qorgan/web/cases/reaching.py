"""How a person of a case may be reached, on a page of its own: what she allows, the call, what she says now."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.cases import actions, queries
from qorgan.cases.models import Case
from qorgan.messages.rules import STALE_AFTER
from qorgan.messages.terms import SafeContact, Voice
from qorgan.people import access as people_access
from qorgan.people.models import Contact
from qorgan.people.queries import by_ids
from qorgan.places import queries as places
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.cases.views import fetched
from qorgan.web.request import StaffRequest
from qorgan.web.safely import SafeFields

_VOICES = {Voice.CALL: _("Calls only"), Voice.SHE: _("Only she gets in touch")}


class ReachForm(SafeFields):
    """What she says now; one of the ways must be said."""

    reach = forms.ChoiceField(
        label=_("Channel"), choices=[(one.value, label) for one, label in _VOICES.items()], widget=forms.RadioSelect
    )

    def __init__(self, data: QueryDict | None = None, *, seen: int | None = None) -> None:
        super().__init__(data, seen=seen)
        for name in ("phone", "hours", "code_word", "answers"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}


def _shown(request: StaffRequest, held: Case, person_id: UUID, form: ReachForm, **more: Any) -> HttpResponse:
    if queries.of_case(held, person_id) is None:
        raise NotFound
    looks.note(request, thing="person", thing_id=person_id)
    kept, now = queries.reached(person_id), clock.now()
    words = {
        "form": form,
        "case": held,
        "name": by_ids({person_id})[person_id].name,
        "person_id": person_id,
        "kept": kept,
        "how": _VOICES.get(Voice(kept.channel)) if kept and kept.channel in set(Voice) else None,
        "is_stale": kept is not None and _is_stale(kept, now),
        "zone": places.zone(held.territory_id),
        "given": None,
        "refused": (),
        **more,
    }
    return render(request, "cases/reach.html", words, status=acts.status_of(form))


def _is_stale(kept: Contact, now: Any) -> bool:
    return kept.verified_at is None or now - kept.verified_at > STALE_AFTER


def _seen(person_id: UUID) -> int:
    kept = queries.reached(person_id)
    return kept.version if kept else 0


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=people_access.CONTACT)
def reach(request: StaffRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """What is known of how she may be reached, without the number; and what she says of it now."""
    held = fetched(case_id)
    form = ReachForm(acts.sent(request), seen=_seen(person_id))
    if request.method == "POST" and form.is_valid():
        contact, now = form.safe(now=clock.now()), clock.now()
        assert contact is not None, "the form asks for a way"

        def act() -> Contact:
            return actions.keep_reach(
                case=held, person_id=person_id, contact=contact, by=request.actor, now=now, seen=form.version
            )

        if acts.attempt(request, form, act, theirs=lambda: _theirs(person_id)):
            to = reverse("cases:reach", args=[held.id, person_id])
            return acts.done(request, _("How she may be reached is kept."), to)
    return _shown(request, held, person_id, form)


def _theirs(person_id: UUID) -> dict[str, object]:
    kept = queries.reached(person_id)
    return {"reach": _VOICES.get(Voice(kept.channel), "")} if kept and kept.channel in set(Voice) else {}


@require_POST
@staff_page(permission=people_access.CONTACT)
def call(request: StaffRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """The number, if she may be called now, with the code word that is said first; giving it out is written down."""
    held = fetched(case_id)
    form = ReachForm(seen=_seen(person_id))
    asked = forms.Form({})

    def act() -> SafeContact:
        return actions.reach(case=held, person_id=person_id, by=request.actor, now=clock.now())

    given = acts.attempt(request, asked, act)
    refused = [str(one) for one in asked.non_field_errors()] if given is None else []
    return _shown(request, held, person_id, form, given=given, refused=refused)
