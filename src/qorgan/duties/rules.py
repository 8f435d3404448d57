"""When may the office above answer to a late duty, and what must it say? How long is an address good? Pure."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, Refused
from qorgan.duties.terms import Answer

LONGEST_REASON = 400
FEED_LIVES = timedelta(days=180)


class NoLongerEscalated(Refused):
    """A corrected clock says that the duty was not late for so long."""

    text = _("The clock of this duty was corrected: it is not escalated any more.")


class AlreadyAnswered(Refused):
    """Someone of the office was first."""

    text = _("This has already been answered.")


class SayWhy(BadInput):
    """Noted needs no words; anything else does."""

    text = _("Say to whom it went, or why it is late.")
    field = "reason"


class ReasonTooLong(BadInput):
    """Longer than what is kept."""

    text = _("Say it in at most %(most)s characters.")
    field = "reason"


def check_answer(answer: Answer, reason: str) -> str:
    """The words as they are kept. Raises SayWhy, ReasonTooLong."""
    plain = reason.strip()
    if not plain and answer is not Answer.NOTED:
        raise SayWhy
    if len(plain) > LONGEST_REASON:
        raise ReasonTooLong(most=LONGEST_REASON)
    return plain
