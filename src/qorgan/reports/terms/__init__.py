"""Words of the first signal."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Channel(StrEnum):
    """Through which door a report came."""

    POLICE_102 = "102"
    RESCUE_112 = "112"
    TRUST_LINE_150 = "150"
    CONTACT_CENTRE_111 = "111"
    IN_PERSON = "in_person"
    INSPECTOR = "inspector"
    OTHER = "other"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _CHANNELS[self]


_CHANNELS: dict[Channel, str | Promise] = {
    Channel.POLICE_102: "102",
    Channel.RESCUE_112: "112",
    Channel.TRUST_LINE_150: _("trust line 150"),
    Channel.CONTACT_CENTRE_111: _("contact centre 111"),
    Channel.IN_PERSON: _("in person"),
    Channel.INSPECTOR: _("district inspector"),
    Channel.OTHER: _("other"),
}


class Serving(StrEnum):
    """What was answered to: does he, or someone near him, serve in police, court, army, or here? Asked before a name.

    *Not asked*, *does not know* and *did not say* are three answers, and none of them is *no*.
    """

    NOT_ASKED = "not_asked"
    NO = "no"
    POLICE = "police"
    COURT = "court"  # or prosecution
    ARMY = "army"
    HERE = "here"
    UNKNOWN = "unknown"
    REFUSED = "refused"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _SERVING[self]

    @property
    def seals(self) -> bool:
        """Whether the record is sealed from its first second."""
        return self in _SEALS


_SEALS = frozenset({Serving.POLICE, Serving.COURT, Serving.ARMY, Serving.HERE})
_SERVING: dict[Serving, str | Promise] = {
    Serving.NOT_ASKED: _("not asked"),
    Serving.NO: _("no"),
    Serving.POLICE: _("yes, in the police"),
    Serving.COURT: _("yes, in court or prosecution"),
    Serving.ARMY: _("yes, in the army"),
    Serving.HERE: _("yes, works with this system"),
    Serving.UNKNOWN: _("does not know"),
    Serving.REFUSED: _("did not say"),
}


class State(StrEnum):
    """What became of a report (order of the Prosecutor General No. 89 of 19 September 2014)."""

    REGISTERED = "registered"  # in the book of information records, no decision yet
    TAKEN_UP = "taken_up"  # a case leads it
    WRITTEN_OFF = "written_off"  # to the nomenclature file

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _STATES[self]


_STATES: dict[State, str | Promise] = {
    State.REGISTERED: _("awaits a decision"),
    State.TAKEN_UP: _("a case was opened"),
    State.WRITTEN_OFF: _("written off to the nomenclature file"),
}


TRANSITIONS: dict[State, frozenset[State]] = {
    State.REGISTERED: frozenset({State.TAKEN_UP, State.WRITTEN_OFF}),
    State.TAKEN_UP: frozenset(),
    State.WRITTEN_OFF: frozenset(),
}


class Role(StrEnum):
    """The part a person has in a report."""

    VICTIM = "victim"
    SUSPECT = "suspect"
    REPORTER = "reporter"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return {Role.VICTIM: _("victim"), Role.SUSPECT: _("suspect"), Role.REPORTER: _("reporter")}[self]
