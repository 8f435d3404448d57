"""Words of the court case (сот ісі, судебное дело): KoAP, CPC, Law 214-IV Art. 22, Law 245-VIII Art. 61.

A court case (сотта шешімі бар іс) and a decision (сот шешімі: қаулы, үкім; решение: постановление, приговор) are two
counting units: one case may end in several decisions.
"""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(StrEnum):
    """What the court is asked for."""

    # мінез-құлыққа қойылатын ерекше талаптар, особые требования к поведению: KoAP Art. 54; 245-VIII Art. 61
    SPECIAL_REQUIREMENTS = "special_requirements"
    ADMINISTRATIVE = "administrative"  # әкімшілік құқық бұзушылық туралы іс: KoAP
    CRIMINAL = "criminal"  # қылмыстық іс: CC, CPC

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _KINDS[self]


_KINDS: dict[Kind, str | Promise] = {
    Kind.SPECIAL_REQUIREMENTS: _("special requirements to behaviour"),
    Kind.ADMINISTRATIVE: _("administrative offence"),
    Kind.CRIMINAL: _("criminal case"),
}


class State(StrEnum):
    """Where a court case stands. From the first decision on it follows from the decisions."""

    SENT = "sent"  # received by the court, no hearing is set
    SCHEDULED = "scheduled"  # a hearing is set
    DECIDED = "decided"  # at least one decision; some wait for entry into force, or all were set aside
    APPEALED = "appealed"  # a complaint about at least one decision is before the higher court
    IN_FORCE = "in_force"  # no decision waits, and at least one is in force
    RETURNED = "returned"  # sent back to whoever sent the materials, undecided

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _STATES[self]


_STATES: dict[State, str | Promise] = {
    State.SENT: _("no hearing set"),
    State.SCHEDULED: _("hearing set"),
    State.DECIDED: _("decided, not in force"),
    State.APPEALED: _("under appeal"),
    State.IN_FORCE: pgettext_lazy("decision", "in force"),
    State.RETURNED: _("materials returned"),
}

# From the first decision on the state follows from the decisions: a further one opens a case anew.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.SENT: frozenset({State.SCHEDULED, State.DECIDED, State.RETURNED}),
    State.SCHEDULED: frozenset({State.DECIDED, State.RETURNED}),
    State.DECIDED: frozenset({State.APPEALED, State.IN_FORCE}),
    State.APPEALED: frozenset({State.DECIDED, State.IN_FORCE}),
    State.IN_FORCE: frozenset({State.DECIDED}),
    State.RETURNED: frozenset(),
}
UNDECIDED = frozenset({State.SENT, State.SCHEDULED})
HEARABLE = frozenset({State.SENT, State.SCHEDULED, State.DECIDED})
DECIDABLE = frozenset(State) - {State.RETURNED}


class Result(StrEnum):
    """What became of a hearing (сот отырысы, судебное заседание)."""

    PLANNED = "planned"
    HELD = "held"
    POSTPONED = "postponed"  # by the court
    ABSENT = "absent"  # put off because somebody who had to come did not

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _RESULTS[self]


_RESULTS: dict[Result, str | Promise] = {
    Result.PLANNED: pgettext_lazy("hearing", "planned"),
    Result.HELD: pgettext_lazy("hearing", "held"),
    Result.POSTPONED: pgettext_lazy("hearing", "postponed"),
    Result.ABSENT: _("not held: somebody did not come"),
}


class DecisionKind(StrEnum):
    """What a court decided. One decision holds one measure."""

    SPECIAL_REQUIREMENTS = "special_requirements"  # ерекше талаптар: KoAP Art. 54; 245-VIII Art. 61
    ARREST = "arrest"  # әкімшілік қамаққа алу, административный арест: KoAP Art. 50
    PUBLIC_WORKS = "public_works"  # қоғамдық жұмыстар, общественные работы: KoAP, from 1 September 2025
    PSYCHOLOGICAL_HELP = "psychological_help"  # психологиялық көмек алуға міндеттеу
    FINE = "fine"  # айыппұл, штраф: KoAP Art. 44
    WARNING = "warning"  # ескерту, предупреждение: KoAP Art. 43
    SENTENCE = "sentence"  # үкім, приговор: CPC Art. 387
    REFUSED = "refused"  # what was asked for is refused
    TERMINATED = "terminated"  # іс тоқтатылды, производство прекращено

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _DECISIONS[self]


_DECISIONS: dict[DecisionKind, str | Promise] = {
    DecisionKind.SPECIAL_REQUIREMENTS: _("special requirements to behaviour"),
    DecisionKind.ARREST: _("administrative arrest"),
    DecisionKind.PUBLIC_WORKS: _("public works"),
    DecisionKind.PSYCHOLOGICAL_HELP: _("duty to take psychological help"),
    DecisionKind.FINE: _("fine"),
    DecisionKind.WARNING: pgettext_lazy("penalty", "warning"),
    DecisionKind.SENTENCE: _("sentence"),
    DecisionKind.REFUSED: _("what was asked for is refused"),
    DecisionKind.TERMINATED: _("proceedings terminated"),
}

_ALWAYS = frozenset({DecisionKind.REFUSED, DecisionKind.TERMINATED})
_COURSE = frozenset({DecisionKind.SPECIAL_REQUIREMENTS, DecisionKind.PSYCHOLOGICAL_HELP})
_PENALTIES = frozenset(
    {DecisionKind.ARREST, DecisionKind.PUBLIC_WORKS, DecisionKind.FINE, DecisionKind.WARNING},
)

