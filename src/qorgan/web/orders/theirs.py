"""What someone else wrote into an order meanwhile, by the field of the form it is read beside."""

from uuid import UUID

from django.utils.translation import get_language

from qorgan.base import words
from qorgan.orders import queries
from qorgan.orders.queries import OrderView
from qorgan.orders.terms import Receipt
from qorgan.places import queries as places
from qorgan.web import persons


def drafted(case_id: UUID) -> dict[str, object]:
    """The newest order of the case."""
    found = queries.for_cases([case_id])
    if not found:
        return {}
    newest = found[0]
    protected = ", ".join(persons.short(person) for person in newest.protected)
    return {
        "addressee": persons.short(newest.addressee),
        "protected": protected,
        "circumstances": newest.circumstances,
    }


def served(view: OrderView) -> dict[str, object]:
    """How it was handed over."""
    order = view.order
    if order.served_at is None:
        return {}
    moment = words.moment(order.served_at, places.zone(order.territory_id), get_language() or "")
    receipt = Receipt(order.receipt).label
    return {"served_at": moment, "receipt": receipt, "witness": view.refusal_witness, "reason": view.refusal_reason}


def checked(view: OrderView, step: int) -> dict[str, object]:
    """What a check of that number found."""
    made = next((check for check in view.checks if check.step == step and check.finding), None)
    return {"finding": made.finding.label, "note": made.note} if made and made.finding else {}


def cancelled(view: OrderView) -> dict[str, object]:
    """By whose decision it was cancelled."""
    return {"why": view.cancelled_why}
