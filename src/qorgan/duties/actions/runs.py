"""A value of the law was corrected: every clock under it is counted anew, batch by batch, from where it stopped.

The later room pulls: `law` knows nothing of clocks. Each room that has some begins a run for each value that was
entered or withdrawn since it last looked, and goes through its things in the order of their ids.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from qorgan.base import ids, journal
from qorgan.base.scope import Actor
from qorgan.duties.models import ClockRun, Duty
from qorgan.duties.terms import BY_THEIR_TERM, Kind
from qorgan.law import queries as law
from qorgan.law.engine.deadlines import deadline
from qorgan.law.models import EnteredValue
from qorgan.places import queries as places

BATCH = 5_000
ROOM = "duties"
_DAY = timedelta(days=1)

_MOVE = """
with wanted as (
    select * from unnest(%s::uuid[], %s::timestamptz[], %s::timestamptz[], %s::bool[]) as w(id, was, became, verify)
), moved as (
    update duties_duty d set due_at = w.became, to_verify = w.verify from wanted w where d.id = w.id
    returning d.id, d.thing, d.thing_id, d.territory_id, d.thread_id, d.kind, d.step, d.provision
)
insert into duties_clockchange (thing, thing_id, territory_id, thread_id, clock, step, provision, was, became, cause,
                                entered_id, key_id, why, changed_at, author)
select m.thing, m.thing_id, m.territory_id, m.thread_id, m.kind, m.step, m.provision, w.was, w.became, 'rule', %s,
       null, '', %s, %s
  from moved m join wanted w on w.id = m.id where w.was is distinct from w.became
