"""The day before, the day itself: the engine says what was worked out by hand."""

import pytest

from qorgan.law.engine.book import LawBook
from qorgan.law.engine.workdays import WorkCalendar
from tests.law.golden.turns import Turn, answered, turns

ALL = list(turns())


def test_no_question_is_asked_twice_at_one_moment() -> None:
    assert len({(turn.asks, turn.when) for turn in ALL}) == len(ALL) >= 60


@pytest.mark.parametrize("turn", ALL, ids=[f"{turn.question}-{turn.of}-{turn.zone}-{turn.when}" for turn in ALL])
def test_the_engine_says_what_was_worked_out_by_hand(kz: LawBook, days: WorkCalendar, turn: Turn) -> None:
    assert answered(turn, book=kz, calendar=days) == turn.answer
