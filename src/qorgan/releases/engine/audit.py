"""The gate: no release leaves whose hidden counts a reader could work out.

An attack on every small count over all tables of the release, done in two ways that share nothing: the flows of
`attack`, always; and linear programs solved by HiGHS where the extra `disclosure` is installed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from qorgan.releases.engine.attack import gap, needs, network
from qorgan.releases.engine.linked import MOST, Cell, Linked, Pattern


class Disclosed(ValueError):
    """The tables give a hidden count away; the text names them, never the count."""


@dataclass(frozen=True)
class Known:
    """What a reader works out about one hidden count: at least, at most."""

    cell: Cell
    least: int
    most: int


def check(tables: Linked, pattern: Pattern, *, below: Mapping[str, int], programs: bool) -> None:
    """Let the release through, or raise Disclosed. `programs` asks HiGHS too."""
    found = [*shown_small(tables, pattern), *narrow(tables, pattern, below=below)]
    if programs:
        found += [each.cell for each in by_programs(tables, pattern) if not wide_enough(tables, pattern, each)]
    if found:
        places = ", ".join(f"{table} in region {region}" for table, region in sorted(set(found)))
        raise Disclosed(f"Small counts could be worked out: {places}.")


def shown_small(tables: Linked, pattern: Pattern) -> list[Cell]:
    """Small counts that are printed, and zeros that are not."""
    zeros = {cell for cell in pattern.hidden if tables.count(cell) == 0}
    return sorted({cell for cell in tables.small if pattern.shows(cell)} | zeros)


def narrow(tables: Linked, pattern: Pattern, *, below: Mapping[str, int]) -> list[Cell]:
    """Small counts that flows find too narrow."""
    found = []
    for group in tables.groups:
        net = network(tables, group, pattern, below)
        found += [need.cell for need in needs(tables, group, pattern) if gap(net, need) is not None]
    return found


def wide_enough(tables: Linked, pattern: Pattern, known: Known) -> bool:
    """Whether what is known of a small count leaves it open: from 1 to 6; in a withheld table, nothing at all too."""
    if known.cell[0] in pattern.withheld:
        return known.least <= 0
    return known.least <= tables.floor(known.cell, pattern.withheld) and known.most >= MOST


def by_programs(tables: Linked, pattern: Pattern) -> Iterator[Known]:
    """Least and most of every small count, each by a linear program over all tables linked with its own.

    The reader knows that counts are whole and not negative, what is shown, the totals, and the rule: what is hidden in
    a table that is given is no zero. Needs the extra `disclosure`.
    """
    for group in _merged(tables):
        small = sorted(cell for cell in tables.small if cell[0] in group)
        if small:
            program = _Program(tables, group, pattern)
            for cell in small:
                yield Known(cell, program.least(cell), program.most(cell))


def _merged(tables: Linked) -> list[tuple[str, ...]]:
    """Groups with those groups joined that overlapping parts link."""
    found = [set(group) for group in tables.groups]
    for pair in tables.beside.items():
        joined = [group for group in found if group & set(pair)]
        found = [group for group in found if not group & set(pair)] + [set().union(*joined)]
    return [tuple(table for table in tables.counts if table in group) for group in found]


class _Program:
    """The counts of linked tables as unknowns, held by what a reader knows."""

    def __init__(self, tables: Linked, group: tuple[str, ...], pattern: Pattern) -> None:
        import highspy

        self._model = highspy.Highs()  # type: ignore[no-untyped-call]  # its own types end at its constructor
        self._model.setOptionValue("output_flag", False)
        self._model.setOptionValue("threads", 1)
        self._columns: dict[Cell, int] = {}
        self._optimal = highspy.HighsModelStatus.kOptimal
        self._minimize, self._maximize = highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize
        for table in group:
            for region in tables.regions:
                self._unknown((table, region), tables, pattern)
        for table in group:
            cells = [(table, region) for region in tables.regions]
            total = sum(map(tables.count, cells))
            self._row(total, total, cells, [])
            for region in tables.regions if table in tables.parts else ():
                parts = [(part, region) for part in tables.parts[table]]
                self._row(0, float("inf"), [(table, region)], parts)
            for region in tables.regions if table in tables.beside else ():
                self._row(0, float("inf"), [(tables.beside[table], region)], [(table, region)])

    def _unknown(self, cell: Cell, tables: Linked, pattern: Pattern) -> None:
        count = float(tables.count(cell))
        self._columns[cell] = len(self._columns)
        if pattern.shows(cell):
            self._model.addVar(count, count)
        else:
            self._model.addVar(0.0 if cell[0] in pattern.withheld else 1.0, float("inf"))

    def _row(self, least: float, most: float, more: list[Cell], less: list[Cell]) -> None:
        columns = [self._columns[cell] for cell in (*more, *less)]
        self._model.addRow(least, most, len(columns), columns, [1.0] * len(more) + [-1.0] * len(less))

    def least(self, cell: Cell) -> int:
        """The least that the count can be."""
        return self._end(cell, self._minimize)

    def most(self, cell: Cell) -> int:
        """The most that the count can be."""
        return self._end(cell, self._maximize)

    def _end(self, cell: Cell, sense: Any) -> int:
        column = self._columns[cell]
        self._model.changeColCost(column, 1.0)
        self._model.changeObjectiveSense(sense)
        self._model.run()
        if self._model.getModelStatus() != self._optimal:
            raise ArithmeticError(f"no answer about {cell[0]}")
        value = self._model.getInfo().objective_function_value
        self._model.changeColCost(column, 0.0)
        return round(value)
