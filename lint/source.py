"""A file as the rules see it, and what they find in it."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

_ALLOW = re.compile(r"lint: allow (Q\d{3})(?P<why>[^#}\n]*)")
_MIN_WHY = 6  # letters: shorter than this is not a reason


@dataclass(frozen=True, order=True)
class Finding:
    """One place where a rule is broken."""

    path: str
    line: int
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.code} {self.message}"


def is_reason(text: str) -> bool:
    """Whether words that stand behind an exception say anything."""
    return len(re.findall(r"[^\W\d_]", text)) >= _MIN_WHY


@dataclass(frozen=True)
class Source:
    """One file: its path from the root of the repository, with slashes, and its text."""

    path: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return self.text.splitlines()

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The folders and the name."""
        return PurePosixPath(self.path).parts

    @property
    def is_python(self) -> bool:
        """Whether it is Python."""
        return self.path.endswith(".py")

    @property
    def is_test(self) -> bool:
        """Whether it belongs to the tests."""
        return self.parts[0] == "tests"

    @property
    def is_migration(self) -> bool:
        """Whether it is a migration, most of which is generated."""
        return "migrations" in self.parts

    @property
    def is_template(self) -> bool:
        """Whether it is a page or a piece of one."""
        return self.path.endswith(".html")

    @cached_property
    def stage(self) -> str:
        """The room of the house it lies in; empty outside the house."""
        return self.parts[2] if self.parts[:2] == ("src", "qorgan") and len(self.parts) > 3 else ""

    @cached_property
    def inside(self) -> tuple[str, ...]:
        """The path within the room."""
        return self.parts[3:] if self.stage else ()

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree; empty for a file that is not Python, or not yet (ruff says that better)."""
        try:
            return ast.parse(self.text if self.is_python else "")
        except SyntaxError:
            return ast.Module(body=[], type_ignores=[])

    @cached_property
    def comments(self) -> list[tuple[int, str]]:
        """Line and text of every comment of a Python file."""
        if not self.is_python:
            return []
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        try:
            return [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]
        except (tokenize.TokenError, SyntaxError):
            return []

    @cached_property
    def allowed(self) -> frozenset[tuple[int, str]]:
        """(line, code) of the exceptions that the file asks for, with a reason."""
        found = ((number, match) for number, line in enumerate(self.lines, 1) for match in _ALLOW.finditer(line))
        return frozenset((number, match[1]) for number, match in found if is_reason(match["why"]))

    def finding(self, where: int | ast.AST, code: str, message: str) -> Finding:
        """A finding at a line or at a node."""
        line = where if isinstance(where, int) else getattr(where, "lineno", 1)
        return Finding(self.path, line, code, message)


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call in a tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(node: ast.expr) -> str:
    """The last word of a name or an attribute: `models.ForeignKey` -> `ForeignKey`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
