"""Two orders that stand for the same two humans, which only "one person" said of two records shows: a duty."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.base.scope import Actor
from qorgan.duties import actions as duties
from qorgan.duties.queries import of_things
from qorgan.duties.terms import Kind as DutyKind
from qorgan.orders.actions.held import TERM, lay
from qorgan.orders.models import Order, Protected
from qorgan.people.queries import one_person


@transaction.atomic
def note_clashes(*, order: Order, by: Actor, now: datetime) -> bool:
    """Lay on the order's office to compare, where another order stands for the same two humans under other rows.

    Only what the actor sees is asked; the job asks again with the whole country in sight. The duty names no other
    record: whoever has it learns that one of the persons may be known elsewhere, and nothing of where. No permission of
    its own: the issue has asked, or the job.
    """
    if order.issued_at is None or of_things([order.id]).filter(kind=DutyKind.COMPARE_ORDERS).exists():
        return False
    mine = list(Protected.objects.filter(order=order).values_list("person_id", flat=True))
    others = _others(order.addressee_id, mine)
    if not others:
        return False
    addressees, protected = others
    found = Protected.objects.filter(addressee_id__in=addressees, person_id__in=protected, live__contains=now).exclude(
        order=order
    )
    same_rows = {"addressee_id": order.addressee_id, "person_id__in": mine}
    if not found.exclude(**same_rows).exists():
        return False
    compare = duties.Laid(DutyKind.COMPARE_ORDERS, TERM, since=now, due_at=None)
    lay(order, laid=[compare], by=by, now=now)
    return True


def _others(addressee: UUID, protected: list[UUID]) -> tuple[set[UUID], set[UUID]] | None:
    """All rows said to be the addressee, and all said to be one of those protected; None where nobody said any."""
    men = one_person(addressee) | {addressee}
    women = set(protected).union(*(one_person(one) for one in protected))
    return (men, women) if len(men) > 1 or len(women) > len(set(protected)) else None
