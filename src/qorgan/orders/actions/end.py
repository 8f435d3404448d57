"""The end of an order before its term: cancelled from a moment on, or annulled as if it had never stood."""

from datetime import datetime

from django.db import transaction

from qorgan.base.keys import vault
from qorgan.base.scope import Actor
from qorgan.duties import actions as duties
from qorgan.orders import access, rules
from qorgan.orders.actions.breach import drop_answers
from qorgan.orders.actions.held import keep, locked
from qorgan.orders.models import Order
from qorgan.orders.terms import State


@transaction.atomic
def cancel(
    *,
    order: Order,
    why: str,
    by: Actor,
    now: datetime,
    decided_at: datetime | None = None,
    seen: int | None = None,
) -> Order:
    """Cancel an order by the decision that `why` names; its open duties lose their ground.

    From `decided_at`, else from now, it binds nobody. Raises WrongState, NoReason, DecidedLater, ChangedMeanwhile.
    """
    access.check_may(by, access.CANCEL)
    held = locked(order, seen=seen)
    at = decided_at or now
    _check_can_end(held, State.CANCELLED, why, at, now=now)
    return cancelled(held, why=why, at=at, by=by, now=now)


@transaction.atomic
def annul(
    *,
    order: Order,
    why: str,
    by: Actor,
    now: datetime,
    decided_at: datetime | None = None,
    seen: int | None = None,
) -> Order:
    """Annul an order that a decision found unlawful: it no longer counts as one that was in force at any time.

    Raises WrongState (a draft is cancelled, and was never in force), NoReason, DecidedLater, ChangedMeanwhile.
    """
    access.check_may(by, access.CANCEL)
    held = locked(order, seen=seen)
    at = decided_at or now
    _check_can_end(held, State.ANNULLED, why, at, now=now)
    return annulled(held, why=why, at=at, by=by, now=now)


def _check_can_end(held: Order, wanted: State, why: str, at: datetime, *, now: datetime) -> None:
    rules.check_can_become(held.state, wanted, held.number)
    if wanted is State.ANNULLED:
        rules.check_signed(held.state, held.number, issued_at=held.issued_at)
    rules.check_reason(why)
    rules.check_decided(at, since=held.issued_at, now=now)


def cancelled(held: Order, *, why: str, at: datetime, by: Actor, now: datetime) -> Order:
    """The held order, cancelled."""
    held.state, held.cancelled_at, held.cancelled_by = State.CANCELLED, at, by.staff
    held.cancelled_why = vault.seal(held.key_id, why.strip(), at="orders.order.cancelled_why")
    duties.drop(thing_id=held.id, why="order_cancelled", by=by, now=now)
    keep(held, act="cancelled", by=by, now=now, fields=("state", "cancelled_at", "cancelled_by", "cancelled_why"))
    return held


def annulled(held: Order, *, why: str, at: datetime, by: Actor, now: datetime) -> Order:
    """The held order, annulled."""
    held.state, held.annulled_at, held.annulled_by = State.ANNULLED, at, by.staff
    held.annulled_why = vault.seal(held.key_id, why.strip(), at="orders.order.annulled_why")
    duties.drop(thing_id=held.id, why="order_annulled", by=by, now=now)
    drop_answers(held, why="order_annulled", by=by, now=now)
    keep(held, act="annulled", by=by, now=now, fields=("state", "annulled_at", "annulled_by", "annulled_why"))
    return held
