"""Adding and removing factors: allauth does it, each is written down in the same transaction."""

from typing import Any

from allauth.account.views import ReauthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.http import HttpResponse
from django.urls import reverse_lazy

from qorgan.web.account import comings

_HOME = reverse_lazy("mfa_index")


class Again(ReauthenticateView):  # type: ignore[misc]  # allauth has no types
    """The password once more, from someone who holds no factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        """It was right."""
        comings.write("password_confirmed", self.request.user, is_known=True)
        response: HttpResponse = super().form_valid(form)
        return response


class AddKey(AddWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """A passkey, or a key that is a second factor only."""

    initial = {"passwordless": True}

    def form_valid(self, form: Any) -> HttpResponse:
        """It was made."""
        response: HttpResponse = super().form_valid(form)
        alone = bool(form.cleaned_data.get("passwordless"))
        comings.write("factor_added", self.request.user, is_known=True, means="passkey", alone=alone)
        _with_codes(self)
        return response


class RemoveKey(RemoveWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """A key that was lost, or is handed back."""

    success_url = _HOME

    def form_valid(self, form: Any) -> HttpResponse:
        """It is removed."""
        key = self.object.pk
        response: HttpResponse = super().form_valid(form)
        comings.write("factor_removed", self.request.user, is_known=True, means="passkey", key=key)
        return response


class RenameKey(EditWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """What a key is called."""

    success_url = _HOME

    def form_valid(self, form: Any) -> HttpResponse:
        """It is called otherwise; the name is its owner's own and not written down."""
        response: HttpResponse = super().form_valid(form)
        comings.write("factor_renamed", self.request.user, is_known=True, means="passkey", key=self.object.pk)
        return response


class AddApp(ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """An authenticator app."""

    def form_valid(self, form: Any) -> HttpResponse:
        """It shows the right code."""
        response: HttpResponse = super().form_valid(form)
        comings.write("factor_added", self.request.user, is_known=True, means="totp")
        _with_codes(self)
        return response


class RemoveApp(DeactivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """The app was lost, or another takes its place."""

    def form_valid(self, form: Any) -> HttpResponse:
        """It is removed."""
        response: HttpResponse = super().form_valid(form)
        comings.write("factor_removed", self.request.user, is_known=True, means="totp")
        return response


class NewCodes(GenerateRecoveryCodesView):  # type: ignore[misc]  # allauth has no types
    """Recovery codes made anew."""

    def form_valid(self, form: Any) -> HttpResponse:
        """The old ones stop working."""
        response: HttpResponse = super().form_valid(form)
        comings.write("recovery_codes_made", self.request.user, is_known=True)
        return response


def _with_codes(view: Any) -> None:
    """With the first factor allauth makes recovery codes."""
    if view.did_generate_recovery_codes:
        comings.write("recovery_codes_made", view.request.user, is_known=True)
