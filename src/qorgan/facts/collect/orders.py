"""What orders tell: issued, served, cancelled; and the report that the thread of each began with."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from qorgan.cases.models import CaseReport
from qorgan.facts.collect.among import among
from qorgan.facts.collect.where import Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.engine.rows import FactRow, Told
from qorgan.facts.terms import KINDS_OF, FactKind, Thing
from qorgan.orders.models import Order

_COLUMNS = ("id", "case_id", "territory_id", "regime", "receipt", "version", "issued_at", "served_at", "cancelled_at")
_HOUR = 3600 * 10**6
_MILLI = Decimal("0.001")


@dataclass(frozen=True)
class Root:
    """The report that a case was opened from. `at` is None where only its date is known."""

    link: bytes
    on: date
    at: datetime | None


def of_cases(cases: Collection[UUID]) -> list[UUID]:
    """The orders of the cases."""
    return list(Order.objects.filter(case_id__in=among(cases)).order_by("id").values_list("id", flat=True))


def led_by_reports(reports: Collection[UUID]) -> list[UUID]:
    """The orders of the cases that lead the reports: their facts change when a report does."""
    return of_cases(list(CaseReport.objects.filter(report_id__in=among(reports)).values_list("case_id", flat=True)))


def tell(ids: Collection[UUID], *, key: bytes, where: Where) -> list[Told]:
    """What the orders of `ids` tell now. A draft tells nothing."""
    found = {row[0]: row for row in Order.objects.filter(id__in=among(ids)).values_list(*_COLUMNS)}
    roots = _roots({row[1] for row in found.values()}, key=key, where=where)
    told = []
    for record in ids:
        name = link(key, Thing.ORDER, record)
        row = found.get(record)
        rows = tuple(_rows(name, row, roots.get(row[1]), where)) if row else ()
        told.append(Told(link=name, kinds=KINDS_OF[Thing.ORDER], rows=rows))
    return told


def _roots(cases: Collection[UUID], *, key: bytes, where: Where) -> dict[UUID, Root]:
    """Of each case the report that joined it first; of two that joined at once, the one registered first."""
    joined = (
        CaseReport.objects.filter(case_id__in=among(cases))
        .order_by("case_id", "joined_at", "report__registered_at", "report_id")
        .distinct("case_id")
        .values_list("case_id", "report_id", "report__registered_at", "report__time_known", "report__territory_id")
    )
    roots = {}
    for case, report, registered_at, time_known, territory in joined:
        _region, day = where.of(territory, registered_at)
        roots[case] = Root(link(key, Thing.REPORT, report), day, registered_at if time_known else None)
    return roots


def _rows(name: bytes, row: tuple[Any, ...], root: Root | None, where: Where) -> Iterator[FactRow]:
    _id, _case, territory, regime, receipt, version, issued_at, served_at, cancelled_at = row
    happened = (
        (FactKind.ORDER_ISSUED, issued_at, {"regime": regime}),
        (FactKind.ORDER_SERVED, served_at, {"regime": regime, "receipt": receipt}),
        (FactKind.ORDER_CANCELLED, cancelled_at if issued_at else None, {"regime": regime}),
    )
    for kind, at, attributes in happened:
        if at is None:
            continue
        region, day = where.of(territory, at)
        yield FactRow(
            kind=kind,
            link=name,
            root=root.link if root else None,
            on=day,
            root_on=root.on if root else None,
            region=region,
            record_version=version,
            hours=_hours(root, at),
            attributes=attributes,
        )


def _hours(root: Root | None, at: datetime) -> Decimal | None:
    """Hours since the report, to a thousandth. None where its time is not known or is written as later."""
    if root is None or root.at is None or at < root.at:
        return None
    passed = at - root.at
    micros = (passed.days * 86400 + passed.seconds) * 10**6 + passed.microseconds
    return (Decimal(micros) / _HOUR).quantize(_MILLI, rounding=ROUND_HALF_UP)
