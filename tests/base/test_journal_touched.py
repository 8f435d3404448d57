"""Whatever is done to the journal by someone who rules the server, verifying names the place."""

import io
import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from qorgan.base import clock, deployment, signing
from qorgan.base.journal import chain, export, offline, seal
from qorgan.base.models import JournalEntry, JournalSeal
from qorgan.base.processes import Process
from tests.base.logins import master, signed_in
from tests.base.test_journal import SIGNER, WRITER, as_worker, empty_journal, holds, sealed, write

__all__ = ["empty_journal"]


@pytest.fixture
def five(empty_journal: None, now: datetime) -> list[int]:
    """Five sealed entries and a signed head; their ids in the order of the chain."""
    for number in range(1, 6):
        write(f"tests.act{number}.done", number=number)
    assert sealed(now=now) == 5
    assert sealed(now=now + timedelta(days=1)) == 0  # the day is over: its head is signed
    with as_worker():
        assert holds()["heads"] == 1
        return list(JournalSeal.objects.order_by("number").values_list("entry_id", flat=True))


def _touched(statement: str, *values: object) -> dict[str, object]:
    with master() as thief:
        assert thief.execute(statement.encode(), values).rowcount
    return holds()


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'tests.act9.done'",
        "at = at + interval '1 microsecond'",
        "written_at = written_at + interval '1 microsecond'",
        "thing_id = 'x'",
        "staff_id = null",
        "mandate_id = gen_random_uuid()",
        "process = 'worker'",
        "detail = jsonb_set(detail, '{number}', '4')",
        "detail = detail || '{\"more\": null}'",
    ],
)
def test_one_changed_value_breaks_the_chain_at_its_entry(five: list[int], change: str) -> None:
    told = _touched(f"update base_journalentry set {change} where id = %s", five[2])
    assert (told["holds"], told["broken_at"], told["reason"]) == (False, 3, "changed")


def test_a_removed_entry_is_missed(five: list[int]) -> None:
    told = _touched("delete from base_journalentry where id = %s", five[1])
    assert (told["holds"], told["broken_at"], told["reason"]) == (False, 2, "missing")


def test_a_removed_entry_is_missed_also_when_its_link_is_removed_and_the_rest_moved_up(five: list[int]) -> None:
    with master() as thief:
        thief.execute("delete from base_journalseal where number = 2")
        thief.execute("delete from base_journalentry where id = %s", [five[1]])
        for number in (3, 4, 5):
            thief.execute("update base_journalseal set number = %s where number = %s", [number - 1, number])
    told = holds()
    assert (told["holds"], told["broken_at"], told["reason"]) == (False, 2, "changed")


def test_two_entries_that_changed_places_are_seen(five: list[int]) -> None:
    with master() as thief:
        thief.execute("update base_journalseal set entry_id = -entry_id where number in (2, 4)")
        thief.execute("update base_journalseal set entry_id = %s where number = 2", [five[3]])
        thief.execute("update base_journalseal set entry_id = %s where number = 4", [five[1]])
    told = holds()
    assert (told["holds"], told["broken_at"], told["reason"]) == (False, 2, "changed")


def test_an_entry_put_in_afterwards_is_no_part_of_the_chain(five: list[int]) -> None:
    told = _touched(
        "insert into base_journalentry (xid, at, kind, thing, thing_id, process, detail)"
        " select xid, at, 'tests.forged.done', thing, thing_id, process, '{}' from base_journalentry where id = %s"
        " returning id",
        five[1],
    )
    assert (told["holds"], told["reason"]) == (False, "inserted")


def test_cutting_off_the_end_is_caught_by_the_head(five: list[int]) -> None:
    with master() as thief:
        thief.execute("delete from base_journalseal where number = 5")
        thief.execute("delete from base_journalentry where id = %s", [five[4]])
    told = holds()
    assert (told["holds"], told["broken_at"], told["reason"]) == (False, 5, "head")


def _rewrite(thief: psycopg.Connection) -> bytes:
    """A whole new chain over changed entries, as someone with all rights would forge it."""
    thief.execute("update base_journalentry set kind = 'tests.nothing.done'")
    before = chain.START
    with as_worker():
        links = list(JournalSeal.objects.select_related("entry").order_by("number"))
    for held in links:
        before = chain.link(before, seal.covered(held))
        thief.execute("update base_journalseal set digest = %s where number = %s", [before, held.number])
    return before


def test_a_chain_rewritten_as_a_whole_is_caught_by_its_signed_head(five: list[int]) -> None:
    with master() as thief:
        _rewrite(thief)
    told = holds()
    assert (told["holds"], told["broken_at"], told["reason"]) == (False, 5, "head")


