"""The clocks of many orders counted anew after a value of the law was corrected: one statement for a batch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, connection, transaction

from qorgan.base.scope import Actor
from qorgan.duties import actions as duties
from qorgan.duties.actions.runs import span_of
from qorgan.duties.models import ClockRun
from qorgan.law import queries as law
from qorgan.law.engine import measures
from qorgan.law.engine.book import LawBook
from qorgan.law.engine.clock import PHYSICAL
from qorgan.law.engine.workdays import WorkCalendar
from qorgan.orders.actions.held import CHECKS, TERM
from qorgan.orders.models import Order, Variation
from qorgan.orders.terms import State
from qorgan.places import queries as places

ROOM = "orders"
KEYS = frozenset({TERM, CHECKS})
_COLUMNS = ("id", "served_at", "ends_at", "territory_id", "thread_id")

_ENDS = """
with wanted as (
    select * from unnest(%(ids)s::uuid[], %(was)s::timestamptz[], %(became)s::timestamptz[]) as w(id, was, became)
), moved as (
    update orders_order o set ends_at = w.became from wanted w where o.id = w.id
    returning o.id, o.territory_id, o.thread_id, w.was, w.became
)
insert into duties_clockchange (thing, thing_id, territory_id, thread_id, clock, step, provision, was, became, cause,
                                entered_id, key_id, why, changed_at, author)
select 'order', id, territory_id, thread_id, 'ends_at', 0, 'orders.term', was, became, 'rule', %(entered)s, null, '',
       %(now)s, %(by)s from moved
"""

# What is held is compared with what is wanted once; a step that was done stays done, a new one is laid, one that is no
# longer planned is dropped, and comes back when it is planned again.
_STEPS = """
with wanted as (
    select * from unnest(%(ids)s::uuid[], %(steps)s::int[], %(since)s::timestamptz[], %(due)s::timestamptz[],
                         %(verify)s::bool[]) as w(thing_id, step, since, due_at, to_verify)
), held as (
    select d.* from duties_duty d where d.thing_id = any(%(all)s::uuid[]) and d.kind = 'check_order'
), compared as (
    select coalesce(h.thing_id, w.thing_id) as thing_id, coalesce(h.step, w.step) as step, h.id, h.done_at,
           case when h.dropped_at is null then h.due_at end as was,
           case when w.thing_id is not null then w.due_at when h.done_at is not null then h.due_at end as became,
           w.since, w.to_verify, w.thing_id is not null as planned,
           h.dropped_at is null or h.dropped_why = 'clock_moved' as ours,
           h.dropped_why = 'clock_moved' as away, (h.since, h.due_at, h.to_verify) as showed
      from held h full join wanted w on w.thing_id = h.thing_id and w.step = h.step
), moved as (
    update duties_duty d set since = c.since, due_at = c.became, to_verify = c.to_verify, dropped_at = null,
                             dropped_why = ''
      from compared c
     where d.id = c.id and c.planned and c.ours
       and (c.away or (d.since, d.due_at, d.to_verify) is distinct from (c.since, c.became, c.to_verify))
), gone as (
    update duties_duty d set dropped_at = %(now)s, dropped_why = 'clock_moved'
      from compared c where d.id = c.id and not c.planned and d.done_at is null and d.dropped_at is null
), laid as (
    insert into duties_duty (id, kind, thing, thing_id, step, case_id, key_id, territory_id, thread_id, agency_id,
                             provision, to_verify, since, due_at, dropped_why, late_why)
    select gen_random_uuid(), 'check_order', 'order', c.thing_id, c.step, o.case_id, o.key_id, o.territory_id,
           o.thread_id, o.agency_id, 'orders.check_interval', c.to_verify, c.since, c.became, '', ''
      from compared c join orders_order o on o.id = c.thing_id where c.id is null
)
insert into duties_clockchange (thing, thing_id, territory_id, thread_id, clock, step, provision, was, became, cause,
                                entered_id, key_id, why, changed_at, author)
select 'order', c.thing_id, o.territory_id, o.thread_id, 'check_order', c.step, 'orders.check_interval', c.was,
       c.became, 'rule', %(entered)s, null, '', %(now)s, %(by)s
  from compared c join orders_order o on o.id = c.thing_id
 where (c.ours or c.id is null) and c.was is distinct from c.became
