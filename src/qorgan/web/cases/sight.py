"""Who can see a case, and how often each of them did."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from qorgan.agencies import queries as agencies
from qorgan.agencies.terms import ROLES, Role
from qorgan.base.journal import read
from qorgan.cases import access
from qorgan.cases.models import Case

LOOKED_BACK = timedelta(days=7)


@dataclass(frozen=True)
class Seer:
    """A person who can see the case: in which role, what of it, and how often in the last seven days.

    `agency` is empty where it is the one that leads the case.
    """

    name: str
    role: str | Promise
    agency: str
    sees: str
    looks: int
    owner: bool


def seers(case: Case, *, now: datetime, language: str) -> list[Seer]:
    """Everyone with a mandate over the case's territory whose role sees cases; those who looked most come first.

    Someone who looked and has no such mandate now is listed too: a look is not forgotten with the mandate.
    """
    looks = read.looks(kind="web.case.seen", thing="case", thing_id=case.id, since=now - LOOKED_BACK)
    found = {}
    may = agencies.who_may(access.SEE, territory_id=case.territory_id, now=now)
    for mandate in reversed(may):  # of two mandates of one person the nearest is told
        role = ROLES[mandate.role]
        found[mandate.staff_id] = Seer(
            name=mandate.staff.titled(language),
            role=role.name,
            agency="" if mandate.agency_id == case.agency_id else mandate.agency.name(language),
            sees=_sees(role),
            looks=looks.get(mandate.staff_id, 0),
            owner=mandate.staff_id == case.owner_id,
        )
    gone = agencies.staff_names(set(looks) - set(found), language=language)
    others = [Seer(name, "", "", _("no mandate now"), looks[staff_id], False) for staff_id, name in gone.items()]
    return sorted([*found.values(), *others], key=lambda seer: (not seer.owner, -seer.looks, seer.name))


def _sees(role: Role) -> str:
    if access.LEAD in role.permissions:
        return _("the whole case, and may write")
    if "people.person.see" in role.permissions:
        return _("the whole case")
    return _("orders and terms, no accounts")
