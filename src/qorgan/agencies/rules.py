"""When may a thread be shut or opened to someone; when may staff, their mandates and channels be changed? Pure."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qorgan.agencies.engine import likeness
from qorgan.agencies.terms import OpeningKind
from qorgan.base.errors import BadInput, NotAllowed, NotFound, Refused
from qorgan.base.keys import blind
from qorgan.base.scope import Actor

if TYPE_CHECKING:
    from qorgan.agencies.models import Block, Invitation, Opening

LONGEST_REASON = 400
# Long enough to be carried to another town and typed there, too short to be forgotten in a drawer.
INVITATION_LIVES = timedelta(hours=48)
# A quarter: a key that leaked without a trace is good for no longer, and its office changes it four times a year.
KEY_LIVES = timedelta(days=90)
# Over a long weekend both keys work, so that a machine is changed over in working hours.
KEYS_OVERLAP = timedelta(days=4)
EXPIRES_SOON = timedelta(days=14)
_LOGIN = re.compile(r"[a-z][a-z0-9.\-]{1,39}")


class BlockDecided(Refused):
    """A block is confirmed or lifted once."""

    text = _("This has already been decided.")


class NoReason(BadInput):
    """A block is confirmed or lifted for a reason that stays."""

    text = _("Write why, in one line: it stays in the history.")
    field = "why"


class EndsBeforeItBegins(BadInput):
    """An admission ends after it begins."""

    text = _("It would end before it begins.")
    field = "until"


class OpeningDecided(Refused):
    """An opening is decided once, and an asking ends by itself."""

    text = _("This has already been decided, or the asking has ended.")


class NothingDeclared(BadInput):
    """A declaration names someone by a name or a number."""

    text = _("Give at least surname and given name, the IIN or a phone.")
    field = "name"


class NoSuchNumber(BadInput):
    """An IIN has twelve digits."""

    text = _("An IIN has 12 digits.")
    field = "iin"


def check_undecided(opening: "Opening", *, now: datetime) -> None:
    """Raises OpeningDecided, also for an asking that has ended. An emergency opening is reviewed after its end too."""
    ended = opening.kind == OpeningKind.TWO_PEOPLE and opening.until <= now
    if opening.decided_at is not None or ended:
        raise OpeningDecided


def check_declared(*, name: str, iin: str, phone: str) -> None:
    """Raises NoSuchNumber, NothingDeclared."""
    if iin.strip() and blind.iin(iin) is None:
        raise NoSuchNumber
    named = likeness.own_name(name) is not None
    if not (named or iin.strip() or blind.telephone(phone)):
        raise NothingDeclared


def reason(why: str) -> str:
    """The reason as one line. Raises NoReason."""
    line = " ".join(why.split())[:LONGEST_REASON]
    if not line:
        raise NoReason
    return line


def check_decides(block: "Block", *, by: UUID) -> None:
    """Raises BlockDecided; and NotFound for the one who is blocked: of that block nothing is known to him."""
    if block.staff_id == by:
        raise NotFound
    if block.confirmed_at is not None or block.lifted_at is not None:
        raise BlockDecided


def check_span(since: datetime, until: datetime | None) -> None:
    """Raises EndsBeforeItBegins."""
    if until is not None and until <= since:
        raise EndsBeforeItBegins


class LoginIsWrong(BadInput):
    """A login can be typed on any keyboard."""

    text = _("A login is 2 to 40 small Latin letters, digits, dots or hyphens, and begins with a letter.")
    field = "login"


class LoginIsTaken(BadInput):
    """A login is one person's."""

    text = _("Someone has this login already.")
    field = "login"


class OwnAccount(Refused):
    """Nobody changes the mandates or the sign-in of oneself: another administrator does."""

    text = _("This is yourself. Another administrator does it.")
    status = 403


class Disabled(Refused):
    """Who may not come in is not invited."""

    text = _("This person is disabled. Enable first.")


class HasComeIn(Refused):
    """Who has a password already is not invited by one administrator alone."""

    text = _("This person has come in before. Making the sign-in anew takes two administrators.")


class HasNotComeIn(Refused):
    """Who has never come in has nothing to be made anew."""

    text = _("This person has not come in yet: an invitation is enough.")


class SamePerson(Refused):
    """Two people make a sign-in anew: one asks, another confirms."""

    text = _("You asked for this yourself. Another administrator confirms it.")
    status = 403


class NothingToConfirm(Refused):
    """It was confirmed, withdrawn, or nobody confirmed it in time."""

    text = _("There is nothing to confirm: it was done already, or its time has passed.")


class InvitationIsUnknown(BadInput):
    """One answer, whether the code was never given, is used up, or has run out, or belongs to another login."""

    text = _("This login and code do not open anything. The code may be used up or too old: ask for another.")


class MandateHasEnded(Refused):
    """What has ended stays as it was."""

    text = _("This mandate has ended already.")


class NoSigningKey(BadInput):
    """What a machine signs with is an Ed25519 key, and its public half is what is given here."""

    text = _("This is not the public half of an Ed25519 key as a PEM text.")
    field = "pem"


class ChannelIsClosed(Refused):
    """A closed channel stays closed; another one is opened."""

    text = _("This channel is closed.")


def check_login(login: str) -> None:
    """Raises LoginIsWrong."""
    if not _LOGIN.fullmatch(login):
        raise LoginIsWrong


def check_other(staff_id: UUID, *, by: Actor) -> None:
    """Raises OwnAccount."""
    if staff_id == by.staff_id:
        raise OwnAccount


def check_reach(territories: Collection[int], *, by: Actor) -> None:
    """Raises NotAllowed where an administrator's own mandate does not reach over all of the territories.

    The machine's owner, who acts as the system, reaches everywhere.
    """
    if by.role != "system" and not set(territories) <= set(by.territories):
        raise NotAllowed


def check_confirms(asked: "Invitation", *, by: Actor, now: datetime) -> None:
    """Raises OwnAccount, SamePerson, NothingToConfirm."""
    check_other(asked.staff_id, by=by)
    if asked.made_by == by.staff:
        raise SamePerson
    if asked.confirmed_at or asked.withdrawn_at or asked.used_at or asked.expires_at <= now:
        raise NothingToConfirm
