"""The country that is simulated: districts with their weights and clocks, its law, its articles, its assumptions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from qorgan.law.engine import measures
from qorgan.law.engine.book import LawBook
from qorgan.law.engine.workdays import WorkCalendar
from qorgan.simulation.engine.articles import Articles
from qorgan.simulation.engine.assumptions import Assumptions

WHOLE = frozenset({"district", "city", "city_district"})  # kinds of places that keep a register of their own


@dataclass(frozen=True)
class District:
    """A place with a register of its own. `weight` is its share of the country's records."""

    id: int
    region: int
    weight: float
    zone: tzinfo
    name: str
    region_name: str


@dataclass(frozen=True, eq=False)
class Ground:
    """Everything that a plan stands on."""

    assumptions: Assumptions
    articles: Articles
    districts: tuple[District, ...]
    book: LawBook
    calendar: WorkCalendar
    _planned: dict[date, bool] = field(default_factory=dict, repr=False)

    def ends(self, served_at: datetime, zone: tzinfo) -> datetime:
        """When an order is over by the law of the day of service."""
        clock = measures.order_clock(self.book, served_at=served_at, zone=zone, calendar=self.calendar)
        assert clock.ends_at is not None, "a term is on record since the first simulated year"
        return clock.ends_at

    def checks(self, served_at: datetime, zone: tzinfo) -> tuple[datetime, ...]:
        """The checks that the law of the day of service plans for an order; none where no interval is on record."""
        day = served_at.astimezone(zone).date()
        if day not in self._planned:
            self._planned[day] = self.book.value("orders.check_interval", day).decides
        if not self._planned[day]:
            return ()
        return measures.order_clock(self.book, served_at=served_at, zone=zone, calendar=self.calendar).checks


def districts(
    table: Iterable[Mapping[str, str]],
    *,
    regions: Mapping[int, str],
    zones: Mapping[int, tzinfo],
    assumed: Assumptions,
    language: str,
) -> tuple[District, ...]:
    """The districts of the country's table. A city that has districts of its own is not one beside them."""
    rows = list(table)
    kept = [row for row in rows if row["kind"] in WHOLE]
    divided = {int(row["parent"]) for row in kept if row["kind"] == "city_district"}
    kept = [row for row in kept if int(row["id"]) not in divided]
    above = {int(row["id"]): int(row["parent"]) for row in rows}
    at = {int(row["id"]): _region(int(row["id"]), above, regions) for row in kept}
    weights = {int(row["id"]): assumed.districts.get(int(row["id"]), assumed.kinds[row["kind"]]) for row in kept}
    sums = dict.fromkeys(regions, 0.0)
    for place, weight in weights.items():
        sums[at[place]] += weight
    return tuple(
        District(
            id=place,
            region=at[place],
            weight=assumed.regions[at[place]] * weights[place] / sums[at[place]],
            zone=zones[at[place]],
            name=row[f"name_{language}"],
            region_name=regions[at[place]],
        )
        for row in kept
        if (place := int(row["id"])) and at[place] in assumed.regions
    )


def _region(place: int, above: Mapping[int, int], regions: Mapping[int, str]) -> int:
    while place not in regions:
        place = above[place]
    return place
