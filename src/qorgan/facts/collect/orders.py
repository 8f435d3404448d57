"""What orders tell: issued for whom, served, cancelled, breached."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qorgan.facts.collect import breaches
from qorgan.facts.collect.among import among
from qorgan.facts.collect.reading import Id
from qorgan.facts.collect.threads import Root, hours_between, roots_of_cases, rung_of_cases
from qorgan.facts.collect.where import Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.engine.rows import FactRow, Told
from qorgan.facts.terms import KINDS_OF, FactKind, Thing
from qorgan.orders.models import Order, Protected

_COLUMNS = (
    *("id", "case_id", "territory_id", "regime", "receipt", "version", "issued_at", "served_at", "cancelled_at"),
    "annulled_at",
)


def of_cases(cases: Collection[Id]) -> list[Id]:
    """The orders of the cases: their facts change when a case, or the report that it began with, does."""
    return list(Order.objects.filter(case_id__in=among(cases)).order_by("id").values_list("id", flat=True))


@dataclass(frozen=True)
class _Around:
    """What is known beside the orders themselves."""

    roots: dict[Id, Root]
    protected: dict[Id, list[tuple[int, str, int | None]]]
    breached: dict[Id, datetime]
    rang: dict[Id, datetime]


def tell(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What the orders of `ids` and the persons they protect tell now. A draft tells nothing."""
    found = {row[0]: row for row in Order.objects.filter(id__in=among(ids)).values_list(*_COLUMNS)}
    cases = {row[1] for row in found.values()}
    roots = roots_of_cases(cases, key=key, where=where)
    noted, first = breaches.of_orders(found, key=key, where=where, roots=roots)
    around = _Around(roots, _protected(found), first, rung_of_cases(cases))
    told = []
    for record in ids:
        name = link(key, Thing.ORDER, record)
        row = found.get(record)
        rows = tuple(_rows(name, row, around, where)) if row else ()
        told.append(Told(name, KINDS_OF[Thing.ORDER], rows))
        for person, sex, born in around.protected.get(record, ()):
            own = link(key, Thing.PROTECTED, person)
            issued = next((one for one in rows if one.kind is FactKind.ORDER_ISSUED), None)
            about = (_protects(own, issued, sex, born),) if issued else ()
            told.append(Told(own, KINDS_OF[Thing.PROTECTED], about))
    return told + noted + breaches.checks_of(found, key=key, where=where)


def _protected(orders: Collection[Id]) -> dict[Id, list[tuple[int, str, int | None]]]:
    rows = Protected.objects.filter(order_id__in=among(orders)).order_by("id")
    held: dict[Id, list[tuple[int, str, int | None]]] = defaultdict(list)
    for order, id, sex, born in rows.values_list("order_id", "id", "person__sex", "person__birth_year"):
        held[order].append((id, sex, born))
    return held


def _rows(name: bytes, row: tuple[Any, ...], around: _Around, where: Where) -> Iterator[FactRow]:
    record, case, territory, regime, receipt, version, issued_at, served_at, cancelled_at, annulled_at = row
    if issued_at is None:
        return
    root = around.roots.get(case)
    stood = annulled_at is None  # an annulled order was issued, and was in force at no time: nobody could breach it
    happened = (
        (FactKind.ORDER_ISSUED, issued_at, None),
        (FactKind.ORDER_SERVED, served_at if stood else None, receipt),
        (FactKind.ORDER_CANCELLED, cancelled_at if stood else None, None),
        (FactKind.ORDER_BREACHED, around.breached.get(record) if stood else None, None),
        (FactKind.ORDER_SERVED_AFTER_CALL, served_at if stood and case in around.rang else None, None),
    )
    for kind, at, stage in happened:
        if at is None:
            continue
        rang = around.rang.get(case) if kind is FactKind.ORDER_SERVED_AFTER_CALL else None
        region, day = where.of(territory, at)
        yield FactRow(
            kind,
            name,
            root.link if root else None,
            day,
            root.on if root else None,
            region,
            version,
            hours=(hours_between(rang, at) if rang <= at else None) if rang else root.hours(at) if root else None,
            code=regime or None,
            stage=stage,
        )


def _protects(own: bytes, issued: FactRow, sex: str, born: int | None) -> FactRow:
    """A person whom the issued order protects: its date, place and thread, and who she is to statistics."""
    age = issued.on.year - born if born and born <= issued.on.year else None
    return FactRow(
        FactKind.PROTECTED_ISSUED,
        own,
        issued.root,
        issued.on,
        issued.root_on,
        issued.region,
        issued.record_version,
        part_of=issued.link,
        hours=issued.hours,
        code=issued.code,
        sex=sex,
        age=age,
    )
