"""Words of persons."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.people.engine.ranking import Fact, Why


class Sex(StrEnum):
    """As recorded; *unknown* is an answer of its own."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return {Sex.FEMALE: _("female"), Sex.MALE: _("male"), Sex.UNKNOWN: _("not known")}[self]


WHY: dict[Why, str | Promise] = {
    Why.SAME_NAME: _("the name as written"),
    Why.OTHER_ALPHABET: _("the same name in another alphabet"),
    Why.OTHER_SPELLING: _("the same name in another spelling"),
    Why.SLIP: _("a slip of the hand"),
    Why.SHORT_FORM: _("a short form of the name"),
    Why.INITIALS: _("the initials"),
    Why.KEYBOARD: _("typed with another keyboard layout"),
    Why.NO_PATRONYMIC: _("patronymic not said"),
    Why.OTHER_PATRONYMIC: _("another patronymic"),
    Why.SAME_DATE: _("the same date of birth"),
    Why.SAME_YEAR: _("the same year of birth"),
    Why.ONE_DIGIT: _("the date of birth differs in one digit"),
    Why.DAY_AND_MONTH: _("day and month of birth exchanged"),
    Why.OTHER_DATE: _("another date of birth"),
    Why.SAME_NUMBER: _("the same number"),
}

ASKS: dict[Fact, str | Promise] = {
    Fact.BORN: _("Several people bear this name. Ask for the date of birth."),
    Fact.PATRONYMIC: _("Several people bear this name. Ask for the patronymic."),
    Fact.NUMBER: _("These cannot be told apart by name. Ask for the IIN or a telephone."),
}
