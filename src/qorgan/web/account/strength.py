"""Which passwords are refused for who sets them."""

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.agencies.models import Staff


class LikeHerself(UserAttributeSimilarityValidator):
    """A password that is the login or the name over again: whoever knows her would try it first."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("login",))

    def validate(self, password: str, user: Staff | None = None) -> None:
        """Compare with the login, and with her name as each language writes it. Raises ValidationError."""
        for known_as in (user.login, *(user.names or {}).values()) if user else ():
            super().validate(password, Staff(login=known_as))

    def get_error_message(self) -> str | Promise:  # type: ignore[override]  # a text of ours is lazy
        """What she reads: without the library's name of a field."""
        return _("This password is too much like your login or your name.")

    def get_help_text(self) -> str:
        """What she reads before she types."""
        return str(_("Not your login and not your name."))
