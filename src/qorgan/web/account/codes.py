"""The forms of the second factor: each that was used is written down, and each that was wrong."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm
from django.core.exceptions import ValidationError

from qorgan.base import clock
from qorgan.web.account import comings


class _Code(BaseAuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """A one-time or recovery code."""

    is_in = False  # whether it is asked of someone who has come in already

    def clean_code(self) -> str:
        """The code. Raises ValidationError where it is wrong, or where too many were."""
        if comings.has_tried_too_often(self.user, now=clock.now()):
            comings.write("second_factor_shut", self.user, is_known=self.is_in)
            raise get_adapter().validation_error("too_many_login_attempts")
        try:
            code = str(super().clean_code())
        except ValidationError:
            comings.write("second_factor_failed", self.user, is_known=self.is_in, means="code")
            raise
        left = comings.codes_left(self.user) if self.authenticator.type == "recovery_codes" else None
        told = {} if left is None else {"left": left}
        comings.write("factor_used", self.user, is_known=True, means=self.authenticator.type, **told)
        return code


class Code(_Code, AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """A code, after the password."""


class CodeAgain(_Code, ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The same, asked of someone who is in."""

    is_in = True


class _Key(AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A passkey or security key."""

    is_in = False

    def clean_credential(self) -> Any:
        """The key. Raises ValidationError where it does not fit, is nobody's, or is a disabled person's."""
        try:
            found = super().clean_credential()
            if not found.user.is_active:
                raise get_mfa_adapter().validation_error("incorrect_code")
        except (KeyError, AttributeError, ValidationError) as failure:
            comings.write("second_factor_failed", self.user, is_known=self.is_in, means="passkey")
            raise get_mfa_adapter().validation_error("incorrect_code") from failure
        comings.write("factor_used", found.user, is_known=True, means="passkey", key=found.pk)
        return found


class SecurityKey(_Key):
    """A key, after the password."""


class PasskeyAlone(_Key, LoginWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A passkey that stands for login, password and second factor: it has asked its owner who she is."""


class SecurityKeyAgain(_Key, ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A key, asked of someone who is in."""

    is_in = True
