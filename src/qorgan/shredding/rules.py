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


class HoldWithoutReason(BadInput):
    """Whoever finds it must know what it is for."""

    text = _("Say why it must not be destroyed.")
    field = "reason"


class HoldEndsBefore(BadInput):
    """A ban that ends before it begins forbids nothing."""

    text = _("The end lies in the past.")
    field = "until"


class TooLateToHold(Refused):
    """Two people have decided; the keys go, or are gone."""

    text = _("Two people have confirmed that it is destroyed: it can no longer be forbidden.")


class LiftWithoutReason(BadInput):
    """What was forbidden for a reason is allowed for a reason."""

    text = _("Say why it may be destroyed from now on.")
    field = "why"


class NotYourHold(Refused):
    """Who needs the record says when the need is over."""

    text = _("Only the office that forbade it may allow it again.")


class HoldLifted(Refused):
    """Someone was first."""

    text = _("This was lifted already.")


def check_hold(*, reason: str, until: datetime | None, now: datetime) -> None:
    """Raises HoldWithoutReason, HoldEndsBefore."""
    if not reason.strip():
        raise HoldWithoutReason
    if until is not None and until <= now:
        raise HoldEndsBefore


def check_lift(*, why: str, is_lifted: bool, is_ours: bool) -> None:
    """Raises NotYourHold, HoldLifted, LiftWithoutReason."""
    if not is_ours:
        raise NotYourHold
    if is_lifted:
        raise HoldLifted
    if not why.strip():
        raise LiftWithoutReason


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
