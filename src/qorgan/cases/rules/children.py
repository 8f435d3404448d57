"""When may it be decided where a child sleeps, or who investigates someone in uniform? Pure."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from qorgan.agencies.engine import likeness
from qorgan.agencies.engine.likeness import NameKey
from qorgan.base.errors import BadInput, Refused
from qorgan.cases.rules import same_human

if TYPE_CHECKING:
    from qorgan.people.queries import PersonView


class AuthorityFirst(Refused):
    """Of a child whose parent is, or may be, complained of the guardianship authority is told before anyone else."""

    text = _(
        "The guardianship authority is told before anyone else: a parent of a child here is, or may be, complained of"
        " (%(law)s)."
    )


class NotAChild(BadInput):
    """Where someone of age sleeps is his own matter."""

    text = _("Choose a child of this case: who is of age decides for himself.")
    field = "child"


class NotComplainedOf(BadInput):
    """What is said here is of the one complained of."""

    text = _("Choose someone who is complained of in this case.")
    field = "offender"


class NotRouted(Refused):
    """What was not routed to military jurisdiction is not routed back."""

    text = _("Nothing of this case is with military police, and nothing waits to be routed there.")


class SayWhy(BadInput):
    """What a person decides, and no provision on record decides for him, is decided with a reason."""

    text = _("Write why: you decide it, and are named (%(law)s).")
    field = "why"


class NotTheAuthority(Refused):
    """Police write a decision down only where the authority has no one here to do it."""

    text = _("The guardianship authority decides this, and writes it down itself (%(law)s).")


class NeverWithHim(BadInput):
    """A child stays with nobody who is, or may be, complained of."""

    text = _("The child cannot stay with someone who is, or may be, complained of.")
    field = "keeper"


class WithWhom(BadInput):
    """A child stays with someone, who is named."""

    text = _("Name the person with whom the child stays.")
    field = "keeper"


class NightsTurned(BadInput):
    """A decision has been made, begins when it says, and ends after that."""

    text = _("This cannot be: a decision begins today at the latest, and ends after it begins and after now.")
    field = "until"


class ToldBefore(Refused):
    """The authority is told once; what was told first is kept as it was."""

    text = _("The guardianship authority was told of this case before.")


def check_span(since: datetime, until: datetime | None, *, has_end: bool, now: datetime) -> datetime | None:
    """The end of a decision on where a child sleeps, None for one without. Raises NightsTurned."""
    if since > now or (has_end and (until is None or until <= max(since, now))):
        raise NightsTurned
    return until if has_end else None


def check_keeper(view: "PersonView | None", whom: str, *, shut: Collection["PersonView"]) -> None:
    """Whom a child stays with, of the case or by name. Raises WithWhom, NeverWithHim."""
    if view is None and not whom.strip():
        raise WithWhom
    named = likeness.said_names(whom) if whom.strip() else set()
    for one in shut:
        if (view is not None and same_human(view, one)) or likeness.alike(named, names_of(one)):
            raise NeverWithHim


def names_of(view: "PersonView") -> set[NameKey]:
    """The keys of a person's name, in whichever alphabet it was written."""
    return likeness.said_names(view.written, view.surname, view.given, view.patronymic)
