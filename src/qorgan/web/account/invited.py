"""Coming in by a one-time code: the person sets a password that nobody else has ever known."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.contrib.auth import logout, password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from qorgan.agencies import actions
from qorgan.agencies.models import Staff
from qorgan.agencies.rules import InvitationIsUnknown
from qorgan.agencies.terms import InvitationGround
from qorgan.base import clock
from qorgan.web import acts
from qorgan.web.account import comings
from qorgan.web.forms import refuse

_PLAIN = {"autocapitalize": "none", "spellcheck": "false"}


class InvitedForm(forms.Form):
    """Login, code, and the new password twice."""

    login = forms.CharField(
        label=_("Login"), max_length=60, widget=forms.TextInput(attrs=_PLAIN | {"autocomplete": "username"})
    )
    code = forms.CharField(
        label=_("One-time code"),
        max_length=60,
        help_text=_("five groups of four signs, as they were given to you"),
        widget=forms.TextInput(attrs=_PLAIN | {"autocomplete": "one-time-code", "class": "num"}),
    )
    password1 = forms.CharField(
        label=_("New Password"),
        strip=False,
        help_text=_("at least 12 characters; several words are easier than signs"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("New Password (again)"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both passwords are the same, and strong."""
        said = super().clean() or {}
        first, second = said.get("password1"), said.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("You must type the same password each time."))
        elif first:
            try:
                password_validation.validate_password(first, Staff(login=said.get("login", "")))
            except ValidationError as weak:
                self.add_error("password1", weak)
        return said


@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest) -> HttpResponse:
    """Set the password, come in, and be led to the first factor. Old factors of hers stop working."""
    form = InvitedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        staff = _accepted(form)
        if staff is not None:
            _come_in(request, staff)
            messages.success(request, str(_("Your password is set. Now add a passkey or an app.")))
            return HttpResponseRedirect(reverse("mfa_index"))
    return render(request, "account/invited.html", {"form": form}, status=acts.status_of(form))


def _accepted(form: InvitedForm) -> Staff | None:
    said = form.cleaned_data
    try:
        with transaction.atomic():
            used = actions.accept(
                login=said["login"],
                code=said["code"],
                password=said["password1"],
                by=comings.NOBODY,
                now=clock.now(),
            )
            if used.ground == InvitationGround.LOST:
                _forget_factors(used.staff)
            password_validation.validate_password(said["password1"], used.staff)  # by her name too: the code was hers
    except ValidationError as weak:
        form.add_error("password1", weak)
        return None
    except InvitationIsUnknown as error:
        refuse(form, error)
        comings.write("invitation_failed", None, is_known=False)
        return None
    found: Staff = used.staff
    return found


def _forget_factors(staff: Staff) -> None:
    gone, _by_table = Authenticator.objects.filter(user=staff).delete()  # lint: allow Q203 - allauth's own rows
    comings.write("factors_forgotten", staff, is_known=True, factors=gone)


def _come_in(request: HttpRequest, staff: Staff) -> None:
    """As after a sign-in: a new session, and the code as the last proof of who she is."""
    logout(request)
    get_adapter().login(request, staff)
    record_authentication(request, staff, method="code")
