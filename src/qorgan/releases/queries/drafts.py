"""The draft of a release from the figures of a moment."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from qorgan.base import country
from qorgan.indicators import queries as indicators
from qorgan.indicators.engine.definitions import Definition, Disclosure
from qorgan.indicators.engine.figures import Figure, WhyNone
from qorgan.indicators.engine.periods import Period
from qorgan.indicators.engines import POSTGRES, Engine
from qorgan.places import queries as places
from qorgan.places.engine.records import Kind
from qorgan.places.engine.zones import zone
from qorgan.releases.engine import choice, parquet
from qorgan.releases.engine.draft import Draft, Front
from qorgan.releases.engine.sentences import Voice
from qorgan.releases.engine.tables import Region
from qorgan.releases.queries.past import past
from qorgan.releases.rules import NothingCollected, PeriodNotBegun

WORDS = "words/release.toml"
_ENGLISH = Path(__file__).resolve().parents[1] / "words" / "en.toml"
NOWHERE = 0


def _english() -> dict[str, Any]:
    return tomllib.loads(_ENGLISH.read_text(encoding="utf-8"))


def _own() -> dict[str, Any]:
    return country.toml(WORDS) if (country.folder() / WORDS).is_file() else {}


def voices() -> tuple[Voice, ...]:
    """The languages of the country; English sentences where it has none of its own in one of them."""
    about, own, english = country.toml("country.toml"), _own(), _english()
    stamps = about.get("synthetic", {})
    return tuple(
        Voice(language, own.get(language, english), stamps.get(language, "")) for language in about["languages"]
    )


def _front() -> Front:
    said = _own().get("front") or _english()["front"]
    return Front(tuple(said["opening"]), said["mapped"], tuple(said["charted"]))


def draft(
    *,
    period: Period,
    number: str,
    as_of: datetime | None = None,
    revises: str = "",
    reason: str = "",
    engine: Engine = POSTGRES,
) -> Draft:
    """All that a release of the period is made of. Raises NothingCollected, PeriodNotBegun."""
    found = indicators.definitions()
    national = {code: indicators.value(code, period=period, as_of=as_of, engine=engine) for code in found}
    moment = _moment(national.values())
    measured = {code: one for code, one in found.items() if national[code].why_none is not WhyNone.NOT_MEASURED}
    regional = _regional(period, measured, moment, engine)
    about = country.toml("country.toml")
    spoken, front = voices(), _front()
    ids = list(dict.fromkeys(region for figures in regional.values() for region in figures))
    return Draft(
        number=number,
        country=about["code"],
        period=period,
        as_of=moment,
        synthetic=bool(settings.DEMO),
        zone=zone(places.gazetteer().default_zone),
        publisher=_publisher(about),
        voices=spoken,
        definitions=found,
        national=national,
        regional=regional,
        regions=tuple(_region(region, period, spoken) for region in ids),
        months=_months(period, measured, moment, engine),
        revises=revises,
        reason=reason,
        past=past(national, period=period, as_of=moment, regions=ids, engine=engine),
        front=front,
        method=choice.method(),
        parquet=parquet.library(),
    )


def _publisher(about: Mapping[str, Any]) -> Mapping[str, str]:
    """Who answers for the release. For made-up figures no agency of the state does."""
    if settings.DEMO:
        return dict.fromkeys(about["languages"], "Qorgan")
    names: Mapping[str, str] = about.get("publisher", {}).get("name", {})
    return names


def _moment(national: Iterable[Figure]) -> datetime:
    """The one moment as of which all figures are."""
    first = next(iter(national))
    if first.as_of is None or first.why_none is WhyNone.NOT_COLLECTED:
        raise NothingCollected
    if first.why_none is WhyNone.NOT_BEGUN:
        raise PeriodNotBegun(period=first.period.word)
    return first.as_of


def _regional(
    period: Period, found: Mapping[str, Definition], as_of: datetime, engine: Engine
) -> dict[str, dict[int, Figure]]:
    """The figures by region of every indicator that has such a table."""
    return {
        code: indicators.by_region(code, period=period, as_of=as_of, engine=engine)
        for code, definition in found.items()
        if definition.disclosure is not Disclosure.NATIONAL_ONLY
    }


def _months(
    period: Period, found: Mapping[str, Definition], as_of: datetime, engine: Engine
) -> dict[str, tuple[Figure, ...]]:
    """The counts of each month, where the period has several."""
    if period.months == 1:
        return {}
    return {
        code: tuple(indicators.value(code, period=month, as_of=as_of, engine=engine) for month in period.parts)
        for code, definition in found.items()
        if definition.disclosure is Disclosure.SMALL_COUNTS
    }


def _region(region: int, period: Period, spoken: tuple[Voice, ...]) -> Region:
    """A region with the names it had at the end of the period."""
    if region == NOWHERE:
        names = {voice.language: str(voice.words["elsewhere"]) for voice in spoken}
        return Region(id=region, iso="", names=names, short=names, abbr=dict.fromkeys(names, "?"))
    place = places.gazetteer().place(region)
    on = period.last
    has_tile = place.tile_row is not None and place.tile_col is not None
    return Region(
        id=region,
        iso=place.iso,
        names={voice.language: places.name(region, language=voice.language, on=on) for voice in spoken},
        short={voice.language: places.short_name(region, language=voice.language, on=on) for voice in spoken},
        abbr={voice.language: places.abbreviation(region, language=voice.language, on=on) for voice in spoken},
        tile=(place.tile_row or 0, place.tile_col or 0) if has_tile else None,
        is_city=place.kind is Kind.CITY_REGION,
    )
