"""Each promise of docs/promises.md has one test that gates it, and each such test gates one promise."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_ROW = re.compile(r"^\| (?P<promise>.+?) \| `(?P<test>tests/\S+::\S+)` \|$")
_LINES = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8").splitlines()


def promises(lines: list[str]) -> list[tuple[str, str]]:
    """Promise and test of each row. Raises ValueError at a row that names no test."""
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| promise ")]
    found = [_ROW.match(row) for row in rows]
    if None in found:
        raise ValueError(rows[found.index(None)])
    return [(row["promise"], row["test"]) for row in found if row]


@cache
def _functions(path: str) -> frozenset[str]:
    file = ROOT / path
    tree = ast.parse(file.read_text(encoding="utf-8")) if file.is_file() else ast.Module([], [])
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def exists(test: str) -> bool:
    """Whether a test of that name stands in that file."""
    path, _colons, name = test.partition("::")
    return name in _functions(path)


@pytest.mark.parametrize(("promise", "test"), promises(_LINES))
def test_promise_is_gated_by_a_test_that_is_there(promise: str, test: str) -> None:
    assert exists(test), promise


def test_no_test_stands_for_two_promises() -> None:
    tests = [test for _promise, test in promises(_LINES)]
    assert len(tests) == len(set(tests)) > 20


def test_a_promise_without_a_test_is_caught() -> None:
    with pytest.raises(ValueError, match="Trust us"):
        promises(["| Trust us. | |"])
    assert not exists("tests/architecture/test_promises.py::test_that_is_not_there")
    assert not exists("tests/nowhere.py::test_a_promise_without_a_test_is_caught")
