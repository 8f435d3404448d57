"""Shutting threads: a seal for everyone, a block for one person; and admissions, which let someone in until a moment.

All of them hold from the next question to the database on.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.agencies import rules
from qorgan.agencies.models import Admission, Block, Seal
from qorgan.agencies.terms import AdmissionGround, BlockGround, Purpose, SealGround
from qorgan.base import ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor


@transaction.atomic
def seal(*, thread_id: UUID, territory_id: int, ground: SealGround, by: Actor, now: datetime) -> Seal:
    """Seal a thread: from the next question on nobody sees it but whom an admission names. Again changes nothing.

    No permission of its own: the act that it belongs to, a report taken in, has asked for it.
    """
    held, made = Seal.objects.get_or_create(
        thread_id=thread_id,
        lifted_at=None,
        defaults={
            "id": ids.new(),
            "territory_id": territory_id,
            "ground": ground,
            "sealed_at": now,
            "sealed_by": by.staff_id,
        },
    )
    if made:
        _write("agencies.thread.sealed", thread_id, by=by, now=now, ground=ground.value)
    return held


@transaction.atomic
def unseal(*, thread_id: UUID, by: Actor, now: datetime) -> None:
    """Lift the seal of a thread. Raises NotFound where there is none.

    No permission of its own: the act that decides on it has asked for it.
    """
    if not Seal.objects.filter(thread_id=thread_id, lifted_at=None).update(lifted_at=now, lifted_by=by.staff):
        raise NotFound
    _write("agencies.thread.unsealed", thread_id, by=by, now=now)


@transaction.atomic
def block(
    *,
    staff_id: UUID,
    thread_id: UUID,
    territory_id: int,
    ground: BlockGround,
    by: Actor,
    now: datetime,
    evidence: Iterable[str] = (),
) -> tuple[Block, bool]:
    """Shut a thread to one person, at once and without a word to that person; the block, and whether it is new.

    A suspicion that was lifted is not raised again on the same ground: the one who lifted it has weighed it.
    No permission of its own: a match of parties with staff makes it, or an act that has asked for its own.
    """
    known = Block.objects.filter(staff_id=staff_id, thread_id=thread_id)
    held = known.filter(lifted_at=None).first() or known.filter(ground=ground, lifted_at__isnull=False).first()
    if held is not None:
        return held, False
    made = Block(
        id=ids.new(),
        staff_id=staff_id,
        thread_id=thread_id,
        territory_id=territory_id,
        ground=ground,
        evidence=sorted(evidence),
        made_at=now,
        made_by=by.staff_id,
    )
    made.save(force_insert=True)
    _write("agencies.block.made", thread_id, by=by, now=now, ground=ground.value, staff=str(staff_id))
    return made, True


@transaction.atomic
def confirm(*, block_id: UUID, why: str, by: Actor, now: datetime) -> Block:
    """Let a block stand: the suspicion is right. Raises NotFound, BlockDecided, NoReason.

    No permission of its own: the review that it belongs to has asked for it.
    """
    held = _decided(block_id, why=why, by=by)
    held.confirmed_at = now
    held.save(update_fields=["confirmed_at", "decided_by", "decided_why"])
    _write("agencies.block.confirmed", held.thread_id, by=by, now=now, staff=str(held.staff_id))
    return held


@transaction.atomic
def lift(*, block_id: UUID, why: str, by: Actor, now: datetime) -> Block:
    """Lift a block: the suspicion is wrong, the person sees the thread again. Raises as `confirm` does.

    No permission of its own: the review that it belongs to has asked for it.
    """
    held = _decided(block_id, why=why, by=by)
    held.lifted_at = now
    held.save(update_fields=["lifted_at", "decided_by", "decided_why"])
    _write("agencies.block.lifted", held.thread_id, by=by, now=now, staff=str(held.staff_id))
    return held


def _decided(block_id: UUID, *, why: str, by: Actor) -> Block:
    """The block, held, with who decides on it and why."""
    held = Block.objects.select_for_update().filter(pk=block_id).first()
    if held is None:
        raise NotFound
    rules.check_decides(held, by=by.staff)
    held.decided_by, held.decided_why = by.staff, rules.reason(why)
    return held


@transaction.atomic
def admit(
    *,
    thread_id: UUID,
    territory_id: int,
    ground: AdmissionGround,
    purpose: Purpose,
    until: datetime | None,
    by: Actor,
    now: datetime,
    staff_id: UUID | None = None,
    agency_id: UUID | None = None,
    permissions: Iterable[str] = (),
    basis: UUID | None = None,
) -> Admission:
    """Let one person, or the staff of one agency, into a thread until a moment. Raises EndsBeforeItBegins.

    `permissions` narrows what the role of whoever enters allows; empty leaves all of it. `basis` is the id of what it
    stands on, a referral. No permission of its own: the
    act that lets someone in (a report routed, a referral accepted) has asked for it.
    """
    rules.check_span(now, until)
    made = Admission(
        id=ids.new(),
        thread_id=thread_id,
        territory_id=territory_id,
        staff_id=staff_id,
        agency_id=agency_id,
        ground=ground,
        permissions=sorted(permissions),
        basis=basis,
        purpose=purpose,
        since=now,
        until=until,
        made_by=by.staff_id,
    )
    made.save(force_insert=True)
    whom = {"staff": str(staff_id)} if staff_id else {"agency": str(agency_id)}
    _write("agencies.admission.given", thread_id, by=by, now=now, ground=ground.value, **whom)
    return made


@transaction.atomic
def end(*, admission_id: UUID, by: Actor, now: datetime) -> Admission:
    """End an admission before its time. Ending it again changes nothing. Raises NotFound.

    No permission of its own: the act that withdraws it has asked for it.
    """
    held = Admission.objects.select_for_update().filter(pk=admission_id).first()
    if held is None:
        raise NotFound
    if held.ended_at is None:
        held.ended_at, held.ended_by = now, by.staff
        held.save(update_fields=["ended_at", "ended_by"])
        _write("agencies.admission.ended", held.thread_id, by=by, now=now, ground=held.ground)
    return held


def _write(kind: str, thread_id: UUID, *, by: Actor, now: datetime, **detail: str) -> None:
    journal.write(kind=kind, thing="thread", thing_id=thread_id, by=by, now=now, detail=detail)
