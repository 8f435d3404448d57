"""The knots of the two stories: each reading has its verdict, its bounds and its reason."""

from fractions import Fraction

import pytest

from qorgan.claims.engine import solver
from qorgan.claims.engine.answers import Answer, Finding, Kind, Verdict
from qorgan.claims.engine.exact import Clash, proves
from tests.claims.made import by_options, ends, kept

CANNOT, ONLY_IF = Verdict.CANNOT_HOLD, Verdict.HOLDS_ONLY_IF
HOLDS, NOT_ENOUGH = Verdict.HOLDS, Verdict.NOT_ENOUGH_SAID


@pytest.fixture(scope="module")
def twofold() -> tuple[Answer, ...]:
    """Crimes infringing women's rights, in every reading."""
    return solver.check(kept("twofold-fall"))


@pytest.fixture(scope="module")
def minors() -> tuple[Answer, ...]:
    """Offences by minors, in every reading."""
    return solver.check(kept("offences-by-minors"))


def _found(answer: Answer, kind: Kind, thing: str) -> Finding:
    every = (*answer.conditions, *answer.findings)
    (found,) = (each for each in every if (each.kind, each.thing, each.ask) == (kind, thing, ""))
    return found


def _asked(answer: Answer, ask: str) -> Finding:
    (found,) = (each for each in answer.findings if each.ask == ask)
    return found


def test_three_siblings_that_are_all_cannot_halve_exactly(twofold: tuple[Answer, ...]) -> None:
    answer = by_options(twofold, places="siblings", parts_women="all", fold="exact")
    assert answer.verdict is CANNOT
    assert answer.conflict == ("parts:women", "all", "violent", "homicide", "harm")
    assert answer.headline is not None
    assert ends(answer.headline.allowed) == (0.5065, 0.9135)  # the largest fall of a part is 49.35 %
    assert proves(Clash(answer.proof))


def test_a_rounded_half_of_three_siblings_needs_nearly_all_to_be_homicide(twofold: tuple[Answer, ...]) -> None:
    answer = by_options(twofold, places="siblings", parts_women="all", fold="rounded")
    assert answer.verdict is ONLY_IF
    assert ends(_found(answer, Kind.SHARE, "homicide").interval) == (0.9446, 1)
    assert ends(_found(answer, Kind.SHARE, "harm").interval) == (0, 0.0156)


def test_a_loose_half_of_three_siblings_teaches_nothing(twofold: tuple[Answer, ...]) -> None:
    assert by_options(twofold, places="siblings", parts_women="all", fold="loose").verdict is HOLDS
    assert by_options(twofold, places="siblings", parts_women="some", fold="loose").verdict is NOT_ENOUGH


def test_siblings_beside_others_need_a_rest_of_over_one_per_cent(twofold: tuple[Answer, ...]) -> None:
    answer = by_options(twofold, places="siblings", parts_women="some", fold="exact")
    assert answer.verdict is ONLY_IF
    assert ends(_found(answer, Kind.SHARE, "women.rest").interval) == (0.0128, 1)


@pytest.mark.parametrize("violent", ["all", "some"])
def test_nested_the_part_that_is_not_named_fell_by_half_or_more(twofold: tuple[Answer, ...], violent: str) -> None:
    options = {"places": "nested", "parts_women": "some", "parts_violent": violent, "fold": "exact"}
    answer = by_options(twofold, **options)
    assert answer.verdict is ONLY_IF
    fall = _found(answer, Kind.CHANGE, "women.rest")
    assert fall.interval.high == Fraction(1, 2)
    assert "all" in fall.by
    assert ends(_found(answer, Kind.SHARE, "women.rest").interval) == (0.1942, 1)


