"""Every rule is broken once and seen to be caught."""

import ast

import pytest

from lint.__main__ import ROOT, main
from lint.files import sources
from lint.rules import RULES, check
from lint.rules.records import WRITE_ALLOWED
from lint.source import Source
from lint.writing import is_sql_write, is_write
from tests.lint.examples import EXAMPLES, Example


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_is_judged_as_it_says(example: Example) -> None:
    found = {finding.code for finding in check(Source(path, text) for path, text in example.files.items())}
    assert found == ({example.code} if example.code else set())


def test_every_rule_has_an_example_that_breaks_it() -> None:
    assert {rule.code for rule in RULES} == {example.code for example in EXAMPLES if example.code}


def test_every_rule_gives_its_reason_and_has_a_code_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--why"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(RULES) == len({line.split()[0] for line in lines})
    assert all(len(line) > 30 for line in lines)


def test_a_finding_says_where_it_is() -> None:
    page = Source("src/qorgan/web/templates/a.html", "<div>\n\n{# x\n#}\n<p>Order</p></div>")
    found = [finding for finding in check([page]) if finding.code == "Q403"]
    assert [finding.line for finding in found if "Order" in finding.message] == [5]


def test_an_exception_holds_for_its_own_line_and_rule_only() -> None:
    text = "a.save()  # lint: allow Q203 - writes a picture to disk\nb.save()\n"
    found = [(finding.line, finding.code) for finding in check([Source("src/qorgan/orders/jobs.py", text)])]
    assert (2, "Q203") in found
    assert (1, "Q203") not in found


def test_files_of_the_repository_are_found_and_hidden_ones_are_not() -> None:
    paths = {source.path for source in sources(ROOT)}
    assert "lint/rules/pages.py" in paths
    assert not any(path.startswith((".venv/", ".git/")) or "__pycache__" in path for path in paths)


def test_every_place_that_may_write_does_write_and_says_why() -> None:
    files = [source for source in sources(ROOT) if source.is_python]
    for place, why in WRITE_ALLOWED.items():
        nodes = (node for source in files if source.path.startswith(place) for node in ast.walk(source.tree))
        assert any(is_sql_write(node) or (isinstance(node, ast.Call) and is_write(node)) for node in nodes), place
        assert len(why) > 20
