"""Acts on a person: each is said in words first, then done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from qorgan.agencies import access, actions, queries
from qorgan.agencies.models import Invitation, Staff
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor
from qorgan.web import acts
from qorgan.web.access import staff_page
from qorgan.web.account.again import freshly
from qorgan.web.request import StaffRequest
from qorgan.web.staff import once, rows
from qorgan.web.staff.views import sought

Secret = tuple[Invitation, str] | None


def _disable(staff: Staff, by: Actor, now: datetime) -> Secret:
    actions.disable(staff_id=staff.id, by=by, now=now)
    return None


def _enable(staff: Staff, by: Actor, now: datetime) -> Secret:
    actions.enable(staff_id=staff.id, by=by, now=now)
    return None


def _invite(staff: Staff, by: Actor, now: datetime) -> Secret:
    return actions.invite(staff_id=staff.id, by=by, now=now)


def _ask(staff: Staff, by: Actor, now: datetime) -> Secret:
    actions.ask_anew(staff_id=staff.id, by=by, now=now)
    return None


def _confirm(staff: Staff, by: Actor, now: datetime) -> Secret:
    waiting = queries.invitation_of(staff, now=now)
    if waiting is None:
        raise NotFound
    return actions.confirm_anew(invitation_id=waiting.id, by=by, now=now)


@dataclass(frozen=True)
class Step:
    """An act on a person: its question, what follows from it, its button, what is said when it is done."""

    title: str | Promise
    says: str | Promise
    button: str | Promise
    done: str | Promise
    act: Callable[[Staff, Actor, datetime], Secret]


STEPS: dict[str, Step] = {
    "disable": Step(
        gettext_lazy("Disable this person?"),
        gettext_lazy(
            "Every session ends with this act, in the pages and over the API, and no mandate of this person may be"
            " acted in. The mandates stay as they are."
        ),
        gettext_lazy("Disable"),
        gettext_lazy("The person is disabled; every session is ended."),
        _disable,
    ),
    "enable": Step(
        gettext_lazy("Enable this person?"),
        gettext_lazy("The password, the factors and the mandates of before work again."),
        gettext_lazy("Enable"),
        gettext_lazy("The person is enabled."),
        _enable,
    ),
    "invite": Step(
        gettext_lazy("Make a one-time code?"),
        gettext_lazy("It works once, for 48 hours, and is shown on the next page only. An earlier code stops working."),
        gettext_lazy("Make the code"),
        gettext_lazy("The code is made."),
        _invite,
    ),
    "ask": Step(
        gettext_lazy("Ask for the sign-in to be made anew?"),
        gettext_lazy(
            "For someone who has lost the password or every factor. Another administrator confirms it within 48 hours,"
            " after seeing the person; only then is there a code. The person is told at the next sign-in."
        ),
        gettext_lazy("Ask"),
        gettext_lazy("Asked. Now another administrator confirms."),
        _ask,
    ),
    "confirm": Step(
        gettext_lazy("Confirm that the sign-in is made anew?"),
        gettext_lazy(
            "You have seen this person yourself. With the code, old password, factors and sessions stop working; it is"
            " shown on the next page only."
        ),
        gettext_lazy("Confirm"),
        gettext_lazy("Confirmed; the code is made."),
        _confirm,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.KEEP)
@freshly
def step(request: StaffRequest, login: str, what: str) -> HttpResponse:
    """One of `STEPS`."""
    staff = sought(request, login)
    if what not in STEPS:
        raise NotFound
    wanted = STEPS[what]
    form = forms.Form(acts.sent(request))
    if request.method == "POST" and form.is_valid():
        now = clock.now()

        def act() -> tuple[Secret]:
            return (wanted.act(staff, request.actor, now),)

        made = acts.attempt(request, form, act)
        if made is not None:
            secret = made[0]
            if secret is not None:
                once.keep(request, secret=secret[1], whose=staff.login, until=secret[0].expires_at)
            return acts.done(request, wanted.done, reverse("staff:person", args=[login]))
    filled = {"form": form, "step": wanted, "row": rows.person(staff, [])}
    return render(request, "staff/step.html", filled, status=acts.status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.KEEP)
@freshly
def end_mandate(request: StaffRequest, login: str, mandate_id: UUID) -> HttpResponse:
    """End a mandate of a person."""
    staff, now = sought(request, login), clock.now()
    held = next((one for one in queries.all_mandates([staff.id]) if one.id == mandate_id), None)
    if held is None:
        raise NotFound
    form = forms.Form(acts.sent(request))
    if request.method == "POST" and form.is_valid():

        def act() -> object:
            return actions.end_mandate(mandate_id=mandate_id, by=request.actor, now=now)

        if acts.attempt(request, form, act) is not None:
            return acts.done(request, _("The mandate is ended."), reverse("staff:person", args=[login]))
    shown = Step(
        _("End this mandate?"),
        _("From the next question on nobody acts in it, also not in a session that is open now."),
        _("End the mandate"),
        "",
        _enable,
    )
    filled = {"form": form, "step": shown, "row": rows.person(staff, [rows.mandate(held, now=now)])}
    return render(request, "staff/step.html", filled, status=acts.status_of(form))
