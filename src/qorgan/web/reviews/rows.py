"""Suspicions in words: who, why, of which record, until when it is to be weighed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.agencies import queries as agencies
from qorgan.agencies.engine.likeness import TraitKind
from qorgan.agencies.models import Admission, Block, Odd, Opening
from qorgan.agencies.terms import BlockGround, OddLook, OpeningKind, OpeningReason, odd_words
from qorgan.base.scope import Actor, acting
from qorgan.duties import queries as duties
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.people import queries as people
from qorgan.people.queries import PersonView
from qorgan.reports import queries as reports
from qorgan.web import mandates
from qorgan.web.request import StaffRequest

EVIDENCE: dict[str, str | Promise] = {
    TraitKind.IIN: _("the IIN is the same"),
    TraitKind.PHONE: _("the telephone is the same"),
    TraitKind.NAME: _("the name sounds alike"),
}


@dataclass(frozen=True)
class Row:
    """One thing to weigh. `number`: of the record, empty where it is out of the reviewer's sight."""

    id: UUID
    who: mandates.Who
    why: str | Promise
    number: str
    place: str
    since: datetime
    due: datetime | None
    thread_id: UUID


def laid(request: StaffRequest, *kinds: Kind) -> dict[UUID, Duty]:
    """The open duties of the asker's office of these kinds, by the thing that they are about."""
    return {duty.thing_id: duty for kind in kinds for duty in duties.laid_on(request.actor.agency, kind=kind)}


def blocks(request: StaffRequest, *, now: datetime, language: str) -> list[Row]:
    """The blocks that the asker's office is to confirm or lift, the oldest first."""
    due = laid(request, Kind.REVIEW_BLOCK)
    found = list(agencies.blocks_to_decide(due))
    numbers = numbers_of(request, {one.thread_id for one in found}, now=now)
    names = mandates.who((one.staff for one in found), now=now, language=language)
    return [
        _row(
            one,
            BlockGround(one.ground).label,
            one.made_at,
            due[one.id],
            numbers,
            names,
            language=language,
        )
        for one in found
    ]


def openings(request: StaffRequest, *, now: datetime, language: str) -> list[Row]:
    """The openings that the asker's office is to review, or to say yes or no to, the oldest first."""
    due = laid(request, Kind.REVIEW_OPENING, Kind.LET_IN)
    found = list(agencies.openings_to_decide(list(due), now=now))
    numbers = numbers_of(request, {one.thread_id for one in found}, now=now)
    names = mandates.who((one.staff for one in found), now=now, language=language)
    return [
        _row(
            one,
            OpeningReason(one.reason).label,
            one.asked_at,
            due[one.id],
            numbers,
            names,
            language=language,
        )
        for one in found
    ]


def _row(
    held: Block | Opening,
    why: str | Promise,
    since: datetime,
    duty: Duty,
    numbers: dict[UUID, str],
    names: dict[UUID, mandates.Who],
    *,
    language: str,
) -> Row:
    return Row(
        id=held.id,
        who=names[held.staff_id],
        why=why,
        number=numbers.get(held.thread_id, ""),
        place=mandates.place(held.territory_id, language=language),
        since=since,
        due=duty.due_at,
        thread_id=held.thread_id,
    )


def let_into(request: StaffRequest, threads: set[UUID], *, now: datetime) -> list[Admission]:
    """The admissions in which the asker looks at these records."""
    return [one for one in agencies.admissions_of(request.mandate, now=now) if one.thread_id in threads]


def inside(request: StaffRequest, threads: set[UUID], *, now: datetime) -> Actor:
    """The asker in these records and no others, for reading."""
    return agencies.in_all(request.mandate, let_into(request, threads, now=now))


def numbers_of(request: StaffRequest, threads: set[UUID], *, now: datetime) -> dict[UUID, str]:
    """The numbers of the records that lie in the asker's sight, or that he was let into, by thread."""
    with acting(inside(request, threads, now=now)):
        let_in = reports.numbers_of_threads(threads)
    return let_in | reports.numbers_of_threads(threads)


def parties(request: StaffRequest, thread_id: UUID, *, now: datetime) -> list[PersonView]:
    """The persons of a record that the asker was let into, opened."""
    with acting(inside(request, {thread_id}, now=now)):
        return people.of_thread(thread_id)


@dataclass(frozen=True)
class OddRow:
    """One line of unusual looking."""

    odd: Odd
    who: mandates.Who
    why: str | Promise


def odd_rows(found: list[Odd], *, now: datetime, language: str) -> list[OddRow]:
    """Lines in words."""
    names = mandates.who((one.staff for one in found), now=now, language=language)
    return [OddRow(one, names[one.staff_id], odd_words(OddLook(one.reason))) for one in found]


def is_asked(held: Opening) -> bool:
    """Whether someone waits to be let in, rather than having opened it already."""
    return held.kind == OpeningKind.TWO_PEOPLE