"""


@dataclass(frozen=True)
class _Counted:
    """The clock of one order by the corrected book. `ends_at` None: no term is on record any more."""

    ends_at: datetime | None
    checks: list[datetime]
    to_verify: bool


class _Counter:
    """The clocks of orders by the book of this moment. Where terms are spans, a day of a place is asked once."""

    def __init__(self, book: LawBook, calendar: WorkCalendar) -> None:
        self._book, self._calendar = book, calendar
        self._days: dict[tuple[date, str], tuple[timedelta, list[timedelta], bool] | None] = {}

    def count(self, served_at: datetime, territory: int) -> _Counted:
        """The clock of an order served at a moment in a place."""
        zone = places.zone(territory)
        of = (served_at.astimezone(zone).date(), zone.key)
        if of not in self._days:
            self._days[of] = self._spans(self._asked(served_at, zone))
        spans = self._days[of]
        if spans is None:
            clock = self._asked(served_at, zone)
            return _Counted(clock.ends_at, list(clock.checks), clock.interval.to_verify)
        term, steps, to_verify = spans
        return _Counted(served_at + term, [served_at + step for step in steps], to_verify)

    def _asked(self, served_at: datetime, zone: ZoneInfo) -> measures.OrderClock:
        return measures.order_clock(self._book, served_at=served_at, zone=zone, calendar=self._calendar)

    def _spans(self, clock: measures.OrderClock) -> tuple[timedelta, list[timedelta], bool] | None:
        """Term and steps as spans of time, the same all day; None where they are counted in dates."""
        used = [one.provision.unit for one in (clock.term, clock.interval) if one.decides and one.provision]
        if clock.ends_at is None or not set(used) <= PHYSICAL:
            return None
        start = clock.served_at.astimezone(UTC)
        steps = [moment.astimezone(UTC) - start for moment in clock.checks]
        return clock.ends_at.astimezone(UTC) - start, steps, clock.interval.to_verify


@transaction.atomic
def recount(*, run: ClockRun, by: Actor, now: datetime, limit: int = duties.BATCH) -> ClockRun:
    """Count the next orders under a corrected value anew: their ends and their checks, with what they showed before.

    Left alone: an order without a term on record now, one whose end a decision has set, and one that would stand
    beside another from its incident. No permission of its own: the job that follows a corrected value asks for it.
    """
    span = {f"served_at__{name}": moment for name, moment in span_of(run).items()}
    found = Order.objects.select_for_update().filter(state=State.SERVED, **span)
    found = found.filter(id__gt=run.after) if run.after else found
    held = list(found.order_by("id").values_list(*_COLUMNS)[:limit])
    if not held:
        return duties.advance(run=run, last=None, looked=0, changed=0, left_alone=0, by=by, now=now)
    told = {"entered": run.entered_id, "now": now, "by": run.author}
    decided = set(
        Variation.objects.filter(order_id__in=[row[0] for row in held], after__has_key="ends_at").values_list(
            "order_id", flat=True
        )
    )
    counter = _Counter(law.book(), law.calendar())
    clocks = {row[0]: (row, counter.count(row[1], row[3])) for row in held if row[0] not in decided}
    whole = {id: pair for id, pair in clocks.items() if pair[1].ends_at is not None}
    moved = [(row[0], row[2], clock.ends_at) for row, clock in whole.values() if row[2] != clock.ends_at]
    refused = _move_ends(moved, told)
    steps = [pair for id, pair in whole.items() if id not in refused]
    changed = len(moved) - len(refused) + _move_steps(steps, told)
    left_alone = len(held) - len(steps)
    return duties.advance(
        run=run, last=held[-1][0], looked=len(held), changed=changed, left_alone=left_alone, by=by, now=now
    )


def _move_ends(moved: list[tuple[UUID, datetime, datetime | None]], told: dict[str, Any]) -> set[UUID]:
    """Set the ends; those that the database refuses are left, one by one, and named."""
    if not moved:
        return set()
    try:
        with transaction.atomic():
            _run(_ENDS, told, zip(*moved, strict=True), ("ids", "was", "became"))
            return set()
    except IntegrityError:
        if len(moved) == 1:
            return {moved[0][0]}
    half = len(moved) // 2
    return _move_ends(moved[:half], told) | _move_ends(moved[half:], told)


def _move_steps(held: list[tuple[Any, _Counted]], told: dict[str, Any]) -> int:
    if not held:
        return 0
    rows = [
        (row[0], number, row[1], moment, clock.to_verify)
        for row, clock in held
        for number, moment in enumerate(clock.checks, start=1)
    ]
    columns: Iterable[Any] = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    everything = {**told, "all": [row[0] for row, _clock in held]}
    return _run(_STEPS, everything, columns, ("ids", "steps", "since", "due", "verify"))


def _run(statement: str, told: dict[str, Any], columns: Iterable[Any], names: tuple[str, ...]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, {**told, **{name: list(one) for name, one in zip(names, columns, strict=True)}})
        return int(cursor.rowcount)
