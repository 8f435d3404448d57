"""Killed at any step and started again: nothing acknowledged is missing, nothing is there twice, nothing by half.

The places of the kills are drawn by chance from a seed, so that a failure can be repeated.
"""

import json
import os
import random
import signal
import threading
from collections.abc import Iterator

import psycopg
import pytest

from tests.faults.place import Place, check_whole, kill_after, made

STEPS = 5  # a report, its case, the draft, the issue, the service


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """One place for all that follows: each test leaves it whole."""
    with made() as fresh:
        yield fresh


def _desk(place: Place, numbers: range, *, kills: int, chance: random.Random) -> None:
    """A desk that is killed so many times and started again each time, and then works to the end."""
    for _life in range(kills):
        process = place.start("tests.faults.desk", str(numbers[0]), str(numbers[-1]))
        place.listen(
            process, kill_after(process, chance.randrange(1, STEPS * len(numbers)), delay=chance.random() * 0.02)
        )
        assert process.returncode == -signal.SIGKILL
    last = place.start("tests.faults.desk", str(numbers[0]), str(numbers[-1]))
    place.listen(last)
    assert last.returncode == 0


def test_a_desk_killed_at_any_step_loses_nothing_and_repeats_nothing(place: Place) -> None:
    numbers = range(1, 13)
    _desk(place, numbers, kills=3, chance=random.Random(20261120))
    check_whole(place, numbers=numbers)


def test_sending_everything_again_adds_nothing(place: Place) -> None:
    before = len(place.told)
    process = place.start("tests.faults.desk", "1", "12")
    place.listen(process)
    again = [told for told in place.told[before:] if told["what"] != "end"]
    assert [told["what"] for told in again] == ["report", "case"] * 12
    assert not any(told["is_new"] for told in again)
    check_whole(place, numbers=range(1, 13))


def test_servers_killed_while_a_desk_works_are_back_and_nothing_is_lost(place: Place) -> None:
    chance = random.Random(20261121)
    process = place.start("tests.faults.desk", "1", "40")
    due = {chance.randrange(26, 60): "data", chance.randrange(60, 90): "keys", chance.randrange(90, 120): "data"}
    heard = 0

    def hear(told: dict[str, object]) -> None:
        nonlocal heard
        heard += 1
        cluster = due.pop(heard, None)
        if cluster:
            threading.Timer(chance.random() * 0.01, os.kill, (place.pid(cluster), signal.SIGKILL)).start()

    place.listen(process, hear)
    assert (process.returncode, due) == (0, {})
    check_whole(place, numbers=range(1, 41))


def test_a_sealer_killed_on_its_way_leaves_a_chain_that_goes_on(place: Place) -> None:
    chance = random.Random(20261122)
    with place.master() as line:
        line.execute("set session_replication_role = replica")
        line.execute("truncate base_journalhead, base_journalseal")  # as if nothing had been sealed yet
    for _life in range(2):
        sealer = place.start("tests.faults.sealer")
        assert sealer.stdout is not None
        for _step in range(chance.randrange(2, 12)):
            assert int(sealer.stdout.readline()) == 3
        threading.Timer(chance.random() * 0.01, sealer.kill).start()
        sealer.communicate(timeout=20)
    sealer = place.start("tests.faults.sealer")
    assert sealer.stdout is not None
    assert int(sealer.stdout.readline()) == 3
    os.kill(place.pid("data"), signal.SIGKILL)
    for line_ in sealer.stdout:
        if int(line_) == 0:
            break
    sealer.kill()
    sealer.communicate(timeout=20)
    check_whole(place, numbers=range(1, 41))
    with place.master() as line:
        sealed = line.execute("select count(*), count(distinct entry_id), max(number) from base_journalseal").fetchone()
        entries = line.execute("select count(*) from base_journalentry").fetchone()
    assert sealed is not None
    assert entries is not None
    assert sealed == (entries[0],) * 3


def test_a_session_cut_off_between_write_and_commit_has_written_nothing(place: Place) -> None:
    with place.master() as watcher:
        process = place.start("tests.faults.desk", "41", "60")
        cut: list[int] = []

        def hear(told: dict[str, object]) -> None:
            rows = watcher.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where application_name = 'qorgan-staff' and state = 'idle in transaction'"
            ).fetchall()
            watcher.commit()
            cut.extend(row[0] for row in rows)

        place.listen(process, hear)
    assert process.returncode == 0
    assert cut
    assert any(told["what"] == "away" for told in place.told)
    check_whole(place, numbers=range(1, 61))


def test_a_job_whose_worker_was_killed_is_done_by_the_next(place: Place) -> None:
    with place.master() as line:
        worker = _one(line, "insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 minute')")
        lost = _one(
            line,
            "update procrastinate_jobs set status = 'doing', attempts = 1, worker_id = %s"
            " where id = (select min(id) from procrastinate_jobs where task_name = 'reports.look_for_repeats')",
            worker,
        )
        args = json.dumps({"timestamp": 0})
        line.execute(
            "insert into procrastinate_jobs (queue_name, task_name, args) values ('default', %s, %s)",
            ["agencies.take_over_lost_jobs", args],
        )
        line.commit()
        for _round in range(2):
            place.command("worker", "--once", "--only", "jobs")
        assert line.execute("select status from procrastinate_jobs where id = %s", [lost]).fetchone() == ("succeeded",)


def _one(line: psycopg.Connection, statement: str, *values: object) -> int:
    row = line.execute(f"{statement} returning id".encode(), values).fetchone()
    assert row is not None
    return int(row[0])
