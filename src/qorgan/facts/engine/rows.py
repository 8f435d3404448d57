"""Rows of facts as plain values, and which of them say something new."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from qorgan.facts.engine.words import FactKind


class FactRow(NamedTuple):
    """One happening, as the records tell it now. What has no meaning for a kind, or is not known, is None.

    `record_version` is the version of the record it was read from. The columns are those of `facts.models.Fact`.
    """

    kind: FactKind
    link: bytes
    root: bytes | None
    on: date
    root_on: date | None
    region: int
    record_version: int
    part_of: bytes | None = None
    hours: Decimal | None = None
    code: str | None = None
    iccs: str | None = None
    traits: str | None = None
    sex: str | None = None
    age: int | None = None
    relation: str | None = None
    stage: str | None = None
    domestic: bool | None = None
    withdrawn: bool = False

    @property
    def key(self) -> tuple[str, bytes]:
        """What makes two rows versions of one fact."""
        return self.kind.value, self.link

    def says(self, other: "FactRow") -> bool:
        """Whether a reader of figures would see no difference, whatever version of the record they were read from."""
        return self._replace(record_version=other.record_version) == other


COLUMNS = FactRow._fields


def traits(words: Iterable[str]) -> str:
    """Words about an offence as one text in which each can be found whole: `|criminal|homicide|violent|`."""
    return "|" + "".join(f"{word}|" for word in sorted(set(words)))


class Told(NamedTuple):
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
    known = {link for _kind, link in stored}
    for thing in told:
        if thing.link not in known:  # told for the first time, as nearly all are
            for row in thing.rows:
                yield 1, row
            continue
        rows = {row.kind: row for row in thing.rows}
        for kind in thing.kinds:
            last = stored.get((kind.value, thing.link))
            now = rows.get(kind)
            if now is None and last is not None:
                now = last[1]._replace(withdrawn=True)
            if now is None or (last is not None and now.says(last[1])):
                continue
            yield (last[0] + 1 if last else 1), now
