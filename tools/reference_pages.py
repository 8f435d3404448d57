"""Pages of docs/reference that say what the code says: states with their pictures, roles, data, commands, access ...

Needs no server.

python tools/reference_pages.py write    write the pages anew
python tools/reference_pages.py check    exit 1 where a page does not say what the code says
"""

import argparse
import importlib
import inspect
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from configparser import ConfigParser
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "src" / "qorgan"
FOLDER = ROOT / "docs" / "reference"
MADE = "<!-- Made by `python -m tools.reference_pages write` from the code: change the code, not this page. -->"

_PERMISSION = re.compile(r"[\"']([a-z_]+(?:\.[a-z_]+){2})[\"']")
_VERBS = {"S": "reads", "I": "adds", "U": "changes", "D": "deletes"}


@cache
def rooms() -> tuple[str, ...]:
    """The rooms of the house that stand, from the ground up, as the import contract orders them."""
    contracts = ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    lines = contracts["importlinter:contract:flow"]["layers"].split("\n")
    found = [name.strip(" ()") for line in reversed(lines) for name in line.split("|")]
    return tuple(name for name in found if name and (HOUSE / name).is_dir())


def _words_of_rooms() -> Iterator[tuple[str, ModuleType]]:
    """Each room with the module of its words."""
    for room in rooms():
        if (HOUSE / room / "terms.py").exists() or (HOUSE / room / "terms").is_dir():
            yield room, importlib.import_module(f"qorgan.{room}.terms")


def sentences(states: type[StrEnum]) -> dict[str, str]:
    """What the code says behind each state, by its value; empty where it says nothing."""
    said = dict(re.findall(r"^\s+([A-Z_]+) = [^#\n]*?(?:#\s*(.*))?$", inspect.getsource(states), re.MULTILINE))
    return {state.value: said.get(state.name, "") for state in states}


def diagram(states: type[StrEnum], follows: Mapping[Any, Iterable[Any]]) -> list[str]:
    """A state diagram for a reader that knows Mermaid. The first state is where a thing begins."""
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{getattr(state, "label", state.value)}" as {state.value}' for state in states]
    lines.append(f"    [*] --> {next(iter(states)).value}")
    for state in states:
        after = [one for one in states if one in follows[state]]
        lines += [f"    {state.value} --> {one.value}" for one in after] or [f"    {state.value} --> [*]"]
    return [*lines, "```"]


def states_page() -> str:
    """Every state machine of the house, drawn from its table."""
    from tools import state_pictures

    parts = [
        "# States",
        MADE,
        "What may follow what, from `TRANSITIONS` in each stage's `terms.py` (of a court's decision: `NEXT`). A rule "
        "refuses everything else. The pictures are drawn from the same tables, and checked with this page.",
        "Whether an order is still in force, and whether a duty is late, is no state: it follows from their moments.",
    ]
    for one in state_pictures.machines(_words_of_rooms()):
        rows = [f"| `{value}` | {_label(one.states(value))} | {why} |" for value, why in sentences(one.states).items()]
        meaning = inspect.getdoc(one.states) or ""
        text = "\n".join(diagram(one.states, one.follows))
        parts += [f"## {one.name}", meaning, state_pictures.line(one.name)]
        parts.append(f"<details><summary>As text, for Mermaid</summary>\n\n{text}\n\n</details>")
        parts.append("\n".join(["| state | on the page | meaning |", "|---|---|---|", *rows]))
    return _page(parts)


def _label(word: Any) -> str:
    return str(getattr(word, "label", word.value))


@cache
def asked_for() -> frozenset[str]:
    """Permissions that some `access.py` asks for."""
    texts = (path.read_text(encoding="utf-8") for path in HOUSE.glob("*/access.py"))
    return frozenset(word for text in texts for word in _PERMISSION.findall(text))


def roles_page() -> str:
    """Every role as a lawyer reads it, and which role may do what."""
    from qorgan.agencies.terms import ROLES

    parts = [
        "# Roles",
        MADE,
        "From `agencies/terms.py`. A person acts in one mandate at a time: agency, role, territory, purpose. The role "
        "says which acts are allowed, the territory which rows exist for her.",
        "An act marked * is granted and not yet asked for by any page or command.",
    ]
    for role in ROLES.values():
        acts = ", ".join(f"`{act}`{'' if act in asked_for() else ' *'}" for act in sorted(role.permissions))
        parts += [f"## {role.name}", f"`{role.code}`. {role.description}", f"May: {acts}."]
        if role.inside:
            parts.append(f"In an entrusted file only: {', '.join(f'`{act}`' for act in sorted(role.inside))}.")
    acts_of_all = sorted({act for role in ROLES.values() for act in role.permissions | role.inside})
    table = ["| act | " + " | ".join(str(role.name) for role in ROLES.values()) + " |"]
    table.append("|---|" + "---|" * len(ROLES))
    for act in acts_of_all:
        marks = (
            "yes" if act in role.permissions else "in one file" if act in role.inside else "" for role in ROLES.values()
        )
        table.append(f"| `{act}` | " + " | ".join(marks) + " |")
    return _page([*parts, "## Who may do what", "\n".join(table)])


