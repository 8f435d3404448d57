"""Laying duties on an agency, doing them, dropping those that have lost their ground."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from qorgan.base import ids, journal
from qorgan.base.errors import Refused
from qorgan.base.scope import Actor
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind


class DutyAlreadyDone(Refused):
    """Someone did it first."""

    text = _("This has already been done.")


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
    agency_id: UUID,
    by: Actor,
    now: datetime,
) -> list[Duty]:
    """Lay duties about one thing on an agency. Laying the same one again changes nothing."""
    made = [
        Duty(
            id=ids.new(),
            kind=one.kind,
            thing=thing,
            thing_id=thing_id,
            step=one.step,
            case_id=case_id,
            territory_id=territory_id,
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


@transaction.atomic
def done(*, thing_id: UUID, kind: Kind, step: int = 0, by: Actor, now: datetime, late_why: str = "") -> Duty | None:
    """Mark the open duty of a kind about a thing as done; None where there is none. A late one keeps its reason."""
    duty = (
        Duty.objects.select_for_update()
        .filter(thing_id=thing_id, kind=kind, step=step, done_at__isnull=True, dropped_at__isnull=True)
        .first()
    )
    if duty is None:
        return None
    duty.done_at, duty.done_by, duty.late_why = now, by.staff_id or duty.agency_id, late_why
    duty.save(update_fields=["done_at", "done_by", "late_why"])
    journal.write(
        kind="duties.duty.done",
        thing=duty.thing,
        thing_id=thing_id,
        by=by,
        now=now,
        detail={"kind": duty.kind, "step": step, "late": duty.due_at is not None and now > duty.due_at},
    )
    return duty


@transaction.atomic
def drop(*, thing_id: UUID, why: str, by: Actor, now: datetime, kinds: frozenset[Kind] = frozenset(Kind)) -> int:
    """Drop the open duties about a thing that has lost its ground (an order cancelled); how many were dropped."""
    lost = Duty.objects.filter(thing_id=thing_id, kind__in=kinds, done_at__isnull=True, dropped_at__isnull=True)
    thing = lost.values_list("thing", flat=True).first()
    if thing is None:
        return 0
    count = lost.update(dropped_at=now, dropped_why=why)
    detail = {"why": why, "count": count}
    journal.write(kind="duties.duty.dropped", thing=thing, thing_id=thing_id, by=by, now=now, detail=detail)
    return count
