"""What someone at a terminal relies on."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from qorgan.base import country, postgres
from qorgan.base.deployment import DATABASE
from tests.journeys.places import Place
from tests.ready import ready


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with ready() as home:
        yield Place(home)


def test_a_missing_file_is_told_in_one_sentence(place: Place) -> None:
    done = place.run("report", "import", "no-such-file.csv", "--as", "desk", expect=1)
    assert "no-such-file.csv" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_picture_is_refused_whole_and_says_what_to_send(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "scan.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    answer = place.json("report", "import", str(file), "--as", "desk", expect=1)
    assert answer["rows"] == []
    assert "XLSX" in answer["sentence"]


def test_nobody_without_a_mandate_imports(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "desk.csv"
    file.write_text("kui_no;registered_at\n", encoding="utf-8")
    done = place.run("report", "import", str(file), "--as", "nobody", expect=1)
    assert "nobody" in done.stderr


def test_a_prosecutor_may_not_import(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "desk.csv"
    file.write_text("kui_no;registered_at\n1;2026-01-01\n", encoding="utf-8")
    place.run("report", "import", str(file), "--as", "prosecutor", expect=1)
    address = postgres.ensure(place.home).data
    with psycopg.connect(host=address.host, port=address.port, user=address.superuser, dbname=DATABASE) as owner:
        refused = owner.execute(
            "select detail->>'code', staff_id is not null from base_journalentry"
            " where kind = 'cli.command.refused' order by id desc limit 1"
        ).fetchone()
    assert refused == ("not_allowed", True)


def test_the_law_of_a_day_is_shown_with_its_source(place: Place) -> None:
    before = place.json("law", "show", "orders.check_interval", "--on", "2026-03-01")
    after = place.json("law", "show", "orders.check_interval", "--on", "2026-03-02")
    assert before["decides"] is False
    assert (after["decides"], after["value"], after["unit"]) == (True, 7, "days")
    assert after["source"]


def test_what_became_of_the_acts_is_told(place: Place) -> None:
    told = place.json("law", "life", "--never")
    keys = {one["key"] for act in told["acts"] for one in act["requirements"]}
    assert "castration_use" in keys
    assert told["tally"]["due"] >= told["tally"]["whole"] + told["tally"]["part"]
    assert "10000000 tenge" in place.run("law", "life").stdout


def test_an_unknown_rule_is_told_in_one_sentence(place: Place) -> None:
    done = place.run("law", "show", "no.such.rule", expect=1)
    assert "no.such.rule" in done.stderr


def test_why_someone_sees_a_record_is_told_to_an_administrator_and_to_nobody_else(place: Place, tmp_path: Path) -> None:
    number, file = "267510000000077", tmp_path / "desk.csv"
    file.write_text(f"kui_no;registered_at;narrative\n{number};20.11.2026 10:00;SYNTHETIC\n", encoding="utf-8")
    place.run("report", "import", str(file), "--as", "desk")
    (own,) = place.json("access", "explain", "inspector", number)
    (other,) = place.json("access", "explain", "rudny", number)
    assert (own["sees"], own["why"], other["sees"], other["why"]) == (True, "mandate", False, "elsewhere")
    place.run("access", "explain", "inspector", number, "--as", "inspector", expect=1)
    assert "nobody" in place.run("access", "explain", "nobody", number, expect=1).stderr
    assert "NO-1" in place.run("access", "explain", "inspector", "NO-1", expect=1).stderr


def test_an_instrument_is_loaded_with_its_licence_and_never_under_the_same_version_again(
    place: Place, tmp_path: Path
) -> None:
    triage = country.folder() / "risk" / "triage.toml"
    text = triage.read_text(encoding="utf-8").replace('"kz.triage"', '"kz.loaded"')
    pack, letter = tmp_path / "pack.toml", tmp_path / "letter.pdf"
    pack.write_text(text, encoding="utf-8")
    letter.write_bytes(b"%PDF-1.7")
    asked = ("risk", "import", str(pack), "--licence", "No. 12", "--evidence", str(letter), "--as")
    kept = place.json(*asked, "admin")
    assert (kept["code"], len(kept["hash"])) == ("kz.loaded", 64)
    offered = {one["code"]: one for one in place.json("risk", "list")}
    assert offered["kz.loaded"]["imported"] and not offered["kz.triage"]["imported"]
    assert offered["kz.ill_treatment"]["standing"] == "text_not_supplied"
    pack.write_text(text.replace("Own work", "Other work"), encoding="utf-8")
    assert "another text" in place.run(*asked, "admin", expect=1).stderr
    place.run(*asked, "inspector", expect=1)
