"""Reading breaches of orders: by what each was noticed, what followed, and whether it counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from qorgan.base.keys import vault
from qorgan.cases.queries import Line, numbers_of
from qorgan.duties.queries import Label
from qorgan.orders.models import Breach, BreachOutcome, Order
from qorgan.orders.models.breaches import NOTE, WHY
from qorgan.orders.terms import Followed, Noticed, Prohibition, State
from qorgan.people.queries import by_ids


@dataclass(frozen=True)
class OutcomeView:
    """One thing that followed, opened."""

    outcome: BreachOutcome
    kind: Followed
    why: str = field(default="", repr=False)


@dataclass(frozen=True)
class BreachView:
    """A breach opened for reading, with what followed it as the police wrote it; courts say the rest."""

    breach: Breach
    noticed: Noticed
    prohibitions: tuple[Prohibition, ...]
    outcomes: tuple[OutcomeView, ...]
    note: str = field(default="", repr=False)

    @property
    def is_refuted(self) -> bool:
        """What was told was looked into, and it was no breach."""
        return any(one.kind is Followed.NOT_CONFIRMED for one in self.outcomes)

    @property
    def counts(self) -> bool:
        """Whether it is a breach, told for the first time, of an order that was in force at its moment."""
        return self.breach.same_as_id is None and not self.is_refuted and was_in_force(self.breach)

    @property
    def moment(self) -> datetime:
        """When it happened; where that is not known, when it was noticed."""
        return self.breach.breached_at or self.breach.noticed_at


def was_in_force(breach: Breach) -> bool:
    """Whether the order was in force at the moment of the breach, by its clock and the decisions as they stand now."""
    order, moment = breach.order, breach.breached_at or breach.noticed_at
    if order.state == State.ANNULLED or order.served_at is None or order.ends_at is None:
        return False
    ends = min(order.ends_at, order.cancelled_at) if order.cancelled_at else order.ends_at
    return order.served_at <= moment < ends


def opened(breaches: Sequence[Breach], *, notes: bool = True) -> list[BreachView]:
    """Open breaches with what followed: one question however many they are. Their words only with `notes`."""
    if not breaches:
        return []
    followed: dict[UUID, list[BreachOutcome]] = {}
    outcomes = BreachOutcome.objects.filter(breach__in=breaches).select_related("offence")
    for one in outcomes.order_by("happened_at", "id"):
        followed.setdefault(one.breach_id, []).append(one)
    if notes:
        vault.unlock(*(one.note for one in breaches), *(one.why for held in followed.values() for one in held))
    return [
        BreachView(
            breach=one,
            noticed=Noticed(one.noticed),
            prohibitions=tuple(Prohibition(each) for each in one.prohibitions),
            outcomes=tuple(_outcome(each, notes=notes) for each in followed.get(one.id, ())),
            note=vault.read(one.note, at=NOTE) if notes else "",
        )
        for one in breaches
    ]


def _outcome(outcome: BreachOutcome, *, notes: bool) -> OutcomeView:
    why = vault.read(outcome.why, at=WHY) if notes else ""
    return OutcomeView(outcome, Followed(outcome.kind), why)


def of_orders(orders: Iterable[Order], *, notes: bool = False) -> dict[UUID, list[BreachView]]:
    """The breaches of orders, the first noted first: two questions however many they are."""
    known = {order.id: order for order in orders}
    held = list(Breach.objects.filter(order__in=known).select_related("report", "same_as").order_by("number"))
    for one in held:
        one.order = known[one.order_id]
    found: dict[UUID, list[BreachView]] = {}
    for view in opened(held, notes=notes):
        found.setdefault(view.breach.order_id, []).append(view)
    return found


def breach(breach_id: UUID) -> Breach | None:
    """The breach if it lies in sight."""
    return Breach.objects.filter(pk=breach_id).select_related("order__case", "report", "same_as", "found_in").first()


def of_reports(report_ids: Iterable[UUID]) -> list[Breach]:
    """The breaches in sight that reports told of, the first noted first."""
    found = Breach.objects.filter(report__in=set(report_ids)).select_related("order", "same_as")
    return list(found.order_by("written_at", "id"))


def breaches_for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties about breaches: the order, its addressee, the case."""
    held = list(Breach.objects.filter(pk__in=set(ids)).select_related("order"))
    persons = by_ids(one.order.addressee_id for one in held)
    numbers = numbers_of(one.order.case_id for one in held)
    return {
        one.id: Label(
            title=one.order.number,
            about=persons[one.order.addressee_id].name if one.order.addressee_id in persons else "",
            case_number=numbers.get(one.order.case_id, ""),
            case_id=one.order.case_id,
        )
        for one in held
    }


def lines_of(views: Iterable[BreachView], *, said: Mapping[str, object]) -> list[Line]:
    """The lines of breaches in a timeline, and of what followed them. No question is asked."""
    lines: list[Line] = []
    for view in views:
        held = view.breach
        if held.same_as_id is not None:
            continue
        about = {**said, "breach_id": held.id, "breach": held.number, "noticed": view.noticed.value}
        lines.append(Line(view.moment, "order_breached", "done", about, held.written_by))
        lines += [
            Line(one.outcome.happened_at, "breach_followed", "done", {**about, "kind": one.kind.value},
                 one.outcome.written_by)
            for one in view.outcomes
        ]  # fmt: skip
    return lines
