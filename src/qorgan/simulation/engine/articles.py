"""The country's articles as the plan and the ledger read them: with code of their own, from the same data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from qorgan.simulation.engine.assumptions import ArticleChoice


@dataclass(frozen=True)
class Row:
    """An article, or a part of one, between two days."""

    code: str
    article: str
    part: str
    first: date
    last: date
    iccs: str
    traits: frozenset[str]


class Articles:
    """Which article an act of a day may fall under, and what it counts as."""

    def __init__(self, rows: Iterable[Mapping[str, Any]], registers: Mapping[str, str]) -> None:
        self._rows: dict[tuple[str, str], list[Row]] = {}
        self.registers = registers
        for row in rows:
            held = Row(
                row["code"],
                row["article"],
                row.get("part", ""),
                row["from"],
                row.get("until", date.max),
                row.get("iccs", ""),
                frozenset(row.get("traits", ())),
            )
            self._rows.setdefault((held.code, held.article), []).append(held)

    def row(self, code: str, article: str, part: str, *, on: date) -> Row | None:
        """The row of the part where it has one, else of the whole article; None where neither is in force."""
        found = {row.part: row for row in self._rows.get((code, article), ()) if row.first <= on <= row.last}
        return found.get(part) or found.get("")

    def span(self, choice: ArticleChoice, first: date, last: date) -> tuple[date, date] | None:
        """The days between two in which an act may fall under the article; None where there are none."""
        whole = [row for row in self._rows.get((choice.code, choice.article), ()) if not row.part]
        if not whole:
            return None
        begin = max(first, min(row.first for row in whole))
        end = min(last, max(row.last for row in whole), choice.until or date.max)
        return (begin, end) if begin <= end else None
