"""What a release says of the year before: the same figures then, and what breaks the comparison."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from qorgan.base import country
from qorgan.indicators import queries as indicators
from qorgan.indicators.engine.figures import Figure
from qorgan.indicators.engine.periods import Period
from qorgan.indicators.engines import Engine
from qorgan.places import queries as places
from qorgan.places.engine.gazetteer import NoSuchPlace
from qorgan.releases.engine.changes import Break, goes_back, year_before
from qorgan.releases.engine.draft import Borders, Past

BREAKS = "words/breaks.toml"


def past(
    national: Mapping[str, Figure], *, period: Period, as_of: datetime, regions: Iterable[int], engine: Engine
) -> Past:
    """The figures of the same months a year before, where records go back so far and the period has ended."""
    before = year_before(period)
    told: dict[str, Figure] = {}
    ended = all(figure.complete for figure in national.values())
    if ended and goes_back(engine.first_day(until=as_of), before):
        told = {code: indicators.value(code, period=before, as_of=as_of, engine=engine) for code in national}
    return Past(told, breaks(), _borders(regions, first=before.first, last=period.last))


def breaks() -> tuple[Break, ...]:
    """The days on which series of this country break."""
    if not (country.folder() / BREAKS).is_file():
        return ()
    said = country.toml(BREAKS)["break"]
    return tuple(Break(one["on"], frozenset(one["indicators"]), one["words"]) for one in said)


def _borders(regions: Iterable[int], *, first: date, last: date) -> tuple[Borders, ...]:
    """The days on which borders of the regions changed, with the regions that they left and made."""
    changed: dict[date, set[int]] = {}
    for region in regions:
        try:
            for each in places.breaks(region, first=first, last=last):
                changed.setdefault(each.on, set()).update((each.old, each.new))
        except NoSuchPlace:
            continue
    languages = country.toml("country.toml")["languages"]
    return tuple(
        Borders(
            on,
            {
                language: tuple(places.name(region, language=language, on=on) for region in sorted(names))
                for language in languages
            },
        )
        for on, names in sorted(changed.items())
    )
