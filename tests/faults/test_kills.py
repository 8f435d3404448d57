"""Killed at any step and started again: nothing acknowledged is missing, nothing is there twice, nothing by half.

The places of the kills are drawn by chance from a seed, so that a failure can be repeated. The tests work on one place,
one after the other; each leaves it whole.
"""

import json
import os
import random
import signal
import threading
import time
from collections.abc import Iterator

import psycopg
import pytest

from qorgan.base.processes import Process
from tests.faults.place import Life, Place, Told, check_whole, made

STEPS = 5  # a report, its case, the draft, the issue, the service


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """One place for all that follows."""
    with made() as fresh:
        yield fresh


def test_a_desk_killed_at_any_step_loses_nothing_and_repeats_nothing(place: Place) -> None:
    chance, numbers = random.Random(20261120), range(1, 13)
    for _life in range(8):
        step, delay = chance.randrange(1, STEPS * 4), chance.choice([0.0, 0.0, chance.random() * 0.02])

        def heard(life: Life, _told: Told, step: int = step, delay: float = delay) -> None:
            if len(life.told) == step:
                life.kill(after=delay)

        assert place.desk(numbers, heard=heard).status == -signal.SIGKILL
    reported = {told["id"] for told in place.told if told["what"] == "report"}
    last = place.desk(numbers)
    assert last.status == 0
    again = {told["id"] for told in last.told if told["what"] == "report" and not told["is_new"]}
    assert reported <= again
    check_whole(place, numbers=numbers)


def test_sending_everything_again_adds_nothing(place: Place) -> None:
    life = place.desk(range(1, 13))
    assert [told["what"] for told in life.told] == ["report", "case", "served"] * 12
    assert not any(told["is_new"] for told in life.told)
    check_whole(place, numbers=range(1, 13))


def test_servers_killed_while_a_desk_works_are_back_and_nothing_is_lost(place: Place) -> None:
    chance = random.Random(20261121)
    due = {chance.randrange(26, 50): "data", chance.randrange(50, 70): "keys", chance.randrange(70, 90): "data"}

    def heard(life: Life, _told: Told) -> None:
        cluster = due.pop(len(life.told), None)
        if cluster:
            threading.Timer(chance.random() * 0.01, os.kill, (place.pid(cluster), signal.SIGKILL)).start()

    life = place.desk(range(1, 31), heard=heard)
    assert (life.status, due) == (0, {})
    check_whole(place, numbers=range(1, 31))


def test_a_session_cut_off_between_write_and_commit_has_written_nothing(place: Place) -> None:
    chance, cut = random.Random(20261123), 0
    with place.master() as watcher:

        def heard(life: Life, told: Told) -> None:
            nonlocal cut
            # A cut at BEGIN is mended unseen: every step is tried until one cut was felt.
            was_away = any(one["what"] == "away" for one in life.told)
            if told["what"] == "away" or (was_away and chance.random() < 0.7):
                return
            found = watcher.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where application_name = 'qorgan-staff' and state = 'idle in transaction'"
            )
            cut += found.rowcount
            watcher.commit()

        life = place.desk(range(31, 51), heard=heard)
    assert life.status == 0
    assert cut > 0
    assert any(told["what"] == "away" for told in life.told)
    check_whole(place, numbers=range(1, 51))


def test_a_sealer_killed_on_its_way_leaves_a_chain_that_goes_on(place: Place) -> None:
    chance, sealers = random.Random(20261122), place.nurseries[Process.WORKER]
    with place.master() as line:
        line.execute("set session_replication_role = replica")
        line.execute("truncate base_journalhead, base_journalseal")  # as if nothing had been sealed yet
    for turn in range(5):
        step, delay = chance.randrange(2, 12), chance.random() * 0.01

        def heard(life: Life, told: Told, step: int = step, delay: float = delay, turn: int = turn) -> None:
            if len(life.told) == step and turn == 2:
                os.kill(place.pid("data"), signal.SIGKILL)  # the server under a sealer that goes on
            if len(life.told) == step or (turn == 2 and told["count"] == 0):
                life.kill(after=delay if turn != 2 else 1.0)

        assert sealers.live("sealer", heard=heard).status == -signal.SIGKILL
    check_whole(place, numbers=range(1, 51))
    with place.master() as line:
        question = "select count(*), count(distinct entry_id), max(number) from base_journalseal"
        sealed, entries = line.execute(question).fetchone(), line.execute("select count(*) from base_journalentry")
        (count,) = entries.fetchone() or (0,)
    assert sealed == (count,) * 3


def test_a_job_whose_worker_was_killed_is_done_by_the_next(place: Place) -> None:
    first = "(select min(id) from procrastinate_jobs where task_name = 'reports.look_for_repeats')"
    with place.master() as line:
        dead = _one(line, "insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 minute')")
        lost = _one(line, f"update procrastinate_jobs set status = 'doing', worker_id = %s where id = {first}", dead)
        args = json.dumps({"timestamp": 0})
        queue = "insert into procrastinate_jobs (queue_name, task_name, args) values ('default', %s, %s)"
        _one(line, queue, "agencies.take_over_lost_jobs", args)
        line.commit()
        waiting = "select count(*) from procrastinate_jobs where status <> 'succeeded'"
        for _round in range(20):  # a job that met a lock is tried again some seconds later
            assert place.nurseries[Process.WORKER].live("jobs").status == 0
            if line.execute(waiting).fetchone() == (0,):
                break
            time.sleep(1)
        assert line.execute("select status from procrastinate_jobs where id = %s", [lost]).fetchone() == ("succeeded",)
        assert line.execute(waiting).fetchone() == (0,)


def _one(line: psycopg.Connection, statement: str, *values: object) -> int:
    row = line.execute(f"{statement} returning id".encode(), values).fetchone()
    assert row is not None
    return int(row[0])
