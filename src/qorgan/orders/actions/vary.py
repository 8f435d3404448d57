"""Varying an order that stands: what it forbids; and, by the law before 2014 alone, for how long."""

from datetime import datetime
from typing import Any

from django.db import transaction

from qorgan.base import ids
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.duties.terms import Cause
from qorgan.law import queries as law
from qorgan.law.engine.clock import due
from qorgan.orders import access, rules
from qorgan.orders.actions.clocks import reset
from qorgan.orders.actions.held import TERM, day_of, keep, locked, provision_of, said
from qorgan.orders.models import Order, Variation
from qorgan.orders.terms import Body, Prohibition
from qorgan.places import queries as places

EXTENSION, EXTENSION_TO = "orders.extension", "orders.extension_to"


@transaction.atomic
def vary(
    *,
    order: Order,
    prohibitions: tuple[Prohibition, ...],
    body: Body,
    why: str,
    decided_at: datetime,
    by: Actor,
    now: datetime,
    seen: int | None = None,
) -> Order:
    """Change what an order forbids, by a decision that `why` names. What it forbade before is kept.

    Raises WrongState, OverAlready, NothingForbidden, NothingVaried, NoReason, DecidedLater, ChangedMeanwhile.
    """
    access.check_may(by, access.VARY)
    held = locked(order, seen=seen)
    rules.check_binds(held.state, held.number)
    check_not_over(held, now=now)
    rules.check_decided(decided_at, since=held.issued_at, now=now)
    return varied(
        held, prohibitions=prohibitions, body=body, why=rules.check_reason(why), at=decided_at, by=by, now=now
    )


def varied(
    held: Order,
    *,
    prohibitions: tuple[Prohibition, ...],
    body: Body,
    why: str,
    at: datetime,
    by: Actor,
    now: datetime,
) -> Order:
    """The held order with other prohibitions. Raises NothingForbidden, NothingVaried."""
    wanted = [one.value for one in Prohibition if one in prohibitions]
    if not wanted:
        raise rules.NothingForbidden
    before = list(held.prohibitions)
    if sorted(before) == sorted(wanted):
        raise rules.NothingVaried
    held.prohibitions = wanted
    _kept(held, {"prohibitions": before}, {"prohibitions": wanted}, body=body, why=why, at=at, by=by, now=now)
    keep(held, act="varied", by=by, now=now, fields=("prohibitions",))
    return held


@transaction.atomic
def extend(
    *,
    order: Order,
    until: datetime,
    body: Body,
    why: str,
    decided_at: datetime,
    by: Actor,
    now: datetime,
    seen: int | None = None,
) -> Order:
    """Make the term of an order longer, where the law of the day of service allows that (before March 2014).

    Raises WrongState, OverAlready, CannotBeLonger, TooLong, NoReason, DecidedLater, ChangedMeanwhile.
    """
    access.check_may(by, access.VARY)
    held = locked(order, seen=seen)
    rules.check_binds(held.state, held.number)
    if held.served_at is None or held.ends_at is None:
        raise rules.NotServed(number=held.number)
    check_not_over(held, now=now)
    rules.check_decided(decided_at, since=held.issued_at, now=now)
    day, zone = day_of(held, at=held.served_at), places.zone(held.territory_id)
    allowed, longest = law.value(EXTENSION, on=day), law.value(EXTENSION_TO, on=day)
    if allowed.value is not True or not longest.decides:
        raise rules.CannotBeLonger(provision=law.cited(EXTENSION, on=day))
    latest = due(held.served_at, longest.duration(), law.calendar(), zone)
    if not held.ends_at < until <= latest:
        raise rules.TooLong(longest=said(held, at=latest), provision=law.cited(EXTENSION_TO, on=day))
    plain = rules.check_reason(why)
    ends = {"ends_at": held.ends_at.isoformat()}
    _kept(held, ends, {"ends_at": until.isoformat()}, body=body, why=plain, at=decided_at, by=by, now=now)
    reset(held, ends_at=until, checks=None, cause=Cause.EXTENDED, why=plain, by=by, now=now)
    keep(held, act="extended", by=by, now=now, fields=("ends_at",))
    return held


def check_not_over(held: Order, *, now: datetime) -> None:
    """Raises OverAlready, with the article of its term, where the order has ended."""
    if held.served_at is not None and held.ends_at is not None and now >= held.ends_at:
        provision = provision_of(held, key=TERM, at=held.served_at)
        raise rules.OverAlready(ended=said(held, at=held.ends_at), provision=provision)


def _kept(
    held: Order,
    before: dict[str, Any],
    after: dict[str, Any],
    *,
    body: Body,
    why: str,
    at: datetime,
    by: Actor,
    now: datetime,
) -> None:
    Variation(
        id=ids.new(),
        order=held,
        **beside(held),
        before=before,
        after=after,
        decided_at=at,
        body=body,
        why=vault.seal(held.key_id, why, at="orders.variation.why"),
        written_at=now,
        written_by=by.staff,
    ).save(force_insert=True)
