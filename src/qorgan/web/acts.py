"""From a form to an act: done and led on, or refused with everything that was typed still there."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url
from django.utils.functional import Promise

from qorgan.base import clock, journal
from qorgan.base.db.away import is_away
from qorgan.base.errors import ChangedMeanwhile, NotAllowed, NotFound, Refused
from qorgan.web import meanwhile
from qorgan.web.forms import KeptAway, SeenForm, refuse
from qorgan.web.request import StaffRequest

T = TypeVar("T")
Theirs = Callable[[], dict[str, object]]
UNPROCESSABLE, CONFLICT = 422, 409


class SeeOther(HttpResponseRedirect):
    """After a write the browser asks for another page, so that loading again writes nothing."""

    status_code = 303


def sent(request: StaffRequest) -> QueryDict | None:
    """What a form was sent with, or was to be sent with before its sender was asked for a proof (`account.again`).

    None where it is only shown. Only a POST is an act.
    """
    return request.POST if request.method == "POST" else getattr(request, "kept", None)


def attempt(
    request: StaffRequest, form: forms.BaseForm, act: Callable[[], T], *, theirs: Theirs | None = None
) -> T | None:
    """What the act gives; None where it was refused: the sentence then stands in the form and in the journal.

    The act runs in a savepoint, so a refusal half-way leaves nothing. That a thing is not there or not allowed is
    no matter of the form and goes on to its own page. Where someone wrote meanwhile, `theirs` gives by field what
    stands in the record now, to be read beside what was typed.
    """
    try:
        with transaction.atomic():
            return act()
    except (NotFound, NotAllowed):
        raise
    except ChangedMeanwhile as error:
        if not isinstance(form, SeenForm):
            raise
        told = meanwhile.sentence(request, error)
        form.show_meanwhile(told, stands=error.stands, theirs=theirs() if theirs else {})
        _write_down(request, error)
    except Refused as error:
        if is_away(error) and isinstance(form, KeptAway):
            raise
        refuse(form, error)
        _write_down(request, error)
    return None


def _write_down(request: StaffRequest, error: Refused) -> None:
    match = request.resolver_match
    detail = {"code": error.code, "status": error.status, "page": match.view_name if match else ""}
    journal.write(kind="web.request.refused", by=request.actor, now=clock.now(), detail=detail)


def done(request: StaffRequest, words: str | Promise, to: object) -> HttpResponse:
    """Say what was done on the page that follows."""
    messages.success(request, str(words))
    return SeeOther(resolve_url(to))  # type: ignore[arg-type]  # a model, a name or an address


def status_of(form: forms.BaseForm) -> int:
    """200 for a form shown, 422 for one sent with something wrong in it, 409 for one that was overtaken."""
    if isinstance(form, SeenForm) and form.is_stale:
        return CONFLICT
    return UNPROCESSABLE if form.is_bound and form.errors else 200
