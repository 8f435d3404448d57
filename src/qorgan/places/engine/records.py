"""The records of a country's places, as its data files give them and as the tables keep them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a place is. The level of a place follows from its parents, not from its kind."""

    COUNTRY = "country"
    REGION = "region"
    CITY_REGION = "city_region"  # a city that is a region of its own
    CITY = "city"  # a city under a region
    TOWN = "town"  # a city under a district
    DISTRICT = "district"
    CITY_DISTRICT = "city_district"
    RURAL_DISTRICT = "rural_district"
    SETTLEMENT = "settlement"


REGIONS = frozenset({Kind.REGION, Kind.CITY_REGION})
CITIES = frozenset({Kind.CITY_REGION, Kind.CITY, Kind.TOWN})
DISTRICTS = frozenset({Kind.DISTRICT, Kind.CITY_DISTRICT})


class Form(StrEnum):
    """How another name of a place is used in an address."""

    NAME = "name"  # like the official name, beside a word such as *city*
    ABBREVIATION = "abbreviation"  # alone, as ШҚО
    SEAT = "seat"  # the village where a district has its seat


class Change(StrEnum):
    """What happened to a place on a day."""

    REPLACED = "replaced"  # the old place ended, the new one stands on its ground
    CARVED = "carved"  # the new place was cut out of the old one, which goes on smaller


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place. `id` never changes; `kato`, the official code, may come later.

    `valid_from` is the first day, `valid_to` the first day no more; None means *before* and *beyond what we know*.
    `earlier_region` is where the place lay until `moved_on`.
    """

    id: int
    kind: Kind
    parent: int | None = None
    kato: str = ""
    iso: str = ""
    lat: float | None = None
    lon: float | None = None
    zone: str = ""
    tile_row: int | None = None
    tile_col: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    earlier_region: int | None = None
    moved_on: date | None = None
    provenance: str = ""
    confidence: str = ""

    def stood(self, on: date) -> bool:
        """Whether the place existed on a day."""
        return holds(on, self.valid_from, self.valid_to)


@dataclass(frozen=True, kw_only=True)
class Name:
    """What a place is called in a language, from a day until the day before another."""

    place: int
    language: str
    name: str
    short: str = ""
    abbr: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class Alias:
    """Another way in which people write the place."""

    place: int
    text: str
    form: Form = Form.NAME


@dataclass(frozen=True, kw_only=True)
class Succession:
    """A change of borders: what `new` is to `old`."""

    old: int
    new: int
    on: date
    kind: Change


@dataclass(frozen=True, kw_only=True)
class Records:
    """All that is known of a country's places."""

    places: tuple[Place, ...]
    names: tuple[Name, ...]
    aliases: tuple[Alias, ...] = ()
    successions: tuple[Succession, ...] = ()


def holds(on: date, first: date | None, after: date | None) -> bool:
    """Whether a day lies in [first, after); None is open."""
    return (first is None or first <= on) and (after is None or on < after)
