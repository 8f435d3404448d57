"""`qorgan release verify`: files, and what comes with the program, without any database."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from qorgan.cli.release import app
from tests.releases.test_box import BOX


@pytest.fixture(autouse=True)
def shipped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of what comes with the program; not there at first."""
    folder = tmp_path / "shipped"
    monkeypatch.setattr("qorgan.base.country.boxes", lambda: sorted(folder.glob("*.zip")))
    return folder


def verify(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["verify", *arguments])
    return done.exit_code, done.output


def test_program_that_brings_no_release_says_so() -> None:
    assert verify("shipped") == (1, "No release comes with this installation.\n")


def test_every_release_that_comes_with_the_program_is_checked(shipped: Path) -> None:
    shipped.mkdir()
    (shipped / "2026-10-1.zip").write_bytes(BOX)
    (shipped / "2026-11-1.zip").write_bytes(BOX + b"\0")
    status, said = verify("shipped")
    assert status == 1
    assert "2026-10-1.zip: whole, " in said
    assert "2026-11-1.zip: This is no release as it was signed" in said


def test_file_is_checked_by_its_path_and_against_a_key(tmp_path: Path) -> None:
    (tmp_path / "box.zip").write_bytes(BOX)
    assert verify(str(tmp_path / "box.zip"))[0] == 0
    status, said = verify(str(tmp_path / "box.zip"), "--key", "00" * 32)
    assert status == 1
    assert "not one that is trusted here" in said
