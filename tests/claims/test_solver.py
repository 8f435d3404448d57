"""Verdicts: what fits, what contradicts itself, what is only possible on a condition, what says nothing."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from qorgan.claims.engine import exact, solver, whole
from qorgan.claims.engine.answers import Agreement, Kind, Verdict
from qorgan.claims.engine.readings import TooManyReadings, readings
from qorgan.claims.engine.rounding import Interval
from qorgan.claims.engine.statement import Apart, Change, Parts, Points, Rank, Rate, Share, Sum, Thing, Unit
from qorgan.claims.engine.system import Quantity, System
from tests.claims.made import AFTER, BEFORE, Approximation, Text, by_options, ends

HOLDS, CANNOT = Verdict.HOLDS, Verdict.CANNOT_HOLD
ONLY_IF, NOT_ENOUGH = Verdict.HOLDS_ONLY_IF, Verdict.NOT_ENOUGH_SAID
YEARS = {str(year): {"en": str(year)} for year in range(2013, 2018)}


def _whole(*parts: str, named: Parts = Parts.SOME, apart: Apart = Apart.APART) -> tuple[Thing, ...]:
    return (Thing(id="all", parts=named, apart=apart), *(Thing(id=part, of="all") for part in parts))


def _rapes(total: int) -> Text:
    text = Text(Thing(id="rape"), periods=YEARS)
    for year, count in zip(YEARS, (258, 169, 254, 123, 131), strict=True):
        text.level("rape", count, year, id=f"y{year}")
    return text.says(Sum, total, Unit.COUNT, id="total", terms=tuple(("rape", year) for year in YEARS))


def test_five_years_that_do_not_add_up_to_their_total_are_found() -> None:
    answer = _rapes(964).answer
    assert answer.verdict is CANNOT
    assert answer.conflict == ("y2013", "y2014", "y2015", "y2016", "y2017", "total")


def test_five_years_that_add_up_hold() -> None:
    assert _rapes(935).answer.verdict is HOLDS


def test_a_fall_reckoned_from_two_levels_agrees_with_the_printed_per_cent() -> None:
    text = Text(Thing(id="appeals")).level("appeals", 53038).level("appeals", 43147, AFTER)
    answer = text.fell("appeals", "18.6", id="fall").answer
    assert answer.verdict is HOLDS
    assert answer.checks[0].agreement is Agreement.FOLLOWS


def test_a_fall_of_a_third_is_halving_only_when_taken_loosely() -> None:
    text = Text(Thing(id="rape")).level("rape", 258).level("rape", 169, AFTER)
    text.says(Change, 2, Unit.RATIO, thing="rape", start=BEFORE, end=AFTER, sign=-1)
    verdicts = [(each.reading["fold"], each.verdict) for each in text.answers]
    assert verdicts == [("exact", CANNOT), ("rounded", CANNOT), ("loose", HOLDS)]


def test_two_numbers_for_one_thing_contradict_one_another_and_for_two_things_do_not() -> None:
    assert Text(Thing(id="rape")).level("rape", 131).level("rape", 281).answer.verdict is CANNOT
    apart = Text(Thing(id="offences"), Thing(id="children")).level("offences", 131).level("children", 281)
    assert apart.answer.verdict is NOT_ENOUGH


def test_a_part_larger_than_its_whole_is_impossible() -> None:
    answer = Text(*_whole("part")).level("all", 100).level("part", 120).answer
    assert (answer.verdict, answer.conflict) == (CANNOT, ("s0", "s1"))


def test_shares_of_parts_that_are_apart_cannot_exceed_everything() -> None:
    text = Text(*_whole("a", "b")).share("a", "all", 60).share("b", "all", 50)
    assert text.answer.verdict is CANNOT


def test_shares_of_parts_that_overlap_hold_only_if_enough_is_in_both() -> None:
    text = Text(*_whole("a", "b", apart=Apart.OVERLAPPING)).share("a", "all", 60).share("b", "all", 50)
    answer = text.answer
    assert answer.verdict is ONLY_IF
    assert [(each.kind, float(each.interval.low)) for each in answer.conditions] == [(Kind.OVERLAP, 0.09)]


def test_a_fall_by_more_than_everything_is_impossible_by_itself() -> None:
    answer = Text(Thing(id="theft")).fell("theft", 120).answer
    assert (answer.verdict, answer.conflict) == (CANNOT, ("s0",))


def test_a_share_of_more_than_everything_is_impossible_by_itself() -> None:
    answer = Text(*_whole("part")).share("part", "all", 130).answer
    assert (answer.verdict, answer.conflict) == (CANNOT, ("s0",))


def test_a_single_fall_says_too_little_to_be_checked() -> None:
    assert Text(Thing(id="theft")).fell("theft", 19).answer.verdict is NOT_ENOUGH


def test_a_level_that_a_change_alone_stands_beside_is_not_called_checked() -> None:
    assert Text(Thing(id="theft")).fell("theft", 19).level("theft", 500, AFTER).answer.verdict is NOT_ENOUGH


def test_more_than_is_read_as_near_and_as_wide() -> None:
    text = Text(*_whole("part")).level("all", 12000, approximation=Approximation.MORE_THAN).level("part", 14000)
    verdicts = {each.reading["bound"]: each.verdict for each in text.answers}
    assert verdicts == {"near": CANNOT, "wide": HOLDS}


def test_a_rate_agrees_with_its_two_levels_or_contradicts_them() -> None:
    def said(rate: int) -> Verdict:
        text = Text(Thing(id="women"), Thing(id="centres")).level("women", 5500).level("centres", 69)
        return text.says(Rate, rate, Unit.COUNT, thing="women", per="centres", period=BEFORE).answer.verdict

    assert (said(80), said(90)) == (HOLDS, CANNOT)


def test_a_rate_for_each_hundred_thousand_people_is_scaled() -> None:
    text = Text(Thing(id="offences"), Thing(id="people")).level("offences", 4001).level("people", 20_000_000)
    text.says(Rate, 20, Unit.COUNT, thing="offences", per="people", each=Decimal(100_000), period=BEFORE, grain=1)
    assert text.answer.verdict is CANNOT  # 20 and nothing else: 4001 by 20 million is 20.005


def test_one_thing_as_a_multiple_of_another_is_compared() -> None:
    text = Text(Thing(id="girls"), Thing(id="boys")).level("girls", 300).level("boys", 100)
    more = {"thing": "girls", "than": "boys", "start": BEFORE, "end": BEFORE, "sign": 1}
    assert text.says(Change, "2.5", Unit.RATIO, **more).answer.verdict is CANNOT


@pytest.mark.parametrize(("place", "verdict"), [(1, CANNOT), (2, HOLDS), (3, CANNOT)])
def test_a_place_among_regions_is_checked_against_their_numbers(place: int, verdict: Verdict) -> None:
    text = Text(*(Thing(id=each) for each in "abc")).level("a", 202).level("b", 155).level("c", 135)
    text.says(Rank, place, Unit.RANK, thing="b", among=("a", "b", "c"), period=BEFORE)
    assert text.answer.verdict is verdict


def test_a_place_from_below_is_counted_from_the_smallest() -> None:
    text = Text(Thing(id="a"), Thing(id="b")).level("a", 202).level("b", 155)
    text.says(Rank, 1, Unit.RANK, thing="b", among=("a", "b"), period=BEFORE, from_below=True)
    assert text.answer.verdict is HOLDS


@pytest.mark.parametrize(("points", "verdict"), [("34", HOLDS), ("40", CANNOT)])
def test_percentage_points_tie_two_shares(points: str, verdict: Verdict) -> None:
    text = Text(*_whole("part")).share("part", "all", 30)
    text.says(Share, 64, Unit.PERCENT, thing="part", of="all", period=AFTER)
    text.says(Points, points, Unit.POINTS, thing="part", of="all", start=BEFORE, end=AFTER, sign=1)
    assert text.answer.verdict is verdict


def test_small_counts_are_whole() -> None:
    text = Text(Thing(id="murders")).level("murders", 20).fell("murders", "37.9")
    answer = text.answer
    assert answer.verdict is CANNOT
    assert answer.needs_whole_numbers
    assert answer.conflict == ("s0", "s1")
    assert Text(Thing(id="murders")).level("murders", 29).fell("murders", "37.9").answer.verdict is not CANNOT


def test_money_is_not_counted_in_whole_numbers() -> None:
    text = Text(Thing(id="money", whole_numbers=False)).level("money", 20).fell("money", "37.9")
    assert text.answer.verdict is not CANNOT


def test_the_smallest_counts_behind_a_fall() -> None:
    fall = Interval(Fraction("0.6205"), Fraction("0.6215"))
    assert whole.least_base(fall) == 29
    assert whole.possible_bases(fall, up_to=90) == (29, 58, 66, 87)


def test_a_number_without_end_is_said_to_have_none() -> None:
    claim = Text(*_whole("part")).level("part", 100).claim
    found = solver.everything(System(claim, readings(claim)[0])).range(Quantity((("all", BEFORE),)))
    assert found is not None
    assert ends(found.interval) == (100, float("inf"))


def test_a_reckoning_that_takes_too_long_claims_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = Text(*_whole("part")).level("all", 100).level("part", 120)
    monkeypatch.setattr(exact, "STEPS", 0)
    assert text.answer.verdict is Verdict.UNDECIDED


def test_a_text_that_leaves_too_much_open_is_refused() -> None:
    things = [Thing(id=f"w{number}", apart=Apart.UNSAID) for number in range(6)]
    parts = [Thing(id=f"p{number}", of=f"w{number}") for number in range(6)]
    text = Text(*things, *parts).level("w0", 5)
    with pytest.raises(TooManyReadings):
        readings(text.claim)


def test_a_chosen_reading_is_the_only_one() -> None:
    text = Text(Thing(id="rape")).level("rape", 258).level("rape", 169, AFTER)
    text.says(Change, 2, Unit.RATIO, thing="rape", start=BEFORE, end=AFTER, sign=-1)
    (answer,) = solver.check(replace(text.claim, chosen={"fold": "loose"}))
    assert by_options((answer,), fold="loose").verdict is HOLDS
