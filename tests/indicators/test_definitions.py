"""Every definition that ships can be read, is complete in three languages, and has a formula."""

from dataclasses import replace

import pytest

from qorgan.facts.terms import CountingUnit
from qorgan.indicators.engine.definitions import BadDefinition, Disclosure, check_together, read, texts, within
from qorgan.indicators.engine.formulas import FORMULAS

CODES = sorted(texts())


@pytest.mark.parametrize("code", CODES)
def test_definition_is_complete(code: str) -> None:
    found = read(code, texts()[code], {})
    assert set(found.words) == {"kk", "ru", "en"}
    assert found.next_review > found.reviewed
    assert found.author != found.checker
    for language in found.words:
        wording = found.wording(language)
        assert len({wording.name, wording.meaning, wording.limits}) == 3


def test_every_definition_has_a_formula_and_every_formula_a_definition() -> None:
    assert set(FORMULAS) == set(CODES)


def test_counts_are_protected_by_region() -> None:
    for code in CODES:
        found = read(code, texts()[code], {})
        unprotected = found.disclosure is Disclosure.NATIONAL_ONLY
        assert unprotected or (found.disclosure is Disclosure.SMALL_COUNTS) == (not FORMULAS[code].has_denominator)


def test_reviews_of_access_have_no_table_by_region() -> None:
    for code, formula in FORMULAS.items():
        if formula.behind.kind.unit in (CountingUnit.BLOCK, CountingUnit.OPENING):
            assert read(code, texts()[code], {}).disclosure is Disclosure.NATIONAL_ONLY


def test_parts_are_there_count_the_same_way_and_make_no_circle() -> None:
    found = {code: read(code, texts()[code], {}) for code in CODES}
    check_together(found)
    for whole in found.values():
        for part in whole.parts:
            assert (found[part].basis, found[part].disclosure) == (whole.basis, whole.disclosure)
            assert FORMULAS[part].behind.kind is FORMULAS[whole.code].behind.kind
    assert within(found, "offences_against_women") == {
        "violent_offences_against_women",
        "homicides_of_women",
        "grievous_harm_to_women",
    }


def test_ratio_names_the_indicator_that_counts_its_denominator() -> None:
    found = {code: read(code, texts()[code], {}) for code in CODES}
    for one in found.values():
        assert bool(one.of) == (one.disclosure is Disclosure.NEEDS_COUNTS)
        if one.of:
            assert FORMULAS[one.of].behind == FORMULAS[one.code].behind


@pytest.mark.parametrize(
    ("parts", "of", "says"),
    [(("orders_issued",), "", "itself"), (("unheard_of",), "", "unheard_of"), ((), "unheard_of", "unheard_of")],
)
def test_parts_and_denominators_that_cannot_be_are_refused(parts: tuple[str, ...], of: str, says: str) -> None:
    code = "orders_issued"
    found = replace(read(code, texts()[code], {}), parts=parts, of=of)
    with pytest.raises(BadDefinition, match=says):
        check_together({code: found})


def test_language_without_words_reads_english_and_a_country_may_bring_its_own() -> None:
    code = "orders_issued"
    english = read(code, texts()[code], {})
    assert english.wording("eo") == english.wording("en")
    own = dict.fromkeys(("name", "short", "meaning", "numerator", "denominator", "unit", "limits"), "ordonoj")
    assert read(code, texts()[code], {"eo": own}).wording("eo").name == "ordonoj"


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('basis = "period"', 'basis = "whenever"', "whenever"),
        ('checker = "Qorgan, recording practice"', 'checker = "Qorgan, indicators"', "one person"),
        ("next_review = 2027-11-20", "next_review = 2020-01-01", "next review"),
        ("scale = 1\n", "", "scale"),
        ('code = "orders_issued"', 'code = "orders"', "orders"),
        ("version = 1", "version = 1\nsql = 'select 1'", "sql"),
        ("[words.en]", "[words.eo]", "English"),
        ('unit = "protective orders"\n', "", "unit"),
        ('basis = "period"', "basis = ", "orders_issued"),
    ],
)
def test_definition_with_a_fault_is_refused(before: str, after: str, says: str) -> None:
    text = texts()["orders_issued"]
    assert before in text
    with pytest.raises(BadDefinition, match=says):
        read("orders_issued", text.replace(before, after), {})
