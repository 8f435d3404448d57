"""When may something happen to a report? Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, Refused
from qorgan.reports.terms import TRANSITIONS, State

LONGEST_NUMBER = 40  # characters
EARLIEST_YEAR = 1990  # before it no desk kept a book that this system could be sent


class AlreadyDecided(Refused):
    """A decision on the report was taken before."""

    text = _("A decision on report %(number)s has already been taken.")


class SameNumberOtherContent(Refused):
    """The number is taken by a report that says something else: a person must look, neither may be lost."""

    text = _("Number %(number)s is already taken by a report with other content.")


class NothingSaid(BadInput):
    """A report must say at least what happened, or where, or to whom."""

    text = _("Write at least what happened, or where, or to whom.")
    field = "narrative"


class ImpossibleMoment(BadInput):
    """A report cannot come from the future or from before the books."""

    text = _("The date and time of registration cannot be right.")
    field = "registered_at"


class UnreadableNumber(BadInput):
    """A number of the book of records is one short line."""

    text = _("The number in the book of records must be one line of at most %(longest)s characters.")
    field = "kui_no"


class UnreadableText(BadInput):
    """Half of a character cannot be kept, and must not be guessed."""

    text = _("The text holds signs that cannot be read. Please send it again in UTF-8.")
    field = "narrative"


class NobodyRoutes(Refused):
    """A sealed record needs an office that says who takes it on."""

    text = _("No prosecutor's office is on record for this place: a sealed record could not be passed on.")


class NotSealed(Refused):
    """Only a sealed record is routed."""

    text = _("Report %(number)s is not sealed.")


class OwnUnit(BadInput):
    """A sealed record never goes to the unit that he or its commander serves in."""

    text = _("Choose an office that he, and those above him, do not serve in.")
    field = "agency"


def check_number(kui_no: str) -> None:
    """Raises UnreadableNumber."""
    if len(kui_no) > LONGEST_NUMBER or not kui_no.isprintable():
        raise UnreadableNumber(longest=LONGEST_NUMBER)


def check_texts(texts: Iterable[str]) -> None:
    """Raises UnreadableText for what has no form in UTF-8 (a lone surrogate)."""
    for text in texts:
        try:
            text.encode()
        except UnicodeEncodeError as failure:
            raise UnreadableText from failure


def check_can_become(state: str, wanted: State, number: str) -> None:
    """Raises AlreadyDecided unless the decision may follow."""
    if wanted not in TRANSITIONS[State(state)]:
        raise AlreadyDecided(number=number)


def check_moment(registered_at: datetime, *, now: datetime) -> None:
    """Raises ImpossibleMoment, also for a moment without its offset. A clock ten minutes fast is forgiven."""
    if registered_at.tzinfo is None or registered_at.year < EARLIEST_YEAR:
        raise ImpossibleMoment
    if registered_at > now + timedelta(minutes=10):
        raise ImpossibleMoment