def data_page() -> str:
    """Every table: the class of each field, who may touch it, whether a place holds it back."""
    from qorgan.base.db.rights import our_models
    from qorgan.base.fields import SEALED, DataClass

    held: dict[str, list[Any]] = {room: [] for room in rooms()}
    for model in our_models():
        held[model.__module__.split(".")[1]].append(model)
    classes = [f"| {one}{' (sealed)' if one in SEALED else ''} | {why} |" for one, why in _classes(DataClass).items()]
    parts = [
        "# Data classes",
        MADE,
        "Every field has a class (`base/fields.py`); a field without one fails the build. Sealed: AES-256-GCM under "
        "the key of the person, the report or the case. Rights are those of the database logins.",
        "\n".join(["| class | meaning |", "|---|---|", *classes]),
    ]
    for room, models in held.items():
        if models:
            parts.append(f"## {room}")
            parts += [_table(model) for model in models]
    return _page(parts)


def _classes(classes: type[StrEnum]) -> dict[StrEnum, str]:
    said = sentences(classes)
    return {one: said[one.value] for one in classes}


def _table(model: Any) -> str:
    by_class: dict[str, list[str]] = {}
    for name, one in model.DATA.items():
        by_class.setdefault(str(one), []).append(name)
    held = "rows held back by place" if getattr(model, "SCOPED", None) else "not held back by place"
    kept = "; never changed, never deleted" if getattr(model, "APPEND_ONLY", False) else ""
    rights = "; ".join(f"{process} {_spoken(letters)}" for process, letters in model.GRANTS.items())
    first = (inspect.getdoc(model) or "").split("\n")[0]
    lines = [f"**{model.__name__}** (`{model._meta.db_table}`): {first}", ""]
    lines += [f"- {held}{kept}", f"- rights: {rights}"]
    return "\n".join(lines + [f"- {one}: {', '.join(names)}" for one, names in by_class.items()])


def _spoken(letters: str) -> str:
    return ", ".join(_VERBS[letter] for letter in letters)


def commands_page() -> str:
    """Every command with its arguments, its options and the process it runs under."""
    from qorgan.cli.main import whole

    parts = [
        "# Commands",
        MADE,
        "`qorgan COMMAND --help` says the same. A command runs as one process of the house, with that process's login "
        "and keys. It ends with 0; with 1 and one sentence on standard error where it was refused or a check failed; "
        "with 2 where it was called wrongly.",
        "With `--json`, standard output is one JSON value and nothing else.",
    ]
    return _page([*parts, *sorted(_commands("qorgan", whole()))])


def _commands(path: str, app: Any) -> Iterator[str]:
    """A section for each command of a typer app and of the apps within."""
    for group in app.registered_groups:
        if group.hidden is not True:
            yield from _commands(f"{path} {group.name}", group.typer_instance)
    for command in app.registered_commands:
        if not command.hidden:
            yield _command(f"{path} {command.name}", command.callback)


def _command(name: str, callback: Callable[..., object]) -> str:
    given = [_Given.of(one) for one in inspect.signature(callback, eval_str=True).parameters.values()]
    given.sort(key=lambda one: one.is_option)
    process = runs_as(callback)
    ground = f" Runs as {process}." if process else ""
    words = [name, *(one.name if one.is_needed else f"[{one.name}]" for one in given if not one.is_option)]
    rows = [one.row() for one in given]
    table = ["", "| | |", "|---|---|", *rows] if rows else []
    return "\n".join([f"## {' '.join(words)}", "", f"{inspect.getdoc(callback)}{ground}", *table])


@dataclass(frozen=True)
class _Given:
    """An argument or an option of a command."""

    name: str
    is_option: bool
    is_needed: bool
    takes: str
    words: str

    @classmethod
    def of(cls, one: inspect.Parameter) -> "_Given":
        """From the signature of the command's function."""
        kind, info = get_args(one.annotation)
        # Typer holds the first name in `default` when an option stands in Annotated.
        named = [name for name in (info.default, *(info.param_decls or ())) if str(name).startswith("--")]
        is_option = type(info).__name__ == "OptionInfo"
        is_needed = one.default is inspect.Parameter.empty
        notes = [info.help or "", "Required." if is_option and is_needed else ""]
        if one.default not in (None, "", False, inspect.Parameter.empty):
            notes.append(f"Default: `{getattr(one.default, 'value', one.default)}`.")
        takes = "" if kind is bool or not is_option else " " + _kind(kind)
        name = (named or [f"--{one.name}"])[0] if is_option else one.name.strip("_").upper()
        return cls(name, is_option, is_needed, takes, " ".join(note for note in notes if note))

    def row(self) -> str:
        """Its line in the table."""
        return f"| `{self.name}{self.takes}` | {self.words} |"


