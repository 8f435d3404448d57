"""How tables are related, who writes to them and how the database is spoken to."""

import ast
import re
from collections.abc import Iterator

from lint.rule import Rule, each
from lint.rules.shape import is_actions
from lint.source import Finding, Source, calls, name_of
from lint.writing import is_sql_write, is_write

WRITE_ALLOWED = {
    # folder or file: why it writes although it is no action
    "src/qorgan/base/journal/": "the journal row of every action, and the seals over them",
    "src/qorgan/base/keys/": "the key store stands below every action",
    "src/qorgan/simulation/loader/": "synthetic years set by set, proven equal to the actions row by row",
}
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
_SESSION = re.compile(
    r"set_config\s*\([^)]*,\s*(?:false|'f'|0)\s*\)"
    r"|^\s*set\s+(?:session\s+)?(?!local\b|constraints\b|transaction\b)[\w.]+\s*(?:=|to\b)",
    re.IGNORECASE | re.MULTILINE,
)


def _keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def reopened_accessors(source: Source) -> Iterator[Finding]:
    """`related_query_name` anywhere in a model."""
    for call in calls(source.tree):
        if _keyword(call, "related_query_name") is not None and not source.is_test:
            yield source.finding(call, "Q201", "related_query_name lets an earlier stage read a later one")


def _target(call: ast.Call) -> str:
    """The first word of a relation's target: `people` of `"people.Person"`; empty where it cannot be told."""
    target = _keyword(call, "to") or (call.args[0] if call.args else None)
    if isinstance(target, ast.Constant) and isinstance(target.value, str) and "." in target.value:
        return target.value.split(".")[0]
    return ""


def _imported_stages(tree: ast.Module) -> dict[str, str]:
    """Name -> stage for everything that is imported from a room of the house."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qorgan."):
            stage = (node.module or "").split(".")[1]
            found.update({alias.asname or alias.name: stage for alias in node.names})
    return found


def cascades_across_stages(source: Source) -> Iterator[Finding]:
    """CASCADE on a relation to another stage."""
    if not source.stage or source.is_migration:
        return
    imported = _imported_stages(source.tree)
    for call in calls(source.tree):
        how = _keyword(call, "on_delete") or (call.args[1] if len(call.args) > 1 else None)
        if name_of(call.func) not in RELATIONS or how is None or name_of(how) != "CASCADE":
            continue
        target = _keyword(call, "to") or (call.args[0] if call.args else None)
        stage = _target(call) or imported.get(getattr(target, "id", ""), source.stage)
        if stage != source.stage:
            yield source.finding(call, "Q202", f"deleting a row of {stage} would delete rows of {source.stage}")


def _may_write(source: Source) -> bool:
    return is_actions(source) or source.is_migration or any(source.path.startswith(place) for place in WRITE_ALLOWED)


def writes_outside_actions(source: Source) -> Iterator[Finding]:
    """Calls of managers and models that write, and SQL that writes, outside actions."""
    if not source.stage or _may_write(source):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and is_write(node):
            yield source.finding(node, "Q203", f".{name_of(node.func)}() writes: this belongs into an action")
        if is_sql_write(node):
            yield source.finding(node, "Q203", "SQL that writes: this belongs into an action")


def session_settings(source: Source) -> Iterator[Finding]:
    """Settings of PostgreSQL that outlive their transaction."""
    if not source.stage:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _SESSION.search(node.value):
            yield source.finding(node, "Q204", "a setting for the session leaks to the next user")


RULES = (
    Rule("Q201", "It re-opens the way back that related_name='+' closes.", each(reopened_accessors)),
    Rule(
        "Q202",
        "A later stage's records never vanish because an earlier one's did: PROTECT.",
        each(cascades_across_stages),
    ),
    Rule("Q203", "Only an action checks, writes the journal and is atomic.", each(writes_outside_actions)),
    Rule("Q204", "Only set_config(..., true) or SET LOCAL ends with its transaction.", each(session_settings)),
)
