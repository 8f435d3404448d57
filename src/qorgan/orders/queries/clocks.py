"""Every clock of an order: by which provision, of what value, and what it showed before it was set anew."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from qorgan.duties.models import Duty
from qorgan.duties.queries import Shown, of_things, shown_before
from qorgan.duties.terms import MOVED, Kind
from qorgan.law import queries as law
from qorgan.law.engine.book import Answer
from qorgan.orders.models import Order
from qorgan.orders.terms import BINDING
from qorgan.places import queries as places

ENDS, TERM = "ends_at", "orders.term"


@dataclass(frozen=True)
class ClockView:
    """One clock. `at` None: no term is on record, or it does not run yet. `basis` is what the law says of its day."""

    name: str
    label: str | Promise
    step: int
    key: str
    basis: Answer
    since: datetime | None
    at: datetime | None
    done_at: datetime | None
    is_dropped: bool
    to_verify: bool
    history: tuple[Shown, ...]


def clocks(order: Order) -> list[ClockView]:
    """The clocks of an order, its end first, then its duties by their moments: four questions."""
    held = [duty for duty in of_things([order.id]) if duty.dropped_why != MOVED or duty.due_at]
    book, zone = law.book(), places.zone(order.territory_id)
    history = shown_before(order.id)

    def basis(key: str, at: datetime) -> Answer:
        return book.value(key, at.astimezone(zone).date())

    since = order.served_at or order.issued_at or order.drafted_at
    term = basis(TERM, since)
    start = basis("orders.start_of_term", since)
    own = ClockView(
        name=ENDS,
        label=_("End of the order"),
        step=0,
        key=TERM,
        basis=term,
        since=order.served_at,
        at=order.ends_at,
        done_at=None,
        is_dropped=order.served_at is not None and order.state not in BINDING,
        to_verify=term.to_verify or start.to_verify,
        history=history.get((ENDS, 0), ()),
    )
    return [own, *(_of(duty, basis(duty.provision, duty.since), history) for duty in held)]


def _of(duty: Duty, basis: Answer, history: dict[tuple[str, int], tuple[Shown, ...]]) -> ClockView:
    return ClockView(
        name=duty.kind,
        label=Kind(duty.kind).label,
        step=duty.step,
        key=duty.provision,
        basis=basis,
        since=duty.since,
        at=duty.due_at,
        done_at=duty.done_at,
        is_dropped=duty.dropped_at is not None,
        to_verify=duty.to_verify or basis.to_verify,
        history=history.get((duty.kind, duty.step), ()),
    )
