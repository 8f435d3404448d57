"""The forms of the second factor: a wrong code is written down."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from django.core.exceptions import ValidationError

from qorgan.web.account import comings


class Code(AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """A one-time or recovery code, after the password."""

    def clean_code(self) -> str:
        """The code. Raises ValidationError where it is wrong, as allauth does."""
        try:
            return str(super().clean_code())
        except ValidationError:
            comings.write("second_factor_failed", self.user, is_known=False, means="code")
            raise


class CodeAgain(ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The same, asked of someone who is in."""

    def clean_code(self) -> str:
        """The code. Raises ValidationError where it is wrong, as allauth does."""
        try:
            return str(super().clean_code())
        except ValidationError:
            comings.write("second_factor_failed", self.user, is_known=True, means="code")
            raise


class SecurityKey(AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A security key, after the password."""

    def clean_credential(self) -> Any:
        """The key's answer. Raises ValidationError where it does not fit, as allauth does."""
        try:
            return super().clean_credential()
        except ValidationError:
            comings.write("second_factor_failed", self.user, is_known=False, means="security_key")
            raise
