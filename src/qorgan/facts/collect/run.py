"""The collector: reads what the journal says has changed, and adds what is new to the facts.

1. Wait for another collector; take the watermark (xid, entry).
2. Read entries after it whose transaction lies below the horizon: nothing that commits late can be skipped.
3. Let each stage tell what the changed records say now; add what differs from the facts; move the watermark.
4. Commit all of it together. A collector killed at any step has either done a batch or not begun it.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, models, transaction

from qorgan.base.scope import Actor, acting
from qorgan.facts import actions
from qorgan.facts.collect import orders, reports
from qorgan.facts.collect.where import Where
from qorgan.facts.terms import Thing
from qorgan.orders.models import Order
from qorgan.places import queries as places
from qorgan.reports.models import Report

Progress = Callable[[int, int], None]  # records done, records in all as far as is known

BATCH = 5000

_CHANGED = """
    select e.xid::text::bigint, e.id, e.thing, e.thing_id from base_journalentry e
    where e.xid < pg_snapshot_xmin(pg_current_snapshot())
      and (e.xid, e.id) > (%s::text::xid8, %s)
    order by e.xid, e.id limit %s
"""
_LEFT = """
    select count(*) from base_journalentry e
    where e.xid < pg_snapshot_xmin(pg_current_snapshot()) and (e.xid, e.id) > (%s::text::xid8, %s)
"""


@dataclass(frozen=True)
class Collected:
    """What a collection did. `as_of` is the moment up to which figures may now be computed; None: never collected."""

    entries: int
    records: int
    facts: int
    as_of: datetime | None


@dataclass
class _Changed:
    """Ids of changed records, each once, in the order of the journal."""

    found: dict[Thing, dict[UUID, None]] = field(default_factory=lambda: {thing: {} for thing in Thing})

    def note(self, thing: str, record: str) -> None:
        """Note a row of the journal. A thing named by something else than an id changed nothing that can be read."""
        try:
            self.found[Thing(thing)][UUID(record)] = None
        except ValueError:
            return

    def ids(self, thing: Thing) -> list[UUID]:
        return list(self.found[thing])


def sight() -> Actor:
    """The collector sees every place; it acts for no person."""
    return Actor(name="collector", territories=tuple(sorted(places.gazetteer().places)), purpose="statistics")


def _hanging(changed: _Changed) -> _Changed:
    """The same with the orders that hang on the changed reports and cases."""
    found = orders.led_by_reports(changed.ids(Thing.REPORT)) + orders.of_cases(changed.ids(Thing.CASE))
    changed.found[Thing.ORDER].update(dict.fromkeys(found))
    return changed


def _tell(changed: _Changed, *, where: Where, collected_at: datetime) -> tuple[int, int]:
    """Add what the changed records tell; (records read, facts added)."""
    key: bytes = settings.LINKS_KEY
    told = reports.tell(changed.ids(Thing.REPORT), key=key, where=where)
    told += orders.tell(changed.ids(Thing.ORDER), key=key, where=where)
    return len(told), actions.add(told=told, collected_at=collected_at) if told else 0


@transaction.atomic
def _next_batch(*, where: Where, now: datetime, size: int) -> tuple[Collected, int]:
    mark, collected_at = actions.begin(now=now)
    changed = _Changed()
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, [mark.xid, mark.entry])
        left = cursor.fetchone()[0]
        cursor.execute(_CHANGED, [mark.xid, mark.entry, size])
        entries = cursor.fetchall()
    for _xid, _entry, thing, record in entries:
        changed.note(thing, record)
    records, facts = _tell(_hanging(changed), where=where, collected_at=collected_at)
    last = entries[-1] if entries else (mark.xid, mark.entry)
    actions.move(mark=mark, xid=last[0], entry=last[1], moved_at=collected_at)
    return Collected(len(entries), records, facts, collected_at), left - len(entries)


def collect(*, now: datetime, progress: Progress | None = None, batch: int = BATCH) -> Collected:
    """Bring the facts up to the journal, in batches that each stand for themselves."""
    where = Where(places.gazetteer())
    total = Collected(0, 0, 0, None)
    left = 1
    with acting(sight()):
        while left > 0:
            done, left = _next_batch(where=where, now=now, size=batch)
            total = _plus(total, done)
            if progress:
                progress(total.entries, total.entries + left)
    return total


def _plus(total: Collected, done: Collected) -> Collected:
    return Collected(
        total.entries + done.entries, total.records + done.records, total.facts + done.facts, done.as_of or total.as_of
    )


@transaction.atomic
def _page(model: type[models.Model], after: UUID | None, size: int) -> list[UUID]:
    """The next ids of the records of a model, in order. In a transaction: outside of one the scope shows nothing."""
    rows = model._default_manager.order_by("pk")
    return list((rows.filter(pk__gt=after) if after else rows).values_list("pk", flat=True)[:size])


def _pages(model: type[models.Model], size: int) -> Iterator[list[UUID]]:
    page = _page(model, None, size)
    while page:
        yield page
        page = _page(model, page[-1], size)


@transaction.atomic
def _how_many() -> int:
    return Report.objects.count() + Order.objects.count()


@transaction.atomic
def _all_of(thing: Thing, ids: Collection[UUID], *, where: Where, now: datetime) -> Collected:
    mark, collected_at = actions.begin(now=now)
    changed = _Changed()
    for record in ids:
        changed.found[thing][record] = None
    records, facts = _tell(changed, where=where, collected_at=collected_at)
    actions.move(mark=mark, xid=mark.xid, entry=mark.entry, moved_at=collected_at)
    return Collected(0, records, facts, collected_at)


def collect_all(*, now: datetime, progress: Progress | None = None, batch: int = BATCH) -> Collected:
    """Read every record again, journal or not. Where nothing differs nothing is added."""
    where = Where(places.gazetteer())
    total = Collected(0, 0, 0, None)
    with acting(sight()):
        everything = _how_many()
        done = 0
        for thing, model in ((Thing.REPORT, Report), (Thing.ORDER, Order)):
            for ids in _pages(model, batch):
                total = _plus(total, _all_of(thing, ids, where=where, now=now))
                done += len(ids)
                if progress:
                    progress(done, max(done, everything))
        if total.as_of is None:  # no records at all: figures may still be computed, as of now, and are zeros
            total = _all_of(Thing.REPORT, [], where=where, now=now)
    return total
