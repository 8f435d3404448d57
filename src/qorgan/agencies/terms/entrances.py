"""Words of how staff come in."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class SecondFactor(StrEnum):
    """Of whom a deployment demands something held, beside something known."""

    NOBODY = "nobody"  # a demonstration alone
    RECORDS = "records"  # whoever reads records of people, and administrators
    EVERYONE = "everyone"  # who has a mandate


class InvitationGround(StrEnum):
    """Why someone is handed a one-time code."""

    NEW = "new"  # has never come in
    LOST = "lost"  # has lost the password or every factor

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _INVITATIONS[self]


_INVITATIONS: dict[InvitationGround, str | Promise] = {
    InvitationGround.NEW: _("first sign-in"),
    InvitationGround.LOST: _("sign-in made anew"),
}
