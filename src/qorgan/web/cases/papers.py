"""The sheet for her, composed of what the case, its agencies and the journal know: roles and offices, no names."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from qorgan.agencies import queries as agencies
from qorgan.agencies.terms import ROLES, Kind
from qorgan.base import clock, country
from qorgan.base.errors import NotFound
from qorgan.base.journal import read
from qorgan.cases import access, queries
from qorgan.cases.models import Case
from qorgan.cases.papers import Agreed, Given, Looked, Seeing, SharingPaper, paper
from qorgan.cases.papers.shared import languages
from qorgan.cases.terms import Role, Section
from qorgan.places import queries as places
from qorgan.web import looks
from qorgan.web.access import staff_page
from qorgan.web.cases.sight import SEEN, at_home
from qorgan.web.orders.views import PAPER_POLICY
from qorgan.web.referrals.cards import cards
from qorgan.web.request import StaffRequest

HERS = (Role.VICTIM, Role.CHILD)
MOST = 5000  # looks that the sheet counts: the newest


@require_safe
@staff_page(permission=access.SEE_PERSONS)
def sheet(request: StaffRequest, case_id: UUID, person_id: UUID, language: str) -> HttpResponse:
    """The sheet in a language, as PDF."""
    case = queries.find(case_id)
    if case is None or not at_home(request) or language not in languages():
        raise NotFound
    if person_id not in {view.id for role, view in queries.persons(case) if role in HERS}:
        raise NotFound
    looks.note(request, thing="case", thing_id=case.id, detail={"as": "paper", "language": language})
    with translation.override(language):
        content = paper(compose(case, person_id, language=language, now=clock.now()))
    headers = {
        "Content-Disposition": f'inline; filename="sheet-{case.id}.pdf"',
        "Content-Security-Policy": PAPER_POLICY,
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def compose(case: Case, person_id: UUID, *, language: str, now: datetime) -> SharingPaper:
    """Everything the sheet of one person says, in a language that is active already: her own consents only."""
    labels = country.toml("words/papers.toml")["sharing"][language]
    return SharingPaper(
        language=language,
        case_number=case.number,
        agency=case.agency.name(language),
        made_at=now.replace(microsecond=0),
        zone=places.zone(case.territory_id).key,
        agreed=_agreed(case, person_id, language=language, now=now),
        given=_given(case, person_id, now=now),
        seeing=_seeing(case, by_place=labels["by_place"], language=language, now=now),
        looked=_looked(case, language=language),
        is_synthetic=settings.DEMO,
    )


def _agreed(case: Case, person_id: UUID, *, language: str, now: datetime) -> tuple[Agreed, ...]:
    found = [one for one in queries.consents(case, now=now) if one.person.id == person_id]
    known = {one.held.agency_id: one.held.agency for one in found if one.held.agency_id}
    return tuple(
        Agreed(
            aim=str(one.aim.label).capitalize(),
            whom=known[one.held.agency_id].name(language) if one.held.agency_id else Kind(one.held.agency_kind).label,  # type: ignore[union-attr]  # named by its id
            sections=tuple(str(Section(each).label) for each in one.held.sections),
            word=str(one.word.label),
            at=one.at,
            until=one.held.until,
            stands=one.stands,
        )
        for one in found
    )


def _given(case: Case, person_id: UUID, *, now: datetime) -> tuple[Given, ...]:
    found = queries.referrals_of(case)
    hers = cards((one for one in found if one.consent is None or one.consent.person_id == person_id), now=now)
    return tuple(
        Given(
            agency=one.taker,
            course=str(one.course),
            ground=str(one.ground).capitalize(),
            provision=one.provision.words if one.provision else "",
            standing=str(one.standing.label),
            until=one.held.until,
            by_consent=one.provision is None,
        )
        for one in hers
    )


def _seeing(case: Case, *, by_place: str, language: str, now: datetime) -> tuple[Seeing, ...]:
    may = agencies.seers(access.SEE, thread_id=case.thread_id, territory_id=case.territory_id, now=now)
    people: dict[tuple[str, str, str, datetime | None], set[UUID]] = defaultdict(set)
    for one in may:
        why = str(one.ground.label) if one.ground else by_place
        role = str(ROLES[one.mandate.role].name)
        people[role, one.mandate.agency.name(language), why, one.until].add(one.mandate.staff_id)
    return tuple(Seeing(role, agency, len(staff), why, until) for (role, agency, why, until), staff in people.items())


def _looked(case: Case, *, language: str) -> tuple[Looked, ...]:
    found = read.opened(kind=SEEN, thing="case", thing_id=case.id, most=MOST)
    held = agencies.mandates_by_ids({one.mandate_id for one in found if one.mandate_id})
    times: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for one in found:
        mandate = held.get(one.mandate_id) if one.mandate_id else None
        if mandate is not None:
            times[str(ROLES[mandate.role].name), mandate.agency.name(language)].append(one.at)
    rows = [Looked(role, agency, len(at), max(at)) for (role, agency), at in times.items()]
    return tuple(sorted(rows, key=lambda one: one.last, reverse=True))
