"""Real servers for every test that asks for a database; the same cast for every screen."""

import asyncio
import gc
import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import settings as probes
from psycopg import sql

from qorgan.base import deployment, postgres
from qorgan.base.processes import CHARTERS, Process
from qorgan.base.scope import Actor, acting
from tests.roles import as_process

# How fast an example runs says something of the machine, nothing of what is tested; speed is measured in `bench`.
probes.register_profile("untimed", deadline=None)
probes.load_profile("untimed")

PASSWORD = "synthetic-pass-2026"
REFERENCE = ("places_", "agencies_", "django_migrations", "django_content_type")

ABOUT_RECORDS = tuple(
    f"agencies_{name}"
    for name in (
        *("seal", "block", "admission", "opening", "declaration", "trait", "odd"),
        *("session", "invitation", "channelkey", "channel"),
    )
)

# A module is never divided between workers; those that take longest begin first, so that none is left for the end.
_FIRST = (
    "journeys",
    "backups",
    "test_older_server",
    "faults",
    "postgres",
    "test_orders_looks",
    "simulation",
    "test_bytes",
    "cli",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long modules before short ones."""

    def turn(item: pytest.Item) -> int:
        return next((at for at, name in enumerate(_FIRST) if name in item.path.parts or name == item.path.stem), 99)

    items.sort(key=turn)


def pytest_collection_finish() -> None:
    """All that was collected stays to the end: looking through it for what may go took a seventh of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _owner() -> psycopg.Connection:
    return psycopg.connect(deployment.owner().dsn(), autocommit=True)


_SPOOLS = itertools.count()


@pytest.fixture(autouse=True)
def spool_of_the_test(settings: LazySettings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test finds what another kept for the time that the database is away; one that wants a spool makes it."""
    settings.SPOOL = str(tmp_path_factory.getbasetemp() / f"spool-{next(_SPOOLS)}")


@pytest.fixture(autouse=True)
def language_of_the_country() -> Iterator[None]:
    """Every test begins in the first language of the country; a page that another test asked for leaves none behind."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for all screens of a module, the system's own; who asks for it says where it is missing."""
    from playwright import sync_api

    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
    asyncio.set_event_loop(None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> None:
    """`qorgan init` in the suite's own home, by the real command; then the tester's login and the invented staff."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": ""}
    done = subprocess.run(
        [sys.executable, "-m", "qorgan.cli.main", "init"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    _make_tester()
    with django_db_blocker.unblock(), as_process(Process.MIGRATOR):
        from qorgan.agencies import actions

        system = Actor(name="tests", role="system", permissions=frozenset({"agencies.staff.keep"}))
        actions.load_demo_staff(password=PASSWORD, by=system, now=datetime(2020, 1, 1, tzinfo=UTC))


def _make_tester() -> None:
    from tests.settings import TESTER

    with _owner() as owner:
        name, secret = sql.Identifier(TESTER), sql.Literal(postgres.password(TESTER, deployment.home()))
        known = owner.execute("select 1 from pg_roles where rolname = %s", [TESTER]).fetchone()
        verb = sql.SQL("alter" if known else "create")
        owner.execute(sql.SQL("{} role {} login noinherit password {}").format(verb, name, secret))
        for charter in CHARTERS.values():
            owner.execute(sql.SQL("grant {} to {}").format(sql.Identifier(charter.login), name))
        owner.execute(sql.SQL("grant connect on database {} to {}").format(sql.Identifier(deployment.DATABASE), name))


def _wipe(_case: TransactionTestCase) -> None:
    """Empty every table that a test has filled; foreign keys and the migrator's own triggers are set aside for it.

    Most tests fill few: to truncate all, filled or not, makes hundreds of files anew and takes a second.
    """
    connection.close()
    with _owner() as owner:
        rows = owner.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        tables = [row[0] for row in rows if not row[0].startswith(REFERENCE) or row[0] in ABOUT_RECORDS]
        each = sql.SQL("select {} where exists (select from {})")
        asked = [each.format(sql.Literal(name), sql.Identifier(name)) for name in tables]
        filled = owner.execute(sql.SQL(" union all ").join(asked)).fetchall()
        owner.execute("set session_replication_role = replica")
        for (name,) in filled:
            owner.execute(sql.SQL("delete from {}").format(sql.Identifier(name)))


TransactionTestCase._fixture_teardown = _wipe  # type: ignore[method-assign]  # staff may not truncate, rightly


@pytest.fixture
def now() -> datetime:
    """A Friday afternoon in Shymkent under the law of 2026."""
    return datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def actor(login: str) -> Actor:
    """The actor of the invented person's mandate."""
    from qorgan.agencies import queries
    from qorgan.agencies.models import Staff

    staff = Staff.objects.get(login=login)
    mandate = queries.mandates_of(staff, now=datetime(2026, 1, 1, tzinfo=UTC)).get()
    return queries.actor_of(mandate, language="kk")


@pytest.fixture
def owner(db: None) -> Iterator[Actor]:
    """The district inspector of Enbekshi in Shymkent; the test acts as her unless it says otherwise."""
    with acting(found := actor("inspector")):
        yield found


@pytest.fixture
def colleague(db: None) -> Actor:
    """Another person of the same unit."""
    return actor("head")


@pytest.fixture
def stranger(db: None) -> Actor:
    """An inspector of another region, for whom nothing of this one exists."""
    return actor("rudny")


@pytest.fixture
def excluded(db: None) -> Actor:
    """Someone of the same place whose role does not allow the act."""
    return actor("prosecutor")
