"""The mark by which a child is never named again: set once, by an offence or by a person, and never taken back."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.base import journal
from qorgan.base.scope import Actor
from qorgan.missing import access
from qorgan.missing.actions import held, notices
from qorgan.missing.models import Alarm, Unnamed
from qorgan.missing.terms import Ground


@transaction.atomic
def never_name(
    *, thread_id: UUID, territory_id: int, ground: Ground, by: Actor, now: datetime, besides: Collection[UUID] = ()
) -> bool:
    """Mark a thread: what stands of its children is taken down in this second, and nothing is published again.

    `besides`: other threads of the same case. Whether the mark is new. No permission of its own: the offence that is
    registered has asked for it, or `mark`.
    """
    # Whoever approves a page holds the alarm: whichever comes second finds what the first one wrote.
    alarms = list(Alarm.objects.select_for_update(of=("self",)).filter(thread_id__in={thread_id, *besides}))
    _row, made = Unnamed.objects.get_or_create(
        thread_id=thread_id,
        defaults={"territory_id": territory_id, "ground": ground, "marked_at": now, "marked_by": by.staff},
    )
    for alarm in alarms:
        notices.end_all(alarm=alarm, why="never_named", by=by, now=now)
    if made:
        detail = {"ground": str(ground)}
        journal.write(
            kind="missing.alarm.never_named", thing="thread", thing_id=thread_id, by=by, now=now, detail=detail
        )
    return made


@transaction.atomic
def mark(*, alarm: Alarm, by: Actor, now: datetime, seen: int | None = None) -> Alarm:
    """Decide that the child is not to be named. It cannot be undone. Raises ChangedMeanwhile."""
    access.check_may(by, access.MARK)
    found = held.locked(alarm, seen=seen)
    never_name(thread_id=found.thread_id, territory_id=found.territory_id, ground=Ground.DECIDED, by=by, now=now)
    held.keep(alarm=found, act="marked", by=by, now=now)
    return found
