"""First start, next start, several at once, and where things lie."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from qorgan.base.postgres import (
    LauncherRefused,
    ensure,
    erase,
    logins,
    password,
    release,
    status,
    stop,
)
from qorgan.base.postgres.site import LONGEST_SOCKET
from tests.postgres.conftest import ROOT, Client, alive, eventually, query

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
MakeClient = Callable[..., Client]


def test_first_start_gives_two_separate_servers_and_the_next_find_their_data(
    place: Path,
) -> None:
    begun = time.perf_counter()
    first = ensure(place)
    first_took = time.perf_counter() - begun
    assert first_took < 15
    query(first.data, "create table kept (n int); insert into kept values (7)")
    with pytest.raises(psycopg.errors.UndefinedTable):
        query(first.keys, "select n from kept")

    begun = time.perf_counter()
    assert ensure(place) == first
    assert time.perf_counter() - begun < 0.5

    assert stop(place)
    assert not stop(place)
    again = ensure(place)
    assert query(again.data, "select n from kept") == 7
    assert (
        query(
            again.data,
            "select current_setting('data_checksums') || current_setting('fsync')",
        )
        == "onon"
    )
    assert query(again.data, "show listen_addresses") == ""
    assert query(again.data, "select casefold('ҚОРҒАН')") == "қорған"


def test_three_processes_at_once_share_one_server_and_the_last_stops_it(place: Path, client: MakeClient) -> None:
    said = [one.answer() for one in [client(), client(), client()]]
    assert len({one["status"]["keeper"] for one in said}) == 1
    assert all(one["status"]["running"] for one in said)
    assert said[0]["data"] == said[2]["data"]


def test_nothing_runs_once_the_last_client_has_left(place: Path, client: MakeClient) -> None:
    one, two = client(), client()
    keeper = one.answer()["status"]["keeper"]
    servers = [made["pid"] for made in two.answer()["status"]["clusters"]]
    one.leave()
    time.sleep(0.6)
    assert all(alive(pid) for pid in [keeper, *servers])
    two.kill()
    assert eventually(lambda: not any(alive(pid) for pid in [keeper, *servers]))
    assert not status(place).running


def test_a_keeper_overrun_by_signals_still_stops_when_told(place: Path) -> None:
    ensure(place)
    keeper = status(place).keeper
    assert keeper is not None
    for _ in range(20_000):
        os.kill(keeper, signal.SIGCHLD)
    assert stop(place, timeout=20)
    assert not alive(keeper)


def test_a_client_that_comes_while_the_server_stops_is_served(place: Path, client: MakeClient) -> None:
    for _ in range(4):
        ensure(place)
        release(place)
        time.sleep(0.15)
    server = ensure(place)
    assert query(server.data, "select 1") == 1


def test_status_of_an_empty_home_starts_nothing(place: Path) -> None:
    assert not status(place).running
    assert not place.exists()


def test_status_tells_versions_sizes_and_processes(place: Path) -> None:
    ensure(place)
    found = status(place)
    assert found.running and found.keeper and found.version
    assert [cluster.name for cluster in found.clusters] == ["data", "keys"]
    assert all(cluster.size > 10_000_000 and cluster.pid and cluster.version == "18" for cluster in found.clusters)


def test_a_path_too_long_for_a_socket_still_works(shelf: Path) -> None:
    deep = shelf / ("long-" * 12) / ("name-" * 12) / "қорған, 'home'"
    server = ensure(deep)
    try:
        assert len(os.fsencode(Path(server.data.host) / ".s.PGSQL.5432")) <= LONGEST_SOCKET
        assert query(server.data, "select 1") == query(server.keys, "select 1") == 1
        short = Path(server.data.host).parent
        assert short.stat().st_uid == os.geteuid() and not short.stat().st_mode & stat.S_IWOTH
    finally:
        erase(deep)
    assert not short.exists()


def test_a_short_folder_laid_out_by_someone_else_is_not_used(shelf: Path) -> None:
    deep = shelf / ("long-" * 12) / ("name-" * 12)
    short = Path(ensure(deep).data.host).parent
    stop(deep)
    shutil.rmtree(short)
    short.symlink_to(shelf)
    try:
        other = Path(ensure(deep).data.host).parent
        assert other != short and not other.is_symlink()
    finally:
        short.unlink()
        erase(deep)


def test_home_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    words = [
        sys.executable,
        "-c",
        "from qorgan.base.postgres import home; print(home())",
    ]

    def home_with(**environment: str) -> str:
        return subprocess.run(words, env=environment, capture_output=True, text=True, check=True).stdout.strip()

    assert home_with(QORGAN_HOME="/srv/q") == "/srv/q"
    expected = "/var/lib/qorgan" if os.geteuid() == 0 else f"{tmp_path}/.local/share/qorgan"
    assert home_with(HOME=str(tmp_path)) == expected
    if os.geteuid() != 0:
        assert home_with(XDG_DATA_HOME="/srv/x") == "/srv/x/qorgan"


def test_the_launcher_needs_neither_django_nor_a_driver() -> None:
    look = "import sys, qorgan.base.postgres; print([m for m in ('django', 'psycopg') if m in sys.modules])"
    said = subprocess.run(
        [sys.executable, "-c", look],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "[]"


def test_passwords_are_private_lasting_and_checked(place: Path) -> None:
    server = ensure(place)
    secret = password("staff", place)
    assert secret == password("staff", place) != password("public", place)
    assert logins(place) == ["public", "staff"]
    file = place / "secrets" / "passwords.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    query(server.data, f"create role staff login password '{secret}'")
    assert query(server.data, "select current_user", login="staff", password=secret) == "staff"
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        query(server.data, "select 1", login="staff", password=secret + "x")
    with pytest.raises(psycopg.OperationalError):
        query(server.data, "select 1", login="staff")


def test_passwords_asked_for_at_once_are_one(place: Path) -> None:
    words = "import sys, pathlib, qorgan.base.postgres as p; print(p.password('w', pathlib.Path(sys.argv[1])))"
    command = [sys.executable, "-c", words, str(place)]
    made = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    assert len({one.communicate()[0] for one in made}) == 1


def test_data_of_another_version_are_refused_in_one_sentence(place: Path) -> None:
    ensure(place)
    stop(place)
    (place / "data" / "PG_VERSION").write_text("17\n")
    with pytest.raises(LauncherRefused, match="written by PostgreSQL 17, and 18 is installed"):
        ensure(place)
    (place / "data" / "PG_VERSION").write_text("18\n")
