"""Exact numbers are found again without opening a name: by whom they are in sight for, and however they are written."""

from datetime import datetime

import pytest
from django.db import connection

from qorgan.agencies import queries as agencies
from qorgan.base import ids
from qorgan.base.keys import blind, vault
from qorgan.base.scope import Actor, acting
from qorgan.people import actions, jobs, queries
from qorgan.people.actions import Named
from qorgan.people.models import Person

ENBEKSHI = 7903
IIN = "900101400404"


def _written(*, by: Actor, now: datetime, **parts: str) -> Person:
    named = Named(**parts)  # type: ignore[arg-type]  # names of text fields
    return actions.write_down(named=named, territory_id=ENBEKSHI, thread_id=ids.new(), by=by, now=now)


@pytest.mark.parametrize("written", [IIN, "900101 400404", " 9001-0140-0404 ", "900\N{NO-BREAK SPACE}101400404"])
def test_a_person_is_found_by_her_iin_however_it_is_written(owner: Actor, now: datetime, written: str) -> None:
    person = _written(by=owner, now=now, iin=written)
    _written(by=owner, now=now, iin="900101400405")
    assert list(queries.with_iin(IIN)) == list(queries.with_iin(written)) == [person]


@pytest.mark.parametrize("written", ["87010000001", "+7 (701) 000-00-01", "701 000 00 01", "8 701 000 00 01 мама"])
def test_a_person_is_found_by_her_telephone_however_it_is_written(owner: Actor, now: datetime, written: str) -> None:
    person = _written(by=owner, now=now, phone=written)
    _written(by=owner, now=now, phone="+77010000002")
    assert list(queries.with_phone("+77010000001")) == [person]
    assert blind.telephone(written) == "+77010000001"


@pytest.mark.parametrize("written", ["", "102", "12", "87010000001, 87010000002", "жоқ", "+7", "00", "770100000x"])
def test_what_is_no_whole_telephone_finds_nobody(owner: Actor, now: datetime, written: str) -> None:
    person = _written(by=owner, now=now, written="Үміт", phone=written)
    assert person.phone_index is None
    assert not queries.with_phone(written).exists()


def test_a_telephone_abroad_keeps_its_country() -> None:
    assert blind.telephone("+996 555 000 001") == blind.telephone("00996555000001") == "+996555000001"
    assert blind.telephone("+44 20 7946 0000") == "+442079460000"


@pytest.mark.parametrize("written", ["", "12345", "9001014004040", "90010140040X", "٩٠٠١٠١٤٠٠٤٠٤"])
def test_what_is_no_iin_has_no_index(owner: Actor, now: datetime, written: str) -> None:
    assert _written(by=owner, now=now, written="Үміт", iin=written).iin_index is None
    assert not queries.with_iin(written).exists()


def test_a_stranger_finds_nobody_by_a_number_that_he_knows(owner: Actor, stranger: Actor, now: datetime) -> None:
    _written(by=owner, now=now, iin=IIN, phone="+77010000001")
    with acting(stranger):
        assert not queries.with_iin(IIN).exists()
        assert not queries.with_phone("+77010000001").exists()


def test_an_index_says_nothing_without_its_key_and_not_which_number_it_is_of(owner: Actor, now: datetime) -> None:
    person = _written(by=owner, now=now, iin=IIN, phone="+77010000001")
    assert person.iin_index is not None
    assert len(person.iin_index) == 32
    assert vault.blind(IIN, at=blind.IIN) == person.iin_index != vault.blind(IIN, at=blind.PHONE)
    other = vault.Vault(vault.vault()._store, {}, index=b"\x02" * 32)
    assert other.blind(IIN, at=blind.IIN) != person.iin_index


def test_an_index_does_not_depend_on_the_master_key(owner: Actor, settings: object) -> None:
    before, print_before = vault.blind(IIN, at=blind.IIN), vault.fingerprint(b"x", at="y")
    vault.vault.cache_clear()
    settings.MASTER_KEYS = {1: b"\x07" * 32}  # type: ignore[attr-defined]  # pytest-django's settings
    try:
        assert (vault.blind(IIN, at=blind.IIN), vault.fingerprint(b"x", at="y")) == (before, print_before)
    finally:
        vault.vault.cache_clear()


def test_a_process_without_the_key_of_indexes_makes_none() -> None:
    with pytest.raises(PermissionError, match="no key of indexes"):
        vault.Vault(vault.vault()._store, {}).blind(IIN, at=blind.IIN)


def _as_before(*persons: Person) -> None:
    """Let persons be from before there were indexes."""
    ids_of = [person.id for person in persons]
    with connection.cursor() as cursor:
        cursor.execute("update people_person set iin_index = null, phone_index = null where id = any(%s)", [ids_of])


def test_numbers_of_before_are_indexed_in_steps_that_go_on_where_they_ended(owner: Actor, now: datetime) -> None:
    held = [_written(by=owner, now=now, iin=IIN) for _number in range(4)]
    held += [_written(by=owner, now=now, phone="87010000001"), _written(by=owner, now=now, phone="102")]
    expected = {person.id: (person.iin_index, person.phone_index) for person in held}
    _as_before(*held)
    system = agencies.system("tests")
    with acting(system):
        first = actions.fill_indexes(after=None, by=system, now=now, limit=3)
        assert (first.count, first.last) == (3, held[2].id)
        again = actions.fill_indexes(after=None, by=system, now=now, limit=3)  # cut off and begun anew
        assert (again.count, again.last) == (2, held[5].id)
        assert actions.fill_indexes(after=again.last, by=system, now=now, limit=3) == actions.Filled(0, None)
    found = {person.id: (person.iin_index, person.phone_index) for person in Person.objects.all()}
    assert {key: tuple(map(_plain, pair)) for key, pair in found.items()} == expected


def test_indexes_are_made_anew_where_their_key_was_lost(owner: Actor, now: datetime) -> None:
    person = _written(by=owner, now=now, iin=IIN, phone="87010000001")
    _written(by=owner, now=now, written="Үміт")
    system = agencies.system("tests")
    with acting(system):
        assert actions.forget_indexes(by=system, now=now) == 1
        assert not queries.with_iin(IIN).exists()
        assert actions.fill_indexes(after=None, by=system, now=now).count == 1
        assert list(queries.with_iin(IIN)) == list(queries.with_phone("87010000001")) == [person]


def _plain(index: object) -> bytes | None:
    return None if index is None else bytes(index)  # type: ignore[call-overload,no-any-return]  # a memoryview


def test_the_worker_indexes_at_night_and_passes_over_what_was_shredded(owner: Actor, now: datetime) -> None:
    from qorgan.base import deployment
    from qorgan.base.keys.store import Store
    from qorgan.base.processes import Process

    kept, lost = _written(by=owner, now=now, iin=IIN), _written(by=owner, now=now, iin="900101400405")
    _as_before(kept, lost)
    login = deployment.keys_login(Process.WORKER)
    assert login is not None
    Store(login.dsn()).destroy([lost.key_id])
    vault.vault.cache_clear()
    jobs.fill_indexes(0)
    assert list(queries.with_iin(IIN)) == [kept]
    assert Person.objects.get(pk=lost.pk).iin_index is None
