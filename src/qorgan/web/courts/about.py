"""What materials may be about: a case with its orders and offences, an order, an offence; only what the reader sees."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor
from qorgan.cases import access as case_access
from qorgan.cases import queries as cases
from qorgan.cases.models import Case
from qorgan.courts.terms import Kind
from qorgan.offences import access as offence_access
from qorgan.offences import queries as offences
from qorgan.offences.models import Offence
from qorgan.offences.terms import Register
from qorgan.offences.terms import State as OffenceState
from qorgan.orders import access as order_access
from qorgan.orders import queries as orders
from qorgan.orders.models import Breach, Order
from qorgan.orders.terms import State as OrderState
from qorgan.web.request import StaffRequest

_KINDS = {Register.ADMINISTRATIVE: Kind.ADMINISTRATIVE, Register.CRIMINAL: Kind.CRIMINAL}


@dataclass(frozen=True)
class About:
    """The case, where there is one; the orders and offences to choose from; how the form is filled beforehand.

    `words` and `url` name the thing that the reader came from.
    """

    case: Case | None
    orders: list[Order]
    offences: list[Offence]
    territory_id: int
    thread_id: UUID
    filled: dict[str, str]
    words: str
    url: str
    breach: Breach | None = None


def about(request: StaffRequest, thing: str, thing_id: UUID) -> About:
    """What the reader came from. Raises NotFound where it is out of sight or of no such kind."""
    found = _THINGS.get(thing)
    if found is None or not request.actor.can(found[0]):
        raise NotFound
    return found[1](request.actor, thing_id)


def _of_case(actor: Actor, case_id: UUID) -> About:
    case = cases.find(case_id)
    if case is None:
        raise NotFound
    words, url = _("Case %(number)s") % {"number": case.number}, reverse("cases:case", args=[case.id])
    sent = _orders(actor, case)
    filled = {"kind": Kind.SPECIAL_REQUIREMENTS.value, "order": str(sent[0].id) if len(sent) == 1 else ""}
    return About(case, sent, _offences(actor, case), case.territory_id, case.thread_id, filled, words, url)


def _of_order(actor: Actor, order_id: UUID) -> About:
    order = orders.find(order_id)
    if order is None:
        raise NotFound
    words, url = _("Order %(number)s") % {"number": order.number}, reverse("orders:order", args=[order.id])
    filled = {"kind": Kind.SPECIAL_REQUIREMENTS.value, "order": str(order.id)}
    sent = _orders(actor, order.case)
    chosen = _offences(actor, order.case)
    return About(order.case, sent, chosen, order.territory_id, order.thread_id, filled, words, url)


def _of_offence(actor: Actor, offence_id: UUID) -> About:
    offence = offences.find(offence_id)
    if offence is None:
        raise NotFound
    words = _("Offence %(number)s") % {"number": offence.number}
    url = reverse("offences:offence", args=[offence.id])
    filled = {"kind": _KINDS[Register(offence.register)].value, "offence": str(offence.id)}
    case = offence.case
    chosen = _offences(actor, case) if case else [offence]
    sent = _orders(actor, case) if case else []
    return About(case, sent, chosen, offence.territory_id, offence.thread_id, filled, words, url)


def _orders(actor: Actor, case: Case) -> list[Order]:
    if not actor.can(order_access.SEE):
        return []
    return list(orders.newest(now=clock.now()).filter(case=case).exclude(state=OrderState.DRAFT))


def _offences(actor: Actor, case: Case) -> list[Offence]:
    if not actor.can(offence_access.SEE):
        return []
    return list(offences.of_cases([case.id]).exclude(state__in=[OffenceState.ANNULLED, OffenceState.TERMINATED]))


def _of_breach(actor: Actor, breach_id: UUID) -> About:
    found = orders.breach(breach_id)
    if found is None:
        raise NotFound
    order = found.order
    words = _("Breach %(n)s of order %(number)s") % {"n": found.number, "number": order.number}
    url = reverse("orders:breach", args=[found.id])
    filled = {"kind": Kind.ADMINISTRATIVE.value, "order": str(order.id)}
    chosen = _offences(actor, order.case)
    return About(order.case, [order], chosen, order.territory_id, order.thread_id, filled, words, url, found)


_THINGS: dict[str, tuple[str, Callable[[Actor, UUID], About]]] = {
    "case": (case_access.SEE, _of_case),
    "order": (order_access.SEE, _of_order),
    "offence": (offence_access.SEE, _of_offence),
    "breach": (order_access.SEE, _of_breach),
}