# Special requirements stand with a penalty or alone (214-IV Art. 22), and after a conviction too (CC, 2024).
ADMITS: dict[Kind, frozenset[DecisionKind]] = {
    Kind.SPECIAL_REQUIREMENTS: _COURSE | _ALWAYS,
    Kind.ADMINISTRATIVE: _PENALTIES | _COURSE | _ALWAYS,
    Kind.CRIMINAL: frozenset({DecisionKind.SENTENCE}) | _COURSE | _ALWAYS,
}


class DecisionState(StrEnum):
    """Where a decision stands. One that is set aside was made all the same and is counted as made."""

    ANNOUNCED = "announced"
    APPEALED = "appealed"
    UPHELD = "upheld"
    VARIED = "varied"
    SET_ASIDE = "set_aside"
    IN_FORCE = "in_force"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _DECISION_STATES[self]


_DECISION_STATES: dict[DecisionState, str | Promise] = {
    DecisionState.ANNOUNCED: pgettext_lazy("decision", "announced"),
    DecisionState.APPEALED: pgettext_lazy("decision", "under appeal"),
    DecisionState.UPHELD: pgettext_lazy("decision", "upheld on appeal"),
    DecisionState.VARIED: pgettext_lazy("decision", "varied on appeal"),
    DecisionState.SET_ASIDE: pgettext_lazy("decision", "set aside"),
    DecisionState.IN_FORCE: pgettext_lazy("decision", "in force"),
}

NEXT: dict[DecisionState, frozenset[DecisionState]] = {
    DecisionState.ANNOUNCED: frozenset({DecisionState.APPEALED, DecisionState.IN_FORCE}),
    DecisionState.APPEALED: frozenset(
        {DecisionState.ANNOUNCED, DecisionState.UPHELD, DecisionState.VARIED, DecisionState.SET_ASIDE}
    ),
    DecisionState.UPHELD: frozenset({DecisionState.IN_FORCE}),
    DecisionState.VARIED: frozenset({DecisionState.IN_FORCE}),
    DecisionState.SET_ASIDE: frozenset(),
    DecisionState.IN_FORCE: frozenset(),
}
AWAITING = frozenset({DecisionState.ANNOUNCED, DecisionState.UPHELD, DecisionState.VARIED})


class AppealResult(StrEnum):
    """What became of an appeal (шағым, өтінішхат; жалоба, ходатайство прокурора)."""

    PENDING = "pending"
    UPHELD = "upheld"
    VARIED = "varied"
    SET_ASIDE = "set_aside"
    RETURNED = "returned"  # not considered: late, withdrawn, or filed by somebody who may not

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _APPEALS[self]


_APPEALS: dict[AppealResult, str | Promise] = {
    AppealResult.PENDING: pgettext_lazy("appeal", "pending"),
    AppealResult.UPHELD: _("the decision is upheld"),
    AppealResult.VARIED: _("the decision is varied"),
    AppealResult.SET_ASIDE: _("the decision is set aside"),
    AppealResult.RETURNED: _("returned without consideration"),
}

AFTER_APPEAL: dict[AppealResult, DecisionState] = {
    AppealResult.UPHELD: DecisionState.UPHELD,
    AppealResult.VARIED: DecisionState.VARIED,
    AppealResult.SET_ASIDE: DecisionState.SET_ASIDE,
    AppealResult.RETURNED: DecisionState.ANNOUNCED,
}


class Party(StrEnum):
    """Who files an appeal."""

    OFFENDER = "offender"  # with his counsel or representative
    VICTIM = "victim"  # with her representative
    PROSECUTOR = "prosecutor"
    BODY = "body"  # the body that sent the materials

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _PARTIES[self]


_PARTIES: dict[Party, str | Promise] = {
    Party.OFFENDER: _("the person it is against, or his counsel"),
    Party.VICTIM: _("the victim, or her representative"),
    Party.PROSECUTOR: pgettext_lazy("party", "the prosecutor"),
    Party.BODY: _("the body that sent the materials"),
}


class Prohibition(StrEnum):
    """What special requirements may forbid: KoAP Art. 54. Which of them the law of a day knows is asked of `law`."""

    CONTACT_WITH_VICTIM = "contact_with_victim"
    CONTACT_WITH_CHILDREN = "contact_with_children_and_incapable"
    WEAPONS = "weapons"
    ALCOHOL = "alcohol"
    DRUGS = "drugs"
    PSYCHOTROPICS = "psychotropics"
    MINOR_NAMED_PLACES = "minor_named_places"
    MINOR_TRAVEL = "minor_travel"
    # бірге тұруға тыйым, запрет проживать совместно: 214-IV Art. 22, by the rule `courts.eviction_exceptional`
    LIVING_TOGETHER = "living_with_victim"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _PROHIBITIONS[self]


_PROHIBITIONS: dict[Prohibition, str | Promise] = {
    Prohibition.CONTACT_WITH_VICTIM: _(
        "against the will of the victim to seek, follow, visit or talk to her, by phone or in any other way"
    ),
    Prohibition.CONTACT_WITH_CHILDREN: _("the same with minor or incapable members of her family"),
    Prohibition.WEAPONS: _("to acquire, keep, carry or use weapons"),
    Prohibition.ALCOHOL: _("to use alcohol"),
    Prohibition.DRUGS: _("to use drugs"),
    Prohibition.PSYCHOTROPICS: _("to use psychotropic substances"),
    Prohibition.MINOR_NAMED_PLACES: _("for a minor: to visit the places named in the decision"),
    Prohibition.MINOR_TRAVEL: _("for a minor: to travel elsewhere without leave of the commission on minors"),
    Prohibition.LIVING_TOGETHER: _("in an exceptional case: to live in one dwelling with the victim"),
}
