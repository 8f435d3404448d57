"""Checks of an order, and the breach that one finds."""

from datetime import datetime

from django.db import transaction

from qorgan.base import ids
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.orders import access, rules
from qorgan.orders.actions.held import TERM, keep, locked, provision_of, said
from qorgan.orders.models import Check, Order
from qorgan.orders.terms import Finding


@transaction.atomic
def check(
    *,
    order: Order,
    step: int,
    finding: Finding,
    note: str,
    by: Actor,
    now: datetime,
    breached_at: datetime | None = None,
    seen: int | None = None,
) -> Check:
    """Record a planned check of an order and what it found.

    `breached_at`: when the breach happened, where that is known; after the end it must be told, and lie before it.
    Raises NoSuchCheck where none of that number is open, AfterItsEnd, ImpossibleMoment.
    """
    access.check_may(by, access.CHECK)
    held = locked(order, seen=seen)
    if finding is Finding.BREACH:
        _check_breach(held, breached_at, now=now)
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
    keep(held, act="checked", by=by, now=now, step=step, finding=str(finding))
    return made


def _check_breach(held: Order, breached_at: datetime | None, *, now: datetime) -> None:
    """A breach lies within the life of the order. Raises ImpossibleMoment, AfterItsEnd."""
    happened = breached_at or now
    if happened > now or held.served_at is None or happened < held.served_at:
        raise rules.ImpossibleMoment
    if held.ends_at is not None and happened >= held.ends_at:
        raise rules.AfterItsEnd(
            ended=said(held, at=held.ends_at), provision=provision_of(held, key=TERM, at=held.served_at)
        )
