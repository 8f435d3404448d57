"""Where things lie and what they are called."""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from lint.rule import Rule, each
from lint.source import Finding, Source

EMPTY_WORDS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "service", "services"}
EMPTY_WORDS_ALLOWED = {"src/qorgan/config/settings/common.py"}  # what the settings of all processes share


def folders_without_init(sources: Sequence[Source]) -> Iterator[Finding]:
    """Folders under src/qorgan that hold Python, there or below, without `__init__.py`; data need none."""
    paths = sorted(PurePosixPath(source.path) for source in sources if source.is_python)
    first: dict[PurePosixPath, PurePosixPath] = {}
    for path in paths:
        if path.parts[:2] == ("src", "qorgan") and path.parts[2] != "country":
            for folder in path.parents:
                first.setdefault(folder, path)
    for folder, path in sorted(first.items()):
        if len(folder.parts) >= 2 and folder / "__init__.py" not in paths:
            yield Finding(str(path), 1, "Q101", f"{folder} has no __init__.py")


def empty_names(source: Source) -> Iterator[Finding]:
    """Modules and folders whose name says nothing."""
    if not source.is_python or source.path in EMPTY_WORDS_ALLOWED:
        return
    words = {part.removesuffix(".py") for part in source.parts}
    for word in sorted(words & EMPTY_WORDS):
        yield source.finding(1, "Q102", f"`{word}` says nothing about what is inside: name it for what it does")


def python_among_data(source: Source) -> Iterator[Finding]:
    """Python in a country's folder."""
    if source.stage == "country" and source.is_python:
        yield source.finding(1, "Q103", "a country is data: Python belongs into a stage")


RULES = (
    Rule("Q101", "import-linter silently skips a folder without __init__.py, and all in it.", folders_without_init),
    Rule("Q102", "A junk drawer has no place in the order of stages.", each(empty_names)),
    Rule("Q103", "Another country replaces country/ and no Python.", each(python_among_data)),
)
