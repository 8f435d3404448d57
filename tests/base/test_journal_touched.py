"""Whatever is done to the journal by someone who rules the server, verifying names the place."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from qorgan.base import signing
from qorgan.base.journal import chain, export, offline, seal
from qorgan.base.models import JournalSeal
from tests.base.logins import master
from tests.base.test_journal import as_worker, empty_journal, holds, sealed, write

__all__ = ["empty_journal"]
SIGNER = signing.signer(demo=True)


@pytest.fixture
def five(empty_journal: None, now: datetime) -> list[int]:
    """Five sealed entries and a signed head; their ids in the order of the chain."""
    for number in range(1, 6):
        write(f"tests.act{number}.done", number=number)
    assert sealed() == 5
    with as_worker():
        seal.sign_head(now=now, signer=SIGNER)
        assert holds()["holds"] is True
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
        before = chain.link(before, seal.as_content(held.entry))
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


@pytest.fixture
def exported(five: list[int]) -> str:
    """The journal as an outsider gets it."""
    target = io.StringIO()
    with as_worker(), transaction.atomic():
        assert export.write(target) == 5
    return target.getvalue()


def _offline(text: str) -> dict[str, object]:
    return offline.verify(json.loads(line) for line in text.split("\n") if line.strip())


def test_an_export_is_verified_without_a_database_and_one_changed_byte_anywhere_breaks_it(exported: str) -> None:
    assert _offline(exported)["holds"] is True
    whole = exported.encode()
    survived = []
    for place in range(0, len(whole), 3):
        changed = bytearray(whole)
        changed[place] ^= 1
        text = changed.decode("utf-8", "replace")
        if _offline(text)["holds"] is True:
            survived.append(text[max(0, place - 30) : place + 30])
    assert survived == []


@pytest.mark.parametrize(
    "mangle",
    [
        lambda lines: lines[1:],
        lambda lines: [lines[1], lines[0], *lines[2:]],
        lambda lines: [*lines[:4], lines[5]],
        lambda lines: [*lines, '{"head": 1}'],
        lambda lines: [*lines, "[]"],
        lambda lines: ['{"number": 1}'],
        lambda lines: ["not json"],
    ],
)
def test_an_export_with_lines_taken_moved_or_added_does_not_hold(
    exported: str, mangle: Callable[[list[str]], list[str]]
) -> None:
    assert _offline("\n".join(mangle(exported.splitlines())))["holds"] is False


def test_an_outsider_verifies_an_export_with_one_command_and_nothing_else(exported: str, tmp_path: Path) -> None:
    file = tmp_path / "journal.jsonl"
    command = [sys.executable, "-m", "qorgan.cli.main", "journal", "verify", str(file), "--json"]
    for text, status, held in ((exported, 0, True), (exported.replace("act3", "act8"), 1, False)):
        file.write_text(text, encoding="utf-8")
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={"QORGAN_HOME": str(tmp_path / "none")}
        )
        assert (done.returncode, json.loads(done.stdout)["holds"]) == (status, held), done.stderr
    assert not (tmp_path / "none").exists()
