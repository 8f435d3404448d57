"""Lists ask a fixed number of questions; a list that asks one for each row is caught."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection, transaction
from django.urls import reverse

from qorgan.base.scope import Actor
from tests.architecture.guards import queries
from tests.architecture.guards.queries import Listed
from tests.architecture.lists import LISTS
from tests.web.pages import an_hour_ago, signed_in


def _ask(rows: int) -> Callable[[], object]:
    """Work that asks one question for each row."""

    def ask() -> None:
        with connection.cursor() as cursor:
            for row in range(rows):
                cursor.execute("select %s", [row])

    return ask


@pytest.mark.parametrize("listed", LISTS, ids=[listed.view for listed in LISTS])
def test_a_list_asks_the_same_of_one_row_and_of_twelve(owner: Actor, listed: Listed) -> None:
    browser, address = signed_in(listed.login), listed.place(owner)
    counts = []
    for rows in (1, 11):
        for _row in range(rows):
            listed.lengthen(by=owner, now=an_hour_ago())
        assert browser.get(address).status_code == 200  # places and law are read once per process
        counts.append(queries.count(partial(browser.get, address)))
    assert queries.faults(listed.view, counts, most=listed.most) == []


def test_every_list_view_is_in_the_table() -> None:
    assert queries.list_views() - {listed.view for listed in LISTS} == set()


def test_every_line_of_the_table_names_a_view_once() -> None:
    named = [listed.view for listed in LISTS]
    assert len(set(named)) == len(named)
    for listed in LISTS:
        assert reverse(listed.view, kwargs={"name": "late"} if listed.view == "duties:section" else None)


def test_a_list_view_is_known_by_what_it_calls() -> None:
    assert {"reports:index", "cases:index", "duties:section"} <= queries.list_views()
    assert "orders:order" not in queries.list_views()


@pytest.mark.django_db
def test_questions_are_counted_without_transactions() -> None:
    assert queries.count(transaction.atomic(_ask(4))) == 4


@pytest.mark.django_db
def test_a_list_that_asks_for_each_row_is_caught() -> None:
    counts = [queries.count(_ask(rows)) for rows in (1, 2, 20)]
    assert queries.faults("orders", counts, most=10) == [
        "orders asks 20 questions, at most 10",
        "orders asks more the longer it is: 1, 2, 20",
    ]


@pytest.mark.django_db
def test_a_list_of_fixed_cost_is_left_alone() -> None:
    counts = [queries.count(_ask(1)) for _length in range(3)]
    assert queries.faults("orders", counts, most=1) == []
