"""Figures, computed from facts as of a moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from qorgan.base import country
from qorgan.facts.queries import Selection
from qorgan.indicators.engine import definitions as reader
from qorgan.indicators.engine.cuts import Cut, Numbers
from qorgan.indicators.engine.definitions import Definition, Disclosure
from qorgan.indicators.engine.figures import Figure, WhyNone
from qorgan.indicators.engine.formulas import FORMULAS, links_sql
from qorgan.indicators.engine.periods import Period
from qorgan.indicators.engines import POSTGRES, Engine
from qorgan.indicators.rules import NoSuchIndicator, NoSuchRegion, NotCollectedYet, period_of
from qorgan.places import queries as places
from qorgan.places.engine.gazetteer import NoSuchPlace
from qorgan.places.engine.records import REGIONS
from qorgan.places.engine.zones import zone

NOTHING = Numbers(None, None)
NOWHERE = 0  # the region of what is placed in the country as a whole
FURTHER_WORDS = "words/indicators.toml"
SERIES = "indicators.toml"


@cache
def _definitions(code: str) -> Mapping[str, Definition]:
    further = country.toml(FURTHER_WORDS) if (country.folder() / FURTHER_WORDS).is_file() else {}
    read = [reader.read(code, text, further.get(code, {})) for code, text in reader.texts().items()]
    found = {each.code: each for each in sorted(read, key=lambda each: each.position)}
    reader.check_together(found)
    return found


def definitions() -> Mapping[str, Definition]:
    """Every indicator by its code, in the order of a release, with the words of this country's languages."""
    return _definitions(country.code())


@cache
def _since(country_code: str) -> Mapping[str, date]:
    """From which day each series that has one is measured at all, by the law of the country."""
    said = country.toml(SERIES) if (country.folder() / SERIES).is_file() else {}
    return {code: one["since"] for code, one in said.items()}


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

    def why_none(self, period: Period, code: str) -> WhyNone | None:
        """Why no figure of the indicator can be given for the period; None where one can."""
        if self.as_of is None or self.first is None:
            return WhyNone.NOT_COLLECTED
        if period.last < self.first:
            return WhyNone.BEFORE_RECORDS
        if period.first > self.day:
            return WhyNone.NOT_BEGUN
        if period.last < _since(country.code()).get(code, period.last):
            return WhyNone.NOT_MEASURED
        return None

    @property
    def day(self) -> date:
        """The local day of `as_of`, by the country's clock; the first of all days where nothing was collected."""
        return self.as_of.astimezone(zone(places.gazetteer().default_zone)).date() if self.as_of else date.min


def _horizon(as_of: datetime | None, engine: Engine) -> _Horizon:
    known = engine.as_of()
    if as_of is not None and known is not None and as_of > known:
        raise NotCollectedYet(until=known.isoformat())
    until = known and (as_of or known)
    return _Horizon(engine.first_day(until=until) if until else None, until)


def value(
    code: str,
    *,
    period: str | Period,
    region: int | None = None,
    as_of: datetime | None = None,
    engine: Engine = POSTGRES,
) -> Figure:
    """The figure of the country, or of a region; as of the last collection where no other moment is asked for.

    Raises NoSuchIndicator, NotAPeriod, NoSuchRegion, NotCollectedYet. A region that did not stand in the period has no
    figure, and that is not a zero.
    """
    found, span = definition(code), period_of(period)
    stood = region is None or _stood(region, span)
    horizon = _horizon(as_of, engine)
    why = horizon.why_none(span, code)
    if why or horizon.as_of is None:
        return _none(found, span, region, horizon, why)
    rows = engine.rows(code, Cut(span, horizon.as_of, region))
    numbers = rows.get(None, NOTHING)
    if not stood and not numbers.numerator and not numbers.denominator:
        return _none(found, span, region, horizon, WhyNone.NO_REGION)
    return _figure(found, span, region, horizon, numbers)


def _stood(region: int, period: Period) -> bool:
    """Whether the region stood at the beginning or the end of the period. Raises NoSuchRegion."""
    if region == NOWHERE:
        return True
    try:
        place = places.gazetteer().place(region)
    except NoSuchPlace:
        raise NoSuchRegion(region=region) from None
    if place.kind not in REGIONS:
        raise NoSuchRegion(region=region)
    return region in regions(period)


def by_region(
    code: str, *, period: str | Period, as_of: datetime | None = None, engine: Engine = POSTGRES
) -> dict[int, Figure]:
    """The figures of all regions that stood in the period, by id; those without a record are zeros, not gaps.

    Region 0 holds what is placed in the country as a whole, and appears only where there is such a record.
    """
    found, span = definition(code), period_of(period)
    horizon = _horizon(as_of, engine)
    why = horizon.why_none(span, code)
    standing = regions(span)
    if why or horizon.as_of is None:
        return {region: _none(found, span, region, horizon, why) for region in standing}
    rows = engine.rows(code, Cut(span, horizon.as_of, by_region=True))
    others = sorted(region for region in rows if region is not None and region not in standing)
    return {region: _figure(found, span, region, horizon, rows.get(region, NOTHING)) for region in [*standing, *others]}


def regions(period: Period) -> list[int]:
    """The regions that stood on the last day of the period, by official code, then those that ended within it."""
    gazetteer = places.gazetteer()
    days = (period.last, period.first)
    return list(dict.fromkeys(place.id for day in days for place in gazetteer.regions(day)))


def _figure(found: Definition, period: Period, region: int | None, horizon: _Horizon, numbers: Numbers) -> Figure:
    unplaced = region and found.disclosure is Disclosure.NATIONAL_ONLY
    if unplaced and not numbers.numerator and not numbers.denominator:
        return _none(found, period, region, horizon, WhyNone.COUNTRY_ONLY)
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


def behind(figure: Figure) -> Selection | None:
    """The facts that a figure is made of, for the collector to lead to records.

    Of a cohort or a share those that it is drawn from; None where there is no figure.
    """
    if figure.as_of is None or figure.numerator is None:
        return None
    cut = Cut(figure.period, figure.as_of, figure.region)
    what = FORMULAS[figure.code].behind
    links = links_sql(figure.code, cut.shape)
    period = figure.period
    return Selection(what.kind, period.first, period.last, figure.as_of, figure.region, links, cut.values)
