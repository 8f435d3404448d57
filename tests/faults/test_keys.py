"""A new master, and fresh keys of one record, beside the work: killed at any point it goes on, and nothing is lost."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography.hazmat.primitives.keywrap import aes_key_wrap

from qorgan.base import clock, postgres
from qorgan.base.deployment import KEYS_DATABASE
from tests.faults.place import Place, check_whole, made

KEYS = 20_000
READ = """
from qorgan.base.processes import Process
from qorgan.cli.start import begin
begin(Process.WORKER)
from django.db import transaction
from qorgan.agencies import queries as agencies
from qorgan.base.scope import acting
from qorgan.cases.models import Case
from qorgan.cases import queries as cases
from qorgan.orders import queries as orders
from qorgan.reports import queries as reports
from qorgan.reports.models import Report
from tests import factories
with acting(agencies.system("tests")), transaction.atomic():
    found = {(view.narrative, view.persons[0][1].written) for view in reports.opened_reports(Report.objects.all())}
    assert found == {(factories.WORDS, factories.WOMAN.written)}, found
    for case in Case.objects.all():
        assert [one.words for one in cases.accounts(case)] == [factories.WORDS]
        assert [one.circumstances for one in orders.for_cases([case.id])] == [factories.WORDS]
"""


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """One place for all that follows; the tests change its master in turn."""
    with made() as fresh:
        yield fresh


def _begun(place: Place, *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "qorgan.cli.main", "keys", *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=place.environment(), stdout=pipe, stderr=pipe, text=True)


def _run(place: Place, *words: str, expect: int = 0) -> str:
    process = _begun(place, *words)
    said, complained = process.communicate()
    assert process.returncode == expect, complained
    return said if expect == 0 else complained


def _json(place: Place, *words: str) -> Any:
    return json.loads(_run(place, *words, "--json"))


def _all_open(place: Place) -> None:
    """A process that begins now opens every text."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", READ], env=place.environment(), cwd=root, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@contextmanager
def _store(place: Place) -> Iterator[psycopg.Connection]:
    address = postgres.ensure(place.home).keys
    line = {"host": str(address.host), "port": address.port, "user": address.superuser, "dbname": KEYS_DATABASE}
    with psycopg.connect(**line, autocommit=True) as owner:  # type: ignore[arg-type]  # words of a DSN
        yield owner


def _count(owner: psycopg.Connection, where: str, *values: object) -> int:
    row = owner.execute(f"select count(*) from wrapped_key where {where}".encode(), values).fetchone()
    assert row is not None
    return int(row[0])


def _fill(place: Place) -> None:
    """Many keys under the first master."""
    wrapped = aes_key_wrap((place.home / "secrets" / "persons.key").read_bytes(), os.urandom(32))
    with _store(place) as owner:
        many = "insert into wrapped_key (id, wrapped) select gen_random_uuid(), %s from generate_series(1, %s)"
        owner.execute(many.encode(), [wrapped, KEYS])


def _killed_on_its_way(process: "subprocess.Popen[str]", owner: psycopg.Connection, whole: int) -> int:
    """Kill it when a part is done; how many are left."""
    until = time.monotonic() + 60
    while (left := _count(owner, "master = 1")) >= whole and time.monotonic() < until:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert left < whole
    return _count(owner, "master = 1")


def test_a_new_master_is_under_every_key_though_the_run_was_killed_and_staff_worked_on(place: Place) -> None:
    place.desk(range(1, 3))
    _fill(place)
    with _store(place) as owner:
        owner.execute("create table held as select * from wrapped_key")
        owner.execute("create table held_master as select * from master")
    assert _json(place, "rotate") == {"master": 2}
    with _store(place) as owner:
        whole = _count(owner, "master = 1")
        assert whole > KEYS
        process = _begun(place, "rewrap")
        left = _killed_on_its_way(process, owner, whole)
        assert 0 < left < whole
        place.desk(range(1, 7))  # a process from before the rotation goes on: its block of before, then new keys
        told = _json(place, "rewrap")
        assert (told["rewrapped"], told["left"]) == (left, 0)
        assert _count(owner, "master <> 2") == 0
    _all_open(place)


def test_a_retired_master_stays_seven_days_for_the_backups_of_before(place: Place) -> None:
    until = (clock.now() + timedelta(days=7)).date()
    assert _json(place, "retire") == {"retired": [1], "files_until": until.isoformat()}
    kept = sorted(path.name for path in (place.home / "secrets").glob("persons*"))
    assert kept == [f"persons-1.until-{until.isoformat()}.key", "persons-2.key"]
    place.desk(range(1, 8))
    check_whole(place, numbers=range(1, 8))


def test_a_key_store_from_before_the_rotation_still_opens_everything(place: Place) -> None:
    with _store(place) as owner:  # the keys of before, and those made since, as each was wrapped then
        owner.execute("create table newer as select * from wrapped_key")
        owner.execute("delete from wrapped_key where id in (select id from held)")
        owner.execute("insert into master select * from held_master on conflict do nothing")
        owner.execute("insert into wrapped_key select * from held")
    _all_open(place)
    with _store(place) as owner:
        owner.execute("delete from wrapped_key")
        owner.execute("delete from master where version = 1")
        owner.execute("insert into wrapped_key select * from newer")


def _named(place: Place, key: str) -> list[str]:
    """The tables in which a key is named, as such or in an envelope."""
    plain, packed = key, key.replace("-", "")
    found = []
    with place.master() as owner:
        for (table,) in owner.execute("select tablename from pg_tables where schemaname = 'public'").fetchall():
            rows = owner.execute(f"select t::text from {table} t".encode()).fetchall()
            if table != "base_journalentry" and any(plain in row[0] or packed in row[0] for row in rows):
                found.append(str(table))
    return sorted(found)


def test_a_case_is_sealed_anew_whole_though_the_run_was_killed(place: Place) -> None:
    with place.master() as owner:
        number, case_key, person, person_key = owner.execute(
            "select c.number, c.key_id::text, p.id::text, p.key_id::text from cases_case c"
            " join cases_caseperson part on part.case_id = c.id join people_person p on p.id = part.person_id"
            " order by c.number, part.id limit 1"
        ).fetchone() or ("", "", "", "")
    assert {"cases_case", "cases_account", "orders_order", "duties_duty"} <= set(_named(place, case_key))
    process = _begun(place, "renew", "--case", number)
    with place.master() as owner:  # the fresh key is in place, its texts are not
        until = time.monotonic() + 60
        held = "select 1 from cases_case where key_id = %s"
        while owner.execute(held.encode(), [case_key]).fetchone() and time.monotonic() < until:
            owner.rollback()
            time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    told = _json(place, "renew", "--case", number)
    assert told["keys"] >= 2
    assert _named(place, case_key) == []
    with _store(place) as owner:
        assert _count(owner, "id = %s", case_key) == 0
        assert owner.execute("select 1 from renewal").fetchone() is None
    told = _json(place, "renew", "--person", person)
    assert (told["keys"], told["texts"]) == (1, 4)
    assert _named(place, person_key) == []
    _all_open(place)


def test_what_is_not_there_is_not_sealed_anew(place: Place) -> None:
    assert "no such record" in _run(place, "renew", "--case", "1", expect=1)