"""


@transaction.atomic
def begin_runs(*, room: str, keys: Collection[str] | None, by: Actor, now: datetime) -> list[ClockRun]:
    """A run of a room for each value, of these rules or of any, that was entered or withdrawn and has none yet.

    All that are not finished, the first begun first. No permission of its own: whoever entered the value was asked.
    """
    known = set(ClockRun.objects.filter(room=room).values_list("entered_id", "act"))
    values = EnteredValue.objects.all() if keys is None else EnteredValue.objects.filter(key__in=keys)
    for value in values.order_by("entered_at", "id"):
        acts = [("entered", value.entered_by_id), ("withdrawn", value.withdrawn_by_id)]
        for act, who in acts if value.withdrawn_at else acts[:1]:
            if (value.id, act) not in known:
                _begin(room, value, act, who, by=by, now=now)
    return list(ClockRun.objects.filter(room=room, finished_at=None).order_by("begun_at", "id"))


def _begin(room: str, value: EnteredValue, act: str, who: UUID | None, *, by: Actor, now: datetime) -> None:
    run = ClockRun(
        id=ids.new(),
        room=room,
        key=value.key,
        entered_id=value.id,
        act=act,
        first=value.valid_from,
        last=value.valid_until,
        begun_at=now,
        author=who,
    )
    run.save(force_insert=True)
    detail = {"room": room, "key": value.key, "act": act}
    journal.write(kind="duties.run.begun", thing="clock_run", thing_id=run.id, by=by, now=now, detail=detail)


def span_of(run: ClockRun) -> dict[str, datetime]:
    """The moments that may fall on the days of a run in some place of the world: a day more on both sides."""
    first = datetime.combine(run.first - _DAY, time.min, tzinfo=UTC)
    if run.last is None:
        return {"gte": first}
    return {"gte": first, "lt": datetime.combine(run.last + 2 * _DAY, time.min, tzinfo=UTC)}


@transaction.atomic
def advance(
    *, run: ClockRun, last: UUID | None, looked: int, changed: int, left_alone: int, by: Actor, now: datetime
) -> ClockRun:
    """Keep how far a run has come, in the transaction of the batch. `last` None: nothing was left, it is finished.

    No permission of its own: the job that follows a corrected value asks for it.
    """
    run.looked, run.changed, run.left_alone = run.looked + looked, run.changed + changed, run.left_alone + left_alone
    if last is None:
        run.finished_at = now
    else:
        run.after = last
    run.save(update_fields=["looked", "changed", "left_alone", "after", "finished_at"])
    detail = {"looked": looked, "changed": changed, "left_alone": left_alone}
    journal.write(kind="duties.run.advanced", thing="clock_run", thing_id=run.id, by=by, now=now, detail=detail)
    return run


@transaction.atomic
def recount(*, run: ClockRun, by: Actor, now: datetime, limit: int = BATCH) -> ClockRun:
    """Count the next duties under a corrected value anew, those alone whose term runs from `since` by one rule.

    Where the value now decides, nobody need find it any more. No permission of its own: see `advance`.
    """
    moved = bring(run=run, kinds=BY_THEIR_TERM, by=by, now=now, limit=limit)
    if moved.is_last:
        _drop_found(run, now=now)
    return moved.run


@dataclass(frozen=True)
class Brought:
    """One batch of duties under a corrected value. `things` are those of which a clock shows another moment now."""

    run: ClockRun
    things: list[UUID]
    is_last: bool


Begun = Callable[[Duty], datetime]
Zoned = Callable[[Duty], tzinfo]
Asked = Callable[[list[Duty]], tuple[Begun, Zoned]]
Silent = Callable[[list[Duty]], dict[UUID, datetime]]  # by the thing of a duty


def _as_written(_held: list[Duty]) -> tuple[Begun, Zoned]:
    return (lambda duty: duty.since), (lambda duty: places.zone(duty.territory_id))


@transaction.atomic
def bring(
    *,
    run: ClockRun,
    kinds: Collection[Kind],
    by: Actor,
    now: datetime,
    asked: Asked = _as_written,
    silent: Silent | None = None,
    limit: int = BATCH,
) -> Brought:
    """Bring the next duties of some kinds to a corrected value, and keep what each showed; also of what is done.

    `asked` says of a batch from when and in which place's time each is counted, where that is not written beside it;
    `silent`, what a person had set of those for which the law gives no term.
    What was dropped has lost its ground and is left. No permission of its own: see `advance`.
    """
    span = {f"since__{name}": moment for name, moment in span_of(run).items()}
    found = Duty.objects.select_for_update().filter(provision=run.key, kind__in=kinds, dropped_at=None, **span)
    found = found.filter(id__gt=run.after) if run.after else found
    held = list(found.order_by("id")[:limit])
    begun, zoned = asked(held)
    by_hand = silent(held) if silent else {}
    book, calendar = law.book(), law.calendar()
    rows: list[tuple[Any, ...]] = []
    for duty in held:
        term = deadline(book, run.key, start=begun(duty), zone=zoned(duty), calendar=calendar)
        due_at = by_hand.get(duty.thing_id) if term.due_at is None else term.due_at
        to_verify = term.to_verify or due_at is not term.due_at
        if (due_at, to_verify) != (duty.due_at, duty.to_verify):
            rows.append((duty.id, duty.due_at, due_at, to_verify, duty.thing_id))
    if rows:
        with connection.cursor() as cursor:
            columns = [list(column) for column in zip(*(row[:4] for row in rows), strict=True)]
            cursor.execute(_MOVE, [*columns, run.entered_id, now, run.author])
    last = held[-1].id if held else None
    run = advance(run=run, last=last, looked=len(held), changed=len(rows), left_alone=0, by=by, now=now)
    return Brought(run, [row[4] for row in rows], not held)


def _drop_found(run: ClockRun, *, now: datetime) -> None:
    if law.value(run.key, on=run.first).decides:
        span = {f"since__{name}": moment for name, moment in span_of(run).items()}
        sought = Duty.objects.filter(kind=Kind.VERIFY_PROVISION, provision=run.key, done_at=None, dropped_at=None)
        sought.filter(**span).update(dropped_at=now, dropped_why="value_entered")
