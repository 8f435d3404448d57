"""The journal at a terminal: exported, verified anywhere, and loud when nobody seals it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from qorgan.base import postgres
from qorgan.base.deployment import DATABASE
from qorgan.cli.worker import REPEAT_SECONDS, Alarms
from tests.journeys.places import Place
from tests.ready import ready


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with ready() as home:
        yield Place(home)


def _owner(place: Place) -> psycopg.Connection:
    address = postgres.ensure(place.home).data
    return psycopg.connect(host=address.host, port=address.port, user=address.superuser, dbname=DATABASE)


def test_an_export_is_verified_and_a_touched_one_is_told_in_one_sentence(place: Place, tmp_path: Path) -> None:
    file, kept = tmp_path / "journal", tmp_path / "kept"
    place.run("journal", "seal")
    assert "entries" in place.run("journal", "export", str(file)).stdout
    lines = file.read_bytes().splitlines(keepends=True)
    kept.write_bytes(lines[-1])
    done = place.run("journal", "verify", "--export", str(file), "--head", str(kept))
    assert done.stdout.startswith("The chain holds: ")
    assert place.json("journal", "verify", str(file))["digest"] == place.json("journal", "verify")["digest"]
    file.write_bytes(b"".join([*lines[:2], *lines[3:]]))
    done = place.run("journal", "verify", "--export", str(file), expect=1)
    assert done.stderr == "The chain is broken at entry 2: an entry is missing here, or stands elsewhere.\n"


def test_a_digest_that_is_not_in_the_chain_and_a_kept_head_that_is_none_are_told(place: Place, tmp_path: Path) -> None:
    done = place.run("journal", "verify", "--head", "ab" * 32, expect=1)
    assert "cut off or rewritten" in done.stderr
    done = place.run("journal", "verify", "--head", str(tmp_path / "none"), expect=1)
    assert "No such file" in done.stderr
    (tmp_path / "text").write_text("a head", encoding="utf-8")
    assert "64 hexadecimal digits" in place.run("journal", "verify", "--head", str(tmp_path / "text"), expect=1).stderr


def test_a_file_of_the_older_form_is_told_in_one_sentence(place: Place, tmp_path: Path) -> None:
    (tmp_path / "older").write_text('{"digest": "", "entry": {}, "number": 1}\n', encoding="utf-8")
    done = place.run("journal", "verify", "--export", str(tmp_path / "older"), expect=1)
    assert done.stderr == "This file is of the older form, one JSON object a line: export the journal again.\n"


def test_the_last_head_is_printed_for_whoever_keeps_it(place: Place, tmp_path: Path) -> None:
    assert "no head is signed yet" in place.run("journal", "head", expect=1).stderr
    with _owner(place) as owner:  # as if all that was sealed were of the day before
        owner.execute("set session_replication_role = replica")
        owner.execute("update base_journalseal set day = day - 1")
    place.run("worker", "--once", "--only", "sealer")
    head = place.run("journal", "head").stdout
    assert head.startswith('head {"head":{"day":"')


def test_status_says_that_the_journal_is_sealed_and_why_it_is_not(place: Place) -> None:
    place.run("journal", "seal")
    assert place.json("status")["journal"] == "sealed, 0 seconds behind"
    with _owner(place) as owner:
        owner.execute(
            "insert into base_journalentry (at, written_at, kind, thing, thing_id, process, detail)"
            " values (now(), now() - interval '1 minute', 'tests.thing.done', '', '', 'staff', '{}')"
        )
    assert "no sealer keeps up" in place.json("status")["journal"]
    place.run("journal", "seal")
    assert "0 seconds behind" in place.run("status").stdout


def test_the_sealer_says_that_an_open_transaction_holds_the_journal_back_and_when_it_does_no_more(
    place: Place, tmp_path: Path
) -> None:
    row = (
        "insert into base_journalentry (at, kind, thing, thing_id, process, detail)"
        " values (now(), 'tests.thing.done', '', '', 'staff', '{}')"
    )
    log = tmp_path / "log"
    command = [sys.executable, "-m", "qorgan.cli.main", "worker", "--only", "sealer"]
    environment = os.environ | {"QORGAN_HOME": str(place.home)}
    with (
        _owner(place) as late,
        _owner(place) as other,
        log.open("wb") as words,
        subprocess.Popen(command, stderr=words, env=environment) as sealer,
    ):
        late.execute(row)
        other.execute(row)
        other.commit()
        try:
            _until_said(log, "a transaction left open holds it back.\n", within=30)
            late.commit()
            _until_said(log, "The journal is sealed again.\n", within=10)
        finally:
            sealer.terminate()
    assert len(log.read_text(encoding="utf-8").splitlines()) == 2


def _until_said(log: Path, sentence: str, *, within: float) -> None:
    begun = time.monotonic()
    while not log.read_text(encoding="utf-8").endswith(sentence):
        assert time.monotonic() - begun < within, log.read_text(encoding="utf-8")
        time.sleep(0.1)


def test_the_worker_says_an_alarm_once_a_minute_and_when_it_is_over(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moment, alarms = [1000.0], Alarms()
    monkeypatch.setattr(time, "monotonic", lambda: moment[0])
    for said in ("", "Not sealed.", "Not sealed.", "", ""):
        alarms.tell(said)
    assert capsys.readouterr().err == "Not sealed.\nThe journal is sealed again.\n"
    alarms.tell("Not sealed.")
    moment[0] += REPEAT_SECONDS
    alarms.tell("Not sealed.")
    assert capsys.readouterr().err == "Not sealed.\n" * 2


def test_a_status_of_a_place_whose_servers_rest_starts_nothing(place: Place) -> None:
    postgres.stop(place.home)
    assert "journal" not in place.json("status")
    assert not postgres.status(place.home).running
