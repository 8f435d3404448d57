"""Checks of an order, and the breach that one finds."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from qorgan.base import ids
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.orders import access, rules
from qorgan.orders.actions.breach import Told, check_told, noted
from qorgan.orders.actions.held import keep, locked
from qorgan.orders.models import Check, Order
from qorgan.orders.terms import Finding, Prohibition


@transaction.atomic
def check(
    *,
    order: Order,
    step: int,
    finding: Finding,
    note: str,
    by: Actor,
    now: datetime,
    breached: Sequence[Prohibition] = (),
    breached_at: datetime | None = None,
    seen: int | None = None,
) -> Check:
    """Record a planned check of an order and what it found. A breach is noted by it, with what was `breached`.

    `breached_at`: when the breach happened, where that is known; after the end it must be told, and lie before it.
    Raises NoSuchCheck where none of that number is open, NothingBreached, and what `note_breach` says of moments.
    """
    access.check_may(by, access.CHECK)
    held = locked(order, seen=seen)
    told = Told(noticed_at=now, breached=tuple(breached), breached_at=breached_at)
    if finding is Finding.BREACH:
        check_told(held, told=told, now=now)
    if duties.done(thing_id=held.id, kind=DutyKind.CHECK_ORDER, step=step, by=by, now=now) is None:
        raise rules.NoSuchCheck(number=held.number)
    made = Check(
        id=ids.new(),
        order=held,
        **beside(held),
        step=step,
        finding=finding,
        note=vault.seal(held.key_id, note, at="orders.check.note"),
        breached_at=breached_at if finding is Finding.BREACH else None,
        checked_at=now,
        checked_by=by.staff,
    )
    made.save(force_insert=True)
    if finding is Finding.BREACH:
        noted(held, told=told, found_in=made, by=by, now=now)
    keep(held, act="checked", by=by, now=now, step=step, finding=str(finding))
    return made
