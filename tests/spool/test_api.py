"""A machine's report kept on the disk, carried in, taken in: step by step, with the rights of each process."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import LazySettings

from qorgan.agencies import queries as agencies
from qorgan.agencies.models import Channel
from qorgan.base import spool
from qorgan.base.keys import vault
from qorgan.base.keys.store import Store
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.base.spool import known
from qorgan.reports import actions, jobs
from qorgan.reports.models import Report, Spooled
from qorgan.reports.queries import spool as queries
from qorgan.web.staff import waiting
from tests.api.conftest import REPORT, WHEN, Send, sender, token_of
from tests.roles import as_process
from tests.spool.test_segments import raised

STAFF = Actor(name="spool")
LATER = WHEN + timedelta(hours=2)


@pytest.fixture
def send(db: None, settings: LazySettings, tmp_path: Path) -> Send:
    """The duty desk's machine, before pages of staff that keep a spool; its key was good a moment ago."""
    private = X25519PrivateKey.from_private_bytes(bytes(range(32)))
    settings.DOOR_OPENS, settings.DOOR_SEALS = private.private_bytes_raw(), private.public_key().public_bytes_raw()
    settings.SPOOL = str(tmp_path / "spool")
    spool.here().reserve()
    made = sender(token_of("desk"))
    assert made(key="desk-before-01").status_code == 201
    return made


@pytest.fixture
def away(send: Send, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The key store does not answer: no report can be sealed into the tables."""
    gone = vault.Vault(Store("host=/nowhere dbname=x connect_timeout=1"), {1: b"\x01" * 32}, fingerprints=b"\x01" * 32)
    with monkeypatch.context() as patched:
        patched.setattr(vault, "vault", lambda: gone)
        yield patched


def carried() -> int:
    """What the thread beside the pages does."""
    return spool.here().carry(lambda one: actions.carry(record=one, by=STAFF, now=LATER), failed=raised)


def taken_in() -> None:
    """What the worker does each minute."""
    with as_process(Process.WORKER):
        jobs.take_in_spooled(timestamp=0)


def other(**more: str) -> dict[str, object]:
    return REPORT | {"kui_no": "267510080000002"} | more


def test_a_report_is_kept_carried_in_and_taken_in_once_as_of_its_acknowledgement(
    send: Send, away: pytest.MonkeyPatch, owner: Actor
) -> None:
    answer = send(other(), key="desk-while-01")
    assert answer.status_code == 202
    away.undo()
    assert carried() == 1
    assert carried() == 0
    taken_in()
    taken_in()
    report = Report.objects.get(kui_no="267510080000002")
    assert (str(report.id), report.received_at) == (answer.json()["id"], WHEN)
    assert Spooled.objects.filter(taken_at=None).count() == 0
    kinds = JournalEntry.objects.filter(thing_id__in=[str(report.id)]).values_list("kind", flat=True)
    assert list(kinds).count("reports.report.accepted") == 1
    again = send(other(), key="desk-while-01")
    assert (again.status_code, again.json()["number"]) == (200, report.number)


def test_carried_in_twice_after_a_kill_it_is_one(send: Send, away: pytest.MonkeyPatch, owner: Actor) -> None:
    send(other(), key="desk-while-01")
    away.undo()
    for _life in range(2):  # killed before the segment was emptied
        spool.here().carry(_then_killed, failed=lambda _failure: None)
    assert carried() == 1
    taken_in()
    assert Report.objects.filter(kui_no="267510080000002").count() == 1
    assert JournalEntry.objects.filter(kind="reports.spooled.carried").count() == 1


def _then_killed(record: spool.Record) -> None:
    actions.carry(record=record, by=STAFF, now=LATER)
    raise RuntimeError


def test_what_is_wrong_is_refused_at_once_and_not_kept(send: Send, away: pytest.MonkeyPatch) -> None:
    assert send(other(channel="pigeon"), key="desk-while-02").status_code == 422
    assert send("{", key="desk-while-03").status_code in (400, 422)
    assert send(other(), key="short").status_code == 422
    nothing = {"channel": "102", "registered_at": REPORT["registered_at"]}
    assert send(nothing, key="desk-while-04").json()["code"] == "reports.nothing_said"
    assert spool.here().standing().waiting == 0


def test_a_key_that_is_no_longer_good_is_not_known(send: Send, owner: Actor) -> None:
    held = known._read()
    (digest,) = held
    assert known.find(bytes.fromhex(digest), now=WHEN)
    assert known.find(bytes.fromhex(digest), now=WHEN + known.LIVES) is None
    with as_process(Process.MIGRATOR):
        Channel.objects.update(closed_at=WHEN)
    assert send(other(), key="desk-while-05").status_code == 401
    assert known.find(bytes.fromhex(digest), now=WHEN) is None


def test_what_is_refused_waits_in_sight_of_whoever_keeps_staff(
    send: Send, away: pytest.MonkeyPatch, owner: Actor
) -> None:
    assert waiting.sentences() == []
    send(other(), key="desk-while-01")
    send(other(kui_no="267510080000003"), key="desk-while-02")
    away.undo()
    carried()
    first = next(iter(queries.waiting()))
    with as_process(Process.WORKER):
        system = agencies.system("tests")
        with acting(system):
            actions.note_refused(waiting=Spooled, row_id=first, why="reports.channel_was_closed", by=system, now=LATER)
    assert len(waiting.sentences()) == 2
    assert queries.waiting()[-1] == first  # it holds up no other
    taken_in()
    assert waiting.sentences() == []


def test_two_reports_under_one_key_are_told_apart_and_neither_is_dropped(
    send: Send, away: pytest.MonkeyPatch, owner: Actor
) -> None:
    assert send(other(), key="desk-while-01").status_code == 202
    away.undo()
    carried()
    with pytest.MonkeyPatch.context() as again:
        gone = vault.Vault(Store("host=/nowhere dbname=x connect_timeout=1"), {1: b"\x01" * 32}, fingerprints=b"\x01")
        again.setattr(vault, "vault", lambda: gone)
        assert send(other(narrative="басқа сөз"), key="desk-while-01").status_code == 202
    assert carried() == 1
    taken_in()
    assert queries.standing().refused == {"reports.same_number_other_content": 1}
    assert Report.objects.filter(kui_no="267510080000002").count() == 1