def test_a_forger_who_signs_with_a_key_of_his_own_is_caught_by_whoever_knows_the_right_one(
    five: list[int], now: datetime
) -> None:
    forger = signing.Signer(Ed25519PrivateKey.generate())
    with master() as thief:
        end = _rewrite(thief)
        claim = {"day": now.date().isoformat(), "number": 5, "digest": end.hex()}
        signature = forger.sign(signing.canonical(claim), purpose="journal.head").as_dict()
        thief.execute("update base_journalhead set digest = %s, signature = %s::jsonb", [end, json.dumps(signature)])
    assert holds()["signed_by"] == [forger.key_id]  # whose key it is must be asked apart
    with as_worker(), transaction.atomic():
        told = export.verify(trusted=[SIGNER.public.hex()])
    assert (told["holds"], told["reason"]) == (False, "head")


def _exported() -> bytes:
    target = io.BytesIO()
    with as_worker():
        assert export.write(target, signer=SIGNER, by=WRITER, now=clock.now()) == 5
    return target.getvalue()


def test_an_export_holds_what_the_chain_holds_and_is_itself_written_down(five: list[int]) -> None:
    told = offline.verify(io.BytesIO(_exported()))
    assert (told["holds"], told["entries"], told["heads"]) == (True, 5, 1)
    assert told["digest"] == holds()["digest"]
    assert sealed() == 1
    entry = JournalEntry.objects.get(kind="base.journal.exported")
    assert (entry.staff_id, entry.detail) == (WRITER.staff_id, {"entries": 5})


def test_an_export_of_a_touched_place_breaks_where_the_place_does(five: list[int]) -> None:
    _touched("update base_journalentry set kind = 'tests.act9.done' where id = %s", five[2])
    told = offline.verify(io.BytesIO(_exported()))
    assert (told["broken_at"], told["reason"]) == (3, "changed")


def test_an_outsider_verifies_an_export_with_one_command_and_nothing_else(five: list[int], tmp_path: Path) -> None:
    file, exported = tmp_path / "journal", _exported()
    command = [sys.executable, "-m", "qorgan.cli.main", "journal", "verify", "--export", str(file), "--json"]
    environment = {"QORGAN_HOME": str(tmp_path / "none"), "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
    for content, status, broken in ((exported, 0, None), (exported.replace(b"act3", b"act8"), 1, 3)):
        file.write_bytes(content)
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        assert (done.returncode, json.loads(done.stdout)["broken_at"]) == (status, broken), done.stderr
    assert not (tmp_path / "none").exists()


def test_an_end_cut_off_in_the_tables_is_found_by_who_kept_a_later_head(five: list[int]) -> None:
    whole = holds()
    kept = offline.kept(str(whole["digest"]))
    with master() as thief:
        thief.execute("truncate base_journalhead")
        thief.execute("delete from base_journalseal where number = 5")
        thief.execute("delete from base_journalentry where id = %s", [five[4]])
    assert holds()["holds"] is True  # what is left is a whole chain
    with as_worker(), transaction.atomic():
        told = export.verify(keep=[kept])
    assert (told["holds"], told["broken_at"], told["reason"]) == (False, 5, "kept")


_STATEMENTS = (
    "update {table} set {column} = {column}",
    "delete from {table}",
    "truncate {table} cascade",
    "alter table {table} disable trigger all",
    "drop table {table} cascade",
)


@pytest.mark.parametrize("process", [process for process in Process if process is not Process.MIGRATOR])
def test_no_process_changes_or_removes_what_is_written_down(five: list[int], process: Process) -> None:
    tables = (("base_journalentry", "kind"), ("base_journalseal", "digest"), ("base_journalhead", "digest"))
    for table, column in tables:
        for statement in _STATEMENTS:
            with signed_in(process) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.format(table=table, column=column).encode())
    assert holds()["holds"] is True


@pytest.mark.parametrize("statement", _STATEMENTS[:3])
def test_nor_does_the_owner_without_setting_the_triggers_aside(five: list[int], statement: str) -> None:
    for table, column in (("base_journalentry", "kind"), ("base_journalseal", "digest"), ("base_journalhead", "day")):
        with (
            psycopg.connect(deployment.owner().dsn()) as owner,
            pytest.raises(psycopg.DatabaseError, match="never changed or deleted"),
        ):
            owner.execute(statement.format(table=table, column=column).encode())
    assert holds()["holds"] is True
