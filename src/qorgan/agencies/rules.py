"""When may a thread be shut or opened to someone? Pure."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, NotFound, Refused

if TYPE_CHECKING:
    from qorgan.agencies.models import Block

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
