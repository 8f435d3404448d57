"""Listing the unusual looks of a day for a person to judge."""

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.engine import odd
from qorgan.base.journal import read
from qorgan.base.scope import Actor
from qorgan.base.words import folding
from qorgan.cases import queries
from qorgan.people.models import Person
from qorgan.people.queries import opened
from qorgan.places import queries as places

_PAGES = ("report", "case", "order", "offence", "court_case", "assessment")
_BACK = timedelta(days=30)


@transaction.atomic
def list_unusual(*, day: date, by: Actor, now: datetime) -> int:
    """List the unusual looks of a day (UTC); how many lines are new. `by` sees every place.

    No permission of its own: the job of the night asks for it.
    """
    begins = datetime.combine(day, datetime.min.time(), tzinfo=UTC)
    before, today = _looks(begins - _BACK, begins), _looks(begins, begins + timedelta(days=1))
    found = odd.unusual(today, day=day, known=_known(today, before, begins=begins))
    return agencies.list_odd(found=found, by=by, now=now)


def _looks(since: datetime, until: datetime) -> list[odd.Look]:
    seen = read.seen(things=_PAGES, since=since, until=until)
    threads = queries.threads_of({one.thing_id for one in seen if one.thing == "case"})
    threads |= {one.thing_id: one.thing_id for one in seen if one.thing == "report"}
    held = [(one, one.thread_id or threads.get(one.thing_id)) for one in seen]
    return [odd.Look(one.staff_id, one.at, thread_id) for one, thread_id in held if thread_id is not None]


def _known(today: list[odd.Look], before: list[odd.Look], *, begins: datetime) -> odd.Known:
    pairs = {(look.staff_id, look.thread_id) for look in today}
    staff = {staff_id for staff_id, _thread in pairs}
    threads = {thread_id for _staff, thread_id in pairs}
    worked = queries.worked_in(threads)
    days: dict[UUID, dict[date, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    back: dict[tuple[UUID, UUID], set[date]] = defaultdict(set)
    for look in [*before, *today]:
        back[look.staff_id, look.thread_id].add(look.at.date())
    for look in before:
        days[look.staff_id][look.at.date()].add(look.thread_id)
    return odd.Known(
        usual={staff_id: [len(files) for files in by_day.values()] for staff_id, by_day in days.items()},
        worked=worked,
        wrote_today=read.writers(since=begins, until=begins + timedelta(days=1)),
        namesakes=_namesakes(pairs - worked),
        closed_at=queries.closed_at(threads),
        came_back={pair: len(back[pair]) for pair in pairs},
        zones={staff_id: places.zone(place) for staff_id, place in offices.places_of(staff).items()},
    )


def _namesakes(pairs: Collection[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
    """Pairs of a person of staff and a thread in which a party bears the same surname."""
    own = offices.surnames(staff_id for staff_id, _thread in pairs)
    named: dict[UUID, set[str]] = defaultdict(set)
    persons = list(Person.objects.filter(thread_id__in={thread_id for _staff, thread_id in pairs}))
    views = opened(persons)
    for person in persons:
        view = views[person.id]
        named[person.thread_id].update(filter(None, [folding.fold(view.surname), *folding.parts(view.written)[:1]]))
    return {(staff_id, thread_id) for staff_id, thread_id in pairs if own.get(staff_id, set()) & named[thread_id]}
