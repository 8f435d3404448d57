"""What a backup holds and what it never holds; what a killed one leaves; how long one is kept."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qorgan.base.backups import plan, recipient, sealed
from qorgan.base.backups.errors import Damaged
from qorgan.base.backups.shelf import Shelf
from qorgan.base.backups.verify import verify
from tests.backups.place import Kept, kept, line
from tests.factories import MAN, PLACE, WOMAN, WORDS


@pytest.fixture(scope="module")
def held() -> Iterator[Kept]:
    with kept() as place:
        yield place


def opened(held: Kept, cluster: str) -> bytes:
    """Everything that someone with the private key reads in the last whole copy and in all archived WAL."""
    files = [held.newest(cluster), *held.folder(cluster).glob("wal-*/*.sealed")]
    assert len(files) > 1
    found = []
    for path in files:
        with sealed.reading(path, recipient.load(held.key)) as content:
            found.append(content.read())
    return b"".join(found)


def test_a_backup_of_data_holds_no_wrapped_key_and_no_word_of_a_person(held: Kept) -> None:
    held.take()
    data, keys = opened(held, "data"), opened(held, "keys")
    with line(held.place.home, "keys") as connection:
        wrapped = [bytes(row[0]) for row in connection.execute("select wrapped from wrapped_key").fetchall()]
    for one in random.Random(20261120).sample(wrapped, 12):
        assert one in keys
        assert one not in data
    for told in (WOMAN, MAN):
        for word in (*told.written.split(), told.iin, told.phone):
            assert not word or word.encode() not in data, word
    for text in (WORDS, PLACE):
        assert text.encode() not in data


def test_neither_backup_alone_holds_what_opens_a_name(held: Kept) -> None:
    data, keys = opened(held, "data"), opened(held, "keys")
    master = (held.place.home / "secrets" / "persons.key").read_bytes()
    assert master in data
    assert master not in keys


def test_nothing_of_a_backup_can_be_read_without_the_private_key(held: Kept) -> None:
    for cluster in ("data", "keys"):
        for path in held.folder(cluster).rglob("*"):
            if path.is_file():
                assert path.stat().st_mode & 0o077 == 0
                assert b"PG_VERSION" not in path.read_bytes()


def test_verify_says_from_when_a_backup_is_and_needs_no_place(held: Kept) -> None:
    nowhere = held.place.__class__(held.shelf / "nowhere")
    for cluster in ("data", "keys"):
        told = nowhere.json("backup", "verify", str(held.newest(cluster)), "--key", str(held.key))
        assert (told["cluster"], told["opened"]) == (cluster, True)
        assert told["proof"]["files"] > 900
        assert datetime.fromisoformat(told["begun_at"]) < datetime.now(UTC)
        assert nowhere.json("backup", "verify", str(held.newest(cluster)))["opened"] is False
    segment = next(held.folder("data").glob("wal-*/*.sealed"))
    assert "Whole: data, from 20" in nowhere.run("backup", "verify", str(segment), "--key", str(held.key)).stdout
    assert not nowhere.home.exists()


def test_a_byte_flipped_anywhere_in_a_whole_copy_is_found(held: Kept) -> None:
    path, chance = held.shelf / "flipped", random.Random(20261120)
    whole = held.newest("keys").read_bytes()
    for place in [0, 40, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(12))]:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        for key in (None, recipient.load(held.key)):
            with pytest.raises(Damaged):
                verify(path, key, seen=lambda _done, _total: None)
    told = held.place.run("backup", "verify", str(path), "--key", str(held.key), expect=1)
    assert len(told.stderr.strip().splitlines()) == 1


def test_a_killed_take_leaves_nothing_that_looks_like_a_backup(held: Kept) -> None:
    before = sorted(held.folder("data").glob("*.backup"))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QORGAN_", "DJANGO_"))}
    command = [sys.executable, "-m", "qorgan.cli.main", "backup", "take", "--json"]
    with subprocess.Popen(command, env=kept | {"QORGAN_HOME": str(held.place.home)}) as taking:
        until = time.monotonic() + 30
        while not any(part.stat().st_size for part in held.folder("data").glob(".*.part")):
            assert time.monotonic() < until
        taking.send_signal(signal.SIGKILL)
    torn = list(held.folder("data").glob(".*.part"))
    assert torn
    assert sorted(held.folder("data").glob("*.backup")) == before
    with pytest.raises(Damaged):
        sealed.check_digest(torn[0])
    held.take()
    assert not any(held.folder("data").glob(".*.part"))
    assert len(sorted(held.folder("data").glob("*.backup"))) == len(before) + 1


def test_follow_carries_away_what_the_servers_lay_down_and_ends_when_told(held: Kept) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QORGAN_", "DJANGO_"))}
    command = [sys.executable, "-m", "qorgan.cli.main", "backup", "follow"]
    with subprocess.Popen(command, env=kept | {"QORGAN_HOME": str(held.place.home)}) as following:
        with line(held.place.home, "data") as connection:
            connection.execute("select pg_create_restore_point('a mark')")
            row = connection.execute("select pg_walfile_name(pg_switch_wal() - 1)").fetchone()
        assert row is not None
        settled, until = plan.read(held.place.home), time.monotonic() + 30
        assert settled is not None
        while not settled.shelf("data").sealed_wal(settled.line, row[0]).exists():
            assert time.monotonic() < until
            time.sleep(0.1)
        following.send_signal(signal.SIGTERM)
        assert following.wait(20) == 0


def test_a_segment_is_laid_down_soon_enough_to_lose_less_than_a_minute(held: Kept) -> None:
    for cluster in ("data", "keys"):
        with line(held.place.home, cluster) as connection:
            shown = connection.execute("select current_setting('archive_timeout')").fetchone()
        assert shown == ("30s",)


def test_status_says_how_old_the_last_backups_are(held: Kept) -> None:
    told = held.place.json("status")["backups"]
    for cluster in ("data", "keys"):
        assert 0 <= told[cluster]["age_seconds"] < 3600
        assert told[cluster]["archived_at"] is not None
    shown = held.place.run("status").stdout
    assert "backups   data: last whole backup " in shown
    assert "backups   keys: last whole backup " in shown


def test_keys_are_gone_after_seven_days_and_data_when_keep_says_so(held: Kept) -> None:
    settled = plan.read(held.place.home)
    assert settled is not None
    data, keys = settled.shelf("data"), settled.shelf("keys")
    assert settled.prune("keys", now=datetime.now(UTC) + timedelta(days=6, hours=23)) == 0
    assert keys.bases() and keys.segments(settled.line)
    later = datetime.now(UTC) + timedelta(days=7, minutes=1)
    assert settled.prune("keys", now=later) > 0
    assert not any(path for path in keys.folder.rglob("*") if path.is_file())
    copies = len(data.bases())
    assert copies > 1
    assert settled.prune("data", now=datetime.now(UTC) + timedelta(days=29)) == 0
    assert settled.prune("data", now=datetime.now(UTC) + timedelta(days=31)) >= copies - 1
    (left,) = data.bases()
    begun = sealed.header_of(left.path).moment
    assert all(
        sealed.header_of(data.sealed_wal(settled.line, name)).moment >= begun for name in data.segments(settled.line)
    )


def test_folders_that_are_one_in_the_other_or_in_the_home_are_refused(held: Kept, tmp_path: Path) -> None:
    within = tmp_path / "data" / "keys"
    told = held.place.run("backup", "take", "--data-to", str(tmp_path / "data"), "--keys-to", str(within), expect=1)
    assert "never lie with those of data" in told.stderr
    told = held.place.run("backup", "take", "--data-to", str(held.place.home / "backups"), expect=1)
    assert "is lost with it" in told.stderr
    assert not (tmp_path / "data").exists()


def test_a_shelf_whose_disk_is_away_is_told_and_not_made_anew(held: Kept) -> None:
    away = held.folder("data").rename(held.shelf / "away")
    try:
        told = held.place.run("backup", "take", expect=1)
        assert "is not there: mount its disk" in told.stderr
        assert not held.folder("data").exists()
    finally:
        away.rename(held.folder("data"))


def test_servers_of_someone_else_are_backed_up_by_their_administrator(
    held: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://owner:password@127.0.0.1:1/qorgan")
    told = held.place.run("backup", "take", expect=1)
    assert "its administrator backs it up (pg_basebackup" in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1


def test_a_strangers_file_on_the_shelf_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "data-notes.backup").write_text("mine", encoding="utf-8")
    assert Shelf(tmp_path, "data").bases() == []


def test_a_folder_that_is_left_behind_is_told(held: Kept) -> None:
    told = held.place.run("backup", "take", "--keys-to", str(held.shelf / "other"))
    assert f"{held.folder('keys')} is no longer looked after" in told.stderr
    assert list((held.shelf / "other").glob("keys-*.backup"))
