"""Words of accounts, findings and contradictions, and of a review that a family asks for."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Through(StrEnum):
    """Through whom what someone said came to whoever wrote it down."""

    DIRECTLY = "directly"
    RELATIVE = "relative"
    INTERPRETER = "interpreter"
    TEACHER = "teacher"
    OFFICER = "officer"
    DOCTOR = "doctor"
    PAPER = "paper"
    OTHER = "other"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _THROUGHS[self]


_THROUGHS: dict[Through, str | Promise] = {
    Through.DIRECTLY: _("in person, to whoever wrote it down"),
    Through.RELATIVE: _("through a relative"),
    Through.INTERPRETER: _("through an interpreter"),
    Through.TEACHER: _("through a teacher"),
    Through.OFFICER: _("through an officer"),
    Through.DOCTOR: _("through a doctor"),
    Through.PAPER: _("from a paper"),
    Through.OTHER: _("through someone else"),
}


class Topic(StrEnum):
    """What a part of an account, or a question to an expert, is about. Two statements are compared topic by topic."""

    WHERE = "where"
    WHEN = "when"
    WHO = "who"
    WHAT = "what"
    INJURY_CAUSE = "injury_cause"
    DEATH_CAUSE = "death_cause"
    SEXUAL_VIOLENCE = "sexual_violence"
    STATE_OF_MIND = "state_of_mind"
    OTHER = "other"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _TOPICS[self]

    @property
    def choices(self) -> tuple["Said", ...]:
        """The closed answers to it; none where it is answered in words alone."""
        return CLOSED.get(self, ())


_TOPICS: dict[Topic, str | Promise] = {
    Topic.WHERE: _("where it happened"),
    Topic.WHEN: _("when it happened"),
    Topic.WHO: _("who was there"),
    Topic.WHAT: _("what happened"),
    Topic.INJURY_CAUSE: _("cause of the injury"),
    Topic.DEATH_CAUSE: _("cause of the death"),
    Topic.SEXUAL_VIOLENCE: _("whether there was sexual violence"),
    Topic.STATE_OF_MIND: _("state of mind"),
    Topic.OTHER: _("something else"),
}


class Said(StrEnum):
    """A closed answer, beside the words: chosen by whoever writes it down, never by the program."""

    BLOW = "blow"
    FALL = "fall"
    BURN = "burn"
    STRANGULATION = "strangulation"
    DROWNING = "drowning"
    WEAPON = "weapon"
    TRAFFIC = "traffic"
    ILLNESS = "illness"
    OWN_HAND = "own_hand"
    ANOTHER = "another"
    YES = "yes"
    NO = "no"
    CANNOT_SAY = "cannot_say"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _SAID[self]


_SAID: dict[Said, str | Promise] = {
    Said.BLOW: _("a blow by a person"),
    Said.FALL: _("a fall"),
    Said.BURN: _("a burn"),
    Said.STRANGULATION: _("strangulation"),
    Said.DROWNING: _("drowning"),
    Said.WEAPON: _("a weapon or a thing used as one"),
    Said.TRAFFIC: _("a traffic accident"),
    Said.ILLNESS: _("an illness"),
    Said.OWN_HAND: _("by the person's own hand"),
    Said.ANOTHER: _("another cause"),
    Said.YES: _("yes"),
    Said.NO: _("no"),
    Said.CANNOT_SAY: _("cannot be said"),
}
_CAUSES = (
    Said.BLOW,
    Said.FALL,
    Said.BURN,
    Said.STRANGULATION,
    Said.DROWNING,
    Said.WEAPON,
    Said.TRAFFIC,
    Said.ILLNESS,
    Said.OWN_HAND,
    Said.ANOTHER,
    Said.CANNOT_SAY,
)
CLOSED: dict[Topic, tuple[Said, ...]] = {
    Topic.INJURY_CAUSE: _CAUSES,
    Topic.DEATH_CAUSE: _CAUSES,
    Topic.SEXUAL_VIOLENCE: (Said.YES, Said.NO, Said.CANNOT_SAY),
}


class Discipline(StrEnum):
    """Of what kind an expert finding is (сараптама; экспертиза)."""

    FORENSIC_MEDICAL = "forensic_medical"
    PSYCHOLOGICAL = "psychological"
    PSYCHIATRIC = "psychiatric"
    OTHER = "other"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _DISCIPLINES[self]


_DISCIPLINES: dict[Discipline, str | Promise] = {
    Discipline.FORENSIC_MEDICAL: _("forensic medical finding"),
    Discipline.PSYCHOLOGICAL: _("psychological finding"),
    Discipline.PSYCHIATRIC: _("psychiatric finding"),
    Discipline.OTHER: _("finding of another expert"),
}


class Object(StrEnum):
    """What a finding examined."""

    PERSON = "person"
    REPORT = "report"
    ACCOUNT = "account"
    FINDING = "finding"
    NAMED = "named"  # a place, a thing, a paper that is not held here: in words

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _OBJECTS[self]


_OBJECTS: dict[Object, str | Promise] = {
    Object.PERSON: _("a person of the case"),
    Object.REPORT: _("a report"),
    Object.ACCOUNT: _("an account"),
    Object.FINDING: _("an earlier finding"),
    Object.NAMED: _("named in words, not held here"),
}


class Kin(StrEnum):
    """What whoever asks for a review is to the person whose case it is."""

    HERSELF = "herself"
    PARENT = "parent"
    CHILD = "child"
    SPOUSE = "spouse"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GUARDIAN = "guardian"
    OTHER = "other"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _KIN[self]


_KIN: dict[Kin, str | Promise] = {
    Kin.HERSELF: _("the person concerned"),
    Kin.PARENT: _("parent"),
    Kin.CHILD: _("son or daughter"),
    Kin.SPOUSE: _("spouse"),
    Kin.SIBLING: _("brother or sister"),
    Kin.GRANDPARENT: _("grandparent"),
    Kin.GUARDIAN: _("guardian or trustee"),
    Kin.OTHER: _("another relative"),
}


class Outcome(StrEnum):
    """How the ombudsman answered. Which statement is true is nothing that a review decides."""

    GROUNDED = "grounded"
    PARTLY = "partly"
    NOT_GROUNDED = "not_grounded"
    NOT_OURS = "not_ours"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _OUTCOMES[self]


_OUTCOMES: dict[Outcome, str | Promise] = {
    Outcome.GROUNDED: _("the complaint is grounded, the bodies responsible were asked to act"),
    Outcome.PARTLY: _("the complaint is grounded in part"),
    Outcome.NOT_GROUNDED: _("no ground for a measure was found"),
    Outcome.NOT_OURS: _("not within the power of the ombudsman"),
    Outcome.WITHDRAWN: _("withdrawn by whoever asked"),
}

# What an office may answer without having read the file; every other answer is one on the substance.
UNREAD = frozenset({Outcome.NOT_OURS, Outcome.WITHDRAWN})
