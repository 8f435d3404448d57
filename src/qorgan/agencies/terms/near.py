"""Words of what staff declare of themselves and their kin, of files opened without a right, and of odd looks."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.agencies.engine.odd import OddLook


class Relation(StrEnum):
    """What someone whom a person of staff declared is to that person (close relatives: Code on Marriage, Art. 1)."""

    SELF = "self"
    SPOUSE = "spouse"
    FORMER_SPOUSE = "former_spouse"
    PARTNER = "partner"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    IN_LAW = "in_law"
    OTHER = "other"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _RELATIONS[self]


_RELATIONS: dict[Relation, str | Promise] = {
    Relation.SELF: _("myself"),
    Relation.SPOUSE: _("spouse"),
    Relation.FORMER_SPOUSE: _("former spouse"),
    Relation.PARTNER: _("partner"),
    Relation.PARENT: _("parent"),
    Relation.CHILD: _("child"),
    Relation.SIBLING: _("brother or sister"),
    Relation.GRANDPARENT: _("grandparent"),
    Relation.GRANDCHILD: _("grandchild"),
    Relation.IN_LAW: _("relative of the spouse"),
    Relation.OTHER: _("someone else close"),
}


class OpeningKind(StrEnum):
    """How a file is opened that one has no right to see in the ordinary way."""

    ALONE = "alone"  # break-glass: at once, by one person, reviewed afterwards
    TWO_PEOPLE = "two_people"  # a sealed file: one asks, another lets in

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _OPENINGS[self]


_OPENINGS: dict[OpeningKind, str | Promise] = {
    OpeningKind.ALONE: _("opened in an emergency"),
    OpeningKind.TWO_PEOPLE: _("opened by two people"),
}


class OpeningReason(StrEnum):
    """Why it cannot wait for the one whose file it is."""

    LIFE = "life"
    ARREST = "arrest"
    CALL = "call"
    CHILD = "child"
    COURT = "court"
    OTHER = "other"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _REASONS[self]


_REASONS: dict[OpeningReason, str | Promise] = {
    OpeningReason.LIFE: _("her life or health is in danger now"),
    OpeningReason.CHILD: _("a child is in danger now"),
    OpeningReason.CALL: _("she is here or on the phone, and nobody who leads the file can be reached"),
    OpeningReason.ARREST: _("he was seized, and the order must be known"),
    OpeningReason.COURT: _("a court or a prosecutor asks for it today"),
    OpeningReason.OTHER: _("another reason, in words"),
}


_ODD: dict[OddLook, str | Promise] = {
    OddLook.MANY: _("many files in one day"),
    OddLook.OWN_NAME: _("a party bears the surname of this person"),
    OddLook.AT_NIGHT: _("outside working hours, and nothing was written that day"),
    OddLook.NOT_THEIRS: _("again and again a file in which this person has done nothing"),
    OddLook.CLOSED: _("a file closed long ago"),
}


def odd_words(reason: OddLook) -> str | Promise:
    """Why a look is to be judged, in the words a person reads."""
    return _ODD[reason]
