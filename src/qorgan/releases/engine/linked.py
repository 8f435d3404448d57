"""The counts of a release as one system: tables by region, exact totals, parts within their wholes.

A reader sees all tables at once. What he can work out is decided by this alone: the regions of a table add up to the
total of the country, and a part is never larger than its whole. Both together are a network: an arc for every count,
and one for the unnamed rest of a whole; a change that keeps every total is a flow round a circle.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

SMALL = 4
ROOM = 2  # how much higher than any small count each hidden one must be able to be
LEAST, MOST = 1, SMALL + ROOM  # what every small count must be able to be, whatever it is

Cell = tuple[str, int]  # table, region


class Inconsistent(ValueError):
    """A count is negative."""


@dataclass(frozen=True)
class Pattern:
    """Which counts are hidden; and which tables are withheld as a whole, their zeros too."""

    hidden: frozenset[Cell] = frozenset()
    withheld: frozenset[str] = frozenset()

    def shows(self, cell: Cell) -> bool:
        """Whether a reader sees the count."""
        return cell not in self.hidden and cell[0] not in self.withheld


@dataclass(frozen=True)
class Arc:
    """One count in the network; `cell` is None for the rest of a whole that no table names."""

    tail: str
    head: str
    count: int
    cell: Cell | None


@dataclass(frozen=True)
class Linked:
    """Tables of one release. `within` names the whole of a part; the parts of one whole have nothing in common.

    `beside` names the whole of a part that overlaps with such parts. It does not fit in the network, so flows take
    the other table of the pair for fixed: they find a reader to know more than he does, never less.
    """

    counts: Mapping[str, Mapping[int, int]]
    within: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def regions(self) -> tuple[int, ...]:
        """Every region that some table has."""
        return tuple(dict.fromkeys(region for table in self.counts.values() for region in table))

    def count(self, cell: Cell) -> int:
        """A true count; nothing counted where the table has no such region."""
        return self.counts[cell[0]].get(cell[1], 0)

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """The parts of each whole."""
        found: dict[str, list[str]] = {}
        for part in self.counts:
            if part in self.within:
                found.setdefault(self.within[part], []).append(part)
        return {whole: tuple(named) for whole, named in found.items()}

    def inside(self, table: str) -> list[str]:
        """A table with all that is part of it."""
        found = [table]
        for each in found:
            found += [part for part in self.counts if self.whole_of(part) == each]
        return found

    @cached_property
    def small(self) -> frozenset[Cell]:
        """The counts that say something about a person: 1 to 4."""
        return frozenset(
            (table, region)
            for table, counts in self.counts.items()
            for region, count in counts.items()
            if 0 < count <= SMALL
        )

    @cached_property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Tables that are linked, together; each in the order given."""
        roots: dict[str, list[str]] = {}
        for table in self.counts:
            roots.setdefault(self._root(table), []).append(table)
        return tuple(tuple(tables) for tables in roots.values())

    def whole_of(self, table: str) -> str | None:
        """The whole of a part, whether it fits beside the others or not."""
        return self.within.get(table) or self.beside.get(table)

    def most(self, cell: Cell, withheld: Collection[str]) -> int | None:
        """The most that a part beside others can be, its whole (or what that is part of) being what it is."""
        whole = self.beside.get(cell[0])
        while whole is not None and whole in withheld:
            whole = self.whole_of(whole)
        return None if whole is None else self.count((whole, cell[1]))

    def least(self, cell: Cell, withheld: Collection[str]) -> int:
        """The least that a whole can be, the parts beside others being what they are."""
        overlapping = (part for part, whole in self.beside.items() if whole == cell[0] and part not in withheld)
        return max((self.count((part, cell[1])) for part in overlapping), default=0)

    def floor(self, cell: Cell, withheld: Collection[str]) -> int:
        """What all know of a hidden count: zeros being shown it is at least one, and one for each of its parts."""
        if not self.count(cell) or cell[0] in withheld:
            return 0
        return max(LEAST, sum(self.floor((part, cell[1]), withheld) for part in self.parts.get(cell[0], ())))

    def _root(self, table: str) -> str:
        while table in self.within:
            table = self.within[table]
        return table

    def arcs(self, group: tuple[str, ...]) -> Iterator[Arc]:
        """The network of linked tables."""
        for table in group:
            whole = self.within.get(table)
            for region in self.regions:
                tail = f"{whole}@{region}" if whole else "all"
                head = f"{table}@{region}" if table in self.parts else f"={table}"
                count = self.count((table, region))
                yield Arc(tail, head, count, (table, region))
                if table in self.parts:
                    named = sum(self.count((part, region)) for part in self.parts[table])
                    yield Arc(head, f"rest={table}", count - named, None)


def linked(counts: Mapping[str, Mapping[int, int]], within: Mapping[str, str]) -> Linked:
    """The system of the tables. A link that the counts themselves contradict tells a reader nothing and is dropped.

    Raises Inconsistent for a negative count.
    """
    if any(count < 0 for table in counts.values() for count in table.values()):
        raise Inconsistent("a count is never negative")
    kept: dict[str, str] = {}
    beside: dict[str, str] = {}
    taken: dict[str, dict[int, int]] = {}
    for part in counts:
        whole = within.get(part, "")
        if whole not in counts or whole == part or not _fits(counts[part], counts[whole], {}):
            continue
        room = taken.setdefault(whole, {})
        if _fits(counts[part], counts[whole], room):
            kept[part] = whole
            for region, count in counts[part].items():
                room[region] = room.get(region, 0) + count
        else:
            beside[part] = whole
    return Linked(counts, kept, beside)


def _fits(part: Mapping[int, int], whole: Mapping[int, int], taken: Mapping[int, int]) -> bool:
    return all(count + taken.get(region, 0) <= whole.get(region, 0) for region, count in part.items())
