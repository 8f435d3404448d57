"""A complaint about an order: it suspends nothing, and its decision is carried out in the same act."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from qorgan.base import ids
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.orders import access, rules
from qorgan.orders.actions.end import annulled, cancelled
from qorgan.orders.actions.held import keep, locked
from qorgan.orders.actions.vary import varied
from qorgan.orders.models import Appeal, Order
from qorgan.orders.terms import AppealResult, Appellant, Body, Prohibition, State


@dataclass(frozen=True)
class Outcome:
    """What the body said: `prohibitions` where it varied the order, `why` with the number of its decision."""

    result: AppealResult
    at: datetime
    why: str = field(repr=False)
    prohibitions: tuple[Prohibition, ...] = ()


@transaction.atomic
def appeal(
    *,
    order: Order,
    filed_by: Appellant,
    body: Body,
    filed_at: datetime,
    by: Actor,
    now: datetime,
    seen: int | None = None,
) -> Appeal:
    """Write down a complaint about an order. The order stands meanwhile.

    Raises WrongState (a draft binds nobody), AppealWaits, DecidedLater, ChangedMeanwhile.
    """
    access.check_may(by, access.APPEAL)
    held = locked(order, seen=seen)
    rules.check_signed(held.state, held.number, issued_at=held.issued_at)
    rules.check_decided(filed_at, since=held.issued_at, now=now)
    if Appeal.objects.filter(order=held, result=AppealResult.PENDING).exists():
        raise rules.AppealWaits(number=held.number)
    made = Appeal(
        id=ids.new(),
        order=held,
        **beside(held),
        filed_at=filed_at,
        filed_by=filed_by,
        body=body,
        written_at=now,
        written_by=by.staff,
    )
    made.save(force_insert=True)
    keep(held, act="appealed", by=by, now=now, filed_by=str(filed_by), body=str(body))
    return made


@transaction.atomic
def decide_appeal(*, order: Order, outcome: Outcome, by: Actor, now: datetime, seen: int | None = None) -> Order:
    """Write down what became of the complaint that waits, and carry it out.

    Raises NotAppealed, NoReason, DecidedLater, WrongState, NothingForbidden, NothingVaried, ChangedMeanwhile.
    """
    access.check_may(by, access.APPEAL)
    held = locked(order, seen=seen)
    waiting = Appeal.objects.select_for_update().filter(order=held, result=AppealResult.PENDING).first()
    if waiting is None or outcome.result is AppealResult.PENDING:
        raise rules.NotAppealed(number=held.number)
    why = rules.check_reason(outcome.why)
    rules.check_decided(outcome.at, since=waiting.filed_at, now=now)
    waiting.result, waiting.decided_at, waiting.decided_by = outcome.result, outcome.at, by.staff
    waiting.decided_why = vault.seal(held.key_id, why, at="orders.appeal.decided_why")
    waiting.save(update_fields=["result", "decided_at", "decided_by", "decided_why"])
    keep(held, act="appeal_decided", by=by, now=now, result=str(outcome.result))
    if outcome.result is AppealResult.CANCELLED:
        rules.check_can_become(held.state, State.CANCELLED, held.number)
        cancelled(held, why=why, at=outcome.at, by=by, now=now)
    elif outcome.result is AppealResult.ANNULLED:
        rules.check_can_become(held.state, State.ANNULLED, held.number)
        annulled(held, why=why, at=outcome.at, by=by, now=now)
    elif outcome.result is AppealResult.VARIED:
        rules.check_binds(held.state, held.number)
        body = Body(waiting.body)
        varied(held, prohibitions=outcome.prohibitions, body=body, why=why, at=outcome.at, by=by, now=now)
    return held
