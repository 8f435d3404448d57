"""Words of a contact: how someone reached a line, and what it turned out to be."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Way(StrEnum):
    """By what means someone reached a line. Only a contact by telephone is a call."""

    TELEPHONE = "telephone"
    MESSAGE = "message"
    CHAT = "chat"
    IN_PERSON = "in_person"
    LETTER = "letter"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _WAYS[self]


_WAYS: dict[Way, str | Promise] = {
    Way.TELEPHONE: _("a call"),
    Way.MESSAGE: _("a message"),
    Way.CHAT: _("a chat"),
    Way.IN_PERSON: _("came in person"),
    Way.LETTER: _("a letter"),
}


class Disposition(StrEnum):
    """What a contact is. *Silent* is never *prank*: who says nothing may not be able to speak."""

    SELF = "self"
    ANOTHER = "another"
    PROFESSIONAL = "professional"
    SILENT = "silent"
    WRONG_NUMBER = "wrong_number"
    PRANK = "prank"
    ABUSIVE = "abusive"
    INFORMATION = "information"
    TEST = "test"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _DISPOSITIONS[self]

    @property
    def key(self) -> str:
        """The digit that says it on the call screen."""
        return str(list(Disposition).index(self) + 1)

    @property
    def closes(self) -> bool:
        """Whether it ends the contact at once; the others open the form."""
        return self not in _TOLD


_TOLD = frozenset({Disposition.SELF, Disposition.ANOTHER, Disposition.PROFESSIONAL})
_DISPOSITIONS: dict[Disposition, str | Promise] = {
    Disposition.SELF: _("About oneself"),
    Disposition.ANOTHER: _("About another"),
    Disposition.PROFESSIONAL: _("Professional"),
    Disposition.SILENT: _("Silent"),
    Disposition.WRONG_NUMBER: _("Wrong number"),
    Disposition.PRANK: _("Prank"),
    Disposition.ABUSIVE: _("Abuse"),
    Disposition.INFORMATION: _("Information"),
    Disposition.TEST: _("Test"),
}


class Consent(StrEnum):
    """What she answered to: may 102 be told? That nobody asked, or could ask, is no answer of hers."""

    NOT_ASKED = "not_asked"
    AGREED = "agreed"
    REFUSED = "refused"
    COULD_NOT_ANSWER = "could_not_answer"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _CONSENTS[self]


_CONSENTS: dict[Consent, str | Promise] = {
    Consent.NOT_ASKED: _("not asked yet"),
    Consent.AGREED: _("agrees"),
    Consent.REFUSED: _("does not agree"),
    Consent.COULD_NOT_ANSWER: _("could not answer"),
}


class Despite(StrEnum):
    """Why 102 is told although she did not agree. A person says so and is named."""

    LIFE = "life"
    CHILD = "child"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return {Despite.LIFE: _("a life is in danger"), Despite.CHILD: _("a child is in danger")}[self]


class BlockReason(StrEnum):
    """Why a number does not get through for a while. Silence is no reason."""

    ABUSIVE = "abusive"
    PRANK = "prank"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return {BlockReason.ABUSIVE: _("abuse, again and again"), BlockReason.PRANK: _("pranks, again and again")}[self]
