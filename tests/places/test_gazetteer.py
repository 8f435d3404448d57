"""Regions by date, names by date, zones, what lies in what."""

import csv
from datetime import UTC, date, datetime

import pytest

from qorgan.places.engine import files, zones
from qorgan.places.engine.gazetteer import NoSuchPlace
from qorgan.places.engine.records import CITIES, REGIONS, Kind
from tests.places.country import COUNTRIES, files_of, gazetteer, rows, table

TODAY = date(2026, 11, 20)
LANGUAGES = ("kk", "ru", "en")


def ids(on):
    return {place.id for place in gazetteer().regions(on)}


def test_there_are_seventeen_oblasts_and_three_cities():
    regions = gazetteer().regions(TODAY)
    assert len(regions) == 20
    assert sum(place.kind is Kind.CITY_REGION for place in regions) == 3
    assert {place.iso for place in regions} == {f"KZ-{place.id}" for place in regions}
    assert all(place.kato == f"{place.id}0000000" for place in regions)


def test_every_place_is_named_in_every_language_and_stands_somewhere():
    for place in gazetteer().records.places:
        for language in LANGUAGES:
            assert gazetteer().name(place.id, language).name
        assert 40 <= place.lat <= 56 and 46 <= place.lon <= 88


def test_every_district_lies_in_a_region_and_has_its_own_number():
    for place in gazetteer().records.places:
        if place.kind not in REGIONS | {Kind.COUNTRY}:
            assert gazetteer().region_of(place.id).id == place.id // 100
            assert place.provenance == "to be verified" and place.kato == ""


@pytest.mark.parametrize("region", sorted(ids(TODAY) - {71, 75, 79}))
def test_every_oblast_has_a_city_and_a_district(region):
    kinds = {gazetteer().place(id).kind for id in gazetteer().expand([region])}
    assert kinds & CITIES and Kind.DISTRICT in kinds


def test_tile_map_has_twenty_tiles_and_none_twice():
    tiles = {(place.tile_row, place.tile_col) for place in gazetteer().regions(TODAY)}
    assert len(tiles) == 20 and (None, None) not in tiles
    shorts = {gazetteer().name(place.id, "kk").abbr for place in gazetteer().regions(TODAY)}
    assert len(shorts) == 20 and all(len(short) == 3 for short in shorts)


def test_regions_of_the_day_before_and_after_june_2018():
    assert 51 in ids(date(2018, 6, 18)) and not {61, 79} & ids(date(2018, 6, 18))
    assert len(ids(date(2018, 6, 18))) == 16
    assert {61, 79} <= ids(date(2018, 6, 20)) and 51 not in ids(date(2018, 6, 20))
    assert len(ids(date(2018, 6, 20))) == 17


def test_regions_of_the_day_before_and_after_june_2022():
    assert len(ids(date(2022, 6, 7))) == 17 and not {10, 33, 62} & ids(date(2022, 6, 7))
    assert len(ids(date(2022, 6, 8))) == 20 and {10, 33, 62} <= ids(date(2022, 6, 8))


@pytest.mark.parametrize(
    ("on", "kk", "ru"),
    [
        (date(2018, 1, 1), "Астана қаласы", "город Астана"),
        (date(2019, 3, 22), "Астана қаласы", "город Астана"),
        (date(2019, 7, 23), "Нұр-Сұлтан қаласы", "город Нур-Султан"),
        (date(2022, 9, 16), "Нұр-Сұлтан қаласы", "город Нур-Султан"),
        (date(2022, 9, 17), "Астана қаласы", "город Астана"),
        (None, "Астана қаласы", "город Астана"),
    ],
)
def test_capital_is_called_what_it_was_called_on_the_day(on, kk, ru):
    assert gazetteer().name(71, "kk", on).name == kk
    assert gazetteer().name(71, "ru", on).name == ru


