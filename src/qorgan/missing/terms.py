"""Words of a missing child. No act on the search for missing persons was read: every term here is the house's own."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    """Where the search stands."""

    SOUGHT = "sought"
    FOUND_ALIVE = "found_alive"
    FOUND_DEAD = "found_dead"
    NOT_FOUND = "not_found"  # at rest, for a reason, until a day on which someone looks at it again

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _STATES[self]


_STATES: dict[State, str | Promise] = {
    State.SOUGHT: _("is sought"),
    State.FOUND_ALIVE: _("found alive"),
    State.FOUND_DEAD: _("found dead"),
    State.NOT_FOUND: _("not found, the search rests"),
}

# What was written wrongly, or begins again, goes back to the search; who was found is found from wherever it stood.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.SOUGHT: frozenset({State.FOUND_ALIVE, State.FOUND_DEAD, State.NOT_FOUND}),
    State.NOT_FOUND: frozenset({State.SOUGHT, State.FOUND_ALIVE, State.FOUND_DEAD}),
    State.FOUND_ALIVE: frozenset({State.SOUGHT}),
    State.FOUND_DEAD: frozenset({State.SOUGHT}),
}
ENDS = frozenset({State.FOUND_ALIVE, State.FOUND_DEAD, State.NOT_FOUND})


class Danger(StrEnum):
    """Signs that nothing can wait. Said by someone; they weigh nothing and foretell nothing."""

    SMALL = "small"
    ILL = "ill"
    VIOLENCE_AT_HOME = "violence_at_home"
    SELF_HARM = "self_harm"
    WITH_ADULT = "with_adult"
    ONLINE = "online"
    WEATHER = "weather"
    WATER = "water"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _DANGERS[self]


_DANGERS: dict[Danger, str | Promise] = {
    Danger.SMALL: _("too small to be out alone"),
    Danger.ILL: _("ill, or needs medicine or help"),
    Danger.VIOLENCE_AT_HOME: _("violence at home"),
    Danger.SELF_HARM: _("spoke of dying"),
    Danger.WITH_ADULT: _("seen with, or taken by, an adult"),
    Danger.ONLINE: _("went to meet someone known from the internet"),
    Danger.WEATHER: _("frost or heat"),
    Danger.WATER: _("water, steppe, railway or building site near by"),
}


class Result(StrEnum):
    """What the search of a place gave."""

    NOTHING = "nothing"
    UNFINISHED = "unfinished"
    TRACE = "trace"
    SEEN = "seen"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _RESULTS[self]

    @property
    def tone(self) -> str:
        """How it stands in a list."""
        return {Result.NOTHING: "done", Result.UNFINISHED: "plan"}.get(self, "due")


_RESULTS: dict[Result, str | Promise] = {
    Result.NOTHING: _("searched, nothing found"),
    Result.UNFINISHED: _("not searched to the end"),
    Result.TRACE: _("a trace"),
    Result.SEEN: _("someone saw the child"),
}


class Ground(StrEnum):
    """Why a child is never named again."""

    OFFENCE = "offence"  # an offence of a sexual kind was registered
    DECIDED = "decided"  # someone of the staff marked it, and is named

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return {Ground.OFFENCE: _("an offence of that kind is registered"), Ground.DECIDED: _("marked by staff")}[self]


class Posted(StrEnum):
    """Where a public page stands."""

    PROPOSED = "proposed"
    STANDS = "stands"
    DECLINED = "declined"
    TAKEN_DOWN = "taken_down"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _POSTED[self]


_POSTED: dict[Posted, str | Promise] = {
    Posted.PROPOSED: _("waits for a second person"),
    Posted.STANDS: _("stands"),
    Posted.DECLINED: _("was declined"),
    Posted.TAKEN_DOWN: _("was taken down"),
}


@dataclass(frozen=True)
class Words:
    """What the public would read, by language. Nothing else of the record is ever shown there."""

    texts: dict[str, str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "texts", {code: text.strip() for code, text in self.texts.items() if text.strip()})
