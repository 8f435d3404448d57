"""An agency's own server: older than ours, and its owner may give us less than we would like."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from qorgan.base import postgres
from qorgan.base.db import install
from qorgan.base.processes import CHARTERS, Process
from tests.older_server import Server, programs, two_servers

ROOT = Path(__file__).parents[1]
Servers = tuple[Server, Server]


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    """The system's older PostgreSQL, running twice."""
    place = programs()
    if place is None:
        pytest.skip("this system has no PostgreSQL 15 to 17: the suite was not run on an older server")
    with two_servers(place) as running:
        yield running


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home for passwords and secrets; it holds no servers."""
    return tmp_path / "home"


def _environment(home: Path, data: str, keys: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    servers = {"DATABASE_URL": data, "KEYS_URL": keys, "QORGAN_TEST_SERVER": "1"}
    return kept | servers | {"QORGAN_HOME": str(home), "QORGAN_TEST_HOME": str(home)}


def _init(environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "qorgan.cli.main", "init", "--quiet"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


def _databases(servers: Servers, owner: str, *, may: str = "") -> tuple[str, str]:
    """A login that owns an empty database on each server; the URLs."""
    urls = []
    for server in servers:
        server.run(f"create role {owner} login password 'geheim' {may};\ncreate database {owner} owner {owner};\n")
        urls.append(server.url(owner, user=owner, password="geheim"))
    return urls[0], urls[1]


def test_an_owner_who_may_not_make_logins_is_given_the_sql_and_it_is_all_that_is_needed(
    servers: Servers, home: Path
) -> None:
    environment = _environment(home, *_databases(servers, "oblast"))
    told = _init(environment)
    assert told.returncode == 1
    assert "Let the owner of the server run this SQL once" in told.stderr
    assert "Traceback" not in told.stderr
    scripts = re.split(r"^-- on .*, for the database oblast\n", told.stderr, flags=re.MULTILINE)[1:]
    logins = [set(re.findall(r'create role "(\w+)"', script)) for script in scripts]
    keepers = {CHARTERS[process].login for process in (Process.STAFF, Process.WORKER)}
    assert logins == [{charter.login for charter in CHARTERS.values()}, keepers]
    for charter in CHARTERS.values():
        assert postgres.password(charter.login, home) not in told.stderr
    for server, script in zip(servers, scripts, strict=True):
        server.run(script)
    again = _init(environment)
    assert (again.returncode, again.stderr) == (0, "")
    for process in Process:
        login = CHARTERS[process].login
        url = servers[0].url("oblast", user=login, password=postgres.password(login, home))
        with psycopg.connect(url) as line:
            assert line.execute("select current_user").fetchone() == (login,)


def test_an_owner_who_may_make_logins_but_is_no_superuser_needs_nobody_also_the_second_time(servers: Servers) -> None:
    data, keys = _databases(servers, "audan", may="createrole")
    for turn in ("first", "second"):
        passwords = {charter.login: f"{turn}-{charter.login}" for charter in CHARTERS.values()}
        install.prepare(data, name="audan", passwords=passwords, create=False)
        install.prepare_keys(keys, name="audan", passwords=passwords, create=False)
        for server, process in zip(servers, (Process.STATISTICS, Process.WORKER), strict=True):
            login = CHARTERS[process].login
            psycopg.connect(server.url("audan", user=login, password=passwords[login])).close()


def test_without_a_key_store_apart_nothing_is_begun(servers: Servers, home: Path) -> None:
    told = _init(_environment(home, servers[0].url("postgres"), ""))
    assert told.returncode == 1
    assert told.stderr.strip() == "KEYS_URL is missing: the key store needs a server apart from DATABASE_URL."


@pytest.mark.parametrize("wrong", ["http://x/y", "postgresql://", "qorgan"])
def test_an_address_that_is_none_is_said_in_one_sentence(home: Path, wrong: str) -> None:
    told = _init(_environment(home, wrong, "postgresql://x@/y"))
    assert told.returncode == 1
    assert told.stderr.strip() == "DATABASE_URL and KEYS_URL look like postgresql://owner:password@host:5432/name"


def test_a_wrong_password_of_the_owner_is_said_in_one_sentence(servers: Servers, home: Path) -> None:
    wrong = [server.url("postgres", password="guess") for server in servers]
    told = _init(_environment(home, wrong[0], wrong[1]))
    assert told.returncode == 1
    assert len(told.stderr.strip().splitlines()) == 1
    assert "Traceback" not in told.stderr


def test_schema_scope_roles_and_locks_hold_on_the_older_server(servers: Servers, home: Path) -> None:
    for server, name in zip(servers, ("qorgan", "qorgan_keys"), strict=True):
        server.run(f"create database {name}")
    environment = _environment(home, servers[0].url("qorgan"), servers[1].url("qorgan_keys"))
    command = [sys.executable, "-m", "pytest", "-m", "older_server", "-q", "-p", "no:cacheprovider", "--no-header"]
    folders = ["tests/architecture", "tests/base", "tests/cases", "tests/reports"]
    done = subprocess.run([*command, *folders], env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
    last = done.stdout.strip().splitlines()[-1]
    assert done.returncode == 0, done.stdout
    assert "0 failed, 0 SKIPPED" in last, last
    assert int(last.split()[0]) > 100, last
    with psycopg.connect(servers[0].url("qorgan")) as line:  # it was this server, and not ours, that was asked
        assert line.info.server_version < 180000
        assert line.execute("select count(*) > 0 from places_territory").fetchone() == (True,)
