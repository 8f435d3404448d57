"""The first administrator of a place: invited by whoever owns the machine, never given a password."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from qorgan.base import deployment

if TYPE_CHECKING:
    from qorgan.agencies.models import Agency, Staff
    from qorgan.base.scope import Actor

LOGIN = "administrator"


@dataclass(frozen=True)
class Invited:
    """Who is to come in, by which code, until when."""

    login: str
    code: str
    until: datetime


def invited(login: str) -> Invited | None:
    """Invite an administrator: where nobody who has come in keeps staff here, or where `login` names one more.

    None where there is one already, and in a demonstration, which has its invented staff. Runs as the migrator. Raises
    what `agencies.invite` does: who has a password already is not invited again.
    """
    from qorgan.agencies import access, actions, queries
    from qorgan.base import clock
    from qorgan.base.scope import Actor

    now = clock.now()
    if not login and (deployment.is_demo() or queries.has_administrator(now=now)):
        return None
    system = Actor(name="init", role="system", permissions=frozenset({access.KEEP}))
    staff = _entered(login or LOGIN, by=system, now=now)
    invitation, code = actions.invite(staff_id=staff.id, by=system, now=now)
    return Invited(staff.login, code, invitation.expires_at)


def _entered(login: str, *, by: "Actor", now: datetime) -> "Staff":
    """The person of a login, entered where there is none, with a mandate as administrator of the whole country."""
    from qorgan.agencies import actions, queries
    from qorgan.agencies.models import Staff
    from qorgan.agencies.terms import ADMINISTRATOR, ROLES, Purpose

    held = Staff.objects.filter(login=login).first()
    staff = held or actions.add_person(login=login, names=_names(), by=by, now=now)
    if not any(one.role == ADMINISTRATOR for one in queries.mandates_of(staff, now=now)):
        agency = _agency()
        actions.give_mandate(
            staff_id=staff.id,
            agency=agency,
            role=ROLES[ADMINISTRATOR],
            territory_id=agency.territory_id,
            purpose=Purpose.ADMINISTRATION,
            valid_from=now,
            valid_until=None,
            by=by,
            now=now,
        )
    return staff


def _names() -> dict[str, str]:
    """What she is called until she is entered by name: the name of the role."""
    from django.conf import settings
    from django.utils import translation

    from qorgan.agencies.terms import ADMINISTRATOR, ROLES

    names = {}
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            names[code] = str(ROLES[ADMINISTRATOR].name)
    return names


def _agency() -> "Agency":
    """The agency that keeps the system: of the whole country, the interior ministry before others."""
    from qorgan.agencies.models import Agency
    from qorgan.agencies.terms import Kind

    found = Agency.objects.filter(is_active=True).select_related("territory")
    return min(
        found,
        key=lambda one: (one.territory.parent_id is not None, one.kind != Kind.MINISTRY_INTERNAL, one.code),
    )
