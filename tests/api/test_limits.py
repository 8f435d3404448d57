"""How often a machine may call: it is told to wait, nothing it sent is lost, and others go on."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from qorgan.agencies import actions, queries
from qorgan.agencies.models import Staff
from qorgan.base import clock
from qorgan.base.models import JournalEntry
from qorgan.base.scope import acting
from qorgan.reports.models import Report
from tests.api.conftest import REPORT, WHEN
from tests.conftest import actor

MOST = 3


def _opened() -> str:
    mandate = queries.mandates_of(Staff.objects.get(login="desk"), now=WHEN).get()
    return actions.open_channel(mandate=mandate, label="пульт", most=MOST, by=actor("admin"), now=WHEN)[1]


def _call(token: str, key: str, *, after: int = 0, body: Any = REPORT) -> Any:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    with clock.frozen(WHEN + timedelta(seconds=after)):
        return Client().post("/api/reports", body, content_type="application/json", headers=headers)


def _key(number: int) -> str:
    return f"desk-0001-{number:06}"


def test_one_call_too_many_is_told_how_long_to_wait_and_is_taken_after_it(db: None) -> None:
    token = _opened()
    assert [_call(token, _key(n), after=20).status_code for n in range(MOST)] == [201] * MOST
    slowed = _call(token, _key(MOST), after=20)
    assert (slowed.status_code, slowed.json()["code"], slowed.headers["Retry-After"]) == (
        429,
        "api.too_many_calls",
        "40",
    )
    with acting(actor("desk")):
        assert Report.objects.count() == MOST
    assert _call(token, _key(MOST), after=60).status_code == 201


def test_calls_that_are_refused_count_too_and_only_the_first_too_many_is_written_down(db: None) -> None:
    token = _opened()
    assert [_call(token, _key(n), body={}).status_code for n in range(MOST)] == [422] * MOST
    assert [_call(token, _key(n)).status_code for n in range(5)] == [429] * 5
    told = JournalEntry.objects.filter(kind="api.request.refused", detail__code="api.too_many_calls")
    assert told.count() == 1


def test_another_machine_goes_on(db: None) -> None:
    first, second = _opened(), _opened()
    assert [_call(first, _key(n)).status_code for n in range(MOST + 1)] == [201] * MOST + [429]
    assert _call(second, _key(0)).status_code == 201


@pytest.mark.parametrize("said", ["", "Bearer", "Bearer never-given-to-anyone", "Basic eA=="])
def test_who_has_no_key_is_told_what_everyone_is_told_however_often(db: None, said: str) -> None:
    _opened()
    headers = {"Authorization": said, "Idempotency-Key": _key(1)}
    assert {
        Client().post("/api/reports", REPORT, content_type="application/json", headers=headers).status_code
        for _n in range(MOST + 2)
    } == {401}
