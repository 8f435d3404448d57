"""When may a record be destroyed? Pure."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, Refused
from qorgan.shredding.terms import TRANSITIONS, Ground, Hold, State


class StillNeeded(Refused):
    """A legal hold: what is not at its end is not destroyed, on any ground."""

    text = _("Nothing is destroyed yet: %(why)s.")


class TermNotOver(Refused):
    """The law says how long it is kept, and that is not over."""

    text = _("The term of keeping is not over.")
    field = "ground"


class TermNotOnRecord(Refused):
    """Where no term is on record, no program may say that it is over."""

    text = _("No term of keeping is on record: name the paper of a court, or that consent was withdrawn.")
    field = "ground"


class PaperMissing(BadInput):
    """This ground is a paper."""

    text = _("Name the paper: what it is, its number and date.")
    field = "paper"


class ReasonMissing(BadInput):
    """Whoever confirms must be able to judge."""

    text = _("Say why it is to be destroyed.")
    field = "reason"


class AlreadyAsked(Refused):
    """One at a time."""

    text = _("It was asked for already, or destroyed.")


class SamePerson(Refused):
    """Two different people."""

    text = _("Whoever asked cannot confirm: it takes another person.")


class AlreadyDecided(Refused):
    """It was confirmed or declined before."""

    text = _("This was decided already.")


def check_nothing_holds(holds: Collection[Hold]) -> None:
    """Raises StillNeeded."""
    if holds:
        raise StillNeeded(why="; ".join(str(hold.label) for hold in holds))


def check_said(ground: Ground, *, paper: str, reason: str) -> None:
    """Raises PaperMissing, ReasonMissing."""
    if ground.needs_paper and not paper.strip():
        raise PaperMissing
    if not reason.strip():
        raise ReasonMissing


def check_moment(ground: Ground, *, kept_until: datetime | None, now: datetime) -> None:
    """The term of keeping, where that is the ground. Raises TermNotOver, TermNotOnRecord."""
    if ground is not Ground.TERM:
        return
    if kept_until is None:
        raise TermNotOnRecord
    if now < kept_until:
        raise TermNotOver


def check_other(asked_by: UUID, by: UUID) -> None:
    """Raises SamePerson."""
    if asked_by == by:
        raise SamePerson


def check_can_become(state: State, wanted: State) -> None:
    """Raises AlreadyDecided."""
    if wanted not in TRANSITIONS[state]:
        raise AlreadyDecided
