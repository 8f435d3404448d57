"""Signing in, being locked out, choosing a mandate."""

from datetime import timedelta
from typing import Any, cast

from allauth.account.views import LoginView
from axes.helpers import get_cool_off
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from qorgan.base import clock, journal
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor
from qorgan.web import refusals
from qorgan.web.mandates import card
from qorgan.web.middleware import INSIDE, MANDATE
from qorgan.web.request import StaffRequest


class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    """Login and password, then the second factor where there is one. allauth does all of it; the look is ours."""

    def get_form(self, form_class: Any = None) -> Any:
        """The form with our words: allauth's own placeholders and links lead to pages we do not have."""
        form = super().get_form(form_class)
        login, password = form.fields["login"], form.fields["password"]
        login.label, password.label, password.help_text = _("Login"), _("Password"), ""
        login.widget.attrs |= {"autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        for field in (login, password):
            field.widget.attrs.pop("placeholder", None)
        return form


sign_in = SignIn.as_view()


def locked_out(request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None) -> HttpResponse:
    """The answer after too many wrong passwords."""
    wait = get_cool_off(request) or timedelta(hours=1)
    return render(request, "account/locked.html", {"minutes": wait // timedelta(minutes=1)}, status=429)


@login_required
@require_http_methods(["GET", "POST"])
def mandate(request: HttpRequest) -> HttpResponse:
    """Choose the mandate to act in; the choice holds until the next one or until signing out."""
    staff_request = cast(StaffRequest, request)
    back = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    if request.method == "POST":
        _choose(staff_request, request.POST.get("mandate", ""))
        return HttpResponseRedirect(back)
    if not staff_request.mandates:
        return refusals.no_mandate(request)
    cards = [card(one) for one in staff_request.mandates]
    return render(request, "account/mandate.html", {"cards": cards, "next": back})


def _choose(request: StaffRequest, wanted: str) -> None:
    chosen = next((one for one in request.mandates if str(one.id) == wanted), None)
    if chosen is None:
        raise NotFound
    request.session[MANDATE] = wanted
    request.session.pop(INSIDE, None)
    by = Actor(name="", staff_id=chosen.staff_id, mandate_id=chosen.id)
    journal.write(kind="web.mandate.chosen", by=by, now=clock.now(), thing="mandate", thing_id=chosen.id)
