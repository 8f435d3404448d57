"""Which counts are hidden beside the small ones, so that none of those can be worked out.

Two ways, one demand (`attack.needs`). The core's own rule hides the smallest counts of a table first. With the extra
`disclosure` HiGHS finds the fewest counts that do: a program over yes and no for every count, with one inequality for
every cut that an attack has found, until no attack finds another.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from qorgan.releases.engine.attack import PLENTY, Gap, Network, gap, needs, network
from qorgan.releases.engine.disclosure import protect
from qorgan.releases.engine.linked import LEAST, Cell, Linked, Pattern

RULE, HIGHS = "rule", "highs"
_EACH = 100  # a count less hidden weighs more than any preference among counts
_ROUNDS = 20  # after so many the rest is closed count by count: near the fewest, within seconds
# No clock decides anything here: a limit in seconds would give other bytes on a slower machine.
_OPTIONS = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.02,
    "mip_max_nodes": 20,
}


class CannotProtect(ValueError):
    """A table holds counts that nothing short of no table at all would protect, and not even that does."""


@dataclass(frozen=True)
class _Draw:
    """A pattern half-way: hidden counts, withheld tables."""

    hidden: set[Cell]
    withheld: set[str]

    @property
    def pattern(self) -> Pattern:
        return Pattern(frozenset(self.hidden), frozenset(self.withheld))


def method() -> str:
    """`highs` where the extra is installed, else the core's `rule`."""
    from importlib.util import find_spec

    return HIGHS if find_spec("highspy") else RULE


def pattern(tables: Linked, *, method: str) -> Pattern:
    """The pattern of all tables by one of the two ways. Raises CannotProtect."""
    found = [_by_rule(tables, group) if method == RULE else _by_highs(tables, group) for group in tables.groups]
    return Pattern(
        frozenset().union(*(each.hidden for each in found)), frozenset().union(*(each.withheld for each in found))
    )


def edges(tables: Linked, pattern: Pattern) -> dict[str, int]:
    """For a reader who knows the core's rule: the smallest count shown of each table, under which all hidden lie."""
    found = {}
    for table, counts in tables.counts.items():
        if table not in pattern.withheld and any((table, region) in pattern.hidden for region in counts):
            shown = [count for region, count in counts.items() if count and (table, region) not in pattern.hidden]
            if shown:
                found[table] = min(shown)
    return found


def _gaps(
    tables: Linked, group: tuple[str, ...], pattern: Pattern, below: Mapping[str, int] = MappingProxyType({})
) -> Iterator[Gap]:
    net = network(tables, group, pattern, below)
    for need in needs(tables, group, pattern):
        found = gap(net, need)
        if found is not None:
            yield found


def _by_rule(tables: Linked, group: tuple[str, ...]) -> Pattern:
    """Table by table first; then, while linked tables still give something away, one further step of one of them."""
    draw = _Draw(set(), set())
    for table in group:
        if table in draw.withheld:  # with a whole that was withheld before it
            continue
        shown = protect(tables.counts[table])
        if shown.withheld:
            _withhold(tables, draw, table)
        else:
            draw.hidden.update((table, region) for region in shown.hidden)
    while True:
        found = draw.pattern
        below = edges(tables, found)
        net = network(tables, group, found, below)
        open_gap = next(_gaps(tables, group, found, below), None)
        if open_gap is None:
            return found
        _step(tables, draw, open_gap, net)


def _step(tables: Linked, draw: _Draw, open_gap: Gap, net: Network) -> None:
    """Hide the next smallest counts of the table where they are smallest; where none is left, withhold a table."""
    own = open_gap.need.cell[0]
    stopping = {arc.cell[0] for number, _ in open_gap.stops if (arc := net.arcs[number]).cell is not None}
    nexts = []
    for table in sorted(stopping | {own}):
        left = [count for region, count in tables.counts[table].items() if count and (table, region) not in draw.hidden]
        if left and table not in draw.withheld:
            nexts.append((min(left), table))
    if nexts:
        edge, table = min(nexts)
        draw.hidden.update((table, region) for region, count in tables.counts[table].items() if 0 < count <= edge)
    else:
        _withhold(tables, draw, own)


def _withhold(tables: Linked, draw: _Draw, table: str) -> None:
    """Withhold a table with its parts; where it is already, the next larger one it is part of."""
    at: str | None = table
    while at is not None and at in draw.withheld:
        at = tables.whole_of(at)
    if at is None:
        raise CannotProtect(f"{table}: its own records are all there is, and the total of the country is exact")
    inside = tables.inside(at)
    draw.withheld.update(inside)
    draw.hidden.difference_update({cell for cell in draw.hidden if cell[0] in inside})


def _by_highs(tables: Linked, group: tuple[str, ...]) -> Pattern:
    draw = _Draw(set(), set())
    while True:
        found = _fewest(tables, group, draw)
        if isinstance(found, Pattern):
            return found
        _withhold(tables, draw, found)


