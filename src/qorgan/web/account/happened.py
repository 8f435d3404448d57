"""What was done with one's own sign-in, as the journal has it: so that its owner sees what she did not do herself."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.agencies.models import Staff
from qorgan.base.models import JournalEntry

_MOST = 12
_WORDS: dict[str, str | Promise] = {
    "web.staff.signed_in": _("came in"),
    "web.staff.sign_in_failed": _("a wrong password"),
    "web.staff.second_factor_failed": _("a wrong second factor"),
    "web.staff.second_factor_shut": _("the second step was shut for a while"),
    "web.staff.password_changed": _("the password was changed"),
    "web.staff.factor_added": _("a factor was added"),
    "web.staff.factor_removed": _("a factor was removed"),
    "web.staff.factors_forgotten": _("all factors were removed"),
    "web.staff.recovery_codes_made": _("recovery codes were made"),
    "agencies.invitation.asked": _("an administrator asked for the sign-in to be made anew"),
    "agencies.invitation.confirmed": _("a second administrator confirmed it"),
    "agencies.invitation.used": _("a one-time code was used"),
    "agencies.staff.disabled": _("was disabled"),
    "agencies.staff.enabled": _("was enabled"),
    "agencies.mandate.given": _("a mandate was given"),
    "agencies.mandate.ended": _("a mandate was ended"),
}


@dataclass(frozen=True)
class Happened:
    """One thing that was done, when, and whether its owner did it herself."""

    at: datetime
    words: str | Promise
    is_own: bool


def lately(staff: Staff) -> list[Happened]:
    """The last things done with a person's sign-in and mandates, the newest first."""
    about = JournalEntry.objects.filter(thing="staff", thing_id=str(staff.pk), kind__in=list(_WORDS))
    return [Happened(row.at, _WORDS[row.kind], row.staff_id == staff.pk) for row in about.order_by("-id")[:_MOST]]
