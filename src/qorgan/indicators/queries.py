"""Figures, computed from facts as of a moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.db import connection, transaction

from qorgan.base import country
from qorgan.facts import queries as facts
from qorgan.facts.queries import Selection
from qorgan.facts.terms import FactKind
from qorgan.indicators.engine import definitions as reader
from qorgan.indicators.engine.definitions import Definition
from qorgan.indicators.engine.figures import Figure, WhyNone
from qorgan.indicators.engine.formulas import FORMULAS, Cut, Numbers, sql
from qorgan.indicators.engine.periods import Period
from qorgan.indicators.rules import NoSuchIndicator, period_of
from qorgan.places import queries as places
from qorgan.places.engine.zones import zone

NOTHING = Numbers(None, None)
FURTHER_WORDS = "words/indicators.toml"


@cache
def _definitions(code: str) -> Mapping[str, Definition]:
    further = country.toml(FURTHER_WORDS) if (country.folder() / FURTHER_WORDS).is_file() else {}
    found = [reader.read(code, text, further.get(code, {})) for code, text in reader.texts().items()]
    return {each.code: each for each in sorted(found, key=lambda each: each.position)}


def definitions() -> Mapping[str, Definition]:
    """Every indicator by its code, in the order of a release, with the words of this country's languages."""
    return _definitions(country.code())


def definition(code: str) -> Definition:
    """One indicator. Raises NoSuchIndicator."""
    try:
        return definitions()[code]
    except KeyError:
        raise NoSuchIndicator(code=code) from None


@dataclass(frozen=True)
class _Horizon:
    """From which day to which moment facts exist."""

    first: date | None
    as_of: datetime | None

    def why_none(self, period: Period) -> WhyNone | None:
        """Why no figure of the period can be given; None where one can."""
        if self.as_of is None or self.first is None:
            return WhyNone.NOT_COLLECTED
        if period.last < self.first:
            return WhyNone.BEFORE_RECORDS
        if period.first > self.day:
            return WhyNone.NOT_BEGUN
        return None

    @property
    def day(self) -> date:
        """The local day of `as_of`, by the country's clock; the first of all days where nothing was collected."""
        return self.as_of.astimezone(zone(places.gazetteer().default_zone)).date() if self.as_of else date.min


def _horizon(as_of: datetime | None) -> _Horizon:
    until = as_of or facts.as_of()
    return _Horizon(facts.first_day(until=until) if until else None, until)


def value(code: str, *, period: str | Period, region: int | None = None, as_of: datetime | None = None) -> Figure:
    """The figure of the country, or of a region; as of the last collection where no other moment is asked for."""
    found, span = definition(code), period_of(period)
    horizon = _horizon(as_of)
    why = horizon.why_none(span)
    if why or horizon.as_of is None:
        return _none(found, span, region, horizon, why)
    rows = _run(code, Cut(span, horizon.as_of, region))
    return _figure(found, span, region, horizon, rows.get(None, NOTHING))


def by_region(code: str, *, period: str | Period, as_of: datetime | None = None) -> dict[int, Figure]:
    """The figures of all regions that stood in the period, by id; those without a record are zeros, not gaps.

    Region 0 holds what is placed in the country as a whole, and appears only where there is such a record.
    """
    found, span = definition(code), period_of(period)
    horizon = _horizon(as_of)
    why = horizon.why_none(span)
    standing = regions(span)
    if why or horizon.as_of is None:
        return {region: _none(found, span, region, horizon, why) for region in standing}
    rows = _run(code, Cut(span, horizon.as_of, by_region=True))
    others = sorted(region for region in rows if region is not None and region not in standing)
    return {region: _figure(found, span, region, horizon, rows.get(region, NOTHING)) for region in [*standing, *others]}


def regions(period: Period) -> list[int]:
    """The regions that stood on the last day of the period, by official code, then those that ended within it."""
    gazetteer = places.gazetteer()
    days = (period.last, period.first)
    return list(dict.fromkeys(place.id for day in days for place in gazetteer.regions(day)))


@transaction.atomic
def _run(code: str, cut: Cut) -> dict[int | None, Numbers]:
    """The numbers of a formula by region; the key None is the whole.

    Nested loops are off for the query: facts just loaded have no planner statistics yet, and without them a join of
    all reports with all orders is planned as one and takes a minute instead of a tenth of a second.
    """
    with connection.cursor() as cursor:
        cursor.execute("set local enable_nestloop = off")
        cursor.execute(sql(code, cut))
        rows = cursor.fetchall()
        cursor.execute("set local enable_nestloop = on")
    if not cut.by_region:
        rows = [(None, *row) for row in rows]
    return {region: Numbers(*(None if each is None else int(each) for each in numbers)) for region, *numbers in rows}


def _figure(found: Definition, period: Period, region: int | None, horizon: _Horizon, numbers: Numbers) -> Figure:
    formula = FORMULAS[found.code]
    result, why = formula.finish(numbers, found.decimals)
    return Figure(
        code=found.code,
        value=result,
        numerator=numbers.numerator or 0,
        denominator=(numbers.denominator or 0) if formula.has_denominator else None,
        unit=found.counting_unit,
        period=period,
        region=region,
        as_of=horizon.as_of,
        why_none=why,
        complete=period.last < horizon.day,
    )


def _none(found: Definition, period: Period, region: int | None, horizon: _Horizon, why: WhyNone | None) -> Figure:
    return Figure(
        code=found.code,
        value=None,
        numerator=None,
        denominator=None,
        unit=found.counting_unit,
        period=period,
        region=region,
        as_of=horizon.as_of,
        why_none=why,
        complete=False,
    )


_BEHIND: dict[str, FactKind] = {
    "reports_registered": FactKind.REPORT_REGISTERED,
    "orders_issued": FactKind.ORDER_ISSUED,
    "orders_per_100_reports_cohort": FactKind.REPORT_REGISTERED,
    "hours_report_to_order_median": FactKind.ORDER_ISSUED,
}


def behind(figure: Figure) -> Selection | None:
    """The facts that a figure is made of, for the collector to lead to records; of a cohort, its reports."""
    if figure.as_of is None or figure.why_none in (WhyNone.BEFORE_RECORDS, WhyNone.NOT_BEGUN):
        return None
    kind = _BEHIND[figure.code]
    return Selection(kind, figure.period.first, figure.period.last, figure.as_of, figure.region)
