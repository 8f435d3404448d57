"""Serving: each part answers alone, and where there is no place yet, the command says what to do."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from qorgan.base import deployment
from qorgan.base.processes import Process
from qorgan.cli import main, serve
from qorgan.cli.serve import Part
from tests.journeys.places import Place


@pytest.mark.parametrize(
    "words", [["serve", "public"], ["serve"], ["worker", "--once"], ["law", "show", "orders.term"]]
)
def test_where_there_is_no_place_yet_nothing_is_started_and_the_way_is_told(tmp_path: Path, words: list[str]) -> None:
    place = Place(tmp_path / "home")
    done = place.run(*words, expect=1)
    assert done.stderr.strip() == (
        f"There is no place in {place.home} yet. Run `qorgan init` to make one ready,"
        " or `qorgan demo` to see one with made-up records."
    )
    assert not place.home.exists()


def test_a_place_without_tables_is_told_apart_from_one_that_does_not_answer(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve.check_ready(Process.PUBLIC)
    whole = deployment.login(Process.PUBLIC)
    monkeypatch.setattr(deployment, "login", lambda _process: replace(whole, name="postgres"))
    with pytest.raises(deployment.NoPlace, match="not made ready yet"):
        serve.check_ready(Process.PUBLIC)
    monkeypatch.setattr(deployment, "login", lambda _process: replace(whole, name="nothing_here"))
    with pytest.raises(deployment.NoPlace, match="not made ready yet"):
        serve.check_ready(Process.PUBLIC)


@pytest.mark.parametrize("part", [Part.STAFF, Part.PUBLIC, Part.DOOR, Part.PETITIONS])
def test_each_web_process_answers_alone(db: None, part: Part) -> None:
    wanted = serve.free_port(8400)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    command = [sys.executable, "-m", "qorgan.cli.main", "serve", part.value, "--port", str(wanted)]
    with subprocess.Popen(command, env=kept, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            line = running.stdout.readline()
            found = re.search(rf"{part.value} +http://127.0.0.1:(\d+)/$", line.strip())
            assert found is not None, line
            asked = http.client.HTTPConnection("127.0.0.1", int(found.group(1)), timeout=10)
            asked.request("GET", "/")
            assert asked.getresponse().status in (200, 302, 404)
        finally:
            running.send_signal(signal.SIGTERM)
    assert running.returncode == 0


def test_a_process_that_has_ended_is_not_waited_for() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
        begun = time.monotonic()
        assert not serve.answers("http://127.0.0.1:9/", process=ended)
        assert time.monotonic() - begun < 5


def test_the_list_of_commands_says_what_each_says_of_itself() -> None:
    whole = main.whole()
    said = {group.name: group.typer_instance.info.help for group in whole.registered_groups if not group.hidden}
    for command in whole.registered_commands:
        assert command.callback is not None
        said[command.name] = (command.callback.__doc__ or "").strip().split("\n")[0]
    assert said == {name: word.says for name, word in main.WORDS.items() if not word.hidden}


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux has names of sockets that leave no file")
def test_two_that_start_in_the_same_instant_take_different_ports() -> None:
    mine = serve.free_port(8450, hold=True)
    script = f"from qorgan.cli import serve; print(serve.free_port({mine}, hold=True))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert int(done.stdout) > mine
    assert serve.free_port(mine, hold=True) == mine


@pytest.mark.parametrize("words", [[], ["law", "--help"]])
def test_help_loads_neither_the_database_nor_the_drawing_of_tables(words: list[str]) -> None:
    script = (
        "import sys; from qorgan.cli.main import app\n"
        f"try: app({[*words] or ['--help']!r})\n"
        "except SystemExit: pass\n"
        "print(sorted({'django', 'psycopg', 'rich', 'holidays', 'typst'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_a_command_of_staff_loads_no_pages_and_no_calendar(db: None) -> None:
    script = (
        "import sys; from qorgan.cli.main import app\n"
        "try: app(['law', 'show', 'orders.term'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'allauth', 'axes', 'holidays', 'typst', 'ninja'} & set(sys.modules)))"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=kept)
    assert done.stdout.strip().splitlines()[-1] == "[]"
