"""Words of how a report ends: on what reason, and by what an outcome no longer stands."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.reports.terms import State


class Reason(StrEnum):
    """Why a report is written off, forwarded or joined. No act read lists them: a closed list of the house."""

    NO_SIGNS = "no_signs"
    NOT_CONFIRMED = "not_confirmed"
    MISTAKE = "mistake"
    CIVIL = "civil"
    FILED_BEFORE = "filed_before"  # a decision on the same event stands in the book already
    PLACE = "place"
    AUTHORITY = "authority"
    SAME_EVENT = "same_event"
    SAME_WORDS = "same_words"
    NOT_ASKED = "not_asked"  # decided before reasons were asked for; nobody chooses it

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _REASONS[self]


_REASONS: dict[Reason, str | Promise] = {
    Reason.NO_SIGNS: _("no signs of an offence were found"),
    Reason.NOT_CONFIRMED: _("what was told was checked on the spot and not confirmed"),
    Reason.MISTAKE: _("it came by mistake"),
    Reason.CIVIL: _("a dispute for a civil court"),
    Reason.FILED_BEFORE: _("a decision on the same event was taken before"),
    Reason.PLACE: _("it happened in the place of another office"),
    Reason.AUTHORITY: _("it is the matter of another authority"),
    Reason.SAME_EVENT: _("it tells of the same event"),
    Reason.SAME_WORDS: _("the same was sent twice"),
    Reason.NOT_ASKED: _("no reason was asked for then"),
}

# Which reasons stand for which outcome, in the order in which they are offered.
GROUNDS: dict[State, tuple[Reason, ...]] = {
    State.WRITTEN_OFF: (Reason.NO_SIGNS, Reason.NOT_CONFIRMED, Reason.MISTAKE, Reason.CIVIL, Reason.FILED_BEFORE),
    State.FORWARDED: (Reason.PLACE, Reason.AUTHORITY),
    State.JOINED: (Reason.SAME_EVENT, Reason.SAME_WORDS),
}


class How(StrEnum):
    """By what an outcome no longer stands."""

    UNDONE = "undone"  # by the office that decided; the clock that ran goes on
    ACCEPTED = "accepted"  # the other office took it over, and decides
    SENT_BACK = "sent_back"  # the other office did not take it
    RETURNED = "returned"  # the prosecutor cancelled a write-off
    ANNULLED = "annulled"  # the offence should never have been registered

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _HOWS[self]

    @property
    def starts_anew(self) -> bool:
        """Whether the clock of the decision starts anew with it."""
        return self is not How.UNDONE


_HOWS: dict[How, str | Promise] = {
    How.UNDONE: _("taken back"),
    How.ACCEPTED: _("accepted by the other office"),
    How.SENT_BACK: _("sent back by the other office"),
    How.RETURNED: _("cancelled by the prosecutor"),
    How.ANNULLED: _("the offence was annulled"),
}