def _fewest(tables: Linked, group: tuple[str, ...], draw: _Draw) -> Pattern | str:
    """The pattern of the fewest counts, the withheld tables given; or the name of a table that has none."""
    small = frozenset(cell for cell in tables.small if cell[0] in group and cell[0] not in draw.withheld)
    free = [
        (table, region)
        for table in group
        if table not in draw.withheld
        for region, count in tables.counts[table].items()
        if count and (table, region) not in small
    ]
    withheld = frozenset(draw.withheld)
    hopeless = next(_gaps(tables, group, Pattern(small | frozenset(free), withheld)), None)
    if hopeless is not None:
        return hopeless.need.cell[0]
    program = _Program(tables, free)
    for _round in range(_ROUNDS):
        found = Pattern(small | program.solved(), withheld)
        if not program.learn(group, found):
            return _opened(tables, group, found, small)
    return _opened(tables, group, _closed(tables, group, found), small)


def _closed(tables: Linked, group: tuple[str, ...], pattern: Pattern) -> Pattern:
    """What the last round leaves open, closed one count at a time, the smallest first."""
    while True:
        net = network(tables, group, pattern, {})
        open_gap = next(_gaps(tables, group, pattern), None)
        if open_gap is None:
            return pattern
        cells = [cell for number, _ in open_gap.stops if (cell := net.arcs[number].cell) and tables.count(cell)]
        shown = [cell for cell in cells if pattern.shows(cell)]
        pattern = replace(pattern, hidden=pattern.hidden | {min(shown, key=lambda cell: (tables.count(cell), cell))})


def _opened(tables: Linked, group: tuple[str, ...], pattern: Pattern, small: frozenset[Cell]) -> Pattern:
    """The pattern without those counts, the largest first, that need not be hidden after all."""
    for cell in sorted(pattern.hidden - small, key=lambda cell: (-tables.count(cell), cell)):
        without = replace(pattern, hidden=pattern.hidden - {cell})
        if next(_gaps(tables, group, without), None) is None:
            pattern = without
    return pattern


def _weight(count: int) -> int:
    """Small counts are hidden before large ones, few before many."""
    return _EACH + count.bit_length()


class _Program:
    """The fewest counts such that every cut learnt so far lets enough through."""

    def __init__(self, tables: Linked, cells: list[Cell]) -> None:
        import highspy

        self._tables, self._cells = tables, cells
        self._numbers = {cell: number for number, cell in enumerate(cells)}
        self._model = highspy.Highs()  # type: ignore[no-untyped-call]  # its own types end at its constructor
        for option, value in _OPTIONS.items():
            self._model.setOptionValue(option, value)
        for number, cell in enumerate(cells):
            self._model.addVar(0.0, 1.0)
            self._model.changeColCost(number, float(_weight(tables.count(cell))))
            self._model.changeColIntegrality(number, highspy.HighsVarType.kInteger)
        self._cuts: set[tuple[tuple[int, ...], tuple[int, ...], int]] = set()

    def solved(self) -> frozenset[Cell]:
        """The counts that are hidden beside the small ones."""
        if not self._cuts:
            return frozenset()
        self._model.run()
        values = self._model.getSolution().col_value
        if len(values) != len(self._cells):  # no answer within the limits: hiding all of them always is one
            return frozenset(self._cells)
        return frozenset(cell for cell, value in zip(self._cells, values, strict=True) if value > 0.5)

    def learn(self, group: tuple[str, ...], pattern: Pattern) -> bool:
        """Take in the cuts that still stop some need, each need's one behind the other; False where none does."""
        learnt = False
        for need in needs(self._tables, group, pattern):
            opened = pattern
            while (found := gap(net := network(self._tables, group, opened, {}), need)) is not None:
                learnt = True
                cells = self._cut(net, opened, found)
                opened = replace(opened, hidden=opened.hidden | cells)
        return learnt

    def _cut(self, net: Network, pattern: Pattern, found: Gap) -> frozenset[Cell]:
        """Ask that a cut be opened wide enough; the counts that would open it."""
        lacking = found.need.steps
        opening: dict[int, int] = {}
        for number, larger in found.stops:
            cell = net.arcs[number].cell
            if cell is not None and cell in self._numbers:
                opening[self._numbers[cell]] = _wide(self._tables, cell, pattern.withheld, larger=larger)
            else:
                lacking -= net.up[number] if larger else net.down[number]
        columns = tuple(sorted(opening))
        widths = tuple(min(opening[column], lacking) for column in columns)
        if (columns, widths, lacking) not in self._cuts:
            self._cuts.add((columns, widths, lacking))
            self._model.addRow(float(lacking), float("inf"), len(columns), list(columns), list(map(float, widths)))
        return frozenset(self._cells[column] for column in columns)


def _wide(tables: Linked, cell: Cell, withheld: Collection[str], *, larger: bool) -> int:
    """How much more a cut lets through once the count is hidden."""
    count, most = tables.count(cell), tables.most(cell, withheld)
    if larger:
        return PLENTY if most is None else most - count
    return count - max(LEAST, tables.least(cell, withheld))
