"""The rules, in order of their codes."""

from collections.abc import Iterable, Iterator

from lint.rules import layout, pages, portable, records, shape
from lint.source import Finding, Source

RULES = (*layout.RULES, *shape.RULES, *records.RULES, *portable.RULES, *pages.RULES)


def check(sources: Iterable[Source]) -> Iterator[Finding]:
    """What the rules find in the files, but for the exceptions that give their reason."""
    files = {source.path: source for source in sources}
    for rule in RULES:
        for finding in rule.check(list(files.values())):
            if (finding.line, finding.code) not in files[finding.path].allowed:
                yield finding
