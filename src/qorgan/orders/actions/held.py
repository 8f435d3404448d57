"""An order held for an act, kept as its next version, with the journal row and the duties of the act."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from qorgan.base import journal, words
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.scope import Actor, beside
from qorgan.duties import actions as duties
from qorgan.law import queries as law
from qorgan.orders import rules
from qorgan.orders.models import Order, Protected
from qorgan.orders.terms import BINDING
from qorgan.places import queries as places

TERM = "orders.term"
CHECKS = "orders.check_interval"
COPY = "orders.copy_to_prosecutor"
COPY_TO_VICTIM = "orders.copy_to_victim"
HANDED = "orders.service_under_signature"
ONE_LIVE = "order_one_live"


def locked(order: Order, *, seen: int | None) -> Order:
    """The order as it stands, held until the transaction ends. Raises NotFound (out of sight), ChangedMeanwhile."""
    held = Order.objects.select_for_update(of=("self",)).select_related("case").filter(pk=order.pk).first()
    if held is None:
        raise NotFound
    check_seen(seen, stands=held.version, thing="order", thing_id=held.id, kinds=("orders.order.",))
    return held


@contextmanager
def _one_live(order: Order) -> Iterator[None]:
    """Say in words that the database refuses a second order from one incident for the same two persons."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        if ONE_LIVE not in str(clash):
            raise
        other = _standing_beside(order)
        raise (rules.LiveOrderStands(number=other.number) if other else rules.CannotStand()) from clash


def _standing_beside(order: Order) -> Order | None:
    """Another order from the same incident for the same persons that is not over by its state, if it is in sight."""
    protected = Protected.objects.filter(order=order).values("person_id")
    others = Order.objects.filter(incident=order.incident_id, addressee=order.addressee_id, state__in=BINDING)
    beside_it = others.exclude(pk=order.pk).filter(protected__person_id__in=protected)
    return beside_it.order_by("-issued_at").first()


def lay(order: Order, *, laid: list[duties.Laid], by: Actor, now: datetime) -> None:
    """Lay duties about the order on its office."""
    duties.lay(
        laid=laid,
        thing="order",
        thing_id=order.id,
        case_id=order.case_id,
        **beside(order),
        agency_id=order.agency_id,
        key_id=order.key_id,
        by=by,
        now=now,
    )


def keep(order: Order, *, act: str, by: Actor, now: datetime, fields: tuple[str, ...] = (), **detail: object) -> None:
    """Keep what an act changed as the order's next version, with its journal row.

    Raises LiveOrderStands where another order stands for the same, CannotStand where that one is out of sight.
    """
    order.version += 1
    with _one_live(order):
        order.save(update_fields=[*fields, "version"])
    write(order, act=act, by=by, now=now, **detail)


def write(order: Order, *, act: str, by: Actor, now: datetime, **detail: object) -> None:
    """The journal row of an act on the order, with the version it left."""
    journal.write(
        kind=f"orders.order.{act}",
        thing="order",
        thing_id=order.id,
        by=by,
        now=now,
        detail={"number": order.number, "version": order.version, **detail},
    )


def day_of(order: Order, *, at: datetime) -> date:
    """The day of a moment in the order's place: the day the law is asked for."""
    return at.astimezone(places.zone(order.territory_id)).date()


def said(order: Order, *, at: datetime) -> str:
    """A moment as a refusal says it, on the clock of the order's place."""
    return words.moment(at, places.zone(order.territory_id), get_language() or "")


def provision_of(order: Order, *, key: str, at: datetime) -> str:
    """The article behind a refusal."""
    return law.cited(key, on=day_of(order, at=at))
