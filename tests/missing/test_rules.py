"""What the end of a search and the mark mean, whatever happens in whatever order."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from qorgan.missing import rules
from qorgan.missing.engine.near import kilometres
from qorgan.missing.terms import ENDS, TRANSITIONS, Posted, State, Words

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


class Searching(RuleBasedStateMachine):
    """A search as its rules allow it: acts in any order, with a page that the rules alone keep."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.marked, self.posted = State.SOUGHT, False, Posted.DECLINED

    def _down(self) -> None:
        if self.posted in (Posted.PROPOSED, Posted.STANDS):
            self.posted = Posted.TAKEN_DOWN

    @rule(wanted=st.sampled_from(State))
    def become(self, wanted: State) -> None:
        try:
            rules.check_can_become(self.state, wanted)
        except rules.WrongState:
            return
        self.state = wanted
        if wanted in ENDS:
            self._down()

    @rule()
    def mark(self) -> None:
        self.marked = True
        self._down()

    @precondition(lambda self: self.posted not in (Posted.PROPOSED, Posted.STANDS))
    @rule()
    def propose(self) -> None:
        try:
            rules.check_may_name(marked=self.marked, state=self.state)
        except (rules.NeverNamed, rules.WrongState):
            return
        self.posted = Posted.PROPOSED

    @rule()
    def approve(self) -> None:
        try:
            rules.check_waits(self.posted)
            rules.check_may_name(marked=self.marked, state=self.state)
        except (rules.NoticeDecided, rules.NeverNamed, rules.WrongState):
            return
        self.posted = Posted.STANDS

    @invariant()
    def the_public_reads_only_of_a_child_who_is_sought_and_may_be_named(self) -> None:
        if self.posted is Posted.STANDS:
            assert self.state is State.SOUGHT
            assert not self.marked


TestSearching = Searching.TestCase


def test_from_every_end_the_search_can_begin_again() -> None:
    assert all(State.SOUGHT in TRANSITIONS[end] for end in ENDS)


@pytest.mark.parametrize("age", [-1, 18, 40])
def test_whoever_is_of_age_is_no_missing_child(age: int) -> None:
    with pytest.raises(rules.NotAChild):
        rules.check_told(name="Аяжан", age=age, last_seen_at=None, now=NOW)


def test_a_name_is_enough_for_an_alarm() -> None:
    rules.check_told(name="Аяжан", age=None, last_seen_at=None, now=NOW)
    with pytest.raises(rules.NobodyNamed):
        rules.check_told(name="  ", age=9, last_seen_at=NOW, now=NOW)


@given(st.integers(min_value=-40, max_value=40))
def test_a_search_rests_until_a_day_after_today_within_the_term(days: int) -> None:
    today = NOW.date()
    day = today + timedelta(days=days)
    if 0 < days <= 30:
        assert rules.check_review(day, today=today, most=30) == day
    else:
        with pytest.raises(rules.NoReviewDay):
            rules.check_review(day, today=today, most=30)


def test_words_of_spaces_alone_are_none() -> None:
    with pytest.raises(rules.NoWords):
        rules.check_words(Words({"kk": "Аяжан", "ru": "   "}), languages=["kk", "ru"])


def test_from_shymkent_to_almaty_are_about_six_hundred_kilometres() -> None:
    assert kilometres((42.3, 69.6), (43.3, 76.9)) == pytest.approx(606, abs=15)
