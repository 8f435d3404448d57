"""Lists ask a fixed number of questions; a list that asks one for each row is caught."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection, transaction
from django.test import Client

from qorgan.agencies.models import Staff
from qorgan.base.scope import Actor
from tests.architecture.guards import queries
from tests.architecture.lists import LISTS


def _ask(rows: int) -> Callable[[], object]:
    """Work that asks one question for each row."""

    def ask() -> None:
        with connection.cursor() as cursor:
            for row in range(rows):
                cursor.execute("select %s", [row])

    return ask


def test_every_list_asks_a_fixed_number_of_questions(owner: Actor, client: Client) -> None:
    for listed in LISTS:
        client.force_login(Staff.objects.get(login=listed.login))
        counts = []
        for _length in range(3):
            listed.lengthen(owner)
            assert client.get(listed.address).status_code == 200, listed.address
            counts.append(queries.count(partial(client.get, listed.address)))
        assert queries.faults(listed.address, counts, most=listed.most) == []


def test_every_list_is_named_once() -> None:
    assert len({listed.address for listed in LISTS}) == len(LISTS)


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