def _kind(kind: Any) -> str:
    """What an option takes, in a word."""
    inner = [one for one in get_args(kind) if one is not type(None)] or [kind]
    words = {"int": "NUMBER", "Path": "FILE", "datetime": "YYYY-MM-DD"}
    return words.get(getattr(inner[0], "__name__", ""), "TEXT")


def runs_as(callback: Callable[..., object]) -> str:
    """The process that a command was put under; empty for one that starts several or needs none."""
    return str(inspect.getclosurevars(callback).nonlocals.get("process", ""))


def indicators_page() -> str:
    """Every indicator: a table of all, then the definition of each."""
    from qorgan.indicators.engine.definitions import read, texts
    from qorgan.indicators.terms import BASIS, DISCLOSURE

    found = sorted((read(code, text, {}) for code, text in texts().items()), key=lambda one: one.position)
    wholes = {part: one.code for one in found for part in one.parts}
    rows = [f"| `{one.code}` | {one.wording('en').name} | {one.counting_unit} | {one.basis} |" for one in found]
    parts = [
        "# Every indicator",
        MADE,
        "From `indicators/definitions`. What a period, a cohort, *as of* and a hidden count are says "
        "[Indicators](indicators.md); `qorgan indicator show CODE --lang kk` shows the whole definition in a language.",
        "\n".join(["| code | name | what one counts | basis |", "|---|---|---|---|", *rows]),
    ]
    for one in found:
        words = one.wording("en")
        lines = [f"- {name}: {one.wording(name).name}" for name in ("kk", "ru")]
        lines += [f"- numerator: {words.numerator}", f"- denominator: {words.denominator}"]
        lines.append(f"- unit: {words.unit}; basis: {BASIS[one.basis]}")
        lines.append(f"- by region: {one.region_version}; {DISCLOSURE[one.disclosure]}")
        lines += [f"- its parts: {', '.join(f'`{part}`' for part in one.parts)}"] if one.parts else []
        lines += [f"- part of: `{wholes[one.code]}`"] if one.code in wholes else []
        lines += [f"- its denominator is counted by: `{one.of}`"] if one.of else []
        lines.append(f"- limits: {words.limits}")
        parts += [f"## {one.code}", f"**{words.name}.** {words.meaning}", "\n".join(lines)]
    return _page(parts)


def access_page() -> str:
    """Every address with who may open it."""
    from tools import access_matrix

    return _page(access_matrix.page_parts(MADE))


def golden_page() -> str:
    """The same facts under three laws, as the tests ask them."""
    from tools import golden_page as golden

    return _page(golden.page_parts(MADE))


def scores_page() -> str:
    """How well figures are found in the annotated texts, by language and kind."""
    from tools import score_page as scores

    return _page(scores.page_parts(MADE))


def _page(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "states.md": states_page,
    "roles.md": roles_page,
    "data-classes.md": data_page,
    "commands.md": commands_page,
    "indicator-list.md": indicators_page,
    "access-matrix.md": access_page,
    "golden-cases.md": golden_page,
    "grammar-scores.md": scores_page,
}


def pages() -> dict[str, str]:
    """Every page by its name, in English whatever the language of the moment is."""
    from django.utils import translation

    from tools import state_pictures

    with translation.override(None):
        made = {name: make() for name, make in PAGES.items()}
    return made | state_pictures.pictures(state_pictures.machines(_words_of_rooms()))


def stale(folder: Path = FOLDER) -> list[str]:
    """Names of pages that are missing or say something else than the code."""
    from tools import state_pictures

    made = pages()
    return [name for name, text in made.items() if _held(folder / name) != text] + state_pictures.strays(folder, made)


def _held(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def write(folder: Path = FOLDER) -> list[str]:
    """Write the pages that are stale; their names."""
    folder.mkdir(parents=True, exist_ok=True)
    made, behind = pages(), stale(folder)
    for name in behind:
        path = folder / name
        if name not in made:
            path.unlink()
            continue
        path.parent.mkdir(exist_ok=True)
        path.write_text(made[name], encoding="utf-8")
    return behind


def main(arguments: list[str]) -> int:
    """Run a command; the exit code says whether all is well."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("write", "check"))
    given = parser.parse_args(arguments)
    sys.path.insert(0, str(ROOT))  # run as a file, the folder of the tools stands there and not the root
    os.environ["DJANGO_SETTINGS_MODULE"] = "tools.offline"
    import django

    django.setup()
    behind = write() if given.command == "write" else stale()
    for name in behind:
        print(f"docs/reference/{name}: {'written' if given.command == 'write' else 'not what the code says'}")
    if given.command == "check":
        print("reference pages: run `python -m tools.reference_pages write`" if behind else "reference pages: current")
    return int(given.command == "check" and bool(behind))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
