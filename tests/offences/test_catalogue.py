"""Articles by the day of the act, and the one code of ICCS that each has or has not."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import qorgan
from qorgan.law.engine.marks import Confidence
from qorgan.offences.engine import catalogue
from qorgan.offences.engine.catalogue import NOT_MAPPABLE, Catalogue, Faulty

COUNTRIES = Path(qorgan.__file__).parent / "country"
TODAY = date(2026, 11, 20)
TRAITS = {"homicide", "violent", "sexual", "rape", "grievous_harm", "theft", "robbery", "against_minor", "domestic"}


def of(country: str) -> Catalogue:
    return catalogue.bind(tomllib.loads((COUNTRIES / country / catalogue.FILE).read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def kz() -> Catalogue:
    return of("kz")


@pytest.mark.parametrize(
    ("day", "battery", "harm"),
    [
        (date(2015, 1, 1), "CC 109", "CC 108"),
        (date(2017, 7, 2), "CC 109", "CC 108"),
        (date(2017, 7, 3), "KoAP 73-2", "KoAP 73-1"),
        (date(2024, 6, 15), "KoAP 73-2", "KoAP 73-1"),
        (date(2024, 6, 16), "CC 109-1", "CC 108-1"),
        (TODAY, "CC 109-1", "CC 108-1"),
    ],
)
def test_the_day_of_the_act_names_the_article_of_battery_and_of_light_harm(
    kz: Catalogue, day: date, battery: str, harm: str
) -> None:
    found = {one.key: one.cited for one in kz.in_force(day) if not one.part}
    assert (found["battery"], found["light_harm"]) == (battery, harm)


def test_an_act_keeps_its_class_and_its_key_through_all_its_moves(kz: Catalogue) -> None:
    moves = kz.moves("battery")
    assert [one.cited for one in moves] == ["CC 109", "KoAP 73-2", "CC 109-1"]
    assert {one.iccs for one in moves} == {"020112"}
    assert [kz.codes[one.code].register for one in moves] == ["criminal", "administrative", "criminal"]


def test_nothing_is_on_record_before_the_codes_of_2015(kz: Catalogue) -> None:
    assert kz.in_force(date(2014, 12, 31)) == ()
    assert kz.article("CC", "99", on=date(2014, 12, 31)) is None


@pytest.mark.parametrize(
    ("article", "day"),
    [("109", date(2017, 7, 3)), ("109-1", date(2024, 6, 15)), ("115-1", date(2024, 12, 31)), ("1000", TODAY)],
)
def test_an_article_of_another_time_is_not_found(kz: Catalogue, article: str, day: date) -> None:
    assert kz.article("CC", article, on=day) is None


def test_one_article_has_one_class_of_iccs_or_a_reason_why_not(kz: Catalogue) -> None:
    for one in kz.articles:
        assert bool(one.iccs) != bool(one.why_not), one.cited
    assert kz.article("KoAP", "73", on=TODAY).iccs_of(attempted=False) == NOT_MAPPABLE  # type: ignore[union-attr]  # it is in force
    assert catalogue.iccs("KoAP", "73-2", on=date(2020, 1, 1)) == "020112"
    assert catalogue.iccs("CC", "1000", on=TODAY) == ""


def test_attempted_homicide_alone_has_a_class_of_its_own() -> None:
    assert catalogue.iccs("CC", "99", on=TODAY) == "0101"
    assert catalogue.iccs("CC", "99", on=TODAY, attempted=True) == "0102"
    assert catalogue.iccs("CC", "120", on=TODAY, attempted=True) == "03011"


def test_a_part_with_a_row_of_its_own_wins_and_any_other_has_that_of_the_article(kz: Catalogue) -> None:
    of_a_minor, whole = kz.article("CC", "120", "3-1", on=TODAY), kz.article("CC", "120", "2", on=TODAY)
    assert of_a_minor is not None and whole is not None
    assert "against_minor" in of_a_minor.traits and "against_minor" not in whole.traits
    assert of_a_minor.iccs == whole.iccs == "03011"


def test_a_start_known_to_the_year_only_is_to_be_verified_until_the_year_is_over(kz: Catalogue) -> None:
    stalking = kz.article("CC", "115-1", on=date(2025, 6, 1))
    assert stalking is not None
    assert stalking.to_verify(date(2025, 6, 1)) and not stalking.to_verify(date(2026, 1, 1))


def test_every_article_of_the_law_book_is_in_the_catalogue_with_the_same_days(kz: Catalogue) -> None:
    book = tomllib.loads((COUNTRIES / "kz" / "law" / "provisions" / "articles.toml").read_text(encoding="utf-8"))
    for rule in book["rule"]:
        key = rule["key"].removeprefix("articles.")
        told = [(p["value"], p["from"], p.get("until")) for p in rule["provision"]]
        assert [(one.cited, one.valid_from, one.valid_until) for one in kz.moves(key)] == told, key


@pytest.mark.parametrize("country", ["kz", "zz"])
def test_a_code_is_registered_where_the_law_says_it_is_tried(country: str) -> None:
    acts = tomllib.loads((COUNTRIES / country / "law" / "acts.toml").read_text(encoding="utf-8"))["act"]
    proceedings = {act["key"]: act["proceeding"] for act in acts if "proceeding" in act}
    found = {code.name: code.register for code in of(country).codes.values()}
    assert found == {name: proceedings[name] for name in found}


@pytest.mark.parametrize("country", ["kz", "zz"])
def test_every_article_has_a_name_in_each_language_known_traits_and_its_marks(country: str) -> None:
    about = tomllib.loads((COUNTRIES / country / "country.toml").read_text(encoding="utf-8"))
    for one in of(country).articles:
        assert set(one.names) >= set(about["languages"]), one.cited
        assert one.traits <= TRAITS, one.cited
        assert one.source and one.confidence is not Confidence.ENTERED


def test_another_country_needs_no_python() -> None:
    zz = of("zz")
    assert zz.article("PC", "5", on=TODAY).names["eo"] == "Batado"  # type: ignore[union-attr]  # it is in force
    assert zz.article("OC", "12", on=date(2024, 1, 1)) is None


ROW: dict[str, Any] = {
    "key": "x",
    "code": "CC",
    "article": "1",
    "from": date(2020, 1, 1),
    "name": {"en": "x"},
    "gravity": "minor",
    "iccs": "0101",
    "confidence": "F",
    "source": "x",
}
CODES = {"CC": {"register": "criminal", "stages": ["completed"]}}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"not_mappable": {"en": "two"}}, "either one code"),
        ({"iccs": "murder"}, "no class of ICCS"),
        ({"iccs": 101}, "no class of ICCS"),
        ({"name": {}}, "no name"),
        ({"gravity": "awful"}, "awful"),
        ({"shares": [50, 50]}, "unknown words"),
        ({"until": date(2019, 1, 1)}, "ends before"),
        ({"code": "XX"}, "no register"),
    ],
)
def test_a_row_that_contradicts_itself_is_named(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(Faulty, match=words):
        catalogue.bind({"codes": CODES, "article": [ROW | changes]})


def test_a_reason_is_told_in_the_languages_of_the_name() -> None:
    row = {key: value for key, value in ROW.items() if key != "iccs"} | {"name": {"en": "x", "kk": "x"}}
    with pytest.raises(Faulty, match="languages"):
        catalogue.bind({"codes": CODES, "article": [row | {"not_mappable": {"en": "two"}}]})


def test_two_rows_for_one_day_are_refused() -> None:
    with pytest.raises(Faulty, match="two rows for 2021-01-01"):
        catalogue.bind({"codes": CODES, "article": [ROW, ROW | {"from": date(2021, 1, 1)}]})


def test_a_moment_is_no_day_of_the_law(kz: Catalogue) -> None:
    with pytest.raises(TypeError):
        kz.in_force(datetime(2026, 1, 1, tzinfo=UTC))


CALLED = {"CC": ("ҚК", "УК"), "KoAP": ("ӘҚБтК", "КоАП")}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("109-1", ["CC 109-1"]),
        ("ҚК 109-1 · Ұрып-соғу", ["CC 109-1"]),
        ("қк 109-1", ["CC 109-1"]),
        ("УК 99", ["CC 99"]),
        ("КоАП 73", ["KoAP 73"]),
        ("ұрып", ["CC 109-1"]),
        ("побои", ["CC 109-1"]),
        ("умышленное вред", ["CC 106", "CC 107", "CC 108-1"]),
        ("108", ["CC 108-1"]),
        ("УК 73", []),
        ("", []),
        ("ба", []),
        ("1000", []),
    ],
)
def test_an_article_is_found_by_its_number_or_by_words_of_its_name(kz: Catalogue, typed: str, found: list[str]) -> None:
    assert [one.cited for one in kz.search(typed, on=TODAY, called=CALLED)] == found


def test_a_search_finds_what_was_in_force_on_the_day(kz: Catalogue) -> None:
    assert [one.cited for one in kz.search("побои", on=date(2020, 1, 1), called=CALLED)] == ["KoAP 73-2"]
