"""The clocks of an order set anew where the event they run from was corrected: what they showed is kept."""

from datetime import datetime

from django.db import transaction

from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.duties import actions as duties
from qorgan.duties.actions import Moved
from qorgan.duties.models import ClockChange
from qorgan.duties.terms import Cause
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.orders import access, rules
from qorgan.orders.actions.held import CHECKS, TERM, keep, lay, locked
from qorgan.orders.models import Order
from qorgan.orders.terms import State
from qorgan.places import queries as places

ENDS = "ends_at"  # the clock of the order itself, beside those of its duties


@transaction.atomic
def correct_service(
    *, order: Order, at: datetime, why: str, by: Actor, now: datetime, seen: int | None = None
) -> Order:
    """Correct the minute at which an order was handed over: its end and its checks are counted anew from it.

    What they showed, the reason and the author are kept. A check that was made stays made. Raises WrongState,
    NothingCorrected, ImpossibleMoment, NoReason, TermNotOnRecord, LiveOrderStands, ChangedMeanwhile.
    """
    access.check_may(by, access.CORRECT)
    held = locked(order, seen=seen)
    if held.state != State.SERVED:
        raise rules.NotServed(number=held.number)
    if at == held.served_at:
        raise rules.NothingCorrected
    rules.check_service(at, issued_at=held.issued_at, now=now)
    plain = rules.check_reason(why)
    clock = law.order_clock(at, zone=places.zone(held.territory_id))
    if clock.ends_at is None:
        raise rules.TermNotOnRecord(key=TERM)
    held.served_at = at
    reset(
        held,
        ends_at=clock.ends_at,
        checks=clock.checks,
        cause=Cause.EVENT,
        why=plain,
        by=by,
        now=now,
        to_verify=clock.interval.to_verify,
    )
    keep(held, act="service_corrected", by=by, now=now, fields=("served_at", "ends_at"))
    return held


def reset(
    held: Order,
    *,
    ends_at: datetime,
    checks: tuple[datetime, ...] | None,
    cause: Cause,
    why: str,
    by: Actor,
    now: datetime,
    to_verify: bool = False,
) -> None:
    """Set the end of a held order, and its checks where they are given, and keep what stood before.

    The order itself is kept by the act.
    """
    assert held.served_at is not None  # only a served order has clocks that move
    sealed = vault.seal(held.key_id, why, at=duties.WHY_MOVED)
    was, held.ends_at = held.ends_at, ends_at
    told = {"thing": "order", "thing_id": held.id, **beside(held), "cause": cause, "key_id": held.key_id, "why": sealed}
    if was != ends_at:
        ClockChange(
            **told, clock=ENDS, provision=TERM, was=was, became=ends_at, changed_at=now, author=by.staff_id
        ).save(force_insert=True)
    if checks is None:
        return
    wanted = [
        duties.Laid(DutyKind.CHECK_ORDER, CHECKS, held.served_at, moment, step=number, to_verify=to_verify)
        for number, moment in enumerate(checks, start=1)
    ]
    new = duties.move(moved=Moved(held.id, DutyKind.CHECK_ORDER, CHECKS, wanted, told), by=by, now=now)
    if new:
        lay(held, laid=new, by=by, now=now)
