"""State diagrams drawn from the tables that the rules obey, one picture for each machine and language."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import Any

FOLDER = "states"
DECISIONS = "decisions"  # of a court: its states stand beside those of the court case


@dataclass(frozen=True)
class Machine:
    """The states of a thing and what may follow what."""

    name: str
    states: type[StrEnum]
    follows: Mapping[Any, Iterable[Any]]


def machines(rooms: Iterable[tuple[str, ModuleType]]) -> Iterator[Machine]:
    """Every machine of the house, from the words of its rooms."""
    for room, words in rooms:
        if hasattr(words, "State") and hasattr(words, "TRANSITIONS"):
            yield Machine(room, words.State, words.TRANSITIONS)
        if hasattr(words, "DecisionState") and hasattr(words, "NEXT"):
            yield Machine(DECISIONS, words.DecisionState, words.NEXT)


def file_of(name: str, language: str) -> str:
    """Where the picture of a machine lies, beside the page."""
    return f"{FOLDER}/{name}.{language}.svg"


def languages() -> list[str]:
    """Those of the deployment's pages."""
    from django.conf import settings

    return [code for code, _name in settings.LANGUAGES]


def pictures(found: Iterable[Machine]) -> dict[str, str]:
    """Every picture by its file. The texts are compiled first: a picture speaks the words that stand now."""
    from django.utils import translation

    from tools.translations import compiled

    list(compiled())
    made = {}
    for machine in found:
        for language in languages():
            with translation.override(language):
                made[file_of(machine.name, language)] = _drawn(machine)
    return made


def _drawn(machine: Machine) -> str:
    from qorgan.web import diagram

    drawn = diagram.drawn(
        machine.states, machine.follows, label=label, title=machine.name.capitalize(), colours=diagram.FILE
    )
    return f"{drawn}\n"


def label(word: Any) -> str:
    """The words a person reads."""
    return str(getattr(word, "label", word.value))


def line(name: str) -> str:
    """What the page says of a machine's picture: the picture, and the same in the other languages."""
    others = [one for one in languages() if one != "en"]
    links = " · ".join(f"[{one}]({file_of(name, one)})" for one in others)
    return f"![What may follow what: {name}]({file_of(name, 'en')})\n\nThe same: {links}"


def strays(folder: Path, known: Iterable[str]) -> list[str]:
    """Pictures that lie there and belong to no machine any more."""
    kept = set(known)
    found = (f"{FOLDER}/{path.name}" for path in sorted((folder / FOLDER).glob("*.svg")))
    return [name for name in found if name not in kept]
