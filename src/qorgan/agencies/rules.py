"""When may a thread be shut or opened to someone? Pure."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qorgan.agencies.engine import likeness
from qorgan.agencies.terms import OpeningKind
from qorgan.base.errors import BadInput, NotFound, Refused
from qorgan.base.keys import blind

if TYPE_CHECKING:
    from qorgan.agencies.models import Block, Opening

LONGEST_REASON = 400


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
