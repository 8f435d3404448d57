"""Another country, from nothing, without a line of Python touched; and its servers killed while reports come in."""

from datetime import datetime, timedelta

import pytest

from qorgan.base import country
from tests.journeys.places import Place


def test_another_country_runs_the_same_thread_without_a_line_of_python(
    elsewhere: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = elsewhere.json("demo", "--no-serve")
    order = thread["order"]
    served, ends = datetime.fromisoformat(order["served_at"]), datetime.fromisoformat(order["ends_at"])
    assert ends - served == timedelta(days=20)
    monkeypatch.setenv("QORGAN_COUNTRY", "zz")
    assert not list(country.folder().rglob("*.py"))
    assert thread["release"]["number"]


def test_reports_sent_while_servers_are_killed_are_neither_lost_nor_doubled(elsewhere: Place) -> None:
    told = elsewhere.json("demo", "--break")
    assert (told["lost"], told["doubled"]) == (0, 0)
    assert told["acknowledged"] == told["sent"] > 0
    assert [kill["what"] for kill in told["killed"]] == ["data", "worker", "keys", "data"]
    assert told["sent_again"] > 0
    assert told["journal"]["holds"] is True
