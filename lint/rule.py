"""A rule: its code, the reason it exists, and the check."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lint.source import Finding, Source


@dataclass(frozen=True)
class Rule:
    """`reason` is what a developer reads who has just been stopped by the rule."""

    code: str
    reason: str
    check: Callable[[Sequence[Source]], Iterable[Finding]]


def each(look: Callable[[Source], Iterable[Finding]]) -> Callable[[Sequence[Source]], Iterator[Finding]]:
    """A check of files one by one."""

    def check(sources: Sequence[Source]) -> Iterator[Finding]:
        for source in sources:
            yield from look(source)

    return check
