"""A duty that stays late is told to the office above, by the rules of the country; a corrected clock takes it back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from qorgan.base import ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.duties import access, queries, rules
from qorgan.duties.engine.escalation import Step
from qorgan.duties.models import Duty, Escalation
from qorgan.duties.readers import escalation as country
from qorgan.duties.terms import Answer
from qorgan.law import queries as law
from qorgan.law.engine.book import LawBook
from qorgan.law.engine.deadlines import Deadline, deadline
from qorgan.law.engine.workdays import WorkCalendar
from qorgan.places import queries as places

SAID = "duties.escalation.reason"
ANSWERED, RAISED, UNDONE = (f"duties.escalation.{one}" for one in ("answered", "raised", "undone"))

Place = tuple[datetime, UUID]  # in the order of what is late: the next part begins after it


@dataclass(frozen=True)
class Part:
    """What one part of the work came to. `last` None: nothing was left to look at."""

    made: int
    last: Place | None


@dataclass(frozen=True)
class _Reckoner:
    """The rules of the moment, asked once for a part."""

    book: LawBook
    calendar: WorkCalendar

    def falls(self, key: str, duty: Duty) -> Deadline:
        """When a duty goes to the one whom the rule names, counted from the end of its term."""
        assert duty.due_at is not None  # only what has a term is late
        zone = places.zone(duty.territory_id)
        return deadline(self.book, key, start=duty.due_at, zone=zone, calendar=self.calendar)


@transaction.atomic
def escalate(*, role: str, by: Actor, now: datetime, after: Place | None = None, limit: int = 1000) -> Part:
    """Tell a role of the next duties that are late for as long as the rules say, each once.

    No permission of its own: the clock of the duty asks for it; a job looks at every one of them.
    """
    steps = {kind: step for kind, found in country.table().items() for step in found if step.role == role}
    told = Escalation.objects.filter(duty=OuterRef("pk"), role=role, undone_at=None)
    late = queries.late(now=now).filter(~Exists(told), kind__in=steps).select_for_update(of=("self",))
    if after is not None:
        late = late.filter(Q(due_at__gt=after[0]) | Q(due_at=after[0], id__gt=after[1]))
    held = list(late[:limit])
    reckoner = _Reckoner(law.book(), law.calendar())
    found = [(duty, steps[duty.kind], reckoner.falls(steps[duty.kind].key, duty)) for duty in held]
    made = [_made(duty, step, fell, now) for duty, step, fell in found if fell.due_at and fell.due_at <= now]
    Escalation.objects.bulk_create(made, ignore_conflicts=True)
    for one in made:
        _note(RAISED, one, by=by, now=now)
    last = held[-1] if len(held) == limit else None
    return Part(len(made), (last.due_at, last.id) if last and last.due_at else None)


def _made(duty: Duty, step: Step, fell: Deadline, now: datetime) -> Escalation:
    assert duty.due_at is not None and fell.due_at is not None  # asked by the caller
    return Escalation(
        id=ids.new(),
        duty=duty,
        role=step.role,
        **beside(duty),
        agency_id=duty.agency_id,
        provision=step.key,
        to_verify=fell.to_verify,
        due_at=duty.due_at,
        fell_at=fell.due_at,
        raised_at=now,
    )


@transaction.atomic
def take_back(*, by: Actor, now: datetime, limit: int = 1000) -> int:
    """Undo what rests on a clock that was corrected since, where the duty was not late for so long; how many of them.

    Where it still was, the row follows the clock. No permission of its own: whoever corrected the clock was asked.
    """
    moved = Q(duty__due_at=None) | ~Q(duty__due_at=F("due_at"))
    standing = Escalation.objects.select_for_update(of=("self",)).filter(moved, undone_at=None)
    held = list(standing.select_related("duty").order_by("id")[:limit])
    reckoner, undone = _Reckoner(law.book(), law.calendar()), 0
    for one in held:
        fell = reckoner.falls(one.provision, one.duty).due_at if one.duty.due_at else None
        until = one.duty.done_at or one.duty.dropped_at or now
        if one.duty.due_at and fell and fell <= min(until, one.raised_at):
            one.due_at, one.fell_at = one.duty.due_at, fell
        else:
            one.undone_at, undone = now, undone + 1
            _note(UNDONE, one, by=by, now=now)
        one.save(update_fields=["due_at", "fell_at", "undone_at"])
    return undone


@transaction.atomic
def answer(
    *, escalation_id: UUID, answer: Answer, reason: str, by: Actor, now: datetime, seen: int | None = None
) -> Escalation:
    """Say to what was escalated to one's own role: noted, given to someone else, or why it is late.

    Raises NotFound where it is another role's, SayWhy, NoLongerEscalated, AlreadyAnswered, ChangedMeanwhile.
    """
    access.check_may(by, access.ANSWER)
    found = Escalation.objects.select_for_update(of=("self",)).select_related("duty")
    held = found.filter(pk=escalation_id, role=by.role).first()
    if held is None:
        raise NotFound
    if held.undone_at is not None:
        raise rules.NoLongerEscalated
    plain = rules.check_answer(answer, reason)
    stands, duty = queries.answered(held), held.duty
    check_seen(seen, stands=stands, thing=duty.thing, thing_id=duty.thing_id, kinds=(ANSWERED,))
    if stands:
        raise rules.AlreadyAnswered
    held.answered_at, held.answered_by, held.answer = now, by.staff, answer
    if plain:
        held.key_id = duty.key_id or vault.new_key()
        held.reason = vault.seal(held.key_id, plain, at=SAID)
    held.save(update_fields=["answered_at", "answered_by", "answer", "key_id", "reason"])
    _note(ANSWERED, held, by=by, now=now, answer=answer.value)
    return held


def _note(kind: str, one: Escalation, *, by: Actor, now: datetime, **more: Any) -> None:
    detail = {"kind": one.duty.kind, "step": one.duty.step, "role": one.role, **more}
    journal.write(kind=kind, thing=one.duty.thing, thing_id=one.duty.thing_id, by=by, now=now, detail=detail)
