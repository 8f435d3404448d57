"""When may something happen to a contact? Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, Refused
from qorgan.reports.terms import Serving
from qorgan.reports.terms.contacts import BlockReason, Consent, Disposition

UNDO = timedelta(seconds=5)  # shown to the call-taker
ON_THE_WAY = timedelta(seconds=2)  # a key pressed within `UNDO` may be this late when it arrives
LONGEST_BLOCK = timedelta(days=7)
LONGEST_DRAFT = 100_000  # characters of all fields together


class ContactOver(Refused):
    """A contact that ended is not changed; within seconds it is taken back instead."""

    text = _("This contact is over. A new one begins with the next call.")


class TooLateToUndo(Refused):
    """The seconds of the undo have passed."""

    text = _("The five seconds have passed; it stands as it was closed.")


class TakenByAnother(Refused):
    """Someone else took this contact."""

    text = _("Someone else has taken this contact.")


class NothingToUndo(Refused):
    """Nothing was said of the contact, or it has become a report."""

    text = _("There is nothing to take back.")


class NotBlockedForSilence(BadInput):
    """Who says nothing may not be able to speak: such a number is never shut out."""

    text = _("Only for abuse or pranks may a number be blocked; never for silence.")
    field = "reason"


class NumberWithheld(Refused):
    """Without a number there is nothing to block."""

    text = _("The number was withheld: it cannot be blocked.")


class BlockWithoutEnd(BadInput):
    """A block ends within days."""

    text = _("Say until when: at most %(days)s days from now.")
    field = "until"


class AskWhetherHeServes(BadInput):
    """Before 102 is told: he may be the one who would come."""

    text = _("First ask whether he, or someone near him, serves. “Does not know” is an answer too.")
    field = "serving"


class AskHerFirst(BadInput):
    """Before 102 is told: what did she say to it?"""

    text = _("First say what she answered: may 102 be told?")
    field = "consent"


class SheDidNotAgree(BadInput):
    """Against her word only where a life or a child is in danger, and a named person says so."""

    text = _("She did not agree. Say why 102 is told all the same.")
    field = "despite"


class TooMuchText(BadInput):
    """One contact holds so much text and no more."""

    text = _("The text is too long: at most %(longest)s characters. What was saved before is kept.")
    field = "narrative"


class UnknownTopic(BadInput):
    """Only topics of the tree in force are chosen."""

    text = _("This topic is not in the list.")
    field = "topics"


class NotYetSaid(BadInput):
    """A contact becomes a report when it is said whom it is about."""

    text = _("First say what the contact is: about oneself, about another, or a professional.")


def check_open(*, ended_at: datetime | None) -> None:
    """Raises ContactOver."""
    if ended_at is not None:
        raise ContactOver


def check_undo(
    *,
    disposition: str,
    disposed_at: datetime | None,
    disposed_by: UUID | None,
    has_report: bool,
    who: UUID,
    now: datetime,
) -> None:
    """Raises NothingToUndo, TakenByAnother, TooLateToUndo."""
    if not disposition or disposed_at is None or has_report:
        raise NothingToUndo
    if disposed_by != who:
        raise TakenByAnother
    if now - disposed_at > UNDO + ON_THE_WAY:
        raise TooLateToUndo


def check_block(*, disposition: str, has_number: bool, reason: BlockReason, until: datetime, now: datetime) -> None:
    """Raises NotBlockedForSilence, NumberWithheld, BlockWithoutEnd. The contact must be what the reason says."""
    if disposition != Disposition(reason.value):
        raise NotBlockedForSilence
    if not has_number:
        raise NumberWithheld
    if not now < until <= now + LONGEST_BLOCK:
        raise BlockWithoutEnd(days=LONGEST_BLOCK.days)


def check_alarm(*, serving: str, consent: str, despite: str) -> None:
    """Raises AskWhetherHeServes, AskHerFirst, SheDidNotAgree."""
    if serving == Serving.NOT_ASKED:
        raise AskWhetherHeServes
    if consent == Consent.NOT_ASKED:
        raise AskHerFirst
    if consent == Consent.REFUSED and not despite:
        raise SheDidNotAgree


def check_length(said: Mapping[str, str]) -> None:
    """Raises TooMuchText."""
    if sum(len(text) for text in said.values()) > LONGEST_DRAFT:
        raise TooMuchText(longest=LONGEST_DRAFT)


def check_told(disposition: str) -> None:
    """Raises NotYetSaid unless the contact is one that opens the form."""
    if not disposition or Disposition(disposition).closes:
        raise NotYetSaid
