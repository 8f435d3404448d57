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

    `agency` is empty where it is the one that leads the case; `ground` says why someone from outside is let in, `until`
    for how long.
    """

    name: str
    role: str | Promise
    agency: str
    sees: str
    looks: int
    owner: bool
    ground: str | Promise = ""
    until: datetime | None = None


def seers(case: Case, *, now: datetime, language: str) -> list[Seer]:
    """Everyone who could open the case now, by a mandate over its place or let in; those who looked most come first.

    Someone who looked and could not now is listed too: a look is not forgotten with the mandate.
    """
    looks = read.looks(kind="web.case.seen", thing="case", thing_id=case.id, since=now - LOOKED_BACK)
    found = {}
    may = agencies.seers(access.SEE, thread_id=case.thread_id, territory_id=case.territory_id, now=now)
    for one in reversed(may):  # of two mandates of one person the nearest is told
        mandate = one.mandate
        role = ROLES[mandate.role]
        found[mandate.staff_id] = Seer(
            name=mandate.staff.titled(language),
            role=role.name,
            agency="" if mandate.agency_id == case.agency_id else mandate.agency.name(language),
            sees=_sees(role),
            looks=looks.get(mandate.staff_id, 0),
            owner=mandate.staff_id == case.owner_id,
            ground=one.ground.label if one.ground else "",
            until=one.until,
        )
    gone = agencies.staff_names(set(looks) - set(found), language=language)
    others = [Seer(name, "", "", _("cannot open it now"), looks[staff_id], False) for staff_id, name in gone.items()]
    return sorted([*found.values(), *others], key=lambda seer: (not seer.owner, -seer.looks, seer.name))


def _sees(role: Role) -> str:
    if access.LEAD in role.permissions:
        return _("the whole case, and may write")
    if "people.person.see" in role.permissions:
        return _("the whole case")
    return _("orders and terms, no accounts")
