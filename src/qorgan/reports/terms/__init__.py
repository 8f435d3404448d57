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
    WEB = "web"
    WEB_CHILD = "web_child"  # by the pages that speak to a child of ten
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
    Channel.WEB: _("web door"),
    Channel.WEB_CHILD: _("web door, children's pages"),
    Channel.OTHER: _("other"),
}
THROUGH_THE_DOOR = (Channel.WEB, Channel.WEB_CHILD)
WRITTEN_DOWN = tuple(one for one in Channel if one not in THROUGH_THE_DOOR)  # by someone of the staff


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
    FORWARDED = "forwarded"  # by jurisdiction; until the other office accepts it or sends it back, it is not over
    TAKEN_UP = "taken_up"  # a case leads it
    PRE_TRIAL = "pre_trial"  # entered in the unified register of pre-trial investigations, an offence stands for it
    ADMINISTRATIVE = "administrative"  # an administrative case was begun, an offence stands for it
    JOINED = "joined"  # to an earlier report of the same event
    WRITTEN_OFF = "written_off"  # to the nomenclature file

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _STATES[self]

    @property
    def is_open(self) -> bool:
        """Whether someone still owes a decision."""
        return self in OPEN


OPEN = frozenset({State.REGISTERED, State.FORWARDED})
ENTERED = frozenset({State.PRE_TRIAL, State.ADMINISTRATIVE})  # an offence was registered for it
_STATES: dict[State, str | Promise] = {
    State.REGISTERED: _("awaits a decision"),
    State.FORWARDED: _("forwarded, not answered yet"),
    State.TAKEN_UP: _("a case was opened"),
    State.PRE_TRIAL: _("entered in the register of pre-trial investigations"),
    State.ADMINISTRATIVE: _("an administrative case was begun"),
    State.JOINED: _("joined to an earlier report"),
    State.WRITTEN_OFF: _("written off to the nomenclature file"),
}


TRANSITIONS: dict[State, frozenset[State]] = {
    State.REGISTERED: frozenset(State) - {State.REGISTERED},
    State.FORWARDED: frozenset({State.REGISTERED}),
    State.TAKEN_UP: frozenset(),
    State.PRE_TRIAL: frozenset({State.REGISTERED}),
    State.ADMINISTRATIVE: frozenset({State.REGISTERED}),
    State.JOINED: frozenset({State.REGISTERED}),
    State.WRITTEN_OFF: frozenset({State.REGISTERED}),
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
