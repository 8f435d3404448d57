"""What may happen to an offence, and what it says of families and of minors."""

from datetime import UTC, date, datetime, timedelta

import pytest

from qorgan.offences import rules
from qorgan.offences.engine import catalogue
from qorgan.offences.terms import FAMILY, TRANSITIONS, Completion, Ground, Part, Relationship, State

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def test_what_is_annulled_stays_annulled() -> None:
    assert TRANSITIONS[State.ANNULLED] == frozenset()
    with pytest.raises(rules.AnnulledIsFinal, match="ШЫМ-26-1"):
        rules.check_can_change(State.ANNULLED, "ШЫМ-26-1")


@pytest.mark.parametrize("state", [state for state in State if state is not State.ANNULLED])
def test_everything_else_can_still_be_corrected_and_annulled(state: State) -> None:
    rules.check_can_change(state, "x")
    rules.check_can_become(state, State.ANNULLED, "x")


@pytest.mark.parametrize("part", ["2", "3-1", "12", ""])
def test_a_part_is_a_small_number(part: str) -> None:
    assert rules.check_article(catalogue.read(), "CC", "120", part, on=TODAY).article == "120"


@pytest.mark.parametrize("part", ["п. 2", "3-", "-1", "2.1", "two", "123"])
def test_anything_else_is_no_part(part: str) -> None:
    with pytest.raises(rules.UnreadablePart):
        rules.check_article(catalogue.read(), "CC", "120", part, on=TODAY)


def test_an_article_of_another_day_is_refused_with_the_day() -> None:
    with pytest.raises(rules.NoSuchArticle, match=r"15\.06\.2024"):
        rules.check_article(catalogue.read(), "CC", "109-1", "", on=date(2024, 6, 15))


def test_an_attempt_is_no_administrative_offence() -> None:
    rules.check_completion(catalogue.read(), "CC", Completion.ATTEMPT)
    with pytest.raises(rules.OnlyCompleted):
        rules.check_completion(catalogue.read(), "KoAP", Completion.ATTEMPT)


def test_an_act_comes_before_its_registration_and_registration_before_now() -> None:
    rules.check_moments(NOW, local_day=TODAY, acted_on=TODAY, now=NOW)
    with pytest.raises(rules.ImpossibleDay):
        rules.check_moments(NOW, local_day=TODAY, acted_on=TODAY + timedelta(days=1), now=NOW)
    with pytest.raises(rules.ImpossibleMoment):
        rules.check_moments(NOW + timedelta(seconds=1), local_day=TODAY, acted_on=None, now=NOW)


@pytest.mark.parametrize(("age", "minor"), [(0, True), (17, True), (18, False), (None, None)])
def test_a_minor_is_younger_than_eighteen_and_an_unknown_age_says_nothing(age: int | None, minor: bool | None) -> None:
    assert rules.is_minor(age) is minor


@pytest.mark.parametrize("age", [-1, 121])
def test_an_impossible_age_is_refused(age: int) -> None:
    with pytest.raises(rules.ImpossibleAge):
        rules.check_age(age)


def test_every_relationship_is_domestic_not_domestic_or_unknown() -> None:
    told = {one: rules.is_domestic((), [one]) for one in Relationship}
    assert {one for one, domestic in told.items() if domestic} == FAMILY
    assert [one for one, domestic in told.items() if domestic is None] == [Relationship.UNKNOWN]


def test_one_victim_of_the_family_makes_the_offence_domestic() -> None:
    assert rules.is_domestic((), ["stranger", "spouse"]) is True
    assert rules.is_domestic((), []) is None
    assert rules.is_domestic({"domestic"}, []) is True


def test_a_suspect_has_no_relationship_and_a_victim_always_one() -> None:
    assert rules.relationship_of(Part.SUSPECT, Relationship.SPOUSE) == ""
    assert rules.relationship_of(Part.VICTIM, None) == "unknown"


def test_a_reason_is_one_line() -> None:
    assert rules.check_reason(" a\n b ") == "a b"
    with pytest.raises(rules.NoReason):
        rules.check_reason(" \n")


def test_grounds_of_termination_and_annulment_are_two_lists() -> None:
    with pytest.raises(rules.WrongGround):
        rules.check_ground(Ground.MISTAKE, [Ground.NO_EVENT])