@pytest.mark.parametrize(("share", "fall"), [(20, 98), (30, 78), (50, 62), (70, 55), (90, 51)])
def test_nested_the_fall_of_the_rest_by_its_share(twofold: tuple[Answer, ...], share: int, fall: int) -> None:
    answer = by_options(twofold, places="nested", parts_women="some", parts_violent="some", fold="exact")
    found = _asked(answer, f"share_{share}").interval
    assert found.high is not None
    assert round((1 - found.high) * 100) == fall


def test_nested_homicide_is_most_of_violence_where_the_two_are_all_of_it(twofold: tuple[Answer, ...]) -> None:
    answer = by_options(twofold, places="nested", parts_women="some", parts_violent="all", fold="exact")
    assert ends(_found(answer, Kind.SHARE, "homicide").interval) == (0.7167, 0.7217)


def test_violence_alone_cannot_be_all_of_the_crimes_that_halved(twofold: tuple[Answer, ...]) -> None:
    answer = by_options(twofold, places="nested", parts_women="all", parts_violent="some", fold="exact")
    assert answer.verdict is CANNOT
    assert answer.conflict == ("parts:women", "all", "violent")


def test_falls_in_per_cent_give_away_how_many_there_were_at_least(twofold: tuple[Answer, ...]) -> None:
    answer = by_options(twofold, places="nested", parts_women="some", parts_violent="some", fold="exact")
    least = {each.thing: each.interval.low for each in answer.findings if each.kind is Kind.LEAST_COUNT}
    assert least == {"violent": 29, "homicide": 67, "harm": 23}


def test_a_whole_cannot_fall_less_than_each_of_all_its_parts(minors: tuple[Answer, ...]) -> None:
    answer = by_options(minors, parts_minors="all")
    assert answer.verdict is CANNOT
    assert answer.headline is not None
    assert ends(answer.headline.allowed) == (0.705, 0.855)
    assert ends(answer.headline.said) == (0.935, 0.945)


def test_what_minors_did_beside_what_is_named_fell_little_or_grew(minors: tuple[Answer, ...]) -> None:
    answer = by_options(minors, parts_minors="some")
    assert answer.verdict is ONLY_IF
    assert ends(_found(answer, Kind.CHANGE, "minors.rest").interval) == (0.935, float("inf"))


@pytest.mark.parametrize(("growth", "share"), [(0, 0.5517), (10, 0.3265), (25, 0.2025)])
def test_how_much_of_what_minors_did_was_never_named(minors: tuple[Answer, ...], growth: int, share: float) -> None:
    answer = by_options(minors, parts_minors="some")
    assert ends(_asked(answer, f"grew_{growth}").interval) == (share, 1)


def test_every_twelfth_of_all_complaints_is_too_many_for_two_hundred() -> None:
    answers = solver.check(kept("every-twelfth-call"))
    assert by_options(answers, twelfth_of="all", fold="exact").verdict is CANNOT
    of_rights = by_options(answers, twelfth_of="rights", fold="exact")
    assert of_rights.verdict is HOLDS
    assert ends(_asked(of_rights, "cruelty").interval) == (15.8333, 17.5)


def test_women_centres_and_mothers_fit_together() -> None:
    (answer,) = solver.check(kept("crisis-centres"))
    assert answer.verdict is HOLDS
    assert ends(_asked(answer, "mothers").interval) == (0.6577, 0.6881)
    assert ends(_asked(answer, "per_centre").interval) == (78.9855, 80.4348)


def test_reports_orders_and_decisions_fit_apart_and_overlapping() -> None:
    answers = solver.check(kept("reports-orders-decisions"))
    apart = by_options(answers, apart_reports="apart")
    assert {each.verdict for each in answers} == {HOLDS}
    assert ends(_asked(apart, "orders").interval) == (0.681, 0.7632)
    assert ends(_asked(apart, "decided").interval) == (0.1476, 0.1737)
    assert ends(_asked(apart, "neither").interval) == (0.0632, 0.1714)
    overlapping = by_options(answers, apart_reports="overlapping")
    assert ends(_asked(overlapping, "neither").interval) == (0.0632, 0.319)
