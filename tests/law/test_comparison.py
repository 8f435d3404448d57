"""The same night under several laws: the questions of the page, asked of the book on several days."""

from datetime import date

import pytest

from qorgan.law import queries as law
from qorgan.law.engine import comparison, shelf
from qorgan.law.engine.book import Faulty
from qorgan.law.engine.marks import Standing
from qorgan.law.readers.country import read_book, read_comparison

JULY, DECEMBER, NOVEMBER = date(2019, 7, 23), date(2024, 12, 1), date(2026, 11, 23)


def answers(key: str) -> tuple[object, ...]:
    return tuple(one.value for one in comparison.line(read_book(), key, (JULY, DECEMBER, NOVEMBER)).answers)


def test_the_two_days_of_the_stories_stand_beside_today() -> None:
    assert read_comparison(read_book()).days == (JULY, DECEMBER)


def test_battery_changes_its_code_and_then_stays() -> None:
    line = comparison.line(read_book(), "articles.battery", (JULY, DECEMBER, NOVEMBER))
    assert [one.value for one in line.answers] == ["KoAP 73-2", "CC 109-1", "CC 109-1"]
    assert line.changed == (False, True, False)


def test_checks_of_an_order_are_not_on_record_before_2026() -> None:
    line = comparison.line(read_book(), "orders.check_interval", (JULY, DECEMBER, NOVEMBER))
    assert [one.standing for one in line.answers[:2]] == [Standing.NOT_ON_RECORD] * 2
    assert line.answers[2].value == 7
    assert line.changed == (False, False, True)


def test_the_term_stands_and_only_its_article_moves() -> None:
    assert answers("orders.term") == (30, 30, 30)
    assert comparison.line(read_book(), "orders.term", (DECEMBER, NOVEMBER)).changed == (False, True)


def test_a_question_on_which_every_day_is_silent_says_so() -> None:
    days = (date(2001, 1, 1), date(2002, 1, 1))
    assert comparison.line(read_book(), "articles.battery", days).is_silent
    assert not comparison.line(read_book(), "articles.battery", (JULY,)).is_silent


def test_the_slider_stops_where_an_answer_or_a_regime_begins_and_nowhere_after_today() -> None:
    book = read_book()
    stops = comparison.turns(book, ["articles.battery"], until=DECEMBER)
    assert {date(2017, 7, 3), date(2024, 6, 16)} <= set(stops)
    assert list(stops) == sorted(stops)
    assert max(stops) <= DECEMBER
    assert {one.valid_from for one in book.regimes if one.valid_from <= DECEMBER} <= set(stops)


def test_a_question_that_no_rule_answers_stops_the_start() -> None:
    row = {"name": {"en": "x"}, "rules": ["orders.no_such_rule"]}
    with pytest.raises(Faulty, match="no_such_rule"):
        shelf.comparison({"group": [row]}, read_book())


def test_no_question_is_asked_twice() -> None:
    asked = [key for group in law.comparison().groups for key in group.rules]
    assert len(asked) == len(set(asked))
