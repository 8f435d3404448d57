"""Of docs/reference/attacks.md each row has its test and each test its row; asvs.md names tests that exist."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.test_promises import exists

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
_ATTACK = re.compile(r"^\| (?P<attack>.+?) \| (?P<stopped>.+?) \| `(?P<test>tests/\S+::\S+)` \|$")
_ITEM = re.compile(r"^\| (?P<item>\d+\.\d+\.\d+) \| (?P<meaning>.+?) \| (?P<how>.+?) \| (?P<test>.+?) \|$")
_TEST = re.compile(r"`(tests/\S+::\S+)`")
NO_ATTACKS = ("test_listed.py", "test_settings.py")  # what is set, and this
_WITHOUT = ("not met", "not applicable", "a matter of the place")


def rows(page: str, heading: str) -> list[str]:
    """The rows of a page's tables, without their headings."""
    lines = (REFERENCE / page).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith("| ") and not line.startswith(f"| {heading} ")]


def attacks() -> list[tuple[str, str, str]]:
    """Attack, what stopped it, test. Raises ValueError at a row that lacks one."""
    found = [(row, _ATTACK.match(row)) for row in rows("attacks.md", "attack")]
    for row, match in found:
        if match is None:
            raise ValueError(row)
    return [match.groups() for _row, match in found if match]  # type: ignore[misc]  # three groups each


def items() -> list[tuple[str, str]]:
    """Item and what its last cell says. Raises ValueError at a row that lacks one."""
    found = [(row, _ITEM.match(row)) for row in rows("asvs.md", "item")]
    for row, match in found:
        if match is None:
            raise ValueError(row)
    return [(match["item"], match["test"]) for _row, match in found if match]


def written() -> set[str]:
    """Every attack that is a test."""
    found = set()
    for path in (ROOT / "tests" / "attacks").glob("test_*.py"):
        if path.name not in NO_ATTACKS:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            functions = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
            found |= {f"tests/attacks/{path.name}::{name}" for name in functions if name.startswith("test_")}
    return found


def test_every_attack_of_the_page_is_tried_by_a_test_that_is_there() -> None:
    assert [test for _attack, _stopped, test in attacks() if not exists(test)] == []
    assert len(attacks()) >= 25


def test_every_attack_that_is_tried_stands_on_the_page_once() -> None:
    listed = [test for _attack, _stopped, test in attacks()]
    assert written() - set(listed) == set()
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize(("item", "test"), items(), ids=[item for item, _test in items()])
def test_every_item_of_asvs_names_its_test_or_says_why_not(item: str, test: str) -> None:
    named = _TEST.findall(test)
    assert named or test.startswith(_WITHOUT), item
    assert [one for one in named if not exists(one)] == []


def test_items_of_asvs_stand_in_their_order_and_none_twice() -> None:
    numbers = [tuple(map(int, item.split("."))) for item, _test in items()]
    assert numbers == sorted(set(numbers))
    assert len(numbers) > 40
