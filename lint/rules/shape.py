"""Size and shape of files and functions."""

import ast
from collections.abc import Iterator

from lint.rule import Rule, each
from lint.source import Finding, Source
from lint.writing import writes

FILE_LINES = 400
TEST_FILE_LINES = 500
FUNCTION_LINES = 40
NEEDED = ("by", "now")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def long_files(source: Source) -> Iterator[Finding]:
    """Python files longer than the limit."""
    most = TEST_FILE_LINES if source.is_test else FILE_LINES
    if source.is_python and not source.is_migration and len(source.lines) > most:
        yield source.finding(1, "Q111", f"{len(source.lines)} lines, at most {most}")


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function and method."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def long_functions(source: Source) -> Iterator[Finding]:
    """Functions longer than the limit, from `def` to the last line."""
    if source.is_migration:
        return
    for function in functions(source.tree):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > FUNCTION_LINES:
            yield source.finding(function, "Q112", f"{function.name} has {length} lines, at most {FUNCTION_LINES}")


def is_actions(source: Source) -> bool:
    """Whether the file holds the writes of a stage."""
    return source.inside[:1] in {("actions.py",), ("actions",)}


def action_arguments(source: Source) -> Iterator[Finding]:
    """Public functions of actions: at most one argument by position; those that write take `by` and `now` by name."""
    if not is_actions(source):
        return
    for function in source.tree.body:
        if not isinstance(function, ast.FunctionDef) or function.name.startswith("_"):
            continue
        positional = len(function.args.posonlyargs) + len(function.args.args)
        if positional > 1:
            yield source.finding(function, "Q113", f"{function.name} takes {positional} arguments by position")
        by_name = {argument.arg for argument in function.args.kwonlyargs}
        for word in NEEDED if writes(function) else ():
            if word not in by_name:
                yield source.finding(function, "Q113", f"{function.name} writes and does not take `{word}` by name")


def frameworks_in_engines(source: Source) -> Iterator[Finding]:
    """Django, in any form, inside engine/."""
    if source.inside[:1] != ("engine",):
        return
    for node in ast.walk(source.tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        if any(name.split(".")[0] == "django" for name in names):
            yield source.finding(node, "Q114", "an engine imports Django: words and tables live above it")


RULES = (
    Rule("Q111", "A file that needs scrolling through has two subjects.", each(long_files)),
    Rule("Q112", "A function is read at one look.", each(long_functions)),
    Rule("Q113", "A write says by name who acts and when; nothing guesses either.", each(action_arguments)),
    Rule("Q114", "Engines are pure Python: checked without a database, in any language.", each(frameworks_in_engines)),
)
