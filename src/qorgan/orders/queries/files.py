"""Reading protective orders."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from qorgan.base.keys import vault
from qorgan.cases.queries import Line, numbers_of
from qorgan.duties.queries import Label, of_things
from qorgan.duties.terms import MOVED
from qorgan.duties.terms import Kind as DutyKind
from qorgan.orders.models import Appeal, Check, Order, Protected, Variation
from qorgan.orders.queries.breaches import BreachView, lines_of, of_orders
from qorgan.orders.terms import BINDING, AppealResult, Finding, Mark, State
from qorgan.people.models import Sameness
from qorgan.people.queries import PersonView, by_ids


class Force(StrEnum):
    """Where the clock of an order stands at a moment."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    ENDED = "ended"
    CANCELLED = "cancelled"
    ANNULLED = "annulled"


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
    annulled_why: str = field(default="", repr=False)
    why_both: str = field(default="", repr=False)
    marks: frozenset[Mark] = frozenset()
    breaches: tuple[BreachView, ...] = ()

    def force(self, now: datetime) -> Force:
        """Whether the order binds at a moment."""
        return force_of(self.order, now)


def force_of(order: Order, now: datetime) -> Force:
    """Whether an order binds at a moment: by its clock and the decisions on it, nobody has to close it."""
    if order.state in (State.CANCELLED, State.ANNULLED):
        return Force(order.state)
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
        case Force.ANNULLED:
            return found.filter(state=State.ANNULLED)
        case _:
            return found


def ending(*, now: datetime, within: timedelta) -> QuerySet[Order]:
    """Orders in force whose end is near, the nearest first."""
    return Order.objects.filter(state=State.SERVED, ends_at__gt=now, ends_at__lte=now + within).order_by(
        "ends_at", "id"
    )


def may_clash(*, since: datetime) -> QuerySet[Order]:
    """Signed orders that were issued since a moment, or of whose persons someone said since then that they are one."""
    said = Sameness.objects.filter(said_at__gte=since, undone_at=None).values("person_id")
    fresh = Q(issued_at__gte=since) | Q(addressee__in=said) | Q(protected__person__in=said)
    return Order.objects.filter(fresh, state__in=BINDING).distinct()


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
    """Open orders with their persons, checks and marks: nine questions however many they are.

    With `notes` the notes of checks and breaches too: they say whom an officer spoke with, and go to those who may see
    people.
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
    breaches = of_orders(held, notes=notes)
    marks = _marks(held, breaches)
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
            annulled_why=vault.read(order.annulled_why, at="orders.order.annulled_why"),
            why_both=vault.read(order.why_both, at="orders.order.why_both"),
            marks=marks.get(order.id, frozenset()),
            breaches=tuple(breaches.get(order.id, ())),
        )
        for order in held
    ]


def _checks(orders: list[Order], *, notes: bool = False) -> dict[UUID, list[CheckView]]:
    made = {(check.order_id, check.step): check for check in Check.objects.filter(order__in=orders)}
    views: dict[UUID, list[CheckView]] = {}
    planned = of_things([order.id for order in orders]).filter(kind=DutyKind.CHECK_ORDER)
    planned = planned.exclude(dropped_why=MOVED).order_by("step")
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


def _marks(orders: list[Order], breaches: dict[UUID, list[BreachView]]) -> dict[UUID, frozenset[Mark]]:
    """What happened to each order beside its state."""
    found: dict[UUID, set[Mark]] = {order.id: set() for order in orders}
    for order_id, views in breaches.items():
        if any(view.counts for view in views):
            found[order_id].add(Mark.BREACHED)
    pending = Appeal.objects.filter(order__in=orders, result=AppealResult.PENDING).values_list("order_id", flat=True)
    for order_id in pending:
        found[order_id].add(Mark.APPEALED)
    for order_id in Variation.objects.filter(order__in=orders).values_list("order_id", flat=True):
        found[order_id].add(Mark.VARIED)
    return {order_id: frozenset(marks) for order_id, marks in found.items()}


@dataclass(frozen=True)
class AppealView:
    """A complaint about an order, opened."""

    appeal: Appeal
    why: str = field(repr=False)


def appeals(order: Order) -> list[AppealView]:
    """The complaints about an order, the first filed first."""
    held = Appeal.objects.filter(order=order).order_by("filed_at", "id")
    return [AppealView(one, vault.read(one.decided_why, at="orders.appeal.decided_why")) for one in held]


@dataclass(frozen=True)
class VariationView:
    """A change of an order, opened."""

    variation: Variation
    why: str = field(repr=False)


def variations(order: Order) -> list[VariationView]:
    """What was changed in an order, the first first."""
    held = Variation.objects.filter(order=order).order_by("written_at", "id")
    return [VariationView(one, vault.read(one.why, at="orders.variation.why")) for one in held]


def beside(order: Order) -> list[Order]:
    """Other orders of the case against the same person that are signed, with their ends: a new fact, a new order."""
    others = Order.objects.filter(case=order.case_id, addressee=order.addressee_id, issued_at__isnull=False)
    return list(others.exclude(pk=order.pk).exclude(state=State.ANNULLED).order_by("issued_at"))


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
            ("order_annulled", order.annulled_at, order.annulled_by),
        ]
        lines += [Line(at, kind, "done", said, who) for kind, at, who in happened if at]
        if order.ends_at and order.state == State.SERVED:
            lines.append(Line(order.ends_at, "order_ends", "done" if order.ends_at <= now else "plan", said))
        for check in view.checks:
            at = check.done_at or check.due_at
            if at is not None and (check.done_at or order.state == State.SERVED):
                detail = {**said, "step": check.step, "finding": check.finding}
                lines.append(Line(at, "order_check", check.state(now), detail, check.done_by))
        lines += lines_of(view.breaches, said=said)
    return lines
