"""What counts as writing to the database, as far as a reader of one file can tell."""

import ast
import re

from lint.source import calls, name_of

ALWAYS = {
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "abulk_create",
    "abulk_update",
    "aget_or_create",
    "aupdate_or_create",
    "acreate",
    "asave",
    "adelete",
    "aupdate",
}
NOTHING_BY_POSITION = {"save", "create", "update", "delete"}  # `set.update(x)` and `path.save(x)` take something
BARE = {"save", "delete"}
_SQL = re.compile(
    r"\s*(insert\s+into|update\s+\S+\s+set|delete\s+from|truncate|merge\s+into|copy\s+\S+\s+from)\b", re.IGNORECASE
)


def is_write(call: ast.Call) -> bool:
    """Whether a call is one of a manager or a model that writes."""
    if not isinstance(call.func, ast.Attribute):
        return False
    verb = call.func.attr
    if verb in ALWAYS:
        return True
    return verb in NOTHING_BY_POSITION and not call.args and (bool(call.keywords) or verb in BARE)


def is_sql_write(node: ast.AST) -> bool:
    """Whether a text is SQL that writes."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(_SQL.match(node.value))


def writes(function: ast.FunctionDef) -> bool:
    """Whether a function writes: it is atomic, or calls something that writes, or writes the journal."""
    if any(name_of(getattr(mark, "func", mark)) == "atomic" for mark in function.decorator_list):
        return True
    return any(is_write(call) or _is_journal(call) for call in calls(function))


def _is_journal(call: ast.Call) -> bool:
    func = call.func
    return isinstance(func, ast.Attribute) and func.attr == "write" and name_of(func.value) == "journal"
