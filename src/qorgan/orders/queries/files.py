"""Reading protective orders."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from qorgan.base.keys import vault
from qorgan.cases.queries import Line, numbers_of
from qorgan.duties.queries import Label, of_things
from qorgan.duties.terms import Kind as DutyKind
from qorgan.orders.models import Check, Order, Protected
from qorgan.orders.terms import Finding, State
from qorgan.people.queries import PersonView, by_ids


class Force(StrEnum):
    """Where the clock of an order stands at a moment."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    ENDED = "ended"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class CheckView:
    """A planned check: when it is due, and what it found when it was done. `note` is opened only where asked for."""

    step: int
    due_at: datetime | None
    done_at: datetime | None
    done_by: UUID | None
    finding: Finding | None
    to_verify: bool
    note: str = field(default="", repr=False)

    def state(self, now: datetime) -> str:
        """done, late or plan."""
        if self.done_at:
            return "done"
        return "late" if self.due_at and self.due_at < now else "plan"


@dataclass(frozen=True)
class OrderView:
    """An order opened for reading."""

    order: Order
    addressee: PersonView
    protected: tuple[PersonView, ...]
    circumstances: str = field(repr=False)
    refusal_witness: str = field(repr=False)
    refusal_reason: str = field(repr=False)
    cancelled_why: str = field(repr=False)
    checks: tuple[CheckView, ...]

    def force(self, now: datetime) -> Force:
        """Whether the order binds at a moment."""
        return force_of(self.order, now)


def force_of(order: Order, now: datetime) -> Force:
    """Whether an order binds at a moment: by its clock alone, nobody has to close it."""
    if order.state == State.CANCELLED:
        return Force.CANCELLED
    if order.served_at is None or order.ends_at is None or now < order.served_at:
        return Force.NOT_YET
    return Force.IN_FORCE if now < order.ends_at else Force.ENDED


def newest(*, force: Force | None = None, now: datetime) -> QuerySet[Order]:
    """Orders in sight, the newest first; all, or those whose clock stands so."""
    found = Order.objects.order_by("-drafted_at", "-id").select_related("case")
    match force:
        case Force.NOT_YET:
            return found.filter(state__in=[State.DRAFT, State.ISSUED])
        case Force.IN_FORCE:
            return found.filter(state=State.SERVED, ends_at__gt=now)
        case Force.ENDED:
            return found.filter(state=State.SERVED, ends_at__lte=now)
        case Force.CANCELLED:
            return found.filter(state=State.CANCELLED)
        case _:
            return found


def find(order_id: UUID) -> Order | None:
    """The order if it lies in sight."""
    return Order.objects.filter(pk=order_id).select_related("case").first()


def by_number(number: str) -> Order | None:
    """The order in sight that bears a number."""
    return Order.objects.filter(number=number.strip()).select_related("case").first()


def for_cases(case_ids: Iterable[UUID], *, known: Iterable[PersonView] = ()) -> list[OrderView]:
    """The orders of cases, opened, the newest first. `known`: people whom the page has opened already."""
    found = Order.objects.filter(case__in=set(case_ids)).order_by("-drafted_at").select_related("case")
    return opened_orders(found, known=known)


def count_of_case(case_id: UUID) -> int:
    """How many orders a case has, whatever their state."""
    return Order.objects.filter(case=case_id).count()


def opened_orders(orders: Iterable[Order], *, notes: bool = False, known: Iterable[PersonView] = ()) -> list[OrderView]:
    """Open orders with their persons and checks: five questions however many they are.

    With `notes` the notes of the checks too: they say whom an officer spoke with, and go to those who may see people.
    """
    held = list(orders)
    if not held:
        return []
    protected: dict[UUID, list[UUID]] = {}
    for part in Protected.objects.filter(order__in=held).order_by("id"):
        protected.setdefault(part.order_id, []).append(part.person_id)
    named = {order.addressee_id for order in held} | {one for part in protected.values() for one in part}
    persons = by_ids(named, known=known)
    checks = _checks(held, notes=notes)
    vault.unlock(*(order.circumstances for order in held))
    return [
        OrderView(
            order=order,
            addressee=persons[order.addressee_id],
            protected=tuple(persons[one] for one in protected.get(order.id, []) if one in persons),
            circumstances=vault.read(order.circumstances, at="orders.order.circumstances"),
            refusal_witness=vault.read(order.refusal_witness, at="orders.order.refusal_witness"),
            refusal_reason=vault.read(order.refusal_reason, at="orders.order.refusal_reason"),
            cancelled_why=vault.read(order.cancelled_why, at="orders.order.cancelled_why"),
            checks=tuple(checks.get(order.id, [])),
        )
        for order in held
    ]


def _checks(orders: list[Order], *, notes: bool = False) -> dict[UUID, list[CheckView]]:
    made = {(check.order_id, check.step): check for check in Check.objects.filter(order__in=orders)}
    views: dict[UUID, list[CheckView]] = {}
    planned = of_things([order.id for order in orders]).filter(kind=DutyKind.CHECK_ORDER).order_by("step")
    for duty in planned:
        check = made.get((duty.thing_id, duty.step))
        views.setdefault(duty.thing_id, []).append(
            CheckView(
                step=duty.step,
                due_at=duty.due_at,
                done_at=check.checked_at if check else None,
                done_by=check.checked_by if check else None,
                finding=Finding(check.finding) if check else None,
                to_verify=duty.to_verify,
                note=vault.read(check.note, at="orders.check.note") if notes and check else "",
            )
        )
    return views


def for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties about orders: number, addressee, case."""
    held = list(Order.objects.filter(pk__in=set(ids)))
    persons = by_ids(order.addressee_id for order in held)
    numbers = numbers_of(order.case_id for order in held)
    return {
        order.id: Label(
            title=order.number,
            about=persons[order.addressee_id].name if order.addressee_id in persons else "",
            case_number=numbers.get(order.case_id, ""),
            case_id=order.case_id,
        )
        for order in held
    }


def timeline(views: Iterable[OrderView], *, now: datetime) -> list[Line]:
    """The lines of orders in a case's timeline: what was done, what is late, what is planned. No question is asked."""
    lines: list[Line] = []
    for view in views:
        order = view.order
        said = {"number": order.number, "order_id": order.id}
        happened = [
            ("order_drafted", order.drafted_at, order.drafted_by),
            ("order_issued", order.issued_at, order.issued_by),
            (f"order_{order.receipt}", order.served_at, order.served_by),
            ("order_cancelled", order.cancelled_at, order.cancelled_by),
        ]
        lines += [Line(at, kind, "done", said, who) for kind, at, who in happened if at]
        if order.ends_at and order.state == State.SERVED:
            lines.append(Line(order.ends_at, "order_ends", "done" if order.ends_at <= now else "plan", said))
        for check in view.checks:
            at = check.done_at or check.due_at
            if at is not None and (check.done_at or order.state == State.SERVED):
                detail = {**said, "step": check.step, "finding": check.finding}
                lines.append(Line(at, "order_check", check.state(now), detail, check.done_by))
    return lines
