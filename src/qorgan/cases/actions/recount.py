"""The clocks of what another agency answers, counted anew after a value of the law was corrected.

Of a referral, a review that a family asked for, a recommendation: the duty and the thing say the same.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from qorgan.base.scope import Actor
from qorgan.cases.actions.death import ANSWER as ADVISED
from qorgan.cases.actions.told import ANSWER, STOP
from qorgan.cases.models import Referral, Review
from qorgan.cases.queries.reviews import TERM as REVIEWED
from qorgan.duties import actions as duties
from qorgan.duties.models import ClockChange, ClockRun, Duty
from qorgan.duties.terms import OFFERED, Cause, Kind
from qorgan.places import queries as places

_CLOCKS = {
    ANSWER: ("cases_referral", "answer_due_at", Kind.ANSWER_REFERRAL),
    STOP: ("cases_referral", "stop_due_at", Kind.STOP_USING),
    REVIEWED: ("cases_review", "due_at", Kind.ANSWER_REVIEW),
    ADVISED: ("cases_recommendation", "due_at", Kind.ANSWER_RECOMMENDATION),
}
KEYS = frozenset(_CLOCKS)

# What is over keeps the moment it ended by.
_FOLLOW = """
update {table} r set {column} = d.due_at from duties_duty d
 where d.thing_id = r.id and d.kind = %s and d.dropped_at is null and r.id = any(%s::uuid[])
   and r.{column} is distinct from d.due_at
"""


@transaction.atomic
def recount(*, run: ClockRun, by: Actor, now: datetime, limit: int = duties.BATCH) -> ClockRun:
    """Count the next answers, or ends of use, under a corrected value anew; what each showed is kept.

    A referral that was not answered in time has lapsed and stays so. The term that a person set for a review gives way
    to the law's, and stands again where that is withdrawn. No permission of its own: the job that follows a
    corrected value asks for it.
    """
    table, column, kind = _CLOCKS[run.key]
    silent = _set_by_hand if kind is Kind.ANSWER_REVIEW else None
    brought = duties.bring(run=run, kinds=(kind,), by=by, now=now, asked=_asked, silent=silent, limit=limit)
    if brought.things:
        with connection.cursor() as cursor:
            cursor.execute(_FOLLOW.format(table=table, column=column), [kind.value, brought.things])
    return brought.run


def _asked(held: list[Duty]) -> tuple[duties.Begun, duties.Zoned]:
    """An offer, or a review, is counted in the time of the place that it comes from."""
    things = {duty.thing_id for duty in held if duty.thing == OFFERED}
    found: dict[UUID, int] = {}
    for model in (Referral, Review):
        found |= dict(model.objects.filter(pk__in=things).values_list("id", "territory_id"))
    return (lambda duty: duty.since), (lambda duty: places.zone(found.get(duty.thing_id, duty.territory_id)))


def _set_by_hand(held: list[Duty]) -> dict[UUID, datetime]:
    """By review: the moment that a person set last."""
    things = [duty.thing_id for duty in held]
    said = ClockChange.objects.filter(thing_id__in=things, cause=Cause.SET, became__isnull=False).order_by("id")
    return {thing: became for thing, became in said.values_list("thing_id", "became") if became is not None}
