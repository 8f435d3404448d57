"""What must not be tied to one machine, and what must not be silenced without a word."""

import ast
import re
from collections.abc import Iterator

from lint.rule import Rule, each
from lint.source import Finding, Source, calls, is_reason, name_of

_FOLDERS = "|".join(("root", "home", "work", "Users"))
_MACHINE_PATH = re.compile(rf"(?<![\w.~$}}*-])/(?:{_FOLDERS})/[\w.]")
_HOSTS = ("pypi" + r"\.org", "pythonhosted" + r"\.org", "npmjs" + r"\.(?:org|com)", "artifactory", "devpi", r"nexus\.")
_REGISTRY = re.compile(
    rf"https?://[^\s\"'>]*(?:{'|'.join(_HOSTS)})|(?:index-url|INDEX\w*)\s*[=\s]\s*[\"']?https?://", re.IGNORECASE
)
_SILENCERS = (
    re.compile(r"#\s*noqa\b(?P<codes>:\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)?(?P<why>.*)"),
    re.compile(r"#\s*type:\s*ignore(?P<codes>\[[\w\-, ]+\])?(?P<why>.*)"),
    re.compile(r"#\s*pragma:\s*no (?P<codes>cover)(?P<why>.*)"),
    re.compile(r"#\s*lint: allow (?P<codes>Q\d{3})(?P<why>.*)"),
)
_BARE_ALLOW = re.compile(r"\{#\s*lint: allow Q\d{3}(?P<why>.*?)#\}")
SKIPS = {"skip", "skipif", "xfail", "importorskip"}


def machine_paths(source: Source) -> Iterator[Finding]:
    """Paths of somebody's machine."""
    for number, line in enumerate(source.lines, 1):
        if _MACHINE_PATH.search(line):
            yield source.finding(number, "Q301", "a path of one machine")


def registry_hosts(source: Source) -> Iterator[Finding]:
    """Addresses of package registries and options that name one."""
    for number, line in enumerate(source.lines, 1):
        if _REGISTRY.search(line):
            yield source.finding(number, "Q302", "names a package registry: the installer's own settings do")


def silenced_without_reason(source: Source) -> Iterator[Finding]:
    """`noqa`, `type: ignore`, `no cover`, `lint: allow`: which rule, and why."""
    for number, comment in source.comments:
        for pattern in _SILENCERS:
            for match in pattern.finditer(comment):
                before = comment[: match.start()]
                if not match["codes"]:
                    yield source.finding(number, "Q303", f"`{match[0].strip()}` does not say which rule it silences")
                elif not is_reason(re.sub(r"#\s*(noqa\S*|type:\s*ignore\S*)", "", before + match["why"])):
                    yield source.finding(number, "Q303", "silenced without a reason behind it")
    if source.is_template:
        for number, line in enumerate(source.lines, 1):
            for match in _BARE_ALLOW.finditer(line):
                if not is_reason(match["why"]):
                    yield source.finding(number, "Q303", "silenced without a reason behind it")


def skipped_without_reason(source: Source) -> Iterator[Finding]:
    """Skipped and expected-to-fail tests: decorators and calls without words."""
    if not source.is_test:
        return
    called = {id(call.func): call for call in calls(source.tree)}
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Attribute) or node.attr not in SKIPS:
            continue
        if name_of(node.value) not in {"pytest", "mark"}:
            continue
        call = called.get(id(node))
        words = [keyword.value for keyword in call.keywords if keyword.arg in {"reason", "msg"}] if call else []
        if call and node.attr == "skip":
            words += call.args
        if not any(not isinstance(word, ast.Constant) or is_reason(str(word.value)) for word in words):
            yield source.finding(node, "Q304", f"{node.attr} without a reason")


RULES = (
    Rule("Q301", "The repository works from any clone, on any machine.", each(machine_paths)),
    Rule("Q302", "Where packages come from is the deployment's choice.", each(registry_hosts)),
    Rule("Q303", "An exception without its reason is a rule that nobody keeps.", each(silenced_without_reason)),
    Rule("Q304", "A test that does not run says why, loudly.", each(skipped_without_reason)),
)
