"""A figure: a value with its unit, its period and place, or the reason why there is none."""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from qorgan.indicators.engine.periods import Period


class WhyNone(StrEnum):
    """Why a figure has no value. None of these is a zero."""

    NOT_COLLECTED = "not_collected"  # nothing was ever collected here
    BEFORE_RECORDS = "before_records"  # the period ends before the first record
    NOT_MEASURED = "not_measured"  # the law did not yet ask for what would be counted
    NOT_BEGUN = "not_begun"  # the period begins after the facts end
    NO_REGION = "no_region"  # the region did not stand in the period
    COUNTRY_ONLY = "country_only"  # told of the whole country: its facts bear no region
    NO_DENOMINATOR = "no_denominator"  # nothing to divide by
    UNKNOWN = "unknown"  # every record of the period lacks what would be measured


@dataclass(frozen=True)
class Figure:
    """One value of one indicator. `numerator` and `denominator` are whole numbers of records, where they apply.

    `as_of` is the moment up to which records had been collected; `complete` is false while the period still ran then.
    """

    code: str
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    unit: str
    period: Period
    region: int | None
    as_of: datetime | None
    why_none: WhyNone | None = None
    complete: bool = True


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half up, as a person rounds: 2.25 to one decimal is 2.3."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def ratio(numerator: int, denominator: int, *, scale: int, decimals: int) -> Decimal | None:
    """`scale` times the fraction, rounded once, from whole numbers; None where there is nothing to divide by."""
    if denominator == 0:
        return None
    return rounded(Decimal(scale * numerator) / Decimal(denominator), decimals)
