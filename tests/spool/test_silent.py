"""A server that takes a connection and answers nothing is away: nobody waits for it longer than a few seconds."""

import time
from collections.abc import Iterator

import psycopg
import pytest

from qorgan.base import deployment, postgres
from qorgan.base.db import answering
from qorgan.base.db.answering import Silence, Watched
from qorgan.base.keys.store import KeyStoreAway, Store
from tests.spool.silent import Way, way


@pytest.fixture
def server() -> Iterator[tuple[Way, str]]:
    """A way to the suite's own server, and how it is gone."""
    address = postgres.ensure(deployment.home()).data
    with way(f"{address.host}/.s.PGSQL.{address.port}") as made:
        yield made, f"host=127.0.0.1 port={made.port} user={address.superuser} dbname=postgres"


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits as long as a page does."""
    monkeypatch.setattr(answering, "PATIENCE", 0.2)
    monkeypatch.setattr(answering, "ASKED_AGAIN", 600.0)


def test_a_server_that_is_slow_is_waited_for(server: tuple[Way, str]) -> None:
    with Watched.connect(server[1]) as line:
        assert line.execute("select pg_sleep(0.8), 7").fetchone() == ("", 7)


def test_a_server_that_falls_silent_is_away_and_its_line_is_closed(server: tuple[Way, str]) -> None:
    held, dsn = server
    line = Watched.connect(dsn)
    line.silence = Silence()
    line.execute("select 1")
    held.hush()
    begun = time.monotonic()
    with pytest.raises(psycopg.OperationalError):
        line.execute("select 2")
    assert time.monotonic() - begun < 20
    assert line.closed
    with pytest.raises(psycopg.OperationalError, match="a moment ago"):
        line.silence.connect(lambda: Watched.connect(dsn, connect_timeout=2))


def test_who_asks_a_silent_server_again_is_one_at_a_time_until_it_speaks(server: tuple[Way, str]) -> None:
    held, dsn = server
    held.hush()
    silence, asked = Silence(), []

    def make() -> psycopg.Connection:
        asked.append(1)
        return Watched.connect(dsn, connect_timeout=2)

    with pytest.raises(psycopg.errors.ConnectionTimeout):
        silence.connect(make)
    for _other in range(5):
        with pytest.raises(psycopg.OperationalError, match="a moment ago"):
            silence.connect(make)
    assert len(asked) == 1
    held.speak()
    silence._until = time.monotonic() - 1
    silence.connect(make).close()
    silence.connect(make).close()
    assert len(asked) == 3


def test_a_silent_key_store_is_away(server: tuple[Way, str]) -> None:
    held, dsn = server
    held.hush()
    store = Store(dsn)
    begun = time.monotonic()
    with pytest.raises(KeyStoreAway):
        store.current()
    assert time.monotonic() - begun < 20
    begun = time.monotonic()
    with pytest.raises(KeyStoreAway):
        store.current()
    assert time.monotonic() - begun < 2
