"""What happens when the server, its keeper or its owner is killed."""

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from qorgan.base.postgres import ensure, revive, status, stop
from qorgan.base.postgres.account import choose_account
from tests.postgres.conftest import Client, alive, eventually, kill, query

MakeClient = Callable[..., Client]


def servers(place: Path) -> list[int]:
    return [cluster.pid or 0 for cluster in status(place).clusters]


def test_a_killed_server_comes_back_at_once_with_its_data(place: Path) -> None:
    server = ensure(place)
    query(server.data, "create table kept (n int); insert into kept values (7)")
    before = servers(place)
    kill(before[0])
    ensure(place)
    assert query(server.data, "select n from kept") == 7
    after = servers(place)
    assert after[0] != before[0] and after[1] == before[1]


def test_a_server_killed_again_and_again_comes_back(place: Path) -> None:
    server = ensure(place)
    for _ in range(5):
        kill(servers(place)[0])
        ensure(place)
    assert query(server.data, "select 1") == 1


def test_after_a_killed_keeper_the_servers_stop_and_revive_brings_them_back(
    place: Path,
) -> None:
    server = ensure(place)
    query(server.data, "create table kept (n int); insert into kept values (7)")
    keeper, before = status(place).keeper, servers(place)
    kill(keeper)
    assert eventually(lambda: not any(alive(pid) for pid in before), within=5)
    with pytest.raises(psycopg.OperationalError):
        query(server.data, "select 1")
    assert revive()
    assert query(server.data, "select n from kept") == 7
    assert status(place).keeper != keeper


def test_ensure_right_after_a_killed_keeper_is_served(place: Path) -> None:
    server = ensure(place)
    keeper = status(place).keeper
    kill(keeper)
    ensure(place)
    assert query(server.data, "select 1") == 1
    assert query(server.keys, "select 1") == 1


def test_revive_does_not_try_more_often_than_asked(place: Path) -> None:
    ensure(place)
    time.sleep(1.1)
    assert revive()
    stop(place)
    assert revive(every=60)  # the answer of the last try
    assert not status(place).running
    assert revive(every=0)
    assert status(place).running


def test_of_two_owners_one_killed_leaves_the_server_to_the_other(place: Path, client: MakeClient) -> None:
    one, two = client(), client()
    made = [one.answer(), two.answer()]
    pids = [cluster["pid"] for cluster in made[0]["status"]["clusters"]]
    one.kill()
    time.sleep(0.6)
    assert all(alive(pid) for pid in pids)
    two.kill()
    assert eventually(lambda: not any(alive(pid) for pid in pids))


def test_where_the_kernel_cannot_stop_orphans_the_next_keeper_adopts_them(place: Path, client: MakeClient) -> None:
    first = client(QORGAN_NO_PARENT_DEATH="1")
    said = first.answer()
    pids = [cluster["pid"] for cluster in said["status"]["clusters"]]
    with psycopg.connect(
        host=said["data"]["host"],
        port=said["data"]["port"],
        user="postgres",
        dbname="postgres",
    ) as line:
        kill(said["status"]["keeper"])
        time.sleep(0.5)
        assert all(alive(pid) for pid in pids), "the test needs orphans"
        second = client(QORGAN_NO_PARENT_DEATH="1")
        now = second.answer()
        assert [cluster["pid"] for cluster in now["status"]["clusters"]] == pids
        assert now["status"]["keeper"] != said["status"]["keeper"]
        assert line.execute("select 1").fetchone() == (1,), "sessions outlive their keeper"
    first.kill()
    second.kill()
    assert eventually(lambda: not any(alive(pid) for pid in pids)), "adopted servers stop with the last client"


def test_an_adopted_server_that_dies_is_started_again(place: Path, client: MakeClient) -> None:
    first = client(QORGAN_NO_PARENT_DEATH="1")
    said = first.answer()
    kill(said["status"]["keeper"])
    assert first.ask("revive") == {"revived": True}
    kill(said["status"]["clusters"][0]["pid"])
    assert eventually(lambda: status(place).running)
    assert query(said["data"], "select 1") == 1


def test_orphans_of_a_forgotten_owner_are_found_by_the_next(place: Path, client: MakeClient) -> None:
    first = client(QORGAN_NO_PARENT_DEATH="1")
    said = first.answer()
    kill(said["status"]["keeper"])
    first.kill()
    server = ensure(place)
    assert query(server.data, "select 1") == 1


def test_a_number_in_a_stale_file_that_is_now_another_programs_does_no_harm(place: Path, client: MakeClient) -> None:
    first = client()
    said = first.answer()
    pid = said["status"]["clusters"][0]["pid"]
    socket = Path(said["status"]["clusters"][0]["socket"])
    lock = socket.with_name(socket.name + ".lock").read_bytes()
    record = place / "data" / "postmaster.pid"
    words = record.read_bytes()
    stop(place)
    # A program of the server's own account has the number now: PostgreSQL alone would refuse to start.
    account = choose_account(place / "data")
    other = subprocess.Popen(["/bin/sleep", "60"], **account.child())
    try:
        for path, old in (
            (record, words),
            (socket.with_name(socket.name + ".lock"), lock),
        ):
            path.write_bytes(old.replace(str(pid).encode(), str(other.pid).encode(), 1))
            account.give(path, 0o600)
        assert first.ask("revive") == {"revived": True}
        assert other.poll() is None, "the other program is left alone"
        assert query(said["data"], "select 1") == 1
    finally:
        other.kill()
        other.wait()


def test_an_owner_killed_in_the_middle_of_the_first_start_leaves_nothing_believed(
    place: Path, client: MakeClient
) -> None:
    for pause in (0.15, 0.3, 0.5, 0.7, 0.9):
        one = client()
        time.sleep(pause)
        one.kill()
    server = ensure(place)
    assert query(server.data, "select 1") == query(server.keys, "select 1") == 1
    stop(place)
    ensure(place)
    assert not [path for path in place.iterdir() if path.name.endswith(".part")]


def test_a_removed_home_takes_its_servers_with_it(place: Path, client: MakeClient) -> None:
    first = client()
    pids = [cluster["pid"] for cluster in first.answer()["status"]["clusters"]]
    place.rename(place.with_name("moved"))
    assert eventually(lambda: not any(alive(pid) for pid in pids))
