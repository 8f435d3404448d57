"""Who can see a case, and how often each of them did."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qorgan.agencies import queries as agencies
from qorgan.agencies.models import Mandate
from qorgan.agencies.terms import ROLES, AdmissionGround, Role
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.base.journal import read
from qorgan.base.models import JournalEntry
from qorgan.base.scope import beside
from qorgan.cases import access
from qorgan.cases import queries as cases
from qorgan.cases.models import Case
from qorgan.places import queries as places
from qorgan.web import looks
from qorgan.web.access import staff_page
from qorgan.web.request import StaffRequest

LOOKED_BACK = timedelta(days=7)
SEEN = "web.case.seen"
ROWS = 50


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


def at_home(request: StaffRequest) -> bool:
    """Whether the asker sees the case by a mandate over it, or leads it; not by a referral, which shows a part."""
    return request.inside is None or request.inside.ground != AdmissionGround.REFERRAL


def seers(case: Case, *, now: datetime, language: str, sealed: bool) -> list[Seer]:
    """Everyone who could open the case now, by a mandate over its place or let in; those who looked most come first.

    Someone who looked and could not now is listed too: a look is not forgotten with the mandate.
    """
    times = read.looks(kind=SEEN, thing="case", thing_id=case.id, since=now - LOOKED_BACK)
    found = {}
    may = agencies.seers(access.SEE, **beside(case), now=now, sealed=sealed)
    for one in reversed(may):  # of two mandates of one person the nearest is told
        mandate = one.mandate
        role = ROLES[mandate.role]
        found[mandate.staff_id] = Seer(
            name=mandate.staff.titled(language),
            role=role.name,
            agency="" if mandate.agency_id == case.agency_id else mandate.agency.name(language),
            sees=_sees(role),
            looks=times.get(mandate.staff_id, 0),
            owner=mandate.staff_id == case.owner_id,
            ground=one.ground.label if one.ground else "",
            until=one.until,
        )
    gone = agencies.staff_names(set(times) - set(found), language=language)
    others = [Seer(name, "", "", _("cannot open it now"), times[staff_id], False) for staff_id, name in gone.items()]
    return sorted([*found.values(), *others], key=lambda seer: (not seer.owner, -seer.looks, seer.name))


def _sees(role: Role) -> str:
    if access.LEAD in role.permissions:
        return _("the whole case, and may write")
    if access.SEE_ACCOUNTS in role.permissions:
        return _("the whole case")
    if access.SEE in role.inside:
        return _("the parts that were granted")
    return _("orders and terms, no accounts")


@dataclass(frozen=True)
class Look:
    """One look at the case: when, by whom, in which role."""

    at: datetime
    name: str
    role: str | Promise
    agency: str


def history(case: Case, *, before: int | None, language: str) -> tuple[list[Look], int | None]:
    """A part of the looks at a case, the newest first, and where the next part begins; None where there is none."""
    found = read.opened(kind=SEEN, thing="case", thing_id=case.id, before=before, most=ROWS + 1)
    names = agencies.staff_names([one.staff_id for one in found], language=language)
    held = agencies.mandates_by_ids({one.mandate_id for one in found if one.mandate_id})
    rows = [_look(one, names, held, language) for one in found]
    return rows[:ROWS], found[ROWS - 1].id if len(found) > ROWS else None


def _look(one: JournalEntry, names: dict[UUID, str], held: dict[UUID, Mandate], language: str) -> Look:
    name = names.get(one.staff_id, "") if one.staff_id else ""
    mandate = held.get(one.mandate_id) if one.mandate_id else None
    if mandate is None:
        return Look(one.at, name, "", "")
    return Look(one.at, name, ROLES[mandate.role].name, mandate.agency.name(language))


@require_safe
@staff_page(permission=access.SEE)
def looks_page(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Who opened the case, and when, part by part. Not for those who were referred a part of it."""
    case = cases.find(case_id)
    if case is None or not at_home(request):
        raise NotFound
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else None
    rows, older = history(case, before=before, language=get_language() or "")
    looks.note(request, thing="case", thing_id=case.id, detail={"for": "looks"})
    words = {
        "now": clock.now(),
        "case": case,
        "zone": places.zone(case.territory_id),
        "rows": rows,
        "newer": "?" if before else "",
        "older": f"?before={older}" if older else "",
    }
    return render(request, "cases/looks.html", words)
