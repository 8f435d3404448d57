"""Laying duties on an agency, doing them, dropping those that have lost their ground."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from qorgan.base import ids, journal
from qorgan.base.errors import NotFound, Refused
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor
from qorgan.duties import access, queries
from qorgan.duties.models import ClockChange, Duty
from qorgan.duties.terms import DONE_BY_HAND, ELSEWHERE, MOVED, Kind

WHY = "duties.duty.late_why"  # what the reason is sealed as
WHY_MOVED = "duties.clock_change.why"


class DutyAlreadyDone(Refused):
    """Someone did it first, or it lost its ground."""

    text = _("This has already been done.")


class NotDoneByHand(Refused):
    """A duty that an act of this system does is not marked as done beside that act."""

    text = _("This duty is done by its own act, not by a mark.")


@dataclass(frozen=True)
class Laid:
    """One duty to lay: what, by when, counted from when, by which provision."""

    kind: Kind
    provision: str
    since: datetime
    due_at: datetime | None
    step: int = 0
    to_verify: bool = False


@transaction.atomic
def lay(
    *,
    laid: list[Laid],
    thing: str,
    thing_id: UUID,
    case_id: UUID | None,
    territory_id: int,
    thread_id: UUID,
    agency_id: UUID,
    by: Actor,
    now: datetime,
    key_id: UUID | None = None,
) -> list[Duty]:
    """Lay duties about one thing on an agency. Laying the same one again changes nothing.

    `key_id`, the key of the thing, seals what is told about them. No permission of its own: the act has asked for it.
    """
    made = [
        Duty(
            id=ids.new(),
            kind=one.kind,
            thing=thing,
            thing_id=thing_id,
            step=one.step,
            case_id=case_id,
            key_id=key_id,
            territory_id=territory_id,
            thread_id=thread_id,
            agency_id=agency_id,
            provision=one.provision,
            to_verify=one.to_verify,
            since=one.since,
            due_at=one.due_at,
        )
        for one in laid
    ]
    Duty.objects.bulk_create(made, ignore_conflicts=True)
    detail = {"kinds": [one.kind.value for one in laid]}
    journal.write(kind="duties.duty.laid", thing=thing, thing_id=thing_id, by=by, now=now, detail=detail)
    return made


@dataclass(frozen=True)
class Moved:
    """The duties of one kind that a thing has by the corrected count, and what is told of each that changes."""

    thing_id: UUID
    kind: Kind
    provision: str
    wanted: list[Laid]
    told: dict[str, Any]


@transaction.atomic
def move(*, moved: Moved, by: Actor, now: datetime) -> list[Laid]:
    """Bring the duties of one kind about a thing to a corrected count; the steps that are missing are left to `lay`.

    What was done stays done, with the moment it was due by the corrected count. A step that is no longer planned is
    dropped. Every change is kept. No permission of its own: the act that corrected the event has asked for it.
    """
    held = {
        duty.step: duty for duty in Duty.objects.select_for_update().filter(thing_id=moved.thing_id, kind=moved.kind)
    }
    wanted = {one.step: one for one in moved.wanted}
    changes = []
    for step in sorted(held.keys() | wanted.keys()):
        duty, one = held.get(step), wanted.get(step)
        was = duty.due_at if duty and _planned(duty) else None
        became = one.due_at if one else None if duty is None or duty.done_at is None else duty.due_at
        if duty is not None:
            _bring(duty, one, now=now)
        if was != became:
            about = {"clock": moved.kind.value, "step": step, "provision": moved.provision, "was": was}
            changes.append(ClockChange(**moved.told, **about, became=became, changed_at=now, author=by.staff_id))
    ClockChange.objects.bulk_create(changes)
    detail = {"kind": moved.kind.value, "changed": len(changes)}
    journal.write(
        kind="duties.clock.moved", thing=moved.told["thing"], thing_id=moved.thing_id, by=by, now=now, detail=detail
    )
    return [one for step, one in sorted(wanted.items()) if step not in held]


def _planned(duty: Duty) -> bool:
    return duty.dropped_at is None


def _bring(duty: Duty, one: Laid | None, *, now: datetime) -> None:
    if one is not None:
        duty.since, duty.due_at, duty.to_verify = one.since, one.due_at, one.to_verify
        if duty.dropped_why == MOVED:
            duty.dropped_at, duty.dropped_why = None, ""
    elif duty.done_at is None and duty.dropped_at is None:
        duty.dropped_at, duty.dropped_why = now, MOVED
    duty.save(update_fields=["since", "due_at", "to_verify", "dropped_at", "dropped_why"])


@transaction.atomic
def finish(*, duty: Duty, by: Actor, now: datetime, late_why: str = "", seen: int | None = None) -> Duty:
    """Mark a duty as done that is done outside this system. Raises DutyAlreadyDone, NotDoneByHand, NotFound.

    `seen`: `queries.stands` as it was shown. Raises ChangedMeanwhile where someone was first.
    """
    access.check_may(by, access.DO)
    held = Duty.objects.select_for_update().filter(pk=duty.pk).first()
    if held is None:
        raise NotFound
    if Kind(held.kind) not in DONE_BY_HAND:
        raise NotDoneByHand
    stands, kinds = queries.stands(held), ("duties.duty.done", "duties.duty.dropped")
    check_seen(seen, stands=stands, thing=held.thing, thing_id=held.thing_id, kinds=kinds)
    if stands:
        raise DutyAlreadyDone
    return _done(held, by=by, now=now, late_why=late_why)


@transaction.atomic
def done(*, thing_id: UUID, kind: Kind, step: int = 0, by: Actor, now: datetime, late_why: str = "") -> Duty | None:
    """Mark the open duty of a kind about a thing as done; None where there is none. A late one keeps its reason.

    No permission of its own: the act that did it (an order served, a report decided) has asked for it. A person who
    marks a duty by hand does it by `finish`.
    """
    duty = (
        Duty.objects.select_for_update()
        .filter(thing_id=thing_id, kind=kind, step=step, done_at__isnull=True, dropped_at__isnull=True)
        .first()
    )
    return _done(duty, by=by, now=now, late_why=late_why) if duty else None


def _done(duty: Duty, *, by: Actor, now: datetime, late_why: str) -> Duty:
    duty.done_at, duty.done_by = now, by.staff_id or duty.agency_id
    if late_why.strip():
        duty.key_id = duty.key_id or vault.new_key()
        duty.late_why = vault.seal(duty.key_id, late_why.strip(), at=WHY)
    duty.save(update_fields=["done_at", "done_by", "late_why", "key_id"])
    journal.write(
        kind="duties.duty.done",
        thing=duty.thing,
        thing_id=duty.thing_id,
        by=by,
        now=now,
        detail={"kind": duty.kind, "step": duty.step, "late": duty.due_at is not None and now > duty.due_at},
    )
    return duty


@transaction.atomic
def drop(*, thing_id: UUID, why: str, by: Actor, now: datetime, kinds: frozenset[Kind] = frozenset(Kind)) -> int:
    """Drop the open duties about a thing that has lost its ground (an order cancelled); how many were dropped.

    No permission of its own: the act that took the ground away has asked for it.
    """
    lost = Duty.objects.filter(thing_id=thing_id, kind__in=kinds, done_at__isnull=True, dropped_at__isnull=True)
    thing = lost.values_list("thing", flat=True).first()
    if thing is None:
        return 0
    count = lost.update(dropped_at=now, dropped_why=why)
    detail = {"why": why, "count": count}
    journal.write(kind="duties.duty.dropped", thing=thing, thing_id=thing_id, by=by, now=now, detail=detail)
    return count


@transaction.atomic
def pass_on(*, threads: list[UUID], old: UUID, new: UUID, by: Actor, now: datetime) -> int:
    """Lay what an agency still has to do in these threads on another one; how many duties there were.

    No permission of its own: the act that passes the case on has asked for it.
    """
    found = Duty.objects.filter(thread_id__in=threads, agency_id=old, done_at__isnull=True, dropped_at__isnull=True)
    count = found.exclude(thing__in=ELSEWHERE).update(agency_id=new)
    detail = {"agency": str(new), "count": count}
    journal.write(kind="duties.duty.passed_on", thing="thread", thing_id=threads[0], by=by, now=now, detail=detail)
    return count


@transaction.atomic
def hand_over(*, thing_id: UUID, agency_id: UUID, by: Actor, now: datetime) -> int:
    """Lay the open duties about a thing on another agency; how many there were.

    No permission of its own: the act that hands the thing over has asked for it.
    """
    found = Duty.objects.filter(thing_id=thing_id, done_at__isnull=True, dropped_at__isnull=True)
    thing = found.values_list("thing", flat=True).first()
    if thing is None:
        return 0
    count = found.update(agency_id=agency_id)
    detail = {"agency": str(agency_id), "count": count}
    journal.write(kind="duties.duty.handed_over", thing=thing, thing_id=thing_id, by=by, now=now, detail=detail)
    return count
