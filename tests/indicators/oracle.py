"""The figures a second time: plain loops over rows of facts, sharing nothing with the formulas."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

REPORT, ORDER = "report.registered", "order.issued"


@dataclass(frozen=True)
class Row:
    """A row of facts, as far as figures care."""

    kind: str
    link: bytes
    root: bytes | None
    version: int
    on: date
    region: int
    hours: Decimal | None
    withdrawn: bool
    collected_at: datetime


def standing(rows: list[Row], as_of: datetime) -> list[Row]:
    """The last version of each fact known at `as_of`, where it still counts."""
    last: dict[tuple[str, bytes], Row] = {}
    for row in rows:
        if row.collected_at > as_of:
            continue
        held = last.get((row.kind, row.link))
        if held is None or held.version < row.version:
            last[row.kind, row.link] = row
    return [row for row in last.values() if not row.withdrawn]


def figure(code: str, rows: list[Row], first: date, last: date, as_of: datetime, region: int | None) -> Decimal | None:
    """The value of one indicator; None where there is nothing to divide by or to measure."""
    facts = standing(rows, as_of)

    def mine(row: Row, kind: str) -> bool:
        return row.kind == kind and first <= row.on <= last and (region is None or row.region == region)

    if code == "reports_registered":
        return Decimal(sum(1 for row in facts if mine(row, REPORT)))
    if code == "orders_issued":
        return Decimal(sum(1 for row in facts if mine(row, ORDER)))
    if code == "orders_per_100_reports_cohort":
        reports = {row.link for row in facts if mine(row, REPORT)}
        led = sum(1 for row in facts if row.kind == ORDER and row.root in reports)
        return _tenths(Fraction(100 * led, len(reports))) if reports else None
    hours = sorted(Fraction(row.hours) for row in facts if mine(row, ORDER) and row.hours is not None)
    if not hours:
        return None
    middle = len(hours) // 2
    return _tenths(hours[middle] if len(hours) % 2 else (hours[middle - 1] + hours[middle]) / 2)


def _tenths(value: Fraction) -> Decimal:
    """To one decimal, half up."""
    exact = Decimal(value.numerator * 10) / Decimal(value.denominator)
    return exact.quantize(Decimal(1), rounding=ROUND_HALF_UP) / 10
