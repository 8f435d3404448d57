"""What happened, as a row of its own: measures rest on it, and two of them may not rest on the same."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.base import ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor, beside
from qorgan.cases import queries, rules
from qorgan.cases.actions.held import held_open
from qorgan.cases.models import Case, Incident


@transaction.atomic
def note_incident(
    *, case: Case, by: Actor, now: datetime, report_id: UUID | None = None, happened_at: datetime | None = None
) -> Incident:
    """The incident that a report of the case told, or that happened at a minute; noted where it is not yet.

    Without either it is the one that the case began with. No permission of its own: the act that rests on it has asked.
    Raises NotFound (a report of another case), HappenedLater, CaseClosed.
    """
    held = held_open(case)
    if happened_at is None:
        told = queries.report_ids(held)
        wanted = report_id or told[0]
        if wanted not in told:
            raise NotFound
        return _kept(held, {"report_id": wanted}, by=by, now=now)
    if happened_at > now:
        raise rules.HappenedLater
    return _kept(held, {"happened_at": happened_at}, by=by, now=now)


def _kept(case: Case, what: dict[str, object], *, by: Actor, now: datetime) -> Incident:
    found = Incident.objects.filter(case=case, **what).first()
    if found is not None:
        return found
    made = Incident(id=ids.new(), case=case, **beside(case), noted_at=now, noted_by=by.staff, **what)
    made.save(force_insert=True)
    detail = {"incident": str(made.id)}
    journal.write(kind="cases.incident.noted", thing="case", thing_id=case.id, by=by, now=now, detail=detail)
    return made
