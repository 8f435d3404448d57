"""The terms of appeal counted anew after a value of the law was corrected: one statement for a batch."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from qorgan.base.scope import Actor
from qorgan.courts.models import Decision
from qorgan.courts.terms import Kind
from qorgan.duties import actions as duties
from qorgan.duties.actions.runs import span_of
from qorgan.duties.models import ClockRun
from qorgan.law import queries as law
from qorgan.law.engine.deadlines import deadline
from qorgan.places import queries as places

_PREFIX = "courts.appeal_"
KEYS = frozenset(f"{_PREFIX}{kind.value}" for kind in Kind)

_MOVE = """
with wanted as (
    select * from unnest(%(ids)s::uuid[], %(was)s::timestamptz[], %(became)s::timestamptz[], %(verify)s::bool[])
        as w(id, was, became, verify)
), moved as (
    update courts_decision d set appealable_until = w.became, to_verify = w.verify from wanted w where d.id = w.id
    returning d.id, d.territory_id, d.thread_id, w.was, w.became
)
insert into duties_clockchange (thing, thing_id, territory_id, thread_id, clock, step, provision, was, became, cause,
                                entered_id, key_id, why, changed_at, author)
select 'decision', id, territory_id, thread_id, 'appealable_until', 0, %(key)s, was, became, 'rule', %(entered)s, null,
       '', %(now)s, %(author)s
  from moved where was is distinct from became
"""


@transaction.atomic
def recount(*, run: ClockRun, by: Actor, now: datetime, limit: int = duties.BATCH) -> ClockRun:
    """Count the next terms of appeal under a corrected value anew; what each showed is kept.

    Left alone: a decision that entered into force, since that rests on the term as it was. No permission of its own:
    the job that follows a corrected value asks for it.
    """
    span = {f"decided_at__{name}": moment for name, moment in span_of(run).items()}
    found = Decision.objects.select_for_update(of=("self",)).filter(
        court_case__kind=run.key.removeprefix(_PREFIX), **span
    )
    found = found.filter(id__gt=run.after) if run.after else found
    held = list(found.order_by("id")[:limit])
    book, calendar = law.book(), law.calendar()
    rows: list[tuple[Any, ...]] = []
    for one in held:
        if one.in_force_at is not None:
            continue
        term = deadline(book, run.key, start=one.decided_at, zone=places.zone(one.territory_id), calendar=calendar)
        verify = term.due_at is not None and term.to_verify
        if (term.due_at, verify) != (one.appealable_until, one.to_verify):
            rows.append((one.id, one.appealable_until, term.due_at, verify))
    if rows:
        _move(rows, run, now)
    left = sum(one.in_force_at is not None for one in held)
    last = held[-1].id if held else None
    return duties.advance(run=run, last=last, looked=len(held), changed=len(rows), left_alone=left, by=by, now=now)


def _move(rows: list[tuple[Any, ...]], run: ClockRun, now: datetime) -> None:
    columns = dict(zip(("ids", "was", "became", "verify"), map(list, zip(*rows, strict=True)), strict=True))
    told: dict[str, Any] = {"key": run.key, "entered": run.entered_id, "now": now, "author": run.author}
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, {**columns, **told})
