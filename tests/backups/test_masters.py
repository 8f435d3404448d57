"""Data brought back to before a rotation open still: the masters made since come from the newest copy."""

import io
import tarfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from qorgan.base.backups import content, sealed
from qorgan.base.backups.restore import Source, bring_masters
from qorgan.base.backups.shelf import Shelf
from tests.backups.test_sealed import HEADER, KEY


def _copy(shelf: Shelf, day: int, folder: Path, **papers: bytes) -> Path:
    """A copy of data on the shelf whose papers are these secrets; behind them what PostgreSQL hands out."""
    folder.mkdir()
    held = {}
    for name, text in papers.items():
        (folder / name).write_bytes(text)
        held[f"secrets/{name.replace('_', '-')}.key"] = folder / name
    path = shelf.place(datetime(2026, 11, day, tzinfo=UTC))
    with sealed.writing(path, replace(HEADER, at=f"2026-11-{day:02d}T00:00:00+00:00")) as target:
        content.write_papers(target, held)
        with tarfile.open(fileobj=target, mode="w|") as tar:
            told = tarfile.TarInfo("PG_VERSION")
            told.size = 3
            tar.addfile(told, io.BytesIO(b"18\n"))
    return path


def test_masters_made_after_a_copy_come_from_the_newest(tmp_path: Path) -> None:
    shelf, home = Shelf(tmp_path / "shelf", "data"), tmp_path / "home"
    shelf.make()
    (home / "secrets").mkdir(parents=True)
    (home / "secrets" / "persons.key").write_bytes(b"first")
    old = _copy(shelf, 20, tmp_path / "one", persons=b"first", signing=b"a")
    new = _copy(shelf, 21, tmp_path / "two", persons=b"other", persons_2=b"second", signing=b"b")
    bring_masters(home, Source(new, shelf), KEY)
    assert [path.name for path in (home / "secrets").iterdir()] == ["persons.key"]
    bring_masters(home, Source(old, shelf), KEY)
    kept = {path.name: path.read_bytes() for path in (home / "secrets").iterdir()}
    assert kept == {"persons.key": b"first", "persons-2.key": b"second"}
    assert (home / "secrets" / "persons-2.key").stat().st_mode & 0o777 == 0o600
