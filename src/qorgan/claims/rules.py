"""When a statement may be brought, corrected, published, withdrawn."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, NotFound, Refused

LONGEST = 20_000  # characters of a text, or of the part of it that is checked


class NoSuchStatement(NotFound):
    """No statement has this id, or it is not for this reader."""

    text = _("There is no such statement.")


class NothingSaid(BadInput):
    """A statement is its words."""

    text = _("Put in the words of the statement, or the part of them with the figures.")
    field = "text"


class TooMuchSaid(BadInput):
    """More than one check can take while a person waits."""

    text = _("That is more than 20 000 characters. Put in the part with the figures.")
    field = "text"


class NoFigures(BadInput):
    """Nothing in it can be checked."""

    text = _("There are no figures in this text that can be read. Dates, ages and telephone numbers are no figures.")
    field = "text"


class SaidLater(BadInput):
    """Nobody has said it yet."""

    text = _("The day on which it was said is in the future.")
    field = "said_on"


class WhyIsMissing(BadInput):
    """Nobody corrects or withdraws without saying why."""

    text = _("Say why.")
    field = "reason"


class BadReading(BadInput):
    """A mended reading that is none."""

    text = _("This reading cannot be reckoned with: %(faults)s.")
    field = "reading"


class Withdrawn(Refused):
    """What was withdrawn stays so."""

    text = _("The statement was withdrawn from the register.")


class AlreadyPublished(Refused):
    """It is public."""

    text = _("The statement is published already.")


class OwnStatement(Refused):
    """A second person publishes."""

    text = _("You have brought this statement yourself. A second person publishes it.")


def check_said(text: str, said_on: date | None, *, today: date) -> str:
    """The text, trimmed. Raises NothingSaid, TooMuchSaid, SaidLater."""
    if not text.strip():
        raise NothingSaid
    if len(text) > LONGEST:
        raise TooMuchSaid
    if said_on is not None and said_on > today:
        raise SaidLater
    return text.strip().replace("\r\n", "\n")


def check_stands(*, is_withdrawn: bool) -> None:
    """Raises Withdrawn."""
    if is_withdrawn:
        raise Withdrawn


def check_reason(reason: str) -> str:
    """The reason, trimmed. Raises WhyIsMissing."""
    if not reason.strip():
        raise WhyIsMissing
    return reason.strip()


def check_publishes(*, is_public: bool, brought_by: UUID, by: UUID) -> None:
    """Raises AlreadyPublished, OwnStatement."""
    if is_public:
        raise AlreadyPublished
    if brought_by == by:
        raise OwnStatement
