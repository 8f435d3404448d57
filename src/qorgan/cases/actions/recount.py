"""The clocks of referrals counted anew after a value of the law was corrected: the duty and the offer say the same."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from qorgan.base.scope import Actor
from qorgan.cases.actions.told import ANSWER, STOP
from qorgan.cases.models import Referral
from qorgan.duties import actions as duties
from qorgan.duties.models import ClockRun, Duty
from qorgan.duties.terms import OFFERED, Kind
from qorgan.places import queries as places

_COLUMNS = {ANSWER: ("answer_due_at", Kind.ANSWER_REFERRAL), STOP: ("stop_due_at", Kind.STOP_USING)}
KEYS = frozenset(_COLUMNS)

# What is over keeps the moment it ended by.
_FOLLOW = """
update cases_referral r set {column} = d.due_at from duties_duty d
 where d.thing_id = r.id and d.kind = %s and d.dropped_at is null and r.id = any(%s::uuid[])
   and r.{column} is distinct from d.due_at
"""


@transaction.atomic
def recount(*, run: ClockRun, by: Actor, now: datetime, limit: int = duties.BATCH) -> ClockRun:
    """Count the next answers to referrals, or ends of use, under a corrected value anew; what each showed is kept.

    One that was not answered in time has lapsed and stays so. No permission of its own: the job that follows a
    corrected value asks for it.
    """
    column, kind = _COLUMNS[run.key]
    brought = duties.bring(run=run, kinds=(kind,), by=by, now=now, asked=_asked, limit=limit)
    if brought.things:
        with connection.cursor() as cursor:
            cursor.execute(_FOLLOW.format(column=column), [kind.value, brought.things])
    return brought.run


def _asked(held: list[Duty]) -> tuple[duties.Begun, duties.Zoned]:
    """An offer is counted in the time of the place that it comes from."""
    things = {duty.thing_id for duty in held if duty.thing == OFFERED}
    found: dict[UUID, int] = dict(Referral.objects.filter(pk__in=things).values_list("id", "territory_id"))
    return (lambda duty: duty.since), (lambda duty: places.zone(found.get(duty.thing_id, duty.territory_id)))
