"""Disclosure control of a table by region whose national total is published exactly.

Counts of 1 to 4 are hidden, zeros stay. One hidden count could be had by subtraction, so further counts are hidden
with it, the smallest first, until nothing that a reader can work out is narrower than "from 1 to 6". The reader is
taken to know this rule as well as its author. What he can work out then is this, and no more:

- the hidden counts are the smallest ones that are not zero, so each lies below every count that is shown;
- their sum, by subtraction.

The rule stops on these two alone (never on the hidden values themselves, whose very stopping would then speak), and
equal counts are hidden together (or the choice among them would speak). Where hiding every count that is not zero is
not enough, the whole table is withheld.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SMALL = 4
ROOM = 2  # how much higher than any small count each hidden one must be able to be


@dataclass(frozen=True)
class Shown:
    """A table as it may be published: None is a hidden count. `withheld` says that not even zeros are shown."""

    cells: Mapping[int, int | None]
    withheld: bool

    @property
    def hidden(self) -> frozenset[int]:
        """The regions whose counts are hidden."""
        return frozenset(region for region, count in self.cells.items() if count is None)


def bounds(how_many: int, total: int, below: int | None) -> tuple[int, int]:
    """The least and the most that one of `how_many` hidden counts can be; `below` is the smallest count shown."""
    least, most = 1, total - (how_many - 1)
    if below is not None:
        most = min(most, below - 1)
        least = max(1, total - (how_many - 1) * (below - 1))
    return least, most


def _is_enough(hidden: list[int], below: int | None) -> bool:
    least, most = bounds(len(hidden), sum(hidden), below)
    return len(hidden) >= 2 and least == 1 and most >= SMALL + ROOM


def protect(counts: Mapping[int, int]) -> Shown:
    """The table as it may be published. Raises ValueError for a negative count."""
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count is never negative")
    values = sorted(count for count in counts.values() if count)
    if not values or values[0] > SMALL:
        return Shown(dict(counts), withheld=False)
    edge = SMALL
    while True:
        hidden = [value for value in values if value <= edge]
        below = next((value for value in values if value > edge), None)
        if _is_enough(hidden, below):
            cells = {region: None if 0 < count <= edge else count for region, count in counts.items()}
            return Shown(cells, withheld=False)
        if below is None:
            return Shown(dict.fromkeys(counts), withheld=True)
        edge = below
