"""What a reader can work out of the counts that are hidden: exactly, and with nothing but plain Python.

He knows every count that is shown, every total of the country, that zeros are never hidden, and which table is part of
which. How far a hidden count may be moved, all that being kept, is the greatest flow round a circle of the network;
what stops it is a cut, and the cut says which further counts would have to be hidden.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from qorgan.releases.engine.linked import LEAST, MOST, Arc, Cell, Linked, Pattern

PLENTY = 10**9


@dataclass(frozen=True)
class Need:
    """A hidden count must be able to be `steps` higher, or lower (`up` False), than it is."""

    cell: Cell
    up: bool
    steps: int


@dataclass(frozen=True)
class Gap:
    """A need that is not met: how far the count can be moved, and the arcs that stop it."""

    need: Need
    reached: int
    stops: tuple[tuple[int, bool], ...]  # number of the arc in its network, whether it would be made larger


@dataclass(frozen=True)
class Network:
    """The arcs of linked tables, with how far each may be moved up and down under a pattern."""

    arcs: tuple[Arc, ...]
    up: tuple[int, ...]
    down: tuple[int, ...]

    @cached_property
    def places(self) -> Mapping[Cell, int]:
        """The number of each count's arc."""
        return {arc.cell: number for number, arc in enumerate(self.arcs) if arc.cell is not None}

    @cached_property
    def touching(self) -> Mapping[str, tuple[int, ...]]:
        """The arcs at each point."""
        found: dict[str, list[int]] = {}
        for number, arc in enumerate(self.arcs):
            found.setdefault(arc.tail, []).append(number)
            found.setdefault(arc.head, []).append(number)
        return {point: tuple(numbers) for point, numbers in found.items()}


def network(tables: Linked, group: tuple[str, ...], pattern: Pattern, below: Mapping[str, int]) -> Network:
    """The network as a reader sees it. `below`: a count that every hidden one of a table is known to lie under."""
    arcs = tuple(tables.arcs(group))
    up, down = [], []
    for arc in arcs:
        higher, lower = _room(tables, arc, pattern, below)
        up.append(higher)
        down.append(lower)
    return Network(arcs, tuple(up), tuple(down))


def _room(tables: Linked, arc: Arc, pattern: Pattern, below: Mapping[str, int]) -> tuple[int, int]:
    """How far one count may be moved up and down, by itself."""
    if arc.cell is None:
        return PLENTY, arc.count
    if pattern.shows(arc.cell):
        return 0, 0
    is_withheld = arc.cell[0] in pattern.withheld
    edge = None if is_withheld else below.get(arc.cell[0])
    highest = tables.most(arc.cell, pattern.withheld)
    ends = [end for end in (highest, None if edge is None else edge - 1) if end is not None]
    lowest = max(0 if is_withheld else LEAST, tables.least(arc.cell, pattern.withheld))
    return max(0, min(ends) - arc.count) if ends else PLENTY, max(0, arc.count - lowest)


def needs(tables: Linked, group: tuple[str, ...], pattern: Pattern) -> list[Need]:
    """What the small counts of linked tables ask for.

    Each hidden one must be able to be anything from 1 to 6, whatever it is: two more or less than any small count, and
    nothing in that speaks of its own value. (A whole with two parts in sight that are no zeros is at least 2: its
    floor, which no hiding lowers.) In a withheld table it must be able to be nothing at all.
    """
    found = []
    for cell in sorted(cell for cell in tables.small if cell[0] in group):
        count = tables.count(cell)
        if cell[0] in pattern.withheld:
            found.append(Need(cell, up=False, steps=count))
        else:
            found += [
                Need(cell, up=False, steps=count - tables.floor(cell, pattern.withheld)),
                Need(cell, up=True, steps=MOST - count),
            ]
    return [need for need in found if need.steps > 0]


def gap(net: Network, need: Need) -> Gap | None:
    """Why the need is not met; None where it is."""
    own = net.places[need.cell]
    arc = net.arcs[own]
    allowed = net.up[own] if need.up else net.down[own]
    begin, end = (arc.head, arc.tail) if need.up else (arc.tail, arc.head)
    moved = [0] * len(net.arcs)
    reached = 0
    wanted = min(need.steps, allowed)
    while reached < wanted:
        way = _way(net, moved, own, begin, end)
        if isinstance(way, set):
            return Gap(need, reached, _stops(net, moved, own, way))
        step = min(wanted - reached, *(_left(net, moved, number, larger) for number, larger in way))
        for number, larger in way:
            moved[number] += step if larger else -step
        reached += step
    return None if reached >= need.steps else Gap(need, reached, ())


def _left(net: Network, moved: list[int], number: int, larger: bool) -> int:
    return net.up[number] - moved[number] if larger else net.down[number] + moved[number]


def _way(net: Network, moved: list[int], own: int, begin: str, end: str) -> list[tuple[int, bool]] | set[str]:
    """A shortest way along which something can still be moved; the points that can be reached where there is none."""
    came: dict[str, tuple[int, bool] | None] = {begin: None}
    waiting = deque([begin])
    while waiting and end not in came:
        point = waiting.popleft()
        for number in net.touching[point]:
            arc = net.arcs[number]
            larger = arc.tail == point
            there = arc.head if larger else arc.tail
            if number != own and there not in came and _left(net, moved, number, larger) > 0:
                came[there] = (number, larger)
                waiting.append(there)
    if end not in came:
        return set(came)
    way, point = [], end
    while (step := came[point]) is not None:
        way.append(step)
        arc = net.arcs[step[0]]
        point = arc.tail if step[1] else arc.head
    return way


def _stops(net: Network, moved: list[int], own: int, inside: set[str]) -> tuple[tuple[int, bool], ...]:
    """The arcs that lead out of the points that can be reached: each would let more through, were it open."""
    found = []
    for number, arc in enumerate(net.arcs):
        if number != own and (arc.tail in inside) != (arc.head in inside):
            found.append((number, arc.tail in inside))
    return tuple(found)
