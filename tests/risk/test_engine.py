"""The pure engine: closed rules, six kinds of answer, what is not known is never a no."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qorgan
from qorgan.risk.engine import instrument as data
from qorgan.risk.engine import result, tree
from qorgan.risk.engine.answers import Answer, Faulty
from qorgan.risk.engine.instrument import Instrument, Purpose, Standing
from qorgan.risk.engine.tree import Asked

COUNTRIES = Path(qorgan.__file__).parent / "country"


def _table(name: str = "kz/risk/triage.toml") -> dict[str, Any]:
    return tomllib.loads((COUNTRIES / name).read_text(encoding="utf-8"))


TRIAGE = data.bind(_table())
CODES = [one.code for one in TRIAGE.items]
ANSWERS = st.dictionaries(st.sampled_from(CODES), st.sampled_from(list(Answer)))
ASKED = tuple(Asked(f"i{n}", weight=n, red_flag=n == 1) for n in range(1, 6))
WEIGHED = st.fixed_dictionaries({one.code: st.sampled_from(list(Answer)) for one in ASKED})


def _leaf(draw: Callable[..., Any]) -> dict[str, Any]:
    kind = draw(st.sampled_from(["yes", "not_ruled_out", "sum", "prorated"]))
    codes = draw(st.lists(st.sampled_from([one.code for one in ASKED]), min_size=1, unique=True))
    said: dict[str, Any] = {kind: codes, "at_least": draw(st.integers(1, len(codes)))}
    return said | ({"known": draw(st.integers(1, len(codes)))} if kind == "prorated" else {})


RULES = st.recursive(
    st.composite(_leaf)(),
    lambda parts: st.builds(
        lambda kind, held: {kind: held}, st.sampled_from(["any", "all"]), st.lists(parts, min_size=1, max_size=3)
    ),
    max_leaves=6,
)


@given(RULES, WEIGHED, st.sampled_from([one.code for one in ASKED]))
@settings(max_examples=120, deadline=None)
def test_one_more_yes_never_takes_back_what_any_rule_says(rule: Any, answers: dict[str, Answer], code: str) -> None:
    try:
        node = tree.bind(rule, ASKED)
    except Faulty:
        return  # nested deeper than a rule may be
    assert not node.holds(answers) or node.holds({**answers, code: Answer.YES})


@given(ANSWERS, st.sampled_from(CODES))
@settings(max_examples=120, deadline=None)
def test_one_more_yes_never_lowers_the_band(answers: dict[str, Answer], code: str) -> None:
    before = result.score(TRIAGE, answers).band
    assert result.score(TRIAGE, {**answers, code: Answer.YES}).band.rank >= before.rank


@given(ANSWERS, st.sampled_from(CODES), st.sampled_from([one for one in Answer if not one.is_given]))
@settings(max_examples=120, deadline=None)
def test_what_is_not_known_weighs_at_least_as_a_no(answers: dict[str, Answer], code: str, left_open: Answer) -> None:
    ruled_out = result.score(TRIAGE, {**answers, code: Answer.NO}).band
    assert result.score(TRIAGE, {**answers, code: left_open}).band.rank >= ruled_out.rank


@given(ANSWERS)
@settings(max_examples=60, deadline=None)
def test_the_grounds_of_a_band_are_enough_for_it(answers: dict[str, Answer]) -> None:
    scored = result.score(TRIAGE, answers)
    assert bool(scored.grounds) == (scored.band.rank > 0)
    for ground in scored.grounds:
        assert ground.rule.holds(answers)
        assert ground.value >= ground.rule.at_least


@given(ANSWERS, st.sampled_from([None, *TRIAGE.bands]), st.sampled_from([None, *TRIAGE.bands]))
@settings(max_examples=80, deadline=None)
def test_the_result_is_never_below_rules_or_judgement(answers: dict[str, Answer], judged: Any, standing: Any) -> None:
    scored = result.score(TRIAGE, answers)
    band = result.result(TRIAGE, scored, judged=judged, standing=standing)
    assert band.rank >= max(scored.band.rank, judged.rank if judged else 0)
    if standing and not scored.is_enough:
        assert band.rank >= standing.rank
    if standing and scored.is_enough and judged is None:
        assert band == scored.band


def test_where_nothing_could_be_asked_the_result_is_not_the_lowest() -> None:
    scored = result.score(TRIAGE, result.not_now(TRIAGE))
    assert scored.band.code == "raised"
    asked = result.asked_for(TRIAGE, scored.band, result.not_now(TRIAGE), cannot_ask=True)
    assert [one.code for one in asked] == ["safety_plan", "consider_order", "see_her"]


@pytest.mark.parametrize("name", ["kz/risk/triage.toml", "zz/risk/triage.toml"])
def test_every_band_and_every_action_of_what_ships_is_reached(name: str) -> None:
    made = data.bind(_table(name))
    found, asked = set(), set()
    for answers in _some(made):
        band = result.score(made, answers).band
        found.add(band.code)
        asked |= {one.code for one in result.asked_for(made, band, answers, cannot_ask=False)}
    everything_open = result.not_now(made)
    band = result.score(made, everything_open).band
    asked |= {one.code for one in result.asked_for(made, band, everything_open, cannot_ask=True)}
    assert found == {one.code for one in made.bands}
    assert asked == {one.code for one in made.actions}


def _some(made: Instrument) -> list[dict[str, Answer]]:
    """All no, each single yes, and the yeses one after the other."""
    codes = [one.code for one in made.items]
    no = dict.fromkeys(codes, Answer.NO)
    return [no, *({**no, code: Answer.YES} for code in codes)] + [
        {**no, **dict.fromkeys(codes[:n], Answer.YES)} for n in range(1, len(codes) + 1)
    ]


@pytest.mark.parametrize(
    ("yes", "band"),
    [
        ((), "watch"),
        (("drinks",), "watch"),
        (("leaving",), "raised"),
        (("worse", "drinks", "shuts_in"), "raised"),
        (("choked",), "grave"),
        (("leaving", "follows_her"), "grave"),
    ],
)
def test_golden_answers_of_the_triage(yes: tuple[str, ...], band: str) -> None:
    answers = dict.fromkeys(CODES, Answer.NO) | dict.fromkeys(yes, Answer.YES)
    assert result.score(TRIAGE, answers).band.code == band


def test_the_triage_that_ships_says_that_it_is_not_validated_and_the_official_criteria_are_empty() -> None:
    assert (TRIAGE.standing, TRIAGE.purpose) == (Standing.UNVALIDATED, Purpose.DANGER)
    criteria = data.bind(_table("kz/risk/ill_treatment.toml"))
    assert (criteria.standing, criteria.purpose) == (Standing.NOT_SUPPLIED, Purpose.GATEWAY)
    assert (criteria.items, criteria.bands, criteria.actions) == ((), (), ())
    assert "33002" in criteria.source


def test_the_hash_is_of_the_text_however_it_is_read_and_of_every_letter() -> None:
    table = _table()
    assert data.bind(data.plain(table)).content_hash == TRIAGE.content_hash
    table["item"][3]["text"]["kk"] += " "
    assert data.bind(table).content_hash != TRIAGE.content_hash


def test_a_prorated_sum_is_exact_and_waits_for_enough_answers() -> None:
    node = tree.bind({"prorated": "every", "at_least": 8, "known": 2}, ASKED)
    assert not node.holds({"i5": Answer.YES})
    assert node.holds({"i5": Answer.YES, "i4": Answer.YES})
    assert node.value({"i5": Answer.YES, "i4": Answer.NO}) * 9 == 15 * 5


def _broken(**changes: Any) -> dict[str, Any]:
    return _table() | changes


@pytest.mark.parametrize(
    "rule",
    [
        {"not": [{"yes": ["i1"]}]},
        {"python": "__import__('os')"},
        {"yes": ["i1"], "at_least": 2},
        {"yes": ["nobody"]},
        {"yes": ["i1", "i1"]},
        {"yes": [], "at_least": 1},
        {"yes": ["i1"], "at_least": True},
        {"any": []},
        {"any": [{"yes": ["i1"]}], "at_least": 1},
        "yes",
        {"sum": ["i1"], "at_least": 0},
        {"prorated": ["i1"], "known": 2},
        {"answered": ["i1"]},
    ],
)
def test_a_rule_that_is_none_of_the_six_is_refused(rule: Any) -> None:
    with pytest.raises(Faulty):
        tree.bind(rule, ASKED)


def test_rules_nested_without_end_are_refused() -> None:
    rule: dict[str, Any] = {"yes": ["i1"]}
    for _step in range(tree.DEEPEST):
        rule = {"any": [rule]}
    with pytest.raises(Faulty, match="deep"):
        tree.bind(rule, ASKED)


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "Triage"},
        {"surprise": 1},
        {"standing": "excellent"},
        {"standing": "text_not_supplied"},
        {"languages": ["kk", "ru"]},
        {"title": {"kk": "бір", "ru": "один"}},
        {"valid_until": "2020-01-01"},
        {"valid_from": "tomorrow"},
        {"enough": 99},
        {"band": []},
        {"item": []},
        {"source": " "},
    ],
)
def test_an_instrument_that_contradicts_itself_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(Faulty):
        data.bind(_broken(**changes))


def test_an_instrument_whose_rules_count_what_it_does_not_ask_is_refused() -> None:
    table = _table()
    table["item"] = table["item"][:3]
    with pytest.raises(Faulty, match="no item"):
        data.bind(table)