def test_semey_lay_in_east_kazakhstan_until_june_2022():
    semey = next(place.id for place in gazetteer().records.places if place.id // 100 == 10)
    assert gazetteer().region_of(semey, date(2022, 6, 7)).id == 63
    assert gazetteer().region_of(semey, date(2022, 6, 8)).id == 10
    assert gazetteer().region_of(7901, date(2018, 6, 18)).id == 51
    assert gazetteer().region_of(79, date(2018, 6, 18)).id == 51
    assert gazetteer().region_of(1) is None


def test_expanding_gives_all_below_and_nothing_else():
    all_of = gazetteer().expand([1])
    assert len(all_of) == len(gazetteer().records.places)
    shymkent = gazetteer().expand([79])
    assert shymkent == (79, 7901, 7902, 7903, 7904, 7905)
    assert gazetteer().expand([7903, 7903]) == (7903,)
    assert gazetteer().expand([]) == () == gazetteer().expand([999_999])
    with pytest.raises(NoSuchPlace):
        gazetteer().place(999_999)


def test_figures_across_a_change_of_borders_are_not_comparable():
    before, after = date(2021, 12, 31), date(2023, 12, 31)
    assert not any(gazetteer().comparable(id, before, after) for id in (10, 63, 33, 19, 62, 35))
    assert all(gazetteer().comparable(id, before, after) for id in (11, 71, 75, 79, 61))
    assert gazetteer().comparable(63, date(2022, 6, 8), after)
    assert not gazetteer().comparable(79, date(2017, 1, 1), after)
    assert [(c.old, c.new) for c in gazetteer().breaks(1001, before, after)] == [(63, 10)]
    assert gazetteer().breaks(11, before, after) == []


@pytest.mark.parametrize(
    ("place", "at", "offset"),
    [
        (71, datetime(2019, 7, 23, 4, 15, tzinfo=UTC), "+0600"),
        (71, datetime(2024, 2, 29, 17, 59, tzinfo=UTC), "+0600"),
        (71, datetime(2024, 2, 29, 19, 1, tzinfo=UTC), "+0500"),
        (39, datetime(2023, 1, 1, tzinfo=UTC), "+0600"),
        (43, datetime(2018, 12, 20, tzinfo=UTC), "+0600"),
        (43, datetime(2019, 1, 1, tzinfo=UTC), "+0500"),
        (27, datetime(2019, 1, 1, tzinfo=UTC), "+0500"),
        (7903, datetime(2026, 11, 20, tzinfo=UTC), "+0500"),
        (1, datetime(2026, 11, 20, tzinfo=UTC), "+0500"),
    ],
)
def test_local_time_is_that_of_the_place_and_the_day(place, at, offset):
    assert at.astimezone(gazetteer().zone(place)).strftime("%z") == offset


@pytest.mark.parametrize("country", ["kz", "zz"])
def test_installed_zone_data_agree_with_the_country(country):
    assert zones.disagreements(rows(country, "zones")) == []


def test_old_zone_data_would_be_noticed():
    wrong = [{"zone": "Asia/Almaty", "valid_from": "2024-03-01", "valid_to": "", "offset": "+06:00"}]
    assert "+05:00, the country says +06:00" in zones.disagreements(wrong)[0]


@pytest.mark.parametrize("name", ["", "Asia/Nowhere", "../../etc/passwd", "Asia"])
def test_zone_that_does_not_exist_is_refused(name):
    with pytest.raises(ValueError, match="no time zone"):
        zones.zone(name)


def test_another_country_has_two_regions_with_their_own_time():
    other = gazetteer("zz")
    assert [place.id for place in other.regions(TODAY)] == [10, 20]
    assert other.name(10, "eo").name == "Norda regiono" and other.name(10, "kk") is None
    assert datetime(2026, 1, 1, tzinfo=UTC).astimezone(other.zone(2001)).strftime("%z") == "+0400"


def test_contradiction_in_the_files_names_file_and_line():
    twice = files_of("zz")
    twice.districts.append(dict(twice.districts[0]))
    with pytest.raises(files.BadPlaces, match=r"districts\.csv, line 6: id 1001 is given twice"):
        files.read(twice, languages=["eo"])
    astray = files_of("zz")
    astray.aliases.append({"territory": "77", "form": "name", "text": "Nenie"})
    with pytest.raises(files.BadPlaces, match=r"aliases\.csv: there is no place 77"):
        files.read(astray, languages=["eo"])
    torn = files_of("zz")
    torn.districts[1]["kind"] = "planet"
    with pytest.raises(files.BadPlaces, match=r"districts\.csv, line 3: 'planet'"):
        files.read(torn, languages=["eo"])


@pytest.mark.parametrize("country", ["kz", "zz"])
def test_country_file_names_files_that_exist_and_words_in_each_language(country):
    about = table(country, "country.toml")
    assert all((COUNTRIES / country / path).is_file() for path in about["files"].values())
    for words in [about["name"], about["full_name"], about["synthetic"], *(line["name"] for line in about["hotlines"])]:
        assert set(words) == set(about["languages"])
    formats = table(country, about["files"]["formats"])
    assert set(formats) == set(about["languages"])
    assert all(len(form["months"]) == len(form["months_in_date"]) == 12 for form in formats.values())


@pytest.mark.parametrize("country", ["kz", "zz"])
def test_agencies_and_demo_staff_stand_where_there_are_places(country):
    def read(path):
        with (COUNTRIES / country / path).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    agencies = {row["code"]: row for row in read("agencies/agencies.csv")}
    kinds = table(country, "agencies/kinds.toml")
    assert {row["kind"] for row in agencies.values()} <= set(kinds)
    assert all(set(names) == set(table(country, "country.toml")["languages"]) for names in kinds.values())
    for row in agencies.values():
        gazetteer(country).place(int(row["territory"]))
    for row in read("demo/staff.csv"):
        agency = agencies[row["agency"]]
        assert int(row["territory"]) in gazetteer(country).expand([int(agency["territory"])])
