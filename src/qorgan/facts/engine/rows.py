"""Rows of facts as plain values, and which of them say something new."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from qorgan.facts.engine.words import FactKind


@dataclass(frozen=True)
class FactRow:
    """One happening, as the records tell it now.

    `record_version` is the version of the record it was read from. Two rows are equal where a reader of figures would
    see no difference, whatever version they were read from.
    """

    kind: FactKind
    link: bytes
    root: bytes | None
    on: date
    root_on: date | None
    region: int
    record_version: int = field(compare=False)
    hours: Decimal | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    withdrawn: bool = False

    @property
    def key(self) -> tuple[str, bytes]:
        """What makes two rows versions of one fact."""
        return self.kind.value, self.link


@dataclass(frozen=True)
class Told:
    """What the records tell about one thing: of each kind that it could be, a row, or nothing."""

    link: bytes
    kinds: tuple[FactKind, ...]
    rows: tuple[FactRow, ...]


Stored = Mapping[tuple[str, bytes], tuple[int, FactRow]]


def news(told: Iterable[Told], stored: Stored) -> Iterator[tuple[int, FactRow]]:
    """Version and row of each fact that differs from the last one stored.

    The version counts the versions of the fact, not of the record: an order's fact also changes when the report that
    its thread began with is corrected. What was told and is told no more is withdrawn, with its last content.
    """
    for thing in told:
        rows = {row.kind: row for row in thing.rows}
        for kind in thing.kinds:
            last = stored.get((kind.value, thing.link))
            row = rows.get(kind)
            if row is None and last is not None:
                row = replace(last[1], withdrawn=True)
            if row is None or (last is not None and row == last[1]):
                continue
            yield (last[0] + 1 if last else 1), row
