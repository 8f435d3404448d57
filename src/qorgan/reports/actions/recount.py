"""The clocks of decisions counted anew after a value of the law was corrected: the duty and the report say the same."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from qorgan.base import journal
from qorgan.base.scope import Actor
from qorgan.duties import actions as duties
from qorgan.duties.models import ClockRun, Duty
from qorgan.duties.terms import Kind
from qorgan.places import queries as places
from qorgan.reports.actions.clock import ANSWER_TERM, DECISION_TERM

KEYS = frozenset({DECISION_TERM, ANSWER_TERM})
_KINDS = (Kind.DECIDE_REPORT, Kind.TAKE_FORWARDED)

_FOLLOW = """
update reports_report r set due_at = d.due_at
  from (select distinct on (thing_id) thing_id, due_at from duties_duty
         where kind = 'decide_report' and thing_id = any(%s::uuid[]) order by thing_id, step desc) d
 where r.id = d.thing_id and r.due_at is distinct from d.due_at
returning r.id
"""


@transaction.atomic
def recount(*, run: ClockRun, by: Actor, now: datetime, limit: int = duties.BATCH) -> ClockRun:
    """Count the next decisions under a corrected value anew: those open, and by when those were due that were made.

    What a clock showed is kept. No permission of its own: the job that follows a corrected value asks for it.
    """
    brought = duties.bring(run=run, kinds=_KINDS, by=by, now=now, asked=_asked, limit=limit)
    if brought.things and run.key == DECISION_TERM:
        with connection.cursor() as cursor:
            cursor.execute(_FOLLOW, [brought.things])
            followed = [row[0] for row in cursor.fetchall()]
        for report_id in followed:  # whether a decision was made in time is a figure: who collects it reads the journal
            journal.write(kind="reports.report.recounted", thing="report", thing_id=report_id, by=by, now=now)
    return brought.run


def _asked(held: list[Duty]) -> tuple[duties.Begun, duties.Zoned]:
    """A decision that goes on after its outcome was taken back runs from where the clock was begun anew, if it was.

    That is the latest beginning of its turn and those before: one that goes on bears the moment of the registration.
    """
    kin = Duty.objects.filter(kind=Kind.DECIDE_REPORT, thing_id__in={duty.thing_id for duty in held})
    turns: dict[UUID, list[tuple[int, datetime]]] = {}
    for thing_id, step, since in kin.values_list("thing_id", "step", "since"):
        turns.setdefault(thing_id, []).append((step, since))

    def begun(duty: Duty) -> datetime:
        if duty.kind != Kind.DECIDE_REPORT:
            return duty.since
        return max(since for step, since in turns[duty.thing_id] if step <= duty.step)

    return begun, lambda duty: places.zone(duty.territory_id)
