"""Masters by version: whoever missed a rotation is told, and no master goes while a key needs it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from qorgan.base import deployment
from qorgan.base.keys.store import SCHEMA, KeysLeft, Store
from qorgan.base.keys.vault import MasterMissing, Vault

ONE, TWO = b"\x01" * 32, b"\x02" * 32
AT = "people.person.surname"


@pytest.fixture
def store(db: None) -> Iterator[Store]:
    """A key store of its own, on the same server."""
    name = sql.Identifier("qorgan_keys_rotated")
    home = deployment.keys_owner().dsn()
    with psycopg.connect(home, autocommit=True) as owner:
        owner.execute(sql.SQL("drop database if exists {}").format(name))
        owner.execute(sql.SQL("create database {}").format(name))
    held = Store(home.replace(f"dbname='{deployment.keys_owner().name}'", "dbname='qorgan_keys_rotated'"))
    held._ask(SCHEMA)
    yield held
    held.close()
    with psycopg.connect(home, autocommit=True) as owner:
        owner.execute(sql.SQL("drop database {} with (force)").format(name))


def test_a_process_that_missed_the_rotation_makes_its_next_keys_under_the_new_master(store: Store) -> None:
    vault = Vault(store, {1: ONE}, reread=lambda: {1: ONE, 2: TWO})
    before = vault.seal(vault.new_key(), "Үміт", at=AT)
    store.begin(2)
    vault._ahead.clear()  # the block of before is used up
    key = vault.new_key()
    assert store.get([key])[key].master == 2
    fresh = Vault(store, {1: ONE, 2: TWO})
    assert fresh.open(before, at=AT) == fresh.open(vault.seal(key, "Үміт", at=AT), at=AT) == "Үміт"


def test_a_process_that_began_before_opens_what_was_wrapped_anew(store: Store) -> None:
    vault = Vault(store, {1: ONE}, reread=lambda: {1: ONE, 2: TWO})
    sealed = Vault(store, {1: ONE, 2: TWO})
    store.begin(2)
    envelope = sealed.seal(sealed.new_key(), "Үміт", at=AT)
    assert vault.open(envelope, at=AT) == "Үміт"


def test_a_master_that_is_not_there_is_said(store: Store) -> None:
    store.begin(2)
    sealed = Vault(store, {1: ONE, 2: TWO})
    envelope = sealed.seal(sealed.new_key(), "Үміт", at=AT)
    with pytest.raises(MasterMissing) as refusal:
        Vault(store, {1: ONE}).open(envelope, at=AT)
    assert refusal.value.status == 503


def test_a_master_is_not_forgotten_while_a_key_is_under_it(store: Store) -> None:
    vault = Vault(store, {1: ONE, 2: TWO})
    vault.new_key()
    store.begin(2)
    with pytest.raises(KeysLeft):
        store.retire(2)
    store.destroy(list(store.under_older(2, after=UUID(int=0), limit=1000)))
    assert store.retire(2) == [1]
    assert store.retire(2) == []


def test_a_store_of_before_there_were_versions_is_under_the_first_master(store: Store) -> None:
    for table in ("wrapped_key", "renewal", "master"):
        store._ask(f"drop table {table}")
    store._ask(
        "create table wrapped_key (id uuid primary key, wrapped bytea not null, made_at timestamptz default now())"
    )
    store._ask("insert into wrapped_key (id, wrapped) values (%s, %s)", UUID(int=7), b"x")
    store._ask(SCHEMA)
    store._ask(SCHEMA)
    assert store.by_master() == {1: 1}
    assert store.get([UUID(int=7)])[UUID(int=7)] == (1, b"x")


def test_a_key_destroyed_while_it_is_wrapped_anew_stays_destroyed(store: Store) -> None:
    vault = Vault(store, {1: ONE})
    key = vault.new_key()
    store.begin(2)
    store.destroy([key])
    store.rewrap([(key, b"x")], master=2)
    assert store.get([key]) == {}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deployment's folder without servers."""
    monkeypatch.setattr(deployment, "home", lambda: tmp_path)
    return tmp_path


def test_masters_are_files_by_version_and_a_retired_one_goes_when_its_day_is_over(home: Path) -> None:
    assert list(deployment.masters()) == [1]
    path = deployment.add_master(2)
    assert path.name == "persons-2.key"
    assert deployment.add_master(2).read_bytes() == path.read_bytes()
    first = deployment.masters()[1]
    deployment.retire_master(1, until=date(2026, 11, 29))
    assert deployment.masters()[1] == first
    assert deployment.forget_masters(on=date(2026, 11, 29)) == []
    assert deployment.forget_masters(on=date(2026, 11, 30)) == [1]
    assert list(deployment.masters()) == [2]


def test_digests_of_before_hold_in_a_place_whose_master_is_older_than_their_key(home: Path) -> None:
    first = deployment.masters()[1]
    assert deployment.fingerprints_key() == first


def test_in_a_new_place_no_key_is_another(home: Path) -> None:
    made = [deployment.fingerprints_key(), deployment.secret("index"), *deployment.masters().values()]
    assert len(set(made)) == len(made) == 3
    assert {path.stat().st_mode & 0o777 for path in (home / "secrets").iterdir()} == {0o600}
    assert {path.name for path in (home / "secrets").iterdir()} == {"fingerprints.key", "index.key", "persons.key"}
