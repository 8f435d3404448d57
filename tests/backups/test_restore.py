"""A place comes back from its backups, row for row, and to the moment that is asked for."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from qorgan.base import postgres
from qorgan.base.backups import plan, servers, watch
from qorgan.base.backups.servers import CLUSTERS
from tests.backups.place import Kept, kept, line, rows


@pytest.fixture(scope="module")
def held() -> Iterator[Kept]:
    with kept() as place:
        yield place


def carry(held: Kept) -> int:
    """What `follow` does once the server has laid down its WAL; here at once."""
    settled, count = plan.read(held.place.home), 0
    assert settled is not None
    for cluster in servers.running(held.place.home).values():
        name = servers.ask(cluster, "select pg_walfile_name(pg_switch_wal() - 1)")
        until = time.monotonic() + 20
        while not settled.shelf(cluster.name).sealed_wal(settled.line, str(name)).exists():
            assert time.monotonic() < until, f"{name} was never laid down"
            count += watch.carry(held.place.home, settled, now=datetime.now(UTC))
            time.sleep(0.05)
    return count


def test_a_place_comes_back_row_for_row_with_what_was_written_after_the_copy(held: Kept) -> None:
    held.desk.desk(range(5, 8))
    assert carry(held) >= 2
    before = {cluster: rows(held.place.home, cluster) for cluster in CLUSTERS}
    assert len(before["data"]["public.reports_report"]) == 7
    assert before["keys"]["public.wrapped_key"]
    with held.back("again") as back:
        for cluster in CLUSTERS:
            after = rows(back.home, cluster)
            assert after.keys() == before[cluster].keys()
            for table, wanted in before[cluster].items():
                assert after[table] == wanted, table
        secrets = [home / "secrets" / "persons.key" for home in (held.place.home, back.home)]
        assert secrets[0].read_bytes() == secrets[1].read_bytes()
        assert back.json("journal", "verify")["holds"] is True


def test_a_moment_brings_back_the_row_that_was_deleted_after_it_and_no_destroyed_key(held: Kept) -> None:
    with line(held.place.home, "data") as data, line(held.place.home, "keys") as keys:
        lost = data.execute("select id from reports_report order by id limit 1").fetchone()
        destroyed = keys.execute("select id from wrapped_key order by id limit 1").fetchone()
        assert lost is not None and destroyed is not None
        time.sleep(0.05)
        moment = data.execute("select clock_timestamp()").fetchone()
        assert moment is not None
        time.sleep(0.05)
        data.execute("set session_replication_role = replica")
        data.execute("delete from reports_report where id = %s", lost)
        keys.execute("delete from wrapped_key where id = %s", destroyed)
    carry(held)
    with held.back("before", "--until", moment[0].isoformat()) as back:
        with line(back.home, "data") as data:
            assert data.execute("select id from reports_report where id = %s", lost).fetchone() == lost
        with line(back.home, "keys") as keys:
            assert keys.execute("select id from wrapped_key where id = %s", destroyed).fetchone() is None
    with held.back("after") as back, line(back.home, "data") as data:
        assert data.execute("select id from reports_report where id = %s", lost).fetchone() is None


def test_a_moment_that_is_not_archived_yet_is_told_and_leaves_nothing(held: Kept) -> None:
    home = held.shelf / "tomorrow"
    told = held.place.__class__(home).run("backup", "restore", *held.words(), "--until", "2099-01-01T00:00Z", expect=1)
    assert told.stderr.strip().startswith("The archived WAL ends before 2099-01-01")
    assert not home.exists()


def test_a_moment_before_every_copy_is_told(held: Kept) -> None:
    told = held.place.__class__(held.shelf / "old").run(
        "backup", "restore", *held.words(), "--until", "2020-01-01T00:00Z", expect=1
    )
    assert "holds no whole backup of data from before 2020-01-01" in told.stderr


def test_a_gap_in_the_wal_is_told_before_anything_looks_restored(held: Kept) -> None:
    carry(held)
    wal = sorted(held.folder("data").glob("wal-*/" + "?" * 24 + ".sealed"))
    aside = wal[-2].rename(held.shelf / "aside")
    try:
        home = held.shelf / "gap"
        told = held.place.__class__(home).run("backup", "restore", *held.words(), expect=1)
        assert "WAL is missing between" in told.stderr
        assert not home.exists()
    finally:
        aside.rename(wal[-2])


def test_a_place_that_holds_data_is_never_restored_into(held: Kept) -> None:
    before = rows(held.place.home, "data")
    told = held.place.run("backup", "restore", *held.words(), expect=1)
    assert "is not empty" in told.stderr
    assert rows(held.place.home, "data") == before


def test_another_private_key_opens_nothing(held: Kept) -> None:
    other = held.shelf / "other.pem"
    held.place.run("backup", "key", str(other))
    home = held.shelf / "stranger"
    told = held.place.__class__(home).run("backup", "restore", *held.words()[:-1], str(other), expect=1)
    assert "is sealed to the key" in told.stderr
    assert not home.exists()


def test_a_restored_place_serves_and_begins_backups_of_its_own(held: Kept) -> None:
    with held.back("anew") as back:
        assert back.json("status")["backups"] == {}
        told = back.run("backup", "take", expect=1)
        assert "--data-to FOLDER" in told.stderr
        postgres.stop(back.home)
        assert back.json("journal", "verify")["holds"] is True


@pytest.mark.parametrize("at", ["restoring", "feed"])  # while the copies are laid down; while WAL is replayed
def test_a_killed_restore_is_begun_anew(held: Kept, at: str) -> None:
    home = held.shelf / f"killed-{at}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QORGAN_", "DJANGO_"))}
    command = [sys.executable, "-m", "qorgan.cli.main", "backup", "restore", *held.words(), "--json"]
    with subprocess.Popen(command, env=kept | {"QORGAN_HOME": str(home)}) as restoring:
        until = time.monotonic() + 30
        while not (home / at).exists():
            assert time.monotonic() < until
            time.sleep(0.001)
        restoring.kill()
    assert (home / "restoring").exists()
    with held.back(home.name) as back:
        assert not (home / "restoring").exists()
        assert rows(back.home, "keys") == rows(held.place.home, "keys")
