"""The collector: reads what the journal says has changed, and adds what is new to the facts.

1. Wait for another collector; take the watermark (xid, entry).
2. Read entries after it whose transaction lies below the horizon: nothing that commits late can be skipped.
3. Let each stage (`stages`) tell what the changed records, those that hang on them, and those of a month that is over
   now, say; add what differs from the facts; move the watermark.
4. Commit all of it together. A collector killed at any step has either done a batch or not begun it.
"""

import gc
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, models, transaction

from qorgan.base.scope import Actor, acting
from qorgan.facts import actions
from qorgan.facts.collect import threads
from qorgan.facts.collect.reading import Id, id_of, quick_reading
from qorgan.facts.collect.stages import ROOMS, STAGES, Stage
from qorgan.facts.collect.where import Where
from qorgan.facts.models import Watermark
from qorgan.facts.queries import JOURNAL
from qorgan.facts.terms import Thing
from qorgan.places import queries as places

Progress = Callable[[int, int], None]  # records done, records in all as far as is known

_SLACK = timedelta(days=3)  # what was written down as of the last days of a month may commit after its end

BATCH = 300_000  # entries: a thread told over weeks is told again in each batch that names it

# Entries after the mark whose transaction has ended for good: nothing that commits late can come in among them.
_NEXT = """
    from base_journalentry e
    where e.xid < pg_snapshot_xmin(pg_current_snapshot()) and (e.xid, e.id) > (%s::text::xid8, %s)
"""
# Where a batch ends, and how many entries it has: all those that are left, where they are fewer than a batch.
_END = f"""
    select xid::text::bigint, id, number from (
        select e.xid, e.id, row_number() over (order by e.xid, e.id) as number {_NEXT} order by e.xid, e.id limit %s
    ) as next order by number desc limit 1
"""
# Each thing that the entries of our rooms name, once.
_CHANGED = f"""
    select distinct e.thing, e.thing_id {_NEXT}
      and (e.xid, e.id) <= (%s::text::xid8, %s) and split_part(e.kind, '.', 1) = any(%s) and e.thing = any(%s)
"""
_LEFT = f"select count(*) {_NEXT}"
_THINGS = {thing.value: thing for thing in Thing}


@dataclass(frozen=True)
class Collected:
    """What a collection did. `as_of` is the moment up to which figures may now be computed; None: never collected."""

    entries: int
    records: int
    facts: int
    as_of: datetime | None


@dataclass
class _Changed:
    """Ids of changed records, each once."""

    found: dict[Thing, dict[Id, None]] = field(default_factory=lambda: {thing: {} for thing in Thing})

    def note(self, thing: Thing, record: str) -> None:
        """Note what the journal names. What is named by something else than an id changed nothing that can be read."""
        if found := id_of(record):
            self.found[thing][found] = None

    def ids(self, thing: Thing) -> list[Id]:
        return list(self.found[thing])


def sight() -> Actor:
    """The collector sees every place; it acts for no person."""
    return Actor(name="collector", territories=tuple(sorted(places.gazetteer().places)), purpose="statistics")


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without looking for cycles: rows and facts hold none, and going through all of them takes a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _hanging(changed: _Changed) -> None:
    """Note what hangs on the changed reports and cases: their threads may begin elsewhere now."""
    reports = changed.ids(Thing.REPORT)
    cases = list(dict.fromkeys(changed.ids(Thing.CASE) + threads.led_by(reports)))
    for stage in STAGES:
        found = (stage.of_cases(cases) if cases else []) + (stage.of_reports(reports) if reports else [])
        changed.found[stage.thing].update(dict.fromkeys(found))


def _over(changed: _Changed, *, since: datetime | None, where: Where) -> None:
    """Note what is told by the month, from the month on in which the facts stopped; telling it again adds nothing."""
    first = where.month(since - _SLACK) if since else None
    for stage in STAGES:
        if stage.by_month is not None:
            changed.found[stage.thing].update(dict.fromkeys(stage.by_month(first)))


