"""The first thread, as `qorgan demo` runs it: report, case, order, fact, figure, release; and what protects it."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from qorgan.cli.demo import THREAD
from tests.journeys.places import Place


@pytest.fixture(scope="module")
def thread(kazakhstan: Place) -> Any:
    return kazakhstan.json("demo", "--no-serve", "--scale", "0.003")


def test_the_thread_ends_with_every_number_time_and_address(thread: Any) -> None:
    for step in THREAD:
        assert thread[step]["number"]
        assert datetime.fromisoformat(thread[step]["at"]).tzinfo is not None
        assert thread[step]["url"].startswith("http://127.0.0.1:")
    assert thread["journal"]["holds"] is True


def test_the_steps_of_the_thread_follow_one_another_and_name_their_law(thread: Any) -> None:
    steps = ("report", "case", "order", "offence", "court_case", "decision")
    moments = [datetime.fromisoformat(thread[step]["at"]) for step in steps]
    assert moments == sorted(moments)
    assert all(thread[step]["law"] for step in ("report", "order", "offence", "decision"))


def test_the_order_of_the_thread_lasts_thirty_days_from_service(thread: Any) -> None:
    order = thread["order"]
    served, ends = datetime.fromisoformat(order["served_at"]), datetime.fromisoformat(order["ends_at"])
    assert ends - served == timedelta(days=30)


def test_who_was_let_in_is_explained_by_which_referral_and_until_when(kazakhstan: Place, thread: Any) -> None:
    (guest,) = kazakhstan.json("access", "explain", "centre", thread["case"]["number"])
    assert (guest["sees"], guest["why"], guest["ground"]) == (True, "admitted", "referral")
    assert guest["by"] == thread["referral"]["number"]
    assert datetime.fromisoformat(guest["until"]) > datetime.fromisoformat(thread["referral"]["at"])
    (asked,) = kazakhstan.json("access", "explain", "abai", thread["transfer"]["number"].partition("/")[0])
    assert (asked["sees"], asked["why"]) == (False, "elsewhere")


def test_a_colleague_is_shut_out_and_an_emergency_is_reviewed_both_by_another_district(
    kazakhstan: Place, thread: Any
) -> None:
    number = thread["block"]["number"]
    (colleague,) = kazakhstan.json("access", "explain", "desk", number)
    assert (colleague["sees"], colleague["why"]) == (False, "blocked")
    (other,) = kazakhstan.json("access", "explain", "head", number)
    assert other["sees"] is True
    assert thread["opening"]["number"] == thread["case"]["number"]
    desk = next((kazakhstan.home / "desk").glob("*.json"))
    followed = json.loads(desk.read_text(encoding="utf-8"))
    again = json.loads(
        kazakhstan.run("story", "live", str(desk.parent / followed["file"]), followed["followed"]).stdout
    )
    for step in ("block", "opening"):  # told again, and not done again
        assert (again[step]["number"], again[step]["at"]) == (thread[step]["number"], thread[step]["at"])
    for made in (thread, again):
        assert (made["contacts"]["taken"], made["contacts"]["reports"]) == (6, 2)


def test_a_missing_child_is_sought_and_counted_and_named_to_the_public_by_two_people(
    kazakhstan: Place, thread: Any
) -> None:
    alarm, notice = thread["alarm"], thread["notice"]
    assert alarm["number"] == notice["number"]
    assert datetime.fromisoformat(alarm["at"]) < datetime.fromisoformat(notice["at"])
    year = thread["figure"]["period"]
    figure = kazakhstan.json("indicator", "value", "children_reported_missing", "--period", year)
    assert int(figure["value"]) >= 1


def test_danger_is_assessed_counted_and_a_lower_result_waits_for_a_second_person(
    kazakhstan: Place, thread: Any
) -> None:
    assert thread["assessment"]["number"] == thread["case"]["number"]
    year = thread["figure"]["period"]
    for code in ("danger_assessments", "danger_measures_laid"):
        assert int(kazakhstan.json("indicator", "value", code, "--period", year)["value"]) >= 1
    assert int(kazakhstan.json("indicator", "value", "danger_results_lowered", "--period", year)["value"]) == 0


def test_statement_is_checked_again_with_the_release_that_came_after_it(kazakhstan: Place, thread: Any) -> None:
    assert datetime.fromisoformat(thread["statement"]["at"]) < datetime.fromisoformat(thread["release"]["at"])
    assert thread["statement"]["url"].endswith("/") and "/statements/" in thread["statement"]["url"]
    assert kazakhstan.json("claim", "check-again")["checked"] == 0


def test_sending_the_same_day_again_adds_nothing(kazakhstan: Place, thread: Any) -> None:
    file = next((kazakhstan.home / "desk").glob("*.csv"))
    again = kazakhstan.json("report", "import", str(file), "--as", "duty")
    assert (again["added"], again["repeats"]) == (0, thread["import"]["accepted"] + thread["import"]["flagged"])
    assert kazakhstan.json("facts", "collect")["facts"] == 0


def test_the_figure_counts_the_orders_that_were_issued(kazakhstan: Place, thread: Any) -> None:
    month = thread["figure"]["period"]
    figure = kazakhstan.json("indicator", "value", "orders_issued", "--period", month)
    assert int(figure["value"]) > 0
    assert figure["value"] == thread["figure"]["value"]


def test_an_order_is_shown_by_its_number(kazakhstan: Place, thread: Any) -> None:
    shown = kazakhstan.json("order", "show", thread["order"]["number"], "--as", "inspector")
    assert shown["force"] == "in_force"
    assert len(shown["checks"]) == 4


def test_for_an_inspector_elsewhere_the_order_does_not_exist(kazakhstan: Place, thread: Any) -> None:
    done = kazakhstan.run("order", "show", thread["order"]["number"], "--as", "rudny", expect=1)
    assert thread["order"]["number"] not in done.stderr


def test_a_release_verifies_and_fails_after_one_byte(kazakhstan: Place, thread: Any, tmp_path: Path) -> None:
    month = thread["figure"]["period"]
    box = tmp_path / "release.zip"
    kazakhstan.run("release", "build", "--period", month, "--to", str(box))
    kazakhstan.run("release", "verify", str(box))
    content = bytearray(box.read_bytes())
    content[len(content) // 2] ^= 1
    box.write_bytes(content)
    kazakhstan.run("release", "verify", str(box), expect=1)


def test_an_exported_journal_verifies_and_fails_after_one_byte(kazakhstan: Place, thread: Any, tmp_path: Path) -> None:
    export = tmp_path / "journal.txt"
    kazakhstan.run("journal", "export", str(export))
    kazakhstan.run("journal", "verify", "--export", str(export))
    lines = export.read_bytes().splitlines(keepends=True)
    place = lines[3].index(b'"kind":"') + len(b'"kind":"')
    lines[3] = lines[3][:place] + b"x" + lines[3][place + 1 :]
    export.write_bytes(b"".join(lines))
    done = kazakhstan.run("journal", "verify", "--export", str(export), expect=1)
    assert "broken at entry 3:" in done.stderr
