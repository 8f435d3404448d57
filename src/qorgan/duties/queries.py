"""What is late, what is due, what was done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from qorgan.base.keys import vault
from qorgan.duties.models import Duty
from qorgan.duties.terms import AWAITED, Kind


@dataclass(frozen=True)
class Label:
    """The words a room gives to the thing of a duty: what, about whom, where its page is."""

    title: str
    about: str
    case_number: str
    case_id: UUID | None


def _open() -> QuerySet[Duty]:
    return Duty.objects.filter(done_at__isnull=True, dropped_at__isnull=True)


def late(*, now: datetime) -> QuerySet[Duty]:
    """Open duties whose term is over, the oldest first."""
    return _open().filter(due_at__lt=now).order_by("due_at", "id")


def due(*, now: datetime, until: datetime) -> QuerySet[Duty]:
    """Open duties whose term ends between now and `until`, the nearest first."""
    return _open().filter(due_at__gte=now, due_at__lt=until).order_by("due_at", "id")


def awaited(*, after: datetime) -> QuerySet[Duty]:
    """Open duties whose term ends later, but for whose answer someone waits; the nearest first."""
    return _open().filter(due_at__gte=after, kind__in=AWAITED).order_by("due_at", "id")


def without_term() -> QuerySet[Duty]:
    """Open duties for which no term is on record."""
    return _open().filter(due_at__isnull=True).order_by("since", "id")


def open_of(kind: Kind) -> QuerySet[Duty]:
    """Open duties of a kind, the oldest first."""
    return _open().filter(kind=kind).order_by("since", "id")


def laid_on(agency_id: UUID, *, kind: Kind, thing_id: UUID | None = None) -> QuerySet[Duty]:
    """Open duties of a kind that an office has, about one thing or about all; the oldest first."""
    found = open_of(kind).filter(agency_id=agency_id)
    return found.filter(thing_id=thing_id) if thing_id else found


def done(*, since: datetime, now: datetime) -> QuerySet[Duty]:
    """Duties done since a moment, the newest first."""
    return Duty.objects.filter(done_at__gte=since, done_at__lte=now).order_by("-done_at", "id")


def count(found: QuerySet[Duty]) -> int:
    """How many there are, up to 1,000: beyond that the number helps nobody."""
    return found.order_by()[:1000].count()


def of_case(case_id: UUID) -> QuerySet[Duty]:
    """All duties of a case, for its page and timeline."""
    return Duty.objects.filter(case_id=case_id).order_by("due_at", "id")


def of_things(ids: Iterable[UUID]) -> QuerySet[Duty]:
    """All duties about the things `ids`."""
    return Duty.objects.filter(thing_id__in=set(ids)).order_by("due_at", "id")


def find(duty_id: UUID) -> Duty | None:
    """The duty if it lies in sight."""
    return Duty.objects.filter(pk=duty_id).first()


def stands(duty: Duty) -> int:
    """0 while a duty is open, 1 once it was done or dropped: what its form shows and `finish` compares."""
    return int(duty.done_at is not None or duty.dropped_at is not None)


def late_why(duty: Duty) -> str:
    """Why a duty was done late, opened; empty where no reason was told."""
    return vault.read(duty.late_why, at="duties.duty.late_why")


def day_bounds(local_now: datetime) -> tuple[datetime, datetime]:
    """Midnight before and midnight after a local moment: what *today* means in that place."""
    start = local_now.replace(hour=0, minute=0, second=0, microsecond=0)
    return start, start + timedelta(days=1)


@dataclass(frozen=True)
class Late:
    """How many duties of a kind an agency has let run out, and since when the longest of them is late."""

    agency_id: UUID
    kind: str
    count: int
    since: datetime


def late_by_agency(*, now: datetime) -> list[Late]:
    """Who let which clocks run out, the most first."""
    counted = late(now=now).order_by().values("agency_id", "kind").annotate(count=Count("id"), since=Min("due_at"))
    return sorted((Late(**row) for row in counted), key=lambda one: (-one.count, one.since))
