"""Signing an order and handing it over: from that minute its term runs."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from qorgan.base.keys import vault
from qorgan.base.scope import Actor
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.orders import access, rules
from qorgan.orders.actions.clashes import note_clashes
from qorgan.orders.actions.held import CHECKS, COPY, COPY_TO_VICTIM, HANDED, TERM, keep, lay, locked
from qorgan.orders.models import Order
from qorgan.orders.terms import Receipt, State
from qorgan.people.queries import by_ids
from qorgan.places import queries as places


@dataclass(frozen=True)
class Service:
    """How the order was handed over. A refusal to sign needs a witness and stops nothing."""

    at: datetime
    receipt: Receipt
    witness: str = field(default="", repr=False)
    reason: str = field(default="", repr=False)


@dataclass(frozen=True)
class Clocks:
    """When a served order ends, and the checks that the law of the day asks for."""

    ends_at: datetime
    checks: tuple[duties.Laid, ...]


@transaction.atomic
def issue(*, order: Order, by: Actor, now: datetime, seen: int | None = None) -> Order:
    """Sign the draft. From now it is to be served; no term runs yet. The law of this day governs it.

    Raises WrongState, AddresseeTooYoung, LiveOrderStands (from one incident one order for the same two persons).

    `seen`, here and below: the version that was shown. Raises ChangedMeanwhile where another stands.
    """
    access.check_may(by, access.ISSUE)
    held = locked(order, seen=seen)
    rules.check_can_become(held.state, State.ISSUED, held.number)
    zone = places.zone(held.territory_id)
    day = now.astimezone(zone).date()
    least = law.value("orders.addressee_min_age", on=day)
    person = by_ids([held.addressee_id]).get(held.addressee_id)
    if person is not None and least.decides:
        cite = law.cited("orders.addressee_min_age", on=day)
        rules.check_age(person.birth_date, person.birth_year, least=least.number(), on=day, provision=cite)
    regime = law.regime(on=day)
    held.state, held.issued_at, held.issued_by = State.ISSUED, now, by.staff
    held.regime = regime.id if regime else ""
    lay(held, laid=_after_issue(issued_at=now, zone=zone), by=by, now=now)
    note_clashes(order=held, by=by, now=now)
    keep(held, act="issued", by=by, now=now, fields=("state", "issued_at", "issued_by", "regime"))
    return held


@transaction.atomic
def serve(*, order: Order, service: Service, by: Actor, now: datetime, seen: int | None = None) -> Order:
    """Record that the order was handed over, signed for or refused: from that minute its term runs."""
    access.check_may(by, access.SERVE)
    held = locked(order, seen=seen)
    rules.check_can_become(held.state, State.SERVED, held.number)
    rules.check_service(service.at, issued_at=held.issued_at, now=now)
    if service.receipt is Receipt.REFUSED and not service.witness.strip():
        raise rules.RefusalUnwitnessed
    zone = places.zone(held.territory_id)
    clocks = after_service(served_at=service.at, zone=zone)
    held.state, held.served_at, held.served_by = State.SERVED, service.at, by.staff
    held.receipt, held.ends_at = service.receipt, clocks.ends_at
    held.refusal_witness = vault.seal(held.key_id, service.witness, at="orders.order.refusal_witness")
    held.refusal_reason = vault.seal(held.key_id, service.reason, at="orders.order.refusal_reason")
    duties.done(thing_id=held.id, kind=DutyKind.SERVE_ORDER, by=by, now=now)
    lay(held, laid=list(clocks.checks), by=by, now=now)
    changed = ("state", "served_at", "served_by", "receipt", "ends_at", "refusal_witness", "refusal_reason")
    keep(held, act="served", by=by, now=now, fields=changed, receipt=str(service.receipt))
    return held


def _after_issue(*, issued_at: datetime, zone: ZoneInfo) -> list[duties.Laid]:
    """Serve it; send the copies; where the term of the prosecutor's is not on record, find the provision too."""
    copy = law.deadline(COPY, start=issued_at, zone=zone)
    day = issued_at.astimezone(zone).date()
    hers, handing = law.value(COPY_TO_VICTIM, on=day), law.value(HANDED, on=day)
    copy_to, hand_to = DutyKind.COPY_TO_PROSECUTOR, DutyKind.COPY_TO_VICTIM
    laid = [
        duties.Laid(DutyKind.SERVE_ORDER, HANDED, since=issued_at, due_at=None, to_verify=handing.to_verify),
        duties.Laid(kind=copy_to, provision=COPY, since=issued_at, due_at=copy.due_at, to_verify=copy.to_verify),
    ]
    if hers.value is True:
        told = duties.Laid(hand_to, COPY_TO_VICTIM, since=issued_at, due_at=None, to_verify=hers.to_verify)
        laid.append(told)
    if copy.due_at is None:
        find = duties.Laid(DutyKind.VERIFY_PROVISION, COPY, since=issued_at, due_at=None, to_verify=copy.to_verify)
        laid.append(find)
    return laid


def after_service(*, served_at: datetime, zone: ZoneInfo) -> Clocks:
    """The end and the checks by the law of the day of service in that place. Raises TermNotOnRecord."""
    clock = law.order_clock(served_at, zone=zone)
    if clock.ends_at is None:
        raise rules.TermNotOnRecord(key=TERM)
    return Clocks(
        clock.ends_at,
        tuple(
            duties.Laid(
                kind=DutyKind.CHECK_ORDER,
                provision=CHECKS,
                since=served_at,
                due_at=moment,
                step=number,
                to_verify=clock.interval.to_verify,
            )
            for number, moment in enumerate(clock.checks, start=1)
        ),
    )
