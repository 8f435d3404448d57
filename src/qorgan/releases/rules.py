"""When a release may be made, checked, published, withdrawn."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, NotFound, Refused
from qorgan.releases.terms import AFTER, TRANSITIONS, Stage, State


class NoSuchRelease(NotFound):
    """No release has this number."""

    text = _("There is no release %(number)s.")


class NothingCollected(Refused):
    """A release of nothing would be a false zero."""

    text = _("No facts have been collected yet, so there is nothing to release.")


class PeriodNotBegun(Refused):
    """The period lies after the facts."""

    text = _("The period %(period)s has not begun on the date of the data.")


class RevisionNeedsReason(BadInput):
    """What was published is not silently replaced."""

    text = _("The figures differ from release %(number)s. Say why they are revised.")
    field = "reason"


class GivesAway(Refused):
    """The attacker's audit failed: this release does not leave."""

    text = _("The release is not made, since small counts could be worked out from its tables (%(places)s).")


class CannotRepeat(Refused):
    """The box was made with parts that this machine lacks or has in another version."""

    text = _("Release %(number)s was made with %(made_with)s; here it would be %(here)s, and other bytes.")


class OwnRelease(Refused):
    """A second person checks."""

    text = _("You have drawn up release %(number)s yourself. A second person checks and publishes it.")


class AlreadyDone(Refused):
    """Two people at once, or one twice: the first one's step stands."""

    text = _("Release %(number)s was already %(stage)s by %(name)s.")


class NotNow(Refused):
    """The state of the release does not allow the step."""

    text = _("Release %(number)s is %(state)s, so it cannot be %(stage)s.")


class Overtaken(Refused):
    """Another release of the period was published since this one was built."""

    text = _("Since release %(number)s was drawn up, release %(newer)s was published. Draw it up again.")


class ReasonNeeded(BadInput):
    """Nobody sends back or withdraws without saying why."""

    text = _("Say why.")
    field = "reason"


class FiguresWithdrawn(Refused):
    """The release stays in the history; what it said does not."""

    text = _("Release %(number)s was withdrawn, and its figures are no longer shown («%(reason)s»).")
    status = 410


def check_step(*, number: str, state: State, stage: Stage) -> None:
    """Raises NotNow where the step does not follow from the state."""
    if AFTER[stage] not in TRANSITIONS[state]:
        raise NotNow(number=number, state=state.label, stage=stage.label)


def check_second_person(*, number: str, builder: UUID, by: UUID) -> None:
    """Raises OwnRelease where the person built it."""
    if builder == by:
        raise OwnRelease(number=number)


def check_reason(reason: str) -> str:
    """The reason, trimmed. Raises ReasonNeeded."""
    if not reason.strip():
        raise ReasonNeeded
    return reason.strip()
