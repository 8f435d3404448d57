"""Words of the case."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    """Whether someone answers for the case now."""

    OPEN = "open"
    CLOSED = "closed"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return {State.OPEN: _("open"), State.CLOSED: _("closed")}[self]


TRANSITIONS: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
}


class Role(StrEnum):
    """The part a person has in a case (Law 245-VIII; CC and KoAP use the same words)."""

    VICTIM = "victim"
    CHILD = "child"
    OFFENDER = "offender"
    WITNESS = "witness"
    REPRESENTATIVE = "representative"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _ROLES[self]


_ROLES: dict[Role, str | Promise] = {
    Role.VICTIM: _("victim"),
    Role.CHILD: _("child"),
    Role.OFFENDER: _("the person complained of"),
    Role.WITNESS: _("witness"),
    Role.REPRESENTATIVE: _("legal representative"),
}


class Speaker(StrEnum):
    """Whose words an account holds. Accounts stand side by side; none overwrites another."""

    VICTIM = "victim"
    CHILD = "child"
    RELATIVE = "relative"
    OFFENDER = "offender"
    WITNESS = "witness"
    TEACHER = "teacher"
    DOCTOR = "doctor"
    EXPERT = "expert"
    STAFF = "staff"
    DESK = "desk"

    @property
    def label(self) -> str | Promise:
        """The words a person reads."""
        return _SPEAKERS[self]


_SPEAKERS: dict[Speaker, str | Promise] = {
    Speaker.VICTIM: _("victim"),
    Speaker.CHILD: _("child"),
    Speaker.RELATIVE: _("relative"),
    Speaker.OFFENDER: _("the person complained of"),
    Speaker.WITNESS: _("witness"),
    Speaker.TEACHER: _("teacher"),
    Speaker.DOCTOR: _("doctor"),
    Speaker.EXPERT: _("expert"),
    Speaker.STAFF: _("staff"),
    Speaker.DESK: _("duty desk"),
}
