"""When may something happen to a report? Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from qorgan.base.errors import BadInput, Refused
from qorgan.reports.terms import ENTERED, TRANSITIONS, State
from qorgan.reports.terms.outcomes import GROUNDS, How, Reason

LONGEST_NUMBER = 40  # characters
LONGEST_WHY = 1000  # characters
_BACK: dict[How, frozenset[State]] = {
    How.UNDONE: frozenset({State.FORWARDED, State.JOINED, State.WRITTEN_OFF}),
    How.ACCEPTED: frozenset({State.FORWARDED}),
    How.SENT_BACK: frozenset({State.FORWARDED}),
    How.RETURNED: frozenset({State.WRITTEN_OFF}),
    How.ANNULLED: ENTERED,
}
EARLIEST_YEAR = 1990  # before it no desk kept a book that this system could be sent


class AlreadyDecided(Refused):
    """A decision on the report was taken before."""

    text = _("A decision on report %(number)s has already been taken.")


class NotEnded(Refused):
    """There is no outcome that could be taken back, or not in this way."""

    text = _("Report %(number)s stands at “%(state)s”: this cannot be taken back here.")


class NoGround(BadInput):
    """An outcome has one of its own reasons."""

    text = _("Choose the reason.")
    field = "reason"


class NoWords(BadInput):
    """Whoever undoes what another decided says why, in words."""

    text = _("Say why, in words.")
    field = "why"


class TooManyWords(BadInput):
    """A reason is short."""

    text = _("At most %(longest)s characters.")
    field = "why"


class SealedIsRouted(Refused):
    """A sealed record goes to whom a person routes it, and nowhere else."""

    text = _("Report %(number)s is sealed: a prosecutor says who takes it on.")


class NotThatOffice(BadInput):
    """It is forwarded to another office that decides on reports."""

    text = _("Choose another office of the list.")
    field = "agency"


class NotForwardedToYou(Refused):
    """Only the office that it was forwarded to answers."""

    text = _("Report %(number)s was not forwarded to your office.")


class NoSuchReport(BadInput):
    """It is joined to an earlier report in sight."""

    text = _("No earlier report with this number lies in your sight.")
    field = "number"


class EndsNowhere(BadInput):
    """What is joined must lead on: not to a report that was itself joined or written off."""

    text = _("Report %(number)s was itself joined or written off. Join to one that leads on.")
    field = "number"


class OthersJoined(Refused):
    """Others rest on it."""

    text = _("Other reports are joined to report %(number)s: take that back first.")


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


def check_ground(state: State, reason: Reason | None) -> Reason:
    """The reason, if it is one of the outcome's own. Raises NoGround."""
    if reason is None or reason not in GROUNDS[state]:
        raise NoGround
    return reason


def check_words(why: str, *, must: bool = False) -> str:
    """What was said, trimmed. Raises NoWords where something must be said, TooManyWords."""
    said = why.strip()
    if must and not said:
        raise NoWords
    if len(said) > LONGEST_WHY:
        raise TooManyWords(longest=LONGEST_WHY)
    check_texts([said])
    return said


def check_can_go_back(state: str, how: How, number: str) -> None:
    """Raises NotEnded unless an outcome may be taken back so.

    A case that was opened is closed, not undone; an entry in a register falls with its offence.
    """
    if State(state) not in _BACK[how]:
        raise NotEnded(number=number, state=State(state).label)


def check_leads_on(state: str, *, number: str) -> None:
    """Raises EndsNowhere where a report cannot carry another one."""
    if State(state) in (State.JOINED, State.WRITTEN_OFF):
        raise EndsNowhere(number=number)


def check_moment(registered_at: datetime, *, now: datetime) -> None:
    """Raises ImpossibleMoment, also for a moment without its offset. A clock ten minutes fast is forgiven."""
    if registered_at.tzinfo is None or registered_at.year < EARLIEST_YEAR:
        raise ImpossibleMoment
    if registered_at > now + timedelta(minutes=10):
        raise ImpossibleMoment
