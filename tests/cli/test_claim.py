"""`qorgan claim solve`: a file in, verdicts out, without a place and without a database."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qorgan.base import country
from qorgan.cli.claim import app

MINORS = country.folder() / "claims" / "offences-by-minors.toml"


def solve(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["solve", *arguments])
    return done.exit_code, done.output


def test_each_reading_is_told_with_its_verdict_sentence_and_inequalities() -> None:
    status, said = solve(str(MINORS))
    assert status == 0
    assert "CANNOT HOLD: These figures cannot all be true" in said
    assert "HOLDS ONLY ON A CONDITION: The figures do not contradict" in said
    assert "⇒ 0.935 × the unnamed part of “offences by minors” (before) ≤" in said


@pytest.mark.parametrize(("language", "verdict"), [("kk", "МҮМКІН ЕМЕС:"), ("ru", "НЕВОЗМОЖНО:")])
def test_it_speaks_the_languages_of_the_country(language: str, verdict: str) -> None:
    assert verdict in solve(str(MINORS), "--lang", language)[1]


def test_a_script_gets_numbers_and_exact_fractions() -> None:
    first, second = json.loads(solve(str(MINORS), "--json")[1])["readings"]
    assert first["verdict"] == "cannot_hold"
    assert first["conflict"] == ["parts:minors", "all", "homicide", "theft", "robbery"]
    assert first["checks"][0]["allowed"] == {"low": 0.705, "high": 0.855, "exact": ["141/200", "171/200"]}
    assert second["verdict"] == "holds_only_if"
    assert [bound["ask"] for bound in second["bounds"]][:3] == ["grew_0", "grew_10", "grew_25"]


def test_a_file_that_is_no_claim_is_refused_with_one_sentence_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "claim.toml"
    file.write_text('colour = 1\n[[thing]]\nid = "a"\nof = 7\n', encoding="utf-8")
    status, said = solve(str(file))
    assert status == 1
    assert said.splitlines() == [
        "“colour” is not a word of this table.",
        "thing 1 (a).of: “7” is not the kind of value that stands here.",
    ]


def test_a_missing_file_is_told_in_one_sentence() -> None:
    status, said = solve("no-such-claim.toml")
    assert (status, said) == (1, "no-such-claim.toml: No such file or directory.\n")


ORDERS = "2024 жылы 80 мың қорғау нұсқамасы берілді."


def test_text_is_held_against_series_and_the_releases_that_are_handed_in(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text(ORDERS, encoding="utf-8")
    told = json.loads(CliRunner().invoke(app, ["check", str(file), "--json"]).output)["known"]
    assert [(each["figure"], each["standing"], each["series"]) for each in told] == [
        (0, "differs", "protective_orders")
    ]
    with_ours = ["check", str(file), "--json", "--release", str(country.boxes()[0])]
    found = json.loads(CliRunner().invoke(app, with_ours).output)["known"]
    assert [(each["series"], each["release"]) for each in found][1] == ("orders_issued", "2024-1")
    assert "деректен өзгеше" in CliRunner().invoke(app, ["check", str(file)]).output


def test_file_that_is_no_release_is_refused_with_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text(ORDERS, encoding="utf-8")
    done = CliRunner().invoke(app, ["check", str(file), "--release", str(file)])
    assert done.exit_code != 0
    assert "is no release" in done.output
