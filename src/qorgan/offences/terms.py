"""Words of a registered offence (қылмыстық құқық бұзушылық, әкімшілік құқық бұзушылық): CC, KoAP, CPC Art. 180."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Register(StrEnum):
    """Where an offence is registered."""

    CRIMINAL = "criminal"  # СДТБТ, ЕРДР: the unified register of pre-trial investigations
    ADMINISTRATIVE = "administrative"  # a protocol under the Code of Administrative Offences

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return {Register.CRIMINAL: _("criminal"), Register.ADMINISTRATIVE: _("administrative")}[self]


class Completion(StrEnum):
    """How far the act went (CC Art. 24). An administrative offence is always a completed one."""

    COMPLETED = "completed"
    ATTEMPT = "attempt"
    PREPARATION = "preparation"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _COMPLETIONS[self]


_COMPLETIONS: dict[Completion, str | Promise] = {
    Completion.COMPLETED: _("completed offence"),
    Completion.ATTEMPT: _("attempt"),
    Completion.PREPARATION: _("preparation"),
}


class State(StrEnum):
    """Where a registered offence stands."""

    REGISTERED = "registered"  # investigated, or prepared for the court
    SUSPENDED = "suspended"  # the terms stand still: the suspect is not known, is sought, is ill
    IN_COURT = "in_court"
    TERMINATED = "terminated"  # it was registered and has ended without a court's decision on guilt
    ANNULLED = "annulled"  # it should never have been registered; it counts nowhere

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _STATES[self]

    @property
    def has_ended(self) -> bool:
        """Whether somebody ended it here, on a ground."""
        return self in (State.TERMINATED, State.ANNULLED)


_STATES: dict[State, str | Promise] = {
    State.REGISTERED: _("under inquiry"),
    State.SUSPENDED: _("suspended"),
    State.IN_COURT: _("in court"),
    State.TERMINATED: _("terminated"),
    State.ANNULLED: _("registration annulled"),
}

TRANSITIONS: dict[State, frozenset[State]] = {
    State.REGISTERED: frozenset({State.SUSPENDED, State.IN_COURT, State.TERMINATED, State.ANNULLED}),
    State.SUSPENDED: frozenset({State.REGISTERED, State.TERMINATED, State.ANNULLED}),
    State.IN_COURT: frozenset({State.REGISTERED, State.TERMINATED, State.ANNULLED}),
    State.TERMINATED: frozenset({State.REGISTERED, State.ANNULLED}),
    State.ANNULLED: frozenset(),
}


class Ground(StrEnum):
    """Why it ended. The first group terminates (CPC Art. 35, 36; KoAP Art. 741, 742), the second annuls."""

    NO_EVENT = "no_event"
    NO_ELEMENTS = "no_elements"
    RECONCILED = "reconciled"
    UNDER_AGE = "under_age"
    NOT_SANE = "not_sane"
    DEATH = "death"
    LIMITATION = "limitation"
    AMNESTY = "amnesty"
    OTHER = "other"
    MISTAKE = "mistake"
    DUPLICATE = "duplicate"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _GROUNDS[self]


_GROUNDS: dict[Ground, str | Promise] = {
    Ground.NO_EVENT: _("there was no offence"),
    Ground.NO_ELEMENTS: _("the act has no elements of an offence"),
    Ground.RECONCILED: _("the parties were reconciled"),
    Ground.UNDER_AGE: _("the person is below the age of liability"),
    Ground.NOT_SANE: _("the person was not sane"),
    Ground.DEATH: _("the suspect has died"),
    Ground.LIMITATION: _("the term of limitation has run out"),
    Ground.AMNESTY: _("amnesty"),
    Ground.OTHER: _("another ground"),
    Ground.MISTAKE: _("registered by mistake"),
    Ground.DUPLICATE: _("registered twice"),
}

ANNULS = frozenset({Ground.MISTAKE, Ground.DUPLICATE})
TERMINATES = tuple(ground for ground in Ground if ground not in ANNULS)


class Part(StrEnum):
    """A person's part in an offence."""

    VICTIM = "victim"
    SUSPECT = "suspect"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return {Part.VICTIM: _("victim"), Part.SUSPECT: _("suspect")}[self]


class Relationship(StrEnum):
    """Who the suspect is to this victim."""

    SPOUSE = "spouse"
    FORMER_SPOUSE = "former_spouse"
    PARTNER = "partner"
    FORMER_PARTNER = "former_partner"
    PARENT = "parent"
    STEP_PARENT = "step_parent"
    CHILD = "child"
    SIBLING = "sibling"
    OTHER_RELATIVE = "other_relative"
    ACQUAINTANCE = "acquaintance"
    PROFESSIONAL = "professional"
    STRANGER = "stranger"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _RELATIONSHIPS[self]


_RELATIONSHIPS: dict[Relationship, str | Promise] = {
    Relationship.SPOUSE: _("spouse"),
    Relationship.FORMER_SPOUSE: _("former spouse"),
    Relationship.PARTNER: _("partner, living together or with a common child"),
    Relationship.FORMER_PARTNER: _("former partner"),
    Relationship.PARENT: _("parent"),
    Relationship.STEP_PARENT: _("step-parent"),
    Relationship.CHILD: _("son or daughter"),
    Relationship.SIBLING: _("brother or sister"),
    Relationship.OTHER_RELATIVE: _("other relative"),
    Relationship.ACQUAINTANCE: _("acquaintance, neighbour"),
    Relationship.PROFESSIONAL: _("teacher, carer, other professional"),
    Relationship.STRANGER: _("stranger"),
    Relationship.UNKNOWN: _("relationship not known"),
}

# Family-domestic relations: Law 214-IV Art. 1 (2), Law 245-VIII Art. 1.
FAMILY = frozenset(
    {
        Relationship.SPOUSE,
        Relationship.FORMER_SPOUSE,
        Relationship.PARTNER,
        Relationship.FORMER_PARTNER,
        Relationship.PARENT,
        Relationship.STEP_PARENT,
        Relationship.CHILD,
        Relationship.SIBLING,
        Relationship.OTHER_RELATIVE,
    }
)

ADULT_AT = 18  # full years; a minor (кәмелетке толмаған) is younger: Civil Code Art. 17
