"""When may something be handed in at the web door, or told to her through it? Pure."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, Refused

LONGEST_TEXT = 1_500_000  # characters of what is told: a thick book
LONGEST_LINE = 1_000  # of a place, a name, a number
LONGEST_REPLY = 4_000
LONGEST_WORD = 60
DAYS = (7, 30, 90)  # so long a code may live, as she chooses
USUAL_DAYS = 30
UNFINISHED = timedelta(hours=1)  # so long a child's answers wait for the next page
EMPTIED_KEPT = timedelta(days=7)  # so long the name of a sending is known, for one that is repeated


class TooLongToTake(BadInput):
    """More than is taken at once; it stays on the page, to be sent in parts."""

    text = _("This is too long for one message. Send it in two parts; what you wrote is still here.")
    field = "narrative"


class CodeGone(Refused):
    """She let the code run out, or destroyed it: nobody would read an answer."""

    text = _("The code to this report has expired or was destroyed by its owner: an answer would reach nobody.")


class EmptyReply(BadInput):
    """An answer says something, and not more than is read on a telephone."""

    text = _("Write an answer of at most %(longest)s characters.")
    field = "words"


class WordStands(Refused):
    """An answer is sealed with the second word that was chosen first."""

    text = _("The second word can no longer be changed: an answer is already waiting.")


def check_told(narrative: str, *lines: str) -> None:
    """Raises TooLongToTake."""
    if len(narrative) > LONGEST_TEXT or any(len(line) > LONGEST_LINE for line in lines):
        raise TooLongToTake


def check_reply(words: str) -> None:
    """Raises EmptyReply."""
    if not words.strip() or len(words) > LONGEST_REPLY:
        raise EmptyReply(longest=LONGEST_REPLY)


def until(days: int, *, now: datetime) -> datetime:
    """When a code runs out; a number of days that nobody was offered is the usual one."""
    return now + timedelta(days=days if days in DAYS else USUAL_DAYS)
