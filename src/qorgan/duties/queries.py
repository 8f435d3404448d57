"""What is late, what is due, what was done."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet

from qorgan.agencies.engine import codes
from qorgan.base.keys import vault
from qorgan.duties.models import ClockChange, Duty, Escalation, Feed
from qorgan.duties.terms import AWAITED, Cause, Kind
from qorgan.law.models import EnteredValue


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


def late_of_cases(case_ids: Iterable[UUID], *, now: datetime) -> list[Duty]:
    """What was due in these cases and was done after its term, or not yet."""
    found = Duty.objects.filter(case_id__in=set(case_ids), dropped_at__isnull=True, due_at__lt=now)
    return list(found.filter(Q(done_at__isnull=True) | Q(done_at__gt=F("due_at"))))


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


def escalated(*, role: str, now: datetime) -> QuerySet[Escalation]:
    """What waits for an answer of a role: of duties that are still late, the longest waiting first."""
    open_ = Escalation.objects.filter(role=role, undone_at=None, answered_at=None)
    late_ones = open_.filter(duty__done_at=None, duty__dropped_at=None, duty__due_at__lt=now)
    return late_ones.select_related("duty").order_by("raised_at", "id")


def find_escalation(escalation_id: UUID, *, role: str) -> Escalation | None:
    """What was escalated to a role, if its duty lies in sight."""
    return Escalation.objects.select_related("duty").filter(pk=escalation_id, role=role).first()


def escalations_of(duty: Duty) -> list[Escalation]:
    """To whom a duty was escalated, in the order of time; also what was undone."""
    return list(Escalation.objects.filter(duty=duty).order_by("raised_at", "fell_at", "id"))


def answered(one: Escalation) -> int:
    """0 while it waits for an answer, 1 once it has one: what its form shows and `answer` compares."""
    return int(one.answered_at is not None)


def answer_of(one: Escalation) -> str:
    """What the office said to it, opened; empty where it used no words."""
    return vault.read(one.reason, at="duties.escalation.reason")


@dataclass(frozen=True)
class Shown:
    """What a clock showed until it was set anew, and why. `document`: what the corrected value was read in."""

    was: datetime | None
    became: datetime | None
    cause: Cause
    why: str = field(repr=False)
    document: str
    at: datetime
    by: UUID | None


def shown_before(thing_id: UUID) -> dict[tuple[str, int], tuple[Shown, ...]]:
    """What the clocks of a thing showed before, by clock and step: two questions."""
    changes = list(ClockChange.objects.filter(thing_id=thing_id).order_by("id"))
    documents = _documents(change.entered_id for change in changes)
    found: dict[tuple[str, int], list[Shown]] = {}
    for change in changes:
        document, reason = documents.get(change.entered_id, ("", ""))
        shown = Shown(
            was=change.was,
            became=change.became,
            cause=Cause(change.cause),
            why=vault.read(change.why, at="duties.clock_change.why") or reason,
            document=document,
            at=change.changed_at,
            by=change.author,
        )
        found.setdefault((change.clock, change.step), []).append(shown)
    return {name: tuple(shown) for name, shown in found.items()}


def _documents(ids: Iterable[UUID | None]) -> dict[UUID | None, tuple[str, str]]:
    held = EnteredValue.objects.filter(pk__in={one for one in ids if one})
    return {one.id: (one.document, one.withdrawn_reason or one.note) for one in held}


def feed_of(mandate_id: UUID) -> Feed | None:
    """The address for a calendar that a mandate has, also one whose time is over."""
    return Feed.objects.filter(mandate_id=mandate_id, withdrawn_at=None).first()


def feed_by_secret(secret: str, *, now: datetime) -> Feed | None:
    """The feed that a calendar shows the secret of; None where it is unknown, over or withdrawn."""
    held = Feed.objects.filter(secret_hash=codes.digest_of_token(secret), expires_at__gt=now, withdrawn_at=None)
    return held.first()


def to_come(*, now: datetime, until: datetime, most: int) -> list[Duty]:
    """What stands in a calendar: open duties with a term that is over or ends by then, the nearest to now first.

    Of those that are late the newest, since a calendar with a thousand old days helps nobody.
    """
    ahead = list(due(now=now, until=until).select_related("agency")[:most])
    behind = list(late(now=now).order_by("-due_at", "-id").select_related("agency")[: most - len(ahead)])
    return [*reversed(behind), *ahead]
