"""`qorgan simulate`: what it refuses, in one sentence and before anything is made."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from qorgan.cli import simulate
from qorgan.cli.main import app


def test_a_place_with_real_records_is_never_simulated_into(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    answer = CliRunner().invoke(app, ["simulate", "--home", str(tmp_path)])
    assert answer.exit_code == 1
    assert "holds real records" in answer.stderr
    assert not (tmp_path / "demo").exists()


def test_a_scale_that_is_no_number_is_refused() -> None:
    with pytest.raises(simulate.NoPlan, match="is no scale"):
        simulate._plans([2024], "much", 1)


def test_years_are_planned_once_and_in_order() -> None:
    assert [plan.year for plan in simulate._plans([2024, 2018, 2024], "1/1000", 1)] == [2018, 2024]
