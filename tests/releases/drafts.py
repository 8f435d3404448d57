"""Drafts of releases made of plain values, without a database."""

import tomllib
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import qorgan
from qorgan.indicators.engine import definitions as reader
from qorgan.indicators.engine.figures import Figure, WhyNone, ratio
from qorgan.indicators.engine.periods import Period, parse
from qorgan.releases.engine.draft import Draft, Front
from qorgan.releases.engine.sentences import Voice
from qorgan.releases.engine.tables import Region

ROOT = Path(qorgan.__file__).parent
LANGUAGES = ("kk", "ru", "en")
AS_OF = datetime(2026, 11, 4, 20, 0, tzinfo=UTC)
REPORTS, ORDERS = "reports_registered", "orders_issued"
COHORT, MEDIAN = "orders_per_100_reports_cohort", "hours_report_to_order_median"
_READ = (reader.read(code, text, {}) for code, text in reader.texts().items())
DEFINITIONS = {found.code: found for found in sorted(_READ, key=lambda found: found.position)}
FRONT = Front((REPORTS, ORDERS), COHORT, (REPORTS,))


def _toml(path: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / path).read_text(encoding="utf-8"))


def voice(language: str) -> Voice:
    """A language of Kazakhstan."""
    words = _toml("country/kz/words/release.toml").get(language) or _toml("releases/words/en.toml")
    return Voice(language, words)


def figure(code: str, numerator: int | None, denominator: int | None = None, **more: Any) -> Figure:
    """A figure of October 2026, its value computed from its numbers where it is a count or a ratio."""
    known = {"period": parse("2026-10"), "region": None, "as_of": AS_OF, "unit": DEFINITIONS[code].counting_unit} | more
    if "value" not in known:
        known["value"] = _value(code, numerator, denominator)
    if known["value"] is None:
        known.setdefault("why_none", WhyNone.NO_DENOMINATOR)
    return Figure(code=code, numerator=numerator, denominator=denominator, **known)


def _value(code: str, numerator: int | None, denominator: int | None) -> Decimal | None:
    if numerator is None or code == MEDIAN:
        return None
    if code == COHORT:
        return ratio(numerator, denominator or 0, scale=100, decimals=1)
    return Decimal(numerator)


def draft(
    reports: dict[int, int],
    orders: dict[int, int],
    *,
    hours: str | None = "14.2",
    period: Period | None = None,
    **more: Any,
) -> Draft:
    """A draft with the counts by region given; the orders of a region are taken to be those of its reports."""
    span = period or parse("2026-10")
    total, issued = sum(reports.values()), sum(orders.values())
    national = {
        REPORTS: figure(REPORTS, total, period=span),
        ORDERS: figure(ORDERS, issued, period=span),
        COHORT: figure(COHORT, issued, total, period=span),
        MEDIAN: figure(MEDIAN, issued, issued, value=Decimal(hours) if hours else None, period=span),
    }
    regional = {
        REPORTS: {region: figure(REPORTS, count, region=region) for region, count in reports.items()},
        ORDERS: {region: figure(ORDERS, count, region=region) for region, count in orders.items()},
        COHORT: {region: figure(COHORT, orders[region], reports[region], region=region) for region in reports},
    }
    known: dict[str, Any] = {"number": f"{span.slug}-1", "country": "kz", "as_of": AS_OF}
    known |= {"synthetic": True, "months": {}, "front": FRONT} | more
    return Draft(
        period=span,
        zone=ZoneInfo("Asia/Almaty"),
        publisher={"kk": "Комитет", "ru": "Комитет", "en": "Committee"},
        voices=tuple(voice(language) for language in LANGUAGES),
        definitions={code: DEFINITIONS[code] for code in (REPORTS, ORDERS, COHORT, MEDIAN)},
        national=national,
        regional=regional,
        regions=tuple(
            Region(id, f"KZ-{id}", names := {language: f"{language} {id}" for language in LANGUAGES}, names, names)
            for id in reports
        ),
        **known,
    )


REGIONS = {10: 412, 11: 388, 15: 271, 19: 655, 23: 180, 27: 205, 31: 344, 33: 251, 35: 498, 39: 402, 43: 190, 47: 160}
FULL = draft(
    REGIONS | {71: 1204, 75: 1980, 79: 872},
    {id: count * 7 // 10 for id, count in REGIONS.items()} | {71: 851, 75: 1423, 79: 600},
)
