"""A whole made-up year of every indicator in twenty regions, of plain values, without a database."""

import csv
import random
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from qorgan.indicators.engine.definitions import Definition, Disclosure
from qorgan.indicators.engine.figures import Figure, WhyNone, ratio
from qorgan.indicators.engine.periods import Period, parse
from qorgan.releases.engine.changes import year_before
from qorgan.releases.engine.draft import Draft, Front, Past
from qorgan.releases.engine.kinds import Kind, kind_of, wholes
from qorgan.releases.engine.tables import Region
from tests.releases.drafts import DEFINITIONS, LANGUAGES, ROOT, voice

AS_OF = datetime(2025, 1, 20, 20, 0, tzinfo=UTC)
YEAR = parse("2025")
FRONT = Front(
    ("reports_registered", "orders_issued", "court_cases_decided"),
    "orders_per_100_reports_cohort",
    ("reports_registered", "orders_issued"),
)
_ROWS = list(csv.DictReader((ROOT / "country/kz/places/regions.csv").open(encoding="utf-8")))
IDS = (10, 11, 15, 19, 23, 27, 31, 33, 35, 39, 43, 47, 55, 59, 61, 62, 63, 71, 75, 79)
SIZES = {"reports_registered": 100_234, "orders_issued": 72_018, "court_cases_decided": 15_987}
SMALL = {"homicides_of_women": 41, "homicides_by_minors": 14, "women_victims_of_homicide_by_partner": 17}
SMALL |= {"public_works_decisions": 60, "sentences": 1200, "robberies_by_minors": 150, "children_raped": 281}


def _shares(chance: random.Random, total: int, within: dict[int, int] | None) -> dict[int, int]:
    """A total spread over the regions, never more than the whole has."""
    weights = {region: chance.random() ** 2 + 0.01 for region in IDS}
    spread = {region: int(total * weight / sum(weights.values())) for region, weight in weights.items()}
    return {region: min(count, within[region]) for region, count in spread.items()} if within else spread


def counts(seed: int, *, scale: float = 1.0) -> dict[str, dict[int, int]]:
    """Counts by region of every indicator that is a count, parts inside their wholes."""
    chance = random.Random(seed)
    made: dict[str, dict[int, int]] = {}
    whole_of = wholes(DEFINITIONS)
    room: dict[str, dict[int, int]] = {}
    for code, found in DEFINITIONS.items():
        if kind_of(found) is not Kind.COUNT:
            continue
        total = int(SIZES.get(code, SMALL.get(code, chance.randrange(400, 9000))) * scale)
        left = room.get(whole_of.get(code, ""))
        made[code] = _shares(chance, total, left)
        if left is not None:
            for region, count in made[code].items():
                left[region] -= count
        room[code] = dict(made[code])
    return made


def _figure(code: str, numerator: int, denominator: int | None, period: Period, region: int | None) -> Figure:
    found = DEFINITIONS[code]
    value: Decimal | None = Decimal(numerator)
    if kind_of(found) is Kind.MEDIAN:
        value = Decimal("14.2")
    elif denominator is not None:
        value = ratio(numerator, denominator, scale=found.scale, decimals=found.decimals)
    why = WhyNone.NO_DENOMINATOR if value is None else None
    return Figure(code, value, numerator, denominator, found.counting_unit, period, region, AS_OF, why)


def _all(made: dict[str, dict[int, int]], period: Period, region: int | None) -> dict[str, Figure]:
    """The figures of one region, or of the country: of a ratio a part of its denominator."""

    def of(code: str) -> int:
        held = made[code]
        return sum(held.values()) if region is None else held[region]

    return {code: _one(code, found, of, period, region) for code, found in DEFINITIONS.items()}


def _one(code: str, found: Definition, of: Any, period: Period, region: int | None) -> Figure:
    kind = kind_of(found)
    if kind is Kind.COUNT:
        return _figure(code, of(code), None, period, region)
    if kind is Kind.MEDIAN:
        return _figure(code, of("orders_issued"), of("orders_issued"), period, region)
    whole = found.of or "conflict_blocks_laid"  # for the country alone, of what has no table either
    return _figure(code, of(whole) * 7 // 10, of(whole), period, region)


def _region(row: dict[str, str]) -> Region:
    names, short, abbr = (
        {language: row[f"{kind}_{language}"] for language in LANGUAGES} for kind in ("name", "short", "abbr")
    )
    tile = (int(row["tile_row"]), int(row["tile_col"]))
    return Region(int(row["id"]), row["iso"], names, short, abbr, tile, is_city="city" in row["kind"])


@cache
def year(seed: int = 1, *, scale: float = 1.0, before: bool = True, **more: Any) -> Draft:
    """The draft of the release of 2025."""
    made = counts(seed, scale=scale)
    regional: dict[str, dict[int, Figure]] = {}
    for region in IDS:
        for code, figure in _all(made, YEAR, region).items():
            if DEFINITIONS[code].disclosure is not Disclosure.NATIONAL_ONLY:
                regional.setdefault(code, {})[region] = figure
    national = _all(made, YEAR, None)
    for code, rows in regional.items():  # of a ratio the whole is the sum of its parts, not a share of its own
        if DEFINITIONS[code].scale > 1:
            sums = [sum(getattr(row, name) or 0 for row in rows.values()) for name in ("numerator", "denominator")]
            national[code] = _figure(code, sums[0], sums[1], YEAR, None)
    past = Past(_all(counts(seed, scale=scale * 1.03), year_before(YEAR), None)) if before else Past()
    known: dict[str, Any] = {"past": past, "front": FRONT, "number": "2025-1", "synthetic": True, "months": {}} | more
    return Draft(
        country="kz",
        period=YEAR,
        as_of=AS_OF,
        zone=ZoneInfo("Asia/Almaty"),
        publisher={"kk": "Комитет", "ru": "Комитет", "en": "Committee"},
        voices=tuple(voice(language) for language in LANGUAGES),
        definitions=DEFINITIONS,
        national=national,
        regional=regional,
        regions=tuple(_region(row) for row in _ROWS if int(row["id"]) in IDS),
        **known,
    )
