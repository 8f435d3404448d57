"""The journal: written with the act, sealed in an order nobody can upset, and telling when it was touched."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from psycopg.types.json import Jsonb

from qorgan.base import clock, deployment, ids, journal, signing
from qorgan.base.journal import export, seal
from qorgan.base.journal.rows import _INSERT
from qorgan.base.models import JournalEntry, JournalSeal
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.reports.models import Report
from tests import factories
from tests.base.logins import master
from tests.conftest import actor

pytestmark = pytest.mark.older_server
real = pytest.mark.usefixtures("empty_journal")
WRITER = Actor(name="tests", staff_id=UUID(int=7), mandate_id=UUID(int=8))


@pytest.fixture
def empty_journal(transactional_db: None) -> None:
    """Without what the making of the database has written."""
    with master() as owner:
        owner.execute("truncate base_journalhead, base_journalseal, base_journalentry")


def write(kind: str = "tests.thing.done", **detail: object) -> None:
    """One committed row."""
    with transaction.atomic():
        journal.write(kind=kind, by=WRITER, now=clock.now(), thing="thing", thing_id=ids.new(), detail=detail)


@contextmanager
def as_worker() -> Iterator[None]:
    """The rights of the worker, for this thread's connection only."""
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        before = cursor.fetchone()[0]
        cursor.execute("set role qorgan_worker")
        try:
            yield
        finally:
            cursor.execute(f"set role {before}")


def sealed(limit: int = 5000) -> int:
    """Seal as the worker does."""
    with as_worker():
        return seal.seal(now=clock.now(), limit=limit)


def holds() -> dict[str, object]:
    """The chain of this place, as the command `journal verify` checks it."""
    with as_worker(), transaction.atomic():
        return export.verify()


def kinds_in_chain() -> list[str]:
    """What the chain tells, link by link."""
    with as_worker():
        return list(JournalSeal.objects.order_by("number").values_list("entry__kind", flat=True))


@contextmanager
def open_transaction(kind: str) -> Iterator[psycopg.Connection]:
    """Another process that has written its row and not yet committed."""
    with psycopg.connect(deployment.login(Process.STAFF).dsn()) as other:
        other.execute(_INSERT, (clock.now(), kind, "thing", "1", None, None, "staff", Jsonb({})))
        yield other


@real
def test_a_row_is_there_if_the_act_is_and_gone_if_the_act_was_undone(now: datetime) -> None:
    inspector = actor("inspector")
    with acting(inspector):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            factories.report(by=inspector, now=now)
            raise ZeroDivisionError
        assert not JournalEntry.objects.exists()
        with transaction.atomic():
            report = factories.report(by=inspector, now=now)
            assert Report.objects.count() == 1
    entry = JournalEntry.objects.get(kind="reports.report.accepted")
    assert (entry.thing, entry.thing_id, entry.staff_id) == ("report", str(report.id), inspector.staff_id)
    assert entry.process == "staff"
    assert entry.mandate_id == inspector.mandate_id


@real
def test_a_row_outside_a_transaction_is_refused() -> None:
    with pytest.raises(TransactionManagementError, match="inside the transaction of its act"):
        journal.write(kind="tests.thing.done", by=WRITER, now=clock.now())
    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize("detail", [{"share": 0.5}, {"at": datetime(2026, 1, 1, tzinfo=UTC)}, {"ids": {1}}, {1: "a"}])
def test_a_detail_at_which_the_sealer_would_stop_is_refused_when_written(db: None, detail: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        journal.write(kind="tests.thing.done", by=WRITER, now=clock.now(), detail=detail)
    assert not JournalEntry.objects.filter(kind="tests.thing.done").exists()


@real
def test_the_sealer_waits_for_an_older_transaction_and_then_seals_in_its_order() -> None:
    with open_transaction("tests.late.done") as late:
        write("tests.early.done")
        assert sealed() == 0  # what began before may still commit: nothing after it is final
        late.commit()
    write("tests.last.done")
    assert sealed() == 3
    assert kinds_in_chain() == ["tests.late.done", "tests.early.done", "tests.last.done"]
    assert holds()["holds"] is True


@real
def test_the_sealer_seals_what_came_before_an_open_transaction_and_nothing_of_it() -> None:
    write("tests.first.done")
    with open_transaction("tests.undone.done") as undone:
        write("tests.third.done")
        assert sealed() == 1
        undone.rollback()
    assert sealed() == 1
    assert kinds_in_chain() == ["tests.first.done", "tests.third.done"]
    assert sealed() == 0


@real
def test_how_long_the_oldest_row_waits_for_its_seal_is_known() -> None:
    def lag() -> float:
        with as_worker():
            return seal.lag_seconds(now=clock.now() + timedelta(seconds=30))

    assert lag() == 0.0
    with open_transaction("tests.late.done") as late:
        write()
        sealed()
        assert lag() >= 30  # one transaction left open holds all back, and this is where it shows
        late.commit()
    sealed()
    assert lag() == 0.0


@real
def test_a_long_journal_is_sealed_piece_by_piece() -> None:
    for number in range(7):
        write(number=number)
    assert [sealed(limit=3) for _round in range(4)] == [3, 3, 1, 0]
    assert holds() | {"signed_by": []} == {
        "holds": True, "entries": 7, "heads": 0, "broken_at": None, "reason": None, "signed_by": [],
    }  # fmt: skip


@real
def test_while_one_sealer_works_a_second_does_nothing() -> None:
    write()
    working, done = threading.Event(), threading.Event()

    def first() -> int:
        try:
            with as_worker(), transaction.atomic():
                count = seal.seal(now=clock.now())
                working.set()
                done.wait(10)
                return count
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        running = thread.submit(first)
        working.wait(10)
        assert sealed() == 0
        done.set()
        assert running.result() == 1
    assert sealed() == 0
    assert holds()["holds"] is True


@real
def test_writers_and_two_sealers_at_once_leave_one_whole_chain() -> None:
    writing = threading.Event()

    def writer(_number: int) -> int:
        try:
            for _row in range(25):
                write()
            return 0
        finally:
            connection.close()

    def sealer(_number: int) -> int:
        try:
            count = 0
            while not writing.is_set():
                count += sealed(limit=10)
            return count
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        sealers = [threads.submit(sealer, number) for number in range(2)]
        for done in [threads.submit(writer, number) for number in range(4)]:
            done.result()
        writing.set()
        count = sum(running.result() for running in sealers)
    while more := sealed():
        count += more
    assert count == 100
    assert holds()["entries"] == 100
    assert holds()["holds"] is True


@real
def test_a_head_is_signed_once_a_day_and_names_the_last_link(now: datetime) -> None:
    signer = signing.signer(demo=True)
    with as_worker():
        assert seal.sign_head(now=now, signer=signer) is None
        write()
        sealed()
        first = seal.sign_head(now=now, signer=signer)
        write()
        sealed()
        same = seal.sign_head(now=now + timedelta(hours=3), signer=signer)
        second = seal.sign_head(now=now + timedelta(days=1), signer=signer)
    assert first and same and second
    assert (first.number, same.number, second.number) == (1, 1, 2)
    assert holds()["heads"] == 2
    assert holds()["signed_by"] == [signer.key_id]
