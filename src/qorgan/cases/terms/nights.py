"""Words of where a child sleeps tonight: what the guardianship authority decides, and whose child it is."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Stays(StrEnum):
    """With whom, or where, a child sleeps. No address belongs to any of them: an address is no field of a case."""

    PARENT = "parent"
    RELATIVES = "relatives"
    FAMILY = "family"
    SHELTER = "shelter"
    HOSPITAL = "hospital"
    RETURNED = "returned"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _STAYS[self]

    @property
    def with_someone(self) -> bool:
        """Whether the one the child is with can be named; never one who is, or may be, complained of."""
        return self in (Stays.PARENT, Stays.RELATIVES, Stays.FAMILY, Stays.RETURNED)

    @property
    def has_end(self) -> bool:
        """Whether it is for a time, after which it is decided anew."""
        return self is not Stays.RETURNED


_STAYS: dict[Stays, str | Promise] = {
    Stays.PARENT: _("with the parent who is not complained of"),
    Stays.RELATIVES: _("with relatives"),
    Stays.FAMILY: _("in a foster or temporary family"),
    Stays.SHELTER: _("in a shelter or centre"),
    Stays.HOSPITAL: _("in hospital"),
    Stays.RETURNED: _("returned home"),
}


class Parent(StrEnum):
    """Whether someone complained of is a parent of a child of the case. Nothing said means: nobody has asked yet."""

    IS = "is"
    MAY_BE = "may_be"
    IS_NOT = "is_not"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _PARENTS[self]

    @property
    def calls(self) -> bool:
        """Whether the guardianship authority decides where the child sleeps, and is told before anyone else."""
        return self is not Parent.IS_NOT


_PARENTS: dict[Parent, str | Promise] = {
    Parent.IS: _("is a parent of the child, or in a parent's place"),
    Parent.MAY_BE: _("may be, it is not known"),
    Parent.IS_NOT: _("is not"),
}
