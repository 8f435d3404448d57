"""Keys that nothing names are swept out of the store; one that opens anything never is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction
from procrastinate.contrib.django import app
from psycopg import sql

from qorgan.agencies import queries as agencies
from qorgan.base import clock, deployment
from qorgan.base.keys import vault as vaults
from qorgan.base.keys.store import SCHEMA, Store
from qorgan.base.keys.sweep import KeysOfOtherData, SightTooNarrow, Swept, sweep
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, beside
from qorgan.cases.models import Case
from qorgan.files import actions as files
from qorgan.people.models import Person
from qorgan.reports.models import Report
from tests import factories
from tests.conftest import actor
from tests.roles import as_process


@pytest.fixture
def store(db: None) -> Iterator[Store]:
    """The key store as the worker reaches it, empty; and a vault that has taken no keys ahead."""
    with psycopg.connect(deployment.keys_owner().dsn(), autocommit=True) as master:
        master.execute("truncate wrapped_key")
    vaults.vault.cache_clear()
    login = deployment.keys_login(Process.WORKER)
    assert login is not None
    held = Store(login.dsn())
    yield held
    held.close()
    vaults.vault.cache_clear()


def _age(*keys: UUID, days: int = 8) -> None:
    """Let keys be so many days old."""
    with psycopg.connect(deployment.keys_owner().dsn(), autocommit=True) as owner:
        question = "update wrapped_key set made_at = now() - make_interval(days => %s) where id = any(%s)"
        assert owner.execute(question, [days, list(keys)]).rowcount == len(keys)


def _swept(store: Store, by: Actor | None = None) -> Swept:
    with as_process(Process.WORKER):
        return sweep(by=by or agencies.system("tests"), now=clock.now(), store=store)


def _used(owner: Actor, now: datetime) -> set[UUID]:
    """Keys in use: of a report, its persons, its case, and one that only the envelope of a file names."""
    case = factories.case(by=owner, now=now)
    alone = vaults.new_key()
    kept = {"content": b"x", "media_type": "text/plain", "owner": "case", "owner_id": case.id, "role": "letter"}
    files.keep(key_id=alone, **beside(case), by=owner, now=now, **kept)  # type: ignore[arg-type]  # told by name
    keys = {alone, *Person.objects.values_list("key_id", flat=True)}
    return keys | {held.key_id for held in Case.objects.all()} | {held.key_id for held in Report.objects.all()}


def test_an_orphan_goes_and_every_key_in_use_stays(owner: Actor, now: datetime, store: Store) -> None:
    used, orphan = _used(owner, now), vaults.new_key()
    assert len(used) == 5
    _age(orphan, *used)
    assert _swept(store) == Swept(in_use=5, destroyed=1)
    assert set(store.get([orphan, *used])) == used
    row = JournalEntry.objects.filter(kind="base.keys.swept").get()
    assert row.detail == {"in_use": 5, "destroyed": 1}


def test_an_orphan_younger_than_seven_days_stays_for_it_may_be_about_to_be_used(
    owner: Actor, now: datetime, store: Store
) -> None:
    factories.report(by=owner, now=now)
    orphan = vaults.new_key()
    _age(orphan, days=6)
    assert _swept(store).destroyed == 0
    assert set(store.get([orphan])) == {orphan}


def test_without_every_place_in_sight_nothing_is_swept(owner: Actor, now: datetime, store: Store) -> None:
    used, orphan = _used(owner, now), vaults.new_key()
    _age(orphan, *used)
    for narrow in (actor("inspector"), actor("rudny"), Actor(name="nobody")):
        with pytest.raises(SightTooNarrow):
            _swept(store, by=narrow)
    assert set(store.get([orphan, *used])) == {orphan, *used}


@contextmanager
def as_statistics() -> Iterator[None]:
    """The rights of statistics, taken back by the rollback of the transaction around it."""
    with connection.cursor() as cursor:
        cursor.execute("set local role qorgan_statistics")
    yield


def test_a_process_that_cannot_read_every_key_cannot_sweep(owner: Actor, now: datetime, store: Store) -> None:
    used, orphan = _used(owner, now), vaults.new_key()
    _age(orphan, *used)
    system = agencies.system("tests")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), as_statistics():
        sweep(by=system, now=clock.now(), store=store)
    assert set(store.get([orphan])) == {orphan}


def test_data_without_any_key_prove_nothing_and_nothing_is_swept(db: None, store: Store) -> None:
    orphan = vaults.new_key()
    _age(orphan)
    assert _swept(store) == Swept(0, 0)
    assert set(store.get([orphan])) == {orphan}


@pytest.fixture
def strange_store(db: None) -> Iterator[Store]:
    """The key store of some other data, on the same server."""
    name = sql.Identifier("qorgan_keys_of_others")
    home = deployment.keys_owner().dsn()
    with psycopg.connect(home, autocommit=True) as owner:
        owner.execute(sql.SQL("drop database if exists {}").format(name))
        owner.execute(sql.SQL("create database {}").format(name))
    held = Store(home.replace(f"dbname='{deployment.keys_owner().name}'", "dbname='qorgan_keys_of_others'"))
    held._ask(SCHEMA)
    yield held
    held.close()
    with psycopg.connect(home, autocommit=True) as owner:
        owner.execute(sql.SQL("drop database {}").format(name))


def test_a_store_that_belongs_to_other_data_is_left_alone(owner: Actor, now: datetime, strange_store: Store) -> None:
    factories.report(by=owner, now=now)
    theirs = Report.objects.get().id  # any id will do: the data here name none of the keys there
    strange_store.add([(theirs, b"wrapped")])
    strange_store._ask("update wrapped_key set made_at = now() - interval '8 days'")
    with pytest.raises(KeysOfOtherData):
        _swept(strange_store)
    assert set(strange_store.get([theirs])) == {theirs}


def test_the_worker_sweeps_every_night(db: None) -> None:
    periodic = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert periodic["agencies.sweep_keys"] == "40 21 * * *"
