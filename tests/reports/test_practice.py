"""Scripted calls to practise on: in Kazakh, against the clock, counted, stored nowhere."""

import json
import subprocess
import sys

import pytest

from qorgan.reports.engine import practice
from qorgan.reports.engine.practice import Attempt
from qorgan.reports.readers import practice as reader

ANSWERS = {
    "silent": ["4"],
    "at_home": [
        "1",
        "жоқ",
        "",
        "екеуі қасында",
        "Нұрғалиева Айгер",
        "Шымкент, Еңбекші",
        "мас күйде итерген",
        "кітапхана",
    ],
    "wrong_number": ["5"],
    "he_serves": ["2", "полицияда", "үйде", "", "Мадина", "Тараз", "күйеуі ұрады", ""],
    "school": ["3", "белгісіз", "", "", "Ерасыл", "Рудный", "қолы көгерген", ""],
}
MOST_KEYS = 250


def test_five_calls_and_each_is_taken_in_few_keys() -> None:
    calls = reader.calls()
    assert [call.code for call in calls] == list(ANSWERS)
    for call in calls:
        key, *lines = ANSWERS[call.code]
        held = Attempt(call, disposition=call.disposition, typed=dict(zip(reader.FIELDS, lines, strict=False)))
        assert held.is_right, (call.code, held.missed)
        assert held.keystrokes <= MOST_KEYS
        assert key in "123456789"


def test_what_is_not_caught_too_slow_or_of_another_kind_is_not_right() -> None:
    call = reader.calls()[1]
    typed = dict(zip(reader.FIELDS, ANSWERS["at_home"][1:], strict=True))
    assert Attempt(call, "self", typed | {"address": "Алматы"}).missed == ("address",)
    assert not Attempt(call, "self", typed, seconds=91).is_right
    assert not Attempt(call, "prank", typed).is_right


@pytest.mark.parametrize("change", [{"disposition": "magic"}, {"catches": {"colour": "red"}}])
def test_a_script_that_contradicts_itself_is_refused(change: dict[str, object]) -> None:
    row = {"code": "x", "says": ["а"], "disposition": "self", "seconds": 9} | change
    with pytest.raises(practice.Faulty, match="x: "):
        practice.script({"call": [row]}, dispositions=["self"], fields=["written"])


def test_the_command_tells_what_it_counted_and_stores_nothing(db: None) -> None:
    typed = "".join(f"{line}\n" for lines in ANSWERS.values() for line in lines)
    command = [sys.executable, "-m", "qorgan.cli.main", "practise", "--json"]
    done = subprocess.run(command, input=typed, capture_output=True, text=True, check=False)
    rows = json.loads(done.stdout)
    assert (done.returncode, [row["right"] for row in rows]) == (0, [True] * 5), done.stderr
    assert all(row["keystrokes"] <= MOST_KEYS for row in rows)
