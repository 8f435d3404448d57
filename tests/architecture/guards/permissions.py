"""Every write asks whether its actor may, or says in its own words who has asked already."""

import ast
import importlib
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from types import FunctionType, ModuleType

from tests.architecture.guards import contracts


def actions() -> dict[str, FunctionType]:
    """Every public action of the house: a function that a room's `actions` offers and that says `by` whom."""
    found: dict[str, FunctionType] = {}
    for path in sorted(contracts.HOUSE.glob("*/actions*")):
        if path.suffix == ".py" or (path / "__init__.py").is_file():
            found |= offered(importlib.import_module(f"qorgan.{path.parent.name}.actions"))
    return found


def offered(module: ModuleType) -> dict[str, FunctionType]:
    """The public actions of one module, those of its own parts included."""
    found = {}
    for name, value in vars(module).items():
        plain = inspect.unwrap(value) if callable(value) else value
        if name.startswith("_") or not isinstance(plain, FunctionType):
            continue
        if plain.__module__.startswith(module.__name__) and "by" in inspect.signature(plain).parameters:
            found[f"{module.__name__.removeprefix('qorgan.').removesuffix('.actions')}.{name}"] = plain
    return found


def asks(action: FunctionType, *, room: str = "") -> bool:
    """Whether an action calls a `check_may...`, itself or through a private part of its own room's actions."""
    here = room or action.__module__.partition(".actions")[0]
    for name, called in _calls(action):
        if name.startswith("check_may"):
            return True
        plain = inspect.unwrap(called) if callable(called) else called
        is_part = isinstance(plain, FunctionType) and plain.__module__.startswith(f"{here}.actions")
        if is_part and plain is not action and asks(plain, room=here):  # type: ignore[arg-type]  # a function by now
            return True
    return False


def _calls(action: FunctionType) -> Iterator[tuple[str, object]]:
    """The functions that the body of an action calls: by what name, and what stands behind it."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(action)))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        call = node.func
        if isinstance(call, ast.Name):
            yield call.id, action.__globals__.get(call.id)
        elif isinstance(call, ast.Attribute):
            owner = action.__globals__.get(call.value.id) if isinstance(call.value, ast.Name) else None
            yield call.attr, getattr(owner, call.attr, None) if isinstance(owner, ModuleType) else None


def faults(found: Mapping[str, FunctionType], covered: Mapping[str, str]) -> list[str]:
    """Actions that neither ask nor are covered by their caller; what is excused and asks after all, or is gone."""
    said = [f"{name} asks for no permission" for name, one in found.items() if name not in covered and not asks(one)]
    for name in covered:
        if name not in found:
            said.append(f"{name} is excused and does not exist")
        elif asks(found[name]):
            said.append(f"{name} is excused and asks")
        elif "No permission of its own" not in " ".join((found[name].__doc__ or "").split()):
            said.append(f"{name} does not say in its docstring whose permission covers it")
    return said
