"""Guards over words: permissions, labels of enums, texts of refusals, states and their changes."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from types import ModuleType
from typing import Any

from django.db import models

import qorgan
from qorgan.base.errors import Refused
from tests.architecture.guards import contracts

_PERMISSION = re.compile(r"[a-z]+\.[a-z_]+\.[a-z_]+")
AWAITED: dict[str, str] = {
    # granted by a role, asked for by nothing yet: what it waits for
}
NOT_IMPORTED = ("qorgan.config", "qorgan.country")  # settings differ by process; data is no Python


def house() -> list[ModuleType]:
    """Every module of the house, imported."""
    names = (found.name for found in pkgutil.walk_packages(qorgan.__path__, "qorgan."))
    return [importlib.import_module(name) for name in names if _is_imported(name)]


def _is_imported(name: str) -> bool:
    return not name.startswith(NOT_IMPORTED) and not name.endswith("__main__") and ".migrations" not in name


def terms() -> list[ModuleType]:
    """The words of every stage."""
    files = [*contracts.HOUSE.glob("*/terms.py"), *contracts.HOUSE.glob("*/terms/__init__.py")]
    stages = sorted(path.relative_to(contracts.HOUSE).parts[0] for path in files)
    return [importlib.import_module(f"qorgan.{stage}.terms") for stage in stages]


def refusals() -> list[type[Refused]]:
    """Every refusal of the house, below `Refused` itself."""
    house()
    found: list[type[Refused]] = []
    waiting = Refused.__subclasses__()
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting += kind.__subclasses__()
    return [kind for kind in found if kind.__module__.startswith("qorgan.")]


def codes(given: Iterable[type[Refused]]) -> list[str]:
    """No two refusals bear one code: a machine that reads it knows which of them it was told."""
    bearers: dict[str, list[str]] = {}
    for kind in given:
        bearers.setdefault(kind.__new__(kind).code, []).append(f"{kind.__module__}.{kind.__name__}")
    return [f"{code} is the code of {' and '.join(sorted(names))}" for code, names in bearers.items() if len(names) > 1]


def texts_of_refusals(given: Iterable[type[Refused]]) -> list[str]:
    """Every refusal has a text of its own and one sentence for developers."""
    faults = []
    for kind in given:
        name = f"{kind.__module__}.{kind.__name__}"
        text = str(kind.__dict__.get("text", ""))
        if not text.strip():
            faults.append(f"{name} has no text of its own")
        elif not text.rstrip().endswith((".", "?")):
            faults.append(f"{name} does not speak in a sentence: {text!r}")
        if not (kind.__doc__ or "").strip() or kind.__doc__ == Refused.__doc__:
            faults.append(f"{name} has no docstring")
    return faults


def _enums(module: ModuleType) -> list[type[Enum]]:
    return [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Enum) and thing.__module__ == module.__name__
    ]


def stored(given: Iterable[type[models.Model]]) -> set[frozenset[str]]:
    """The sets of values that columns with choices may hold."""
    return {
        frozenset(str(value) for value, _name in field.choices)
        for model in given
        for field in model._meta.concrete_fields
        if field.choices
    }


def _label_faults(enum: type[Enum]) -> Iterator[str]:
    name = f"{enum.__module__}.{enum.__name__}"
    if not isinstance(getattr(enum, "label", None), property):
        yield f"{name} is stored and has no label"
        return
    for member in enum:
        try:
            text = str(member.label)  # type: ignore[attr-defined]  # a property, as seen above
        except (KeyError, AttributeError):
            text = ""
        if not text.strip():
            yield f"{name}.{member.name} has no words"


def labels(modules: Iterable[ModuleType], kept: set[frozenset[str]]) -> list[str]:
    """Whatever is stored can be said to a person; whatever has a label has one for every member."""
    faults: list[str] = []
    for module in modules:
        for enum in _enums(module):
            values = frozenset(str(member.value) for member in enum)
            if values in kept or hasattr(enum, "label"):
                faults += _label_faults(enum)
    return faults


def machines(modules: Iterable[ModuleType]) -> list[str]:
    """Each `State` of a stage has TRANSITIONS for every state, to known states, and every state can be reached."""
    return [fault for module in modules if hasattr(module, "State") for fault in _machine(module)]


def _machine(module: ModuleType) -> Iterator[str]:
    states: list[Any] = list(module.State)
    changes: Mapping[Any, Iterable[Any]] | None = getattr(module, "TRANSITIONS", None)
    if changes is None:
        yield f"{module.__name__} has states and no TRANSITIONS"
        return
    for state in states:
        if state not in changes:
            yield f"{module.__name__}: nobody says what may follow {state}"
    for state, following in changes.items():
        for unknown in [state, *following]:
            if unknown not in states:
                yield f"{module.__name__}: {unknown} is no state"
    reached = {states[0]}
    for _round in states:
        reached |= {target for state in reached for target in changes.get(state, ())}
    for state in states:
        if state not in reached:
            yield f"{module.__name__}: nothing leads to {state}"


def permissions_in(text: str) -> set[str]:
    """Every word of Python text that looks like a permission, as `orders.order.issue`."""
    constants = (node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant))
    return {value for value in constants if isinstance(value, str) and _PERMISSION.fullmatch(value)}


def permissions_asked_for() -> dict[str, set[str]]:
    """Stage -> permissions that its access.py names."""
    files = {path.parent.name: path for path in contracts.HOUSE.glob("*/access.py")}
    return {stage: permissions_in(path.read_text(encoding="utf-8")) for stage, path in files.items()}


def permissions(
    asked: Mapping[str, set[str]], granted: set[str], *, rooms: Iterable[str], awaited: Iterable[str] = ()
) -> list[str]:
    """Roles grant exactly what access asks for; a room asks only for acts of its own."""
    faults = [
        f"{stage} asks for {word}, an act of another room"
        for stage, stage_words in asked.items()
        for word in sorted(stage_words)
        if not word.startswith(f"{stage}.")
    ]
    all_asked = {word for words in asked.values() for word in words}
    faults += [f"no role grants {word}" for word in sorted(all_asked - granted)]
    faults += [f"{word} is granted and nothing asks for it" for word in sorted(granted - all_asked - set(awaited))]
    faults += [f"{word} is awaited and asked for already" for word in sorted(set(awaited) & all_asked)]
    faults += [f"{word} is an act of no room" for word in sorted(granted) if word.split(".")[0] not in set(rooms)]
    return faults
