"""Words of the register of statements: why a statement was checked, and what was done with it."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Cause(StrEnum):
    """Why a statement was checked."""

    BROUGHT = "brought"
    READ = "read"  # a person chose or mended the reading
    CORRECTED = "corrected"
    DATA = "data"  # a release or a series came after the last check
    GRAMMAR = "grammar"  # the grammar or the arithmetic changed

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _CAUSES[self]


_CAUSES: dict[Cause, str | Promise] = {
    Cause.BROUGHT: _("brought"),
    Cause.READ: _("read otherwise by a person"),
    Cause.CORRECTED: _("corrected"),
    Cause.DATA: _("checked again with new data"),
    Cause.GRAMMAR: _("checked again with a new grammar"),
}


class Act(StrEnum):
    """What was done with a statement in the register."""

    CORRECTED = "corrected"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _ACTS[self]


_ACTS: dict[Act, str | Promise] = {
    Act.CORRECTED: _("corrected"),
    Act.PUBLISHED: _("published"),
    Act.WITHDRAWN: _("withdrawn"),
}
SAID = ("address", "said_on", "speaker", "relay", "language", "text")  # what of a statement a person types
