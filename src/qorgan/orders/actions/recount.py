"""The clocks of many orders counted anew after a value of the law was corrected: one statement for a batch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
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
_MICROSECOND = timedelta(microseconds=1)

# Each order is told by its id and the number of its course: how long it runs, and when its checks are. Rows are found
# by their ids (`= any`), since what the policies let through is guessed far too small, and a table would be read whole.
_ENDS = """
with wanted as materialized (
    select o.id, o.ends_at as was, o.served_at + c.term * interval '1 microsecond' as became
      from unnest(%(ids)s::uuid[], %(of)s::int[]) as w(id, course)
      join unnest(%(courses)s::int[], %(terms)s::bigint[]) as c(course, term) on c.course = w.course
      join orders_order o on o.id = w.id
     where o.id = any(%(ids)s::uuid[])
       and o.ends_at is distinct from o.served_at + c.term * interval '1 microsecond'
), moved as (
    update orders_order o set ends_at = w.became from wanted w
     where o.id = w.id and o.id = any(array(select id from wanted))
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
with counted as materialized (
    select o.id, o.served_at, o.territory_id, o.thread_id, w.course
      from unnest(%(ids)s::uuid[], %(of)s::int[]) as w(id, course) join orders_order o on o.id = w.id
     where o.id = any(%(ids)s::uuid[])
), wanted as (
    select o.id as thing_id, s.step, o.served_at as since,
           o.served_at + s.span * interval '1 microsecond' as due_at, s.to_verify
      from counted o join unnest(%(stepped)s::int[], %(steps)s::int[], %(spans)s::bigint[], %(verify)s::bool[])
                          as s(course, step, span, to_verify) on s.course = o.course
), held as (
    select d.* from duties_duty d where d.thing_id = any(%(ids)s::uuid[]) and d.kind = 'check_order'
), compared as (
    select coalesce(h.thing_id, w.thing_id) as thing_id, coalesce(h.step, w.step) as step, h.id,
           case when h.dropped_at is null then h.due_at end as was,
           case when w.thing_id is not null then w.due_at when h.done_at is not null then h.due_at end as became,
           w.since, w.to_verify, w.thing_id is not null as planned,
           h.done_at is null and h.dropped_at is null as stands,
           h.id is null or h.dropped_at is null or h.dropped_why = 'clock_moved' as ours,
           h.dropped_why = 'clock_moved' or (h.since, h.due_at, h.to_verify)
               is distinct from (w.since, w.due_at, w.to_verify) as other
      from held h full join wanted w on w.thing_id = h.thing_id and w.step = h.step
), changed as materialized (
    select * from (
        select *, id is not null and planned and ours and other as moves, id is not null and not planned and stands
               as goes, ours and was is distinct from became as tells
          from compared) c
     where moves or goes or tells
), moved as (
    update duties_duty d set since = c.since, due_at = c.became, to_verify = c.to_verify, dropped_at = null,
                             dropped_why = ''
      from changed c where d.id = c.id and c.moves and d.id = any(array(select id from changed where moves))
), gone as (
    update duties_duty d set dropped_at = %(now)s, dropped_why = 'clock_moved'
      from changed c
     where d.id = c.id and c.goes and d.id = any(array(select id from changed where goes))
       and d.done_at is null and d.dropped_at is null
), laid as (
    insert into duties_duty (id, kind, thing, thing_id, step, case_id, key_id, territory_id, thread_id, agency_id,
                             provision, to_verify, since, due_at, dropped_why, late_why)
    select gen_random_uuid(), 'check_order', 'order', c.thing_id, c.step, o.case_id, o.key_id, o.territory_id,
           o.thread_id, o.agency_id, 'orders.check_interval', c.to_verify, c.since, c.became, '', ''
      from changed c join orders_order o on o.id = c.thing_id
     where c.id is null and o.id = any(array(select thing_id from changed where id is null))
)
insert into duties_clockchange (thing, thing_id, territory_id, thread_id, clock, step, provision, was, became, cause,
                                entered_id, key_id, why, changed_at, author)
select 'order', c.thing_id, o.territory_id, o.thread_id, 'check_order', c.step, 'orders.check_interval', c.was,
       c.became, 'rule', %(entered)s, null, '', %(now)s, %(by)s
  from changed c join counted o on o.id = c.thing_id where c.tells
"""


@dataclass(frozen=True)
class _Course:
    """How long an order runs from its service and when its checks are, by the corrected book, in microseconds."""

    term: int
    steps: tuple[int, ...]
    to_verify: bool


class _Counter:
    """The courses of orders by the book of this moment. Where terms are spans, a day of a place is asked once."""

    def __init__(self, book: LawBook, calendar: WorkCalendar) -> None:
        self._book, self._calendar = book, calendar
        self._days: dict[tuple[date, str], tuple[_Course | None, bool]] = {}
        self._zone = cache(places.zone)

    def course(self, served_at: datetime | None, territory: int) -> _Course | None:
        """The course of an order served at a moment in a place; None where no term is on record any more."""
        assert served_at is not None  # only a served order is counted
        zone = self._zone(territory)
        of = (served_at.astimezone(zone).date(), zone.key)
        if of not in self._days:
            self._days[of] = self._asked(served_at, zone)
        course, is_same_all_day = self._days[of]
        return course if is_same_all_day else self._asked(served_at, zone)[0]

    def _asked(self, served_at: datetime, zone: ZoneInfo) -> tuple[_Course | None, bool]:
        """The course of one moment, and whether it is that of the whole day: not where terms are counted in dates."""
        clock = measures.order_clock(self._book, served_at=served_at, zone=zone, calendar=self._calendar)
        used = {one.provision.unit for one in (clock.term, clock.interval) if one.decides and one.provision}
        if clock.ends_at is None:
            return None, True
        start = served_at.astimezone(UTC)
        term, *steps = ((moment.astimezone(UTC) - start) // _MICROSECOND for moment in (clock.ends_at, *clock.checks))
        return _Course(term, tuple(steps), clock.interval.to_verify), used <= PHYSICAL


@transaction.atomic
def recount(*, run: ClockRun, by: Actor, now: datetime, limit: int = duties.BATCH) -> ClockRun:
    """Count the next orders under a corrected value anew: their ends and their checks, with what they showed before.

    Left alone: an order without a term on record now, one whose end a decision has set, and one that would stand
    beside another from its incident. No permission of its own: the job that follows a corrected value asks for it.
    """
    span = {f"served_at__{name}": moment for name, moment in span_of(run).items()}
    found = Order.objects.select_for_update().filter(state=State.SERVED, **span)
    found = found.filter(id__gt=run.after) if run.after else found
    held = list(found.order_by("id").values_list("id", "served_at", "territory_id")[:limit])
    if not held:
        return duties.advance(run=run, last=None, looked=0, changed=0, left_alone=0, by=by, now=now)
    told = {"entered": run.entered_id, "now": now, "by": run.author}
    decided = _decided(held[0][0], held[-1][0])
    counter = _Counter(law.book(), law.calendar())
    asked = ((id, counter.course(served_at, place)) for id, served_at, place in held if id not in decided)
    courses = [(id, course) for id, course in asked if course is not None]
    _find_by_index()
    ends, refused = _move_ends(courses, told)
    left = [pair for pair in courses if pair[0] not in refused]
    changed = ends + (_run(_STEPS, left, told) if left else 0)
    return duties.advance(
        run=run, last=held[-1][0], looked=len(held), changed=changed, left_alone=len(held) - len(left), by=by, now=now
    )


def _decided(first: UUID, last: UUID) -> set[UUID]:
    """The orders between two ids whose end a decision has set."""
    found = Variation.objects.filter(order_id__gte=first, order_id__lte=last, after__has_key="ends_at")
    return set(found.values_list("order_id", flat=True))


def _find_by_index() -> None:
    """Let nothing in this transaction be joined row by row: the planner takes a batch for a handful of rows."""
    with connection.cursor() as cursor:
        cursor.execute("set local enable_nestloop = off")


def _move_ends(courses: list[tuple[UUID, _Course]], told: dict[str, Any]) -> tuple[int, set[UUID]]:
    """Set the ends and say how many moved; those that the database refuses are left, one by one, and named."""
    if not courses:
        return 0, set()
    try:
        with transaction.atomic():
            return _run(_ENDS, courses, told), set()
    except IntegrityError:
        if len(courses) == 1:
            return 0, {courses[0][0]}
    half = len(courses) // 2
    (one, refused), (other, too) = (_move_ends(part, told) for part in (courses[:half], courses[half:]))
    return one + other, refused | too


def _run(statement: str, courses: Sequence[tuple[UUID, _Course]], told: dict[str, Any]) -> int:
    numbers = {course: number for number, course in enumerate(dict.fromkeys(course for _id, course in courses))}
    steps = [
        (number, step, span, course.to_verify)
        for course, number in numbers.items()
        for step, span in enumerate(course.steps, start=1)
    ]
    columns = {
        "ids": _array(id for id, _course in courses),
        "of": _array(numbers[course] for _id, course in courses),
        "courses": _array(numbers.values()),
        "terms": _array(course.term for course in numbers),
        **{
            name: _array(row[place] for row in steps)
            for place, name in enumerate(("stepped", "steps", "spans", "verify"))
        },
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, {**told, **columns})
        return int(cursor.rowcount)


def _array(values: Iterable[object]) -> str:
    """An array as PostgreSQL reads it: ids and numbers need no quotes, and a list of them is slow to be written."""
    return f"{{{','.join(map(str, values))}}}"
