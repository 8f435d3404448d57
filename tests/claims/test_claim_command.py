"""`qorgan claim check`: figures in their sentences, or as JSON; it needs no place and no database."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from qorgan.cli import claim
from qorgan.cli.start import FAILED, WRONG_USE

TEXT = "Орталыққа 600 адам келді, оның 420-сы әйел. Ұрлық 40 пайызға азайды.\n"
FIELDS = ["start", "end", "low", "high", "unit", "approximation", "change_sign", "part_of"]


def check(path: Path, *options: str) -> Result:
    """The command on a file."""
    return CliRunner().invoke(claim.app, ["check", str(path), *options])


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A file with a short text."""
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_json_holds_the_figures_with_their_exact_places(text: Path) -> None:
    told = json.loads(check(text, "--json").stdout)
    assert [TEXT[one["start"] : one["end"]] for one in told["figures"]] == ["600", "420-сы", "40 пайызға"]
    assert [list(one)[: len(FIELDS)] for one in told["figures"]] == [FIELDS] * 3
    assert [one["part_of"] for one in told["figures"]] == [None, 0, None]
    assert told["notes"] == []


def test_each_figure_is_underlined_in_its_sentence(text: Path) -> None:
    shown = check(text).stdout.splitlines()
    assert shown[0] == "Орталыққа 600 адам келді, оның 420-сы әйел."
    assert shown[1] == "          ~~~                  ~~~~~~"
    assert "part of 0" in shown[3]
    assert "speaker: not stated" in shown[3]


def test_latin_letters_and_an_empty_file_get_a_clear_answer(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("Ortalyqqa bıyl 1 310 ótinish tústi.", encoding="utf-8")
    assert "not read yet" in check(path).stdout
    path.write_text("", encoding="utf-8")
    assert check(path).stdout == "No figures.\n"


def test_a_file_that_is_no_text_and_a_language_nobody_reads_are_refused(tmp_path: Path, text: Path) -> None:
    path = tmp_path / "picture"
    path.write_bytes(b"\xff\xfe\x00\x9f")
    assert check(path).stderr == f"{path} is no text in UTF-8.\n"
    assert check(path).exit_code == FAILED
    assert check(tmp_path / "nothing").exit_code == FAILED
    assert check(text, "--lang", "de").exit_code == WRONG_USE


def test_json_holds_a_verdict_for_each_reading_of_what_is_tied(text: Path) -> None:
    text.write_text("Из 600 обратившихся 420 (65 %) – женщины. Работают 69 центров.", encoding="utf-8")
    rows = json.loads(check(text, "--json", "--lang", "ru").stdout)["verdicts"]
    assert [(row["figures"], row["verdict"]) for row in rows] == [([0, 1, 2], "cannot_hold"), ([3], "not_enough_said")]
    assert rows[0]["inequalities"][-1].startswith("≠ ")


def test_the_reading_is_written_to_be_mended_and_solved_again(text: Path, tmp_path: Path) -> None:
    text.write_text("Из 600 обратившихся 420 (65 %) – женщины.", encoding="utf-8")
    reading = tmp_path / "reading.toml"
    assert "≠ " in check(text, "--lang", "ru", "--reading", str(reading)).stdout
    mended = reading.read_text(encoding="utf-8").replace("low = 65\nhigh = 65", "low = 70\nhigh = 70")
    reading.write_text(mended, encoding="utf-8")
    solved = CliRunner().invoke(claim.app, ["solve", str(reading), "--json"])
    assert [each["verdict"] for each in json.loads(solved.stdout)["readings"]] == ["holds"]


def test_a_text_too_long_to_be_reckoned_with_as_a_whole_says_so(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim, "_LONGEST", 10)
    assert json.loads(check(text, "--json").stdout)["verdicts"] is None
    assert "no verdicts" in check(text).stdout
