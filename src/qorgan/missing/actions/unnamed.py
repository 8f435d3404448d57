"""The mark by which a child is never named again: set once, by an offence or by a person, and never taken back."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from qorgan.agencies import queries as offices
from qorgan.base import journal
from qorgan.base.scope import Actor, acting
from qorgan.missing import access
from qorgan.missing.actions import held, notices
from qorgan.missing.models import Alarm, Unnamed
from qorgan.missing.terms import Ground
from qorgan.people.models import Person
from qorgan.people.queries import certainly


@transaction.atomic
def never_name(
    *, thread_id: UUID, territory_id: int, ground: Ground, by: Actor, now: datetime, besides: Collection[UUID] = ()
) -> bool:
    """Mark a thread: what stands of its children is taken down in this second, and nothing is published again.

    Also where it stands in another record of the same child, in whosever sight. `besides`: other threads of the case.
    Whether the mark is new. No permission of its own: the offence that is registered has asked for it, or `mark`.
    """
    # Whoever approves a page holds the alarm: whichever comes second finds what the first one wrote.
    alarms = _of_children({thread_id, *besides})
    _row, made = Unnamed.objects.get_or_create(
        thread_id=thread_id,
        defaults={"territory_id": territory_id, "ground": ground, "marked_at": now, "marked_by": by.staff},
    )
    with acting(offices.system("missing.never_name")):
        for alarm in alarms:
            notices.end_all(alarm=alarm, why="never_named", by=by, now=now)
    if made:
        detail = {"ground": str(ground)}
        journal.write(
            kind="missing.alarm.never_named", thing="thread", thing_id=thread_id, by=by, now=now, detail=detail
        )
    return made


def _of_children(threads: set[UUID]) -> list[Alarm]:
    """The alarms for anyone of the threads, in these and in every other record of the same person; held."""
    with acting(offices.system("missing.never_name")):
        persons = Person.objects.filter(thread_id__in=threads).values_list("id", flat=True)
        children = set[UUID]().union(*(certainly(person) for person in persons))
        meant = Q(thread_id__in=threads) | Q(child_id__in=children)
        return list(Alarm.objects.select_for_update(of=("self",)).filter(meant).order_by("id"))


@transaction.atomic
def mark(*, alarm: Alarm, by: Actor, now: datetime, seen: int | None = None) -> Alarm:
    """Decide that the child is not to be named. It cannot be undone. Raises ChangedMeanwhile."""
    access.check_may(by, access.MARK)
    found = held.locked(alarm, seen=seen)
    never_name(thread_id=found.thread_id, territory_id=found.territory_id, ground=Ground.DECIDED, by=by, now=now)
    held.keep(alarm=found, act="marked", by=by, now=now)
    return found
