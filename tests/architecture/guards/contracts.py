"""The import contracts on a copy of the tree."""

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
CONTRACTS = ROOT / ".importlinter"
HOUSE = ROOT / "src" / "qorgan"
RUN = """
import sys
from importlinter.cli import lint_imports
sys.exit(lint_imports(".importlinter", tuple(sys.argv[1:]), no_cache=True, no_logo=True))
"""


def copy_of_the_tree(place: Path) -> Path:
    """The Python of the house and its contracts in an empty folder."""
    shutil.copytree(HOUSE, place / "src" / "qorgan", ignore=_all_but_python)
    shutil.copy(CONTRACTS, place / ".importlinter")
    return place


def _all_but_python(folder: str, names: list[str]) -> set[str]:
    if Path(folder).name == "country":
        return set(names)
    return {name for name in names if name == "__pycache__" or ("." in name and not name.endswith(".py"))}


def add(place: Path, module: str, text: str = "") -> None:
    """Put lines at the end of a module of the copy, which is made where it is missing, with its packages."""
    path = place / "src" / Path(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    for folder in [path.parent, *path.parent.parents]:
        if folder == place / "src":
            break
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "__init__.py").touch()
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")


def run(place: Path, *contracts: str) -> tuple[bool, str]:
    """Whether the contracts (all, where none is named) are kept in a tree, and what was said."""
    environment = {**os.environ, "PYTHONPATH": str(place / "src"), "COLUMNS": "300", "NO_COLOR": "1"}
    answer = subprocess.run(
        [sys.executable, "-c", RUN, *contracts], cwd=place, env=environment, capture_output=True, text=True, check=False
    )
    return answer.returncode == 0, answer.stdout + answer.stderr


def contracts() -> dict[str, configparser.SectionProxy]:
    """Every contract by its id."""
    parser = configparser.ConfigParser()
    parser.read(CONTRACTS, encoding="utf-8")
    return {name.split(":")[2]: parser[name] for name in parser.sections() if name.startswith("importlinter:contract:")}


def rooms() -> list[str]:
    """The rooms of the house that exist, data aside."""
    return sorted(path.parent.name for path in HOUSE.glob("*/__init__.py"))


def order() -> list[frozenset[str]]:
    """The floors from the roof to the ground, each with its rooms."""
    floors = contracts()["flow"]["layers"].split("\n")
    return [frozenset(room.strip(" ()") for room in floor.split("|")) for floor in floors if floor.strip()]