def _tell(changed: _Changed, *, where: Where, collected_at: datetime) -> tuple[int, int]:
    """Add what the changed records tell; (records read, facts added)."""
    records = facts = 0
    for stage in STAGES:
        ids = changed.ids(stage.thing)
        if ids:
            told = stage.tell(ids, key=settings.LINKS_KEY, where=where)
            facts += actions.add(told=told, collected_at=collected_at)
            records += len(ids)
    return records, facts


@_undisturbed()
@transaction.atomic
def _next_batch(*, where: Where, now: datetime, size: int) -> Collected:
    mark, collected_at = actions.begin(now=now)
    changed, last, entries = _Changed(), (mark.xid, mark.entry), 0
    with connection.cursor() as cursor:
        cursor.execute(_END, [*last, size])
        if end := cursor.fetchone():
            cursor.execute(_CHANGED, [*last, *end[:2], sorted(ROOMS), list(_THINGS)])
            for thing, record in cursor.fetchall():
                changed.note(_THINGS[thing], record)
            last, entries = end[:2], end[2]
    _hanging(changed)
    _over(changed, since=None if mark._state.adding else mark.moved_at, where=where)
    records, facts = _tell(changed, where=where, collected_at=collected_at)
    actions.move(mark=mark, xid=last[0], entry=last[1], moved_at=collected_at)
    return Collected(entries, records, facts, collected_at)


@transaction.atomic
def _left() -> int:
    """Entries of the journal that wait to be read."""
    mark = Watermark.objects.filter(name=JOURNAL).first()
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, [mark.xid, mark.entry] if mark else [0, 0])
        return int(cursor.fetchone()[0])


def collect(*, now: datetime, progress: Progress | None = None, batch: int = BATCH) -> Collected:
    """Bring the facts up to the journal, in batches that each stand for themselves."""
    where = Where(places.gazetteer(), until=now)
    total = Collected(0, 0, 0, None)
    with acting(sight()), quick_reading():
        waiting = _left() if progress else 0
        while True:
            done = _next_batch(where=where, now=now, size=batch)
            total = _plus(total, done)
            more = done.entries == batch
            if progress:
                progress(total.entries, max(waiting, total.entries) if more else total.entries)
            if not more:
                return total


def _plus(total: Collected, done: Collected) -> Collected:
    return Collected(
        total.entries + done.entries, total.records + done.records, total.facts + done.facts, done.as_of or total.as_of
    )


@transaction.atomic
def _page(model: type[models.Model], after: Id | None, size: int) -> list[Id]:
    """The next ids of the records of a model, in order. In a transaction: outside of one the scope shows nothing."""
    rows = model._default_manager.order_by("pk")
    return list((rows.filter(pk__gt=after) if after else rows).values_list("pk", flat=True)[:size])


def _pages(model: type[models.Model], size: int) -> Iterator[list[Id]]:
    page = _page(model, None, size)
    while page:
        yield page
        page = _page(model, page[-1], size)


@transaction.atomic
def _how_many() -> int:
    return sum(stage.model._default_manager.count() for stage in STAGES)


@_undisturbed()
@transaction.atomic
def _all_of(stage: Stage, ids: Collection[Id], *, where: Where, now: datetime) -> Collected:
    mark, collected_at = actions.begin(now=now)
    changed = _Changed()
    changed.found[stage.thing].update(dict.fromkeys(ids))
    records, facts = _tell(changed, where=where, collected_at=collected_at)
    actions.move(mark=mark, xid=mark.xid, entry=mark.entry, moved_at=collected_at)
    return Collected(0, records, facts, collected_at)


def collect_all(*, now: datetime, progress: Progress | None = None, batch: int = BATCH) -> Collected:
    """Read every record again, journal or not. Where nothing differs nothing is added."""
    where = Where(places.gazetteer(), until=now)
    total = Collected(0, 0, 0, None)
    with acting(sight()), quick_reading():
        everything = _how_many()
        for stage in STAGES:
            for ids in _pages(stage.model, batch):
                total = _plus(total, _all_of(stage, ids, where=where, now=now))
                if progress:
                    progress(total.records, max(total.records, everything))
        if total.as_of is None:  # no records at all: figures may still be computed, as of now, and are zeros
            total = _all_of(STAGES[0], [], where=where, now=now)
    return total
