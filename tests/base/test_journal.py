"""The journal: written with the act, sealed in an order nobody can upset, and telling when it was touched."""

import json
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
from qorgan.base.journal import chain, export, seal
from qorgan.base.journal.rows import _INSERT
from qorgan.base.models import JournalEntry, JournalHead, JournalSeal
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.reports.models import Report
from tests import factories
from tests.base.logins import master
from tests.conftest import actor

pytestmark = pytest.mark.older_server
real = pytest.mark.usefixtures("empty_journal")
SIGNER = signing.signer(demo=True)
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


def sealed(limit: int = 5000, now: datetime | None = None) -> int:
    """Seal as the worker does."""
    with as_worker():
        return seal.seal(now=now or clock.now(), signer=SIGNER, limit=limit)


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


def lag() -> seal.Lag:
    """As it is half a minute from now."""
    with as_worker():
        return seal.lag(now=clock.now() + timedelta(seconds=30))


@real
def test_a_row_that_waits_for_an_open_transaction_is_an_alarm_that_says_so() -> None:
    assert lag() == seal.Lag(0.0, is_held=False)
    with open_transaction("tests.late.done") as late:
        write()
        sealed()
        held = lag()
        assert held.seconds >= 30
        assert "a transaction left open holds it back" in held.alarm
        late.commit()
    sealed()
    assert lag().alarm == ""


@real
def test_a_row_that_nobody_seals_is_an_alarm_after_ten_seconds() -> None:
    write()
    assert "no sealer keeps up" in lag().alarm
    with as_worker():
        assert seal.lag(now=clock.now()).alarm == ""


@real
def test_a_long_journal_is_sealed_piece_by_piece() -> None:
    for number in range(7):
        write(number=number)
    assert [sealed(limit=3) for _round in range(4)] == [3, 3, 1, 0]
    told = holds()
    assert (told["holds"], told["entries"], told["heads"], told["reason"]) == (True, 7, 0, None)


@real
def test_while_one_sealer_works_a_second_does_nothing() -> None:
    write()
    working, done = threading.Event(), threading.Event()

    def first() -> int:
        try:
            with as_worker(), transaction.atomic():
                count = seal.seal(now=clock.now(), signer=SIGNER)
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


def heads() -> list[tuple[str, int]]:
    """Each signed head: its day and the number it names."""
    with as_worker():
        return [(f"{head.day}", head.number) for head in JournalHead.objects.order_by("day")]


@real
def test_a_head_is_signed_for_each_day_that_is_over_also_without_entries(now: datetime) -> None:
    day = timedelta(days=1)
    assert sealed(now=now) == 0
    write()
    write()
    assert (sealed(now=now), heads()) == (2, [])
    assert (sealed(now=now + timedelta(minutes=1)), heads()) == (0, [])
    write()
    sealed(now=now + day)
    assert heads() == [(f"{now.date()}", 2)]
    write()
    sealed(now=now + 4 * day)  # nobody sealed for three days
    sealed(now=now + 4 * day)
    assert heads() == [(f"{(now + each * day).date()}", number) for each, number in enumerate((2, 3, 3, 3))]
    told = holds()
    assert (told["holds"], told["entries"], told["heads"]) == (True, 4, 4)
    assert told["signed_by"] == [SIGNER.key_id]


@real
def test_a_clock_put_back_neither_sets_the_day_back_nor_opens_one_that_is_closed(now: datetime) -> None:
    write()
    sealed(now=now)
    write()
    sealed(now=now + timedelta(days=1))
    write()
    sealed(now=now - timedelta(days=3))
    assert holds()["holds"] is True
    with as_worker():
        days = list(JournalSeal.objects.order_by("number").values_list("day", flat=True))
    assert days == [now.date(), *[(now + timedelta(days=1)).date()] * 2]


_HEAD = "insert into base_journalhead (day, number, digest, signed_at, signature) values (%s, %s, %s, %s, %s)"


@real
def test_a_chain_of_before_there_were_days_goes_on_without_being_sealed_again(now: datetime) -> None:
    for _number in range(3):
        write()
    sealed(now=now)
    digest = chain.START
    with as_worker():
        links = list(JournalSeal.objects.select_related("entry").order_by("number"))
    with master() as owner:  # as the sealer and its heads once were
        for held in links:
            digest = chain.link(digest, chain.covered(held.number, None, seal.as_content(held.entry)))
            undated = "update base_journalseal set day = null, digest = %s where number = %s"
            owner.execute(undated, (digest, held.number))
        for back in (9, 5, 0):
            claim = {"day": f"{(now - timedelta(days=back)).date()}", "number": 3, "digest": digest.hex()}
            signature = SIGNER.sign(signing.canonical(claim), purpose="journal.head").as_dict()
            owner.execute(_HEAD, (claim["day"], 3, digest, now, json.dumps(signature)))
    told = holds()
    assert (told["holds"], told["entries"], told["heads"]) == (True, 3, 3)
    write()
    assert sealed(now=now) == 1
    write()
    sealed(now=now + timedelta(days=3))
    told = holds()
    assert (told["holds"], told["entries"], told["heads"]) == (True, 5, 5)
