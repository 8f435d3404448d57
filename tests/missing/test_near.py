"""Which offices are told of a missing child: at the edges of regions, round a city, in a corner of the country."""

from dataclasses import dataclass
from math import acos, cos, degrees, radians, sin
from uuid import UUID

import pytest

from qorgan.agencies.models import Agency
from qorgan.base.scope import Actor
from qorgan.missing import queries
from qorgan.missing.engine.near import EARTH, NEAR, kilometres
from qorgan.simulation.readers.country import ground
from tests.simulation.places import settled

pytestmark = pytest.mark.django_db
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Place:
    """A district: the region it lies in, and its middle."""

    id: int
    region: int
    middle: tuple[float, float]

    def far(self, other: "Place") -> float:
        """Kilometres by the spherical law of cosines, to check the other formula by."""
        (lat, lon), (lat2, lon2) = ((radians(each) for each in one.middle) for one in (self, other))
        return EARTH * acos(min(1.0, sin(lat) * sin(lat2) + cos(lat) * cos(lat2) * cos(lon2 - lon)))


@pytest.fixture
def country() -> dict[int, Place]:
    """Every district of the country, each with an office of its own."""
    settled()
    found = {}
    for one in ground().districts:
        middle = queries._middle(one.id)
        assert middle is not None
        found[one.id] = Place(one.id, one.region, middle)
    return found


def _told(place: int, *, besides: UUID = NOBODY) -> list[Agency]:
    return queries.near(place, besides=besides)


def _districts(offices: list[Agency]) -> set[int]:
    return {office.territory_id for office in offices if office.code.startswith("simulated-")}


def test_from_every_district_the_whole_region_and_all_within_reach_over_the_border_are_told(
    country: dict[int, Place],
) -> None:
    edges = 0
    for here in country.values():
        near = {each.id for each in country.values() if here.far(each) <= NEAR}
        region = {each.id for each in country.values() if each.region == here.region}
        assert _districts(_told(here.id)) == near | region, here
        edges += bool(near - region)
    assert edges > len(country) // 4  # a border is nowhere far


def test_over_a_border_two_districts_tell_one_another(country: dict[int, Place]) -> None:
    told = {here: _districts(_told(here)) for here in country}
    assert [(here, there) for here, near in told.items() for there in near if here not in told[there]] == []


def test_a_city_with_a_border_of_its_own_and_the_region_round_it_tell_one_another(country: dict[int, Place]) -> None:
    enbekshi, sauran = 7903, 6117
    round_about = {country[one].region for one in _districts(_told(enbekshi))}
    assert {79, 61} <= round_about
    assert sauran not in _districts(_told(enbekshi))  # of that region, and 150 km away: its department is told
    assert "turkistan-dp" in {office.code for office in _told(enbekshi)}
    assert {"shymkent-dp", "turkistan-dp"} <= {office.code for office in _told(sauran)}


def test_no_one_is_told_twice_nor_the_office_that_tells_nor_the_military(country: dict[int, Place]) -> None:
    own = Agency.objects.get(code="shymkent-enbekshi-police")
    told = [office.code for office in _told(7903, besides=own.id)]
    assert len(told) == len(set(told))
    assert not {own.code, "shymkent-military-police"} & set(told)


def test_where_the_place_is_not_known_the_departments_of_all_regions_are_told(owner: Actor) -> None:
    assert {office.code for office in _told(1)} == {"shymkent-dp", "turkistan-dp"}
    assert {"shymkent-enbekshi-police", "turkistan-dp"} <= {office.code for office in _told(79)}


def test_the_reach_is_a_circle_whose_rim_belongs_to_it() -> None:
    one = degrees(NEAR / EARTH)
    assert kilometres((0.0, 67.0), (one, 67.0)) == pytest.approx(NEAR)
    assert kilometres((0.0, 67.0), (0.0, 67.0 + one)) == pytest.approx(NEAR)
    assert kilometres((50.0, 67.0), (50.0, 67.0 + one)) < 0.7 * NEAR  # degrees are shorter in the north
