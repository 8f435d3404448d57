"""Reading the journal: who looked, who wrote last."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from qorgan.base.errors import ChangedMeanwhile
from qorgan.base.models import JournalEntry


def looks(*, kind: str, thing: str, thing_id: UUID, since: datetime) -> dict[UUID, int]:
    """By member of staff: how often a thing was opened since a moment, as `kind` (`web.case.seen`)."""
    found = JournalEntry.objects.filter(
        thing=thing, thing_id=str(thing_id), kind=kind, at__gte=since, staff_id__isnull=False
    )
    counted = found.order_by().values_list("staff_id").annotate(times=Count("id"))
    return {staff_id: times for staff_id, times in counted if staff_id is not None}


@dataclass(frozen=True)
class Seen:
    """One thing opened by a member of staff. `thread_id`: of its file, where the look said it."""

    staff_id: UUID
    at: datetime
    thing: str
    thing_id: UUID
    thread_id: UUID | None


def seen(*, things: Collection[str], since: datetime, until: datetime) -> list[Seen]:
    """Every opening of things of these kinds, from a moment up to another, in order."""
    kinds = [f"web.{thing}.seen" for thing in things]
    found = JournalEntry.objects.filter(kind__in=kinds, at__gte=since, at__lt=until, staff_id__isnull=False)
    rows = found.order_by("id").values_list("staff_id", "at", "thing", "thing_id", "detail__thread")
    return [
        Seen(staff_id, at, thing, UUID(thing_id), UUID(thread) if thread else None)
        for staff_id, at, thing, thing_id, thread in rows
        if staff_id is not None
    ]


def writers(*, since: datetime, until: datetime) -> set[UUID]:
    """The members of staff who wrote something, from a moment up to another: more than looking and coming in."""
    found = JournalEntry.objects.filter(at__gte=since, at__lt=until, staff_id__isnull=False)
    held = found.exclude(kind__startswith="web.").order_by().values_list("staff_id", flat=True).distinct()
    return {staff_id for staff_id in held if staff_id is not None}


def opened(*, kind: str, thing: str, thing_id: UUID, before: int | None = None, most: int) -> list[JournalEntry]:
    """When a thing was opened and by whom, the newest first: at most so many, of those before an entry."""
    found = JournalEntry.objects.filter(thing=thing, thing_id=str(thing_id), kind=kind, staff_id__isnull=False)
    return list((found.filter(id__lt=before) if before else found).order_by("-id")[:most])


def check_seen(seen: int | None, *, stands: int, thing: str, thing_id: UUID, kinds: tuple[str, ...]) -> None:
    """Raises ChangedMeanwhile where the asker saw another version of the thing than `stands`.

    Asked in the locked read of a write, so that of two people who saw the same only the first is let through. None
    says that nothing was shown to the asker: a job, a command, an import. `kinds` are beginnings of journal kinds
    (`orders.order.`): the last such row says who wrote meanwhile.
    """
    if seen is None or seen == stands:
        return
    at, by = last(thing=thing, thing_id=thing_id, kinds=kinds) or (None, None)
    raise ChangedMeanwhile(stands=stands, at=at, by=by)


def last(*, thing: str, thing_id: UUID, kinds: tuple[str, ...]) -> tuple[datetime, UUID | None] | None:
    """When, and by whom, the last row of these kinds about a thing was written."""
    named = Q()
    for kind in kinds:
        named |= Q(kind__startswith=kind)
    found = JournalEntry.objects.filter(named, thing=thing, thing_id=str(thing_id)).order_by("-id")
    return found.values_list("at", "staff_id").first()
