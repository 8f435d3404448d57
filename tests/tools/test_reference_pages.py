"""The pages of docs/reference say what the code says, and a page that does not is named."""

import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pytest
import typer

from qorgan.agencies.terms import ROLES
from qorgan.base.db.rights import our_models
from qorgan.orders.terms import TRANSITIONS, State
from tools import reference_pages


class Light(StrEnum):
    """A light."""

    RED = "red"  # stop
    GREEN = "green"


FOLLOWS = {Light.RED: {Light.GREEN}, Light.GREEN: set[Light]()}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The pages as the code makes them now."""
    return reference_pages.pages()


def test_the_pages_in_the_repository_are_current() -> None:
    command = [sys.executable, str(reference_pages.ROOT / "tools" / "reference_pages.py"), "check"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_page_that_says_something_else_is_named_and_mended(tmp_path: Path) -> None:
    assert reference_pages.write(tmp_path) == list(reference_pages.pages())
    assert reference_pages.stale(tmp_path) == []
    with (tmp_path / "roles.md").open("a") as page:
        page.write("Anyone may do anything.\n")
    (tmp_path / "states.md").unlink()
    assert reference_pages.stale(tmp_path) == ["states.md", "roles.md"]
    assert reference_pages.write(tmp_path) == ["states.md", "roles.md"]
    assert reference_pages.stale(tmp_path) == []


def test_a_diagram_has_its_beginning_its_ways_and_its_end() -> None:
    drawn = [line.strip() for line in reference_pages.diagram(Light, FOLLOWS)]
    assert "[*] --> red" in drawn
    assert "red --> green" in drawn
    assert "green --> [*]" in drawn
    assert "red --> [*]" not in drawn


def test_what_the_code_says_behind_a_state_is_its_meaning() -> None:
    assert reference_pages.sentences(Light) == {"red": "stop", "green": ""}


def test_every_way_of_an_order_is_drawn(pages: dict[str, str]) -> None:
    for state in State:
        for after in TRANSITIONS[state]:
            assert f"    {state} --> {after}\n" in pages["states.md"]


def test_every_role_stands_with_every_act_it_allows(pages: dict[str, str]) -> None:
    for role in ROLES.values():
        section = pages["roles.md"].split(f"\n`{role.code}`. ", 1)[1].split("\n## ")[0]
        assert all(f"`{act}`" in section for act in role.permissions | role.inside)


def test_every_field_of_every_table_stands_in_its_class(pages: dict[str, str]) -> None:
    for model in our_models():
        section = pages["data-classes.md"].split(f"(`{model._meta.db_table}`)", 1)[1].split("\n**")[0]
        for name, one in model.DATA.items():  # type: ignore[attr-defined]  # every model of the house declares it
            line = next(line for line in section.splitlines() if line.startswith(f"- {one}: "))
            assert name in line.split(": ", 1)[1].split(", ")


def test_every_command_stands_with_its_process(pages: dict[str, str]) -> None:
    imported = pages["commands.md"].split("## qorgan report import FILE\n", 1)[1].split("\n## ")[0]
    assert "Runs as staff." in imported
    assert "`--as TEXT`" in imported
    assert "## qorgan story" not in pages["commands.md"]


def test_names_of_options_are_those_that_are_typed() -> None:
    app = typer.Typer()

    @app.command("show")
    def show(what: Annotated[str, typer.Argument()], as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
        """Show it."""

    assert list(reference_pages._commands("qorgan", app)) == [
        "## qorgan show WHAT\n\nShow it.\n\n| | |\n|---|---|\n| `WHAT` |  |\n| `--json` |  |"
    ]


def test_the_language_of_the_moment_does_not_change_the_pages(pages: dict[str, str]) -> None:
    from django.utils import translation

    with translation.override("ru"):
        assert reference_pages.pages() == pages
