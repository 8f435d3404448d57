"""The formulas: typed pure functions from a table of facts to whole numbers, as expressions that any engine can run.

Each answers rows of (region, numerator, denominator, measure), all whole numbers; `region` is there only when asked
for. Division and rounding happen once, in `finish`, in exact decimals, so that every engine agrees to the unit.
`ibis` is imported inside functions: it takes over a second.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from qorgan.indicators.engine.figures import WhyNone, ratio, rounded
from qorgan.indicators.engine.periods import Period

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, Table

TABLE = "facts_fact"
REPORT, ORDER = "report.registered", "order.issued"
_SCHEMA = {
    "id": "int64",
    "kind": "string",
    "link": "binary",
    "root": "binary",
    "version": "int64",
    "on": "date",
    "region": "int64",
    "hours": "decimal(10, 3)",
    "withdrawn": "boolean",
    "collected_at": "timestamp('UTC', 6)",
}


@dataclass(frozen=True)
class Cut:
    """Which facts a figure is made of: collected up to `as_of`, in the period, in one region or all, apart or not."""

    period: Period
    as_of: datetime
    region: int | None = None
    by_region: bool = False


@dataclass(frozen=True)
class Numbers:
    """What a formula answers for one place. `measure` is in thousandths of the unit."""

    numerator: int | None
    denominator: int | None
    measure: int | None = None


def facts() -> Table:
    """The table of facts, bound to no database."""
    import ibis

    return ibis.table(_SCHEMA, name=TABLE)


def current(table: Table, as_of: datetime, kind: str) -> Table:
    """Of each fact its latest version collected up to `as_of`, without those that no longer count.

    Few facts ever have a second version, so the older ones are taken out by an anti-join against a small side.
    """
    import ibis

    until = ibis.timestamp(as_of.isoformat())
    known = table.filter(table.kind == kind, table.collected_at <= until)
    later = table.view()
    later = later.filter(later.kind == kind, later.collected_at <= until, later.version > 1).select("link", "version")
    newest = known.anti_join(later, [known.link == later.link, known.version < later.version])
    return newest.filter(~newest.withdrawn)


def _within(table: Table, cut: Cut) -> list[BooleanValue]:
    import ibis

    conditions = [table.on.between(ibis.date(cut.period.first.isoformat()), ibis.date(cut.period.last.isoformat()))]
    if cut.region is not None:
        conditions.append(table.region == cut.region)
    return conditions


def _answer(table: Table, cut: Cut, **numbers: Any) -> Table:
    """Rows of whole numbers, by region where asked for; columns in one order."""
    import ibis

    numbers = {name: numbers.get(name, ibis.null("int64")) for name in ("numerator", "denominator", "measure")}
    if cut.by_region:
        return table.group_by("region").aggregate(**numbers).order_by("region")
    return table.aggregate(**numbers)


def reports_registered(table: Table, cut: Cut) -> Table:
    """Reports by the date of their registration."""
    reports = current(table, cut.as_of, REPORT)
    reports = reports.filter(*_within(reports, cut))
    return _answer(reports, cut, numerator=reports.count())


def orders_issued(table: Table, cut: Cut) -> Table:
    """Orders by the date of their issue; one order that protects three people is one."""
    orders = current(table, cut.as_of, ORDER)
    orders = orders.filter(*_within(orders, cut))
    return _answer(orders, cut, numerator=orders.count())


def orders_per_100_reports_cohort(table: Table, cut: Cut) -> Table:
    """The orders that the reports of the period led to, and those reports. Place and date are the report's."""
    reports = current(table, cut.as_of, REPORT)
    reports = reports.filter(*_within(reports, cut)).select("link", "region")
    orders = current(table, cut.as_of, ORDER)
    led = orders.group_by("root").aggregate(led=orders.count())
    cohort = reports.left_join(led, reports.link == led.root)
    return _answer(cohort, cut, numerator=cohort.led.fill_null(0).sum().cast("int64"), denominator=cohort.count())


def hours_report_to_order_median(table: Table, cut: Cut) -> Table:
    """The middle of the hours from report to order, in thousandths of an hour (twice that, to stay whole)."""
    orders = current(table, cut.as_of, ORDER)
    orders = orders.filter(*_within(orders, cut))
    doubled = (orders.hours * 2000).cast("int64")
    return _answer(
        orders,
        cut,
        numerator=orders.count(),
        denominator=orders.hours.count(),
        measure=doubled.median().cast("int64"),
    )


def count(numbers: Numbers, decimals: int) -> tuple[Decimal | None, WhyNone | None]:
    """A count is its numerator; nothing counted is a zero."""
    return rounded(Decimal(numbers.numerator or 0), decimals), None


def per_100(numbers: Numbers, decimals: int) -> tuple[Decimal | None, WhyNone | None]:
    """Numerator per 100 of the denominator."""
    value = ratio(numbers.numerator or 0, numbers.denominator or 0, scale=100, decimals=decimals)
    return value, None if value is not None else WhyNone.NO_DENOMINATOR


def middle(numbers: Numbers, decimals: int) -> tuple[Decimal | None, WhyNone | None]:
    """A median of thousandths doubled, brought back to its unit."""
    if numbers.measure is None:
        return None, WhyNone.UNKNOWN if numbers.numerator else WhyNone.NO_DENOMINATOR
    return rounded(Decimal(numbers.measure) / 2000, decimals), None


@dataclass(frozen=True)
class Formula:
    """How an indicator is computed, and what its numbers mean for a reader."""

    rows: Callable[[Table, Cut], Table]
    finish: Callable[[Numbers, int], tuple[Decimal | None, WhyNone | None]]
    has_denominator: bool


FORMULAS: dict[str, Formula] = {
    "reports_registered": Formula(reports_registered, count, False),
    "orders_issued": Formula(orders_issued, count, False),
    "orders_per_100_reports_cohort": Formula(orders_per_100_reports_cohort, per_100, True),
    "hours_report_to_order_median": Formula(hours_report_to_order_median, middle, True),
}


@lru_cache(maxsize=512)
def sql(code: str, cut: Cut) -> str:
    """The formula as SQL for PostgreSQL."""
    import ibis

    return str(ibis.to_sql(FORMULAS[code].rows(facts(), cut), dialect="postgres"))
