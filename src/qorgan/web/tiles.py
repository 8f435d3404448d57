"""The tile map: one tile of equal size for each region, so that a small city is read as easily as a steppe."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from qorgan.releases.charts.tiles import steps

Number = int | Decimal
STEPS = 4
WIDE, HIGH, GAP = 102, 80, 4
SQUARE, ROUND = 4, 24


class Blank(StrEnum):
    """Why a tile has no value. A hidden one is hatched and marked with a star, as in the drawings of the release."""

    HIDDEN = "hidden"
    NONE = "none"


@dataclass(frozen=True)
class Tile:
    """A region on the map, its value with the text of it. `city` has round corners."""

    id: int
    row: int
    col: int
    name: str
    short: str
    city: bool
    value: Number | None
    text: str = ""
    blank: Blank | None = None


@dataclass(frozen=True)
class Drawn:
    """A tile with its place in units of the picture and its step: 0 without a value, 1 to 4 from the least up."""

    tile: Tile
    x: int
    y: int
    middle: int
    corner: int
    step: int

    @property
    def name_y(self) -> int:
        return self.y + 28

    @property
    def short_y(self) -> int:
        return self.y + 31

    @property
    def value_y(self) -> int:
        return self.y + 62


@dataclass(frozen=True)
class Step:
    """A range of the scale in words; `x` is its place in the legend."""

    step: int
    text: str
    x: int


@dataclass(frozen=True)
class TileMap:
    """The map drawn."""

    width: int
    height: int
    tiles: tuple[Drawn, ...]
    steps: tuple[Step, ...]
    hidden: bool


def tile_map(tiles: Sequence[Tile], *, write: Callable[[Decimal], str]) -> TileMap:
    """Draw the tiles. The ranges are those of the release's own drawing; `write` gives the text of their ends."""
    values = [Decimal(tile.value) for tile in tiles if tile.value is not None]
    bounds = steps(values)
    drawn = tuple(_drawn(tile, bounds) for tile in sorted(tiles, key=lambda one: (one.row, one.col)))
    return TileMap(
        width=max((one.x for one in drawn), default=0) + WIDE + 1,
        height=max((one.y for one in drawn), default=0) + HIGH + 1,
        tiles=drawn,
        steps=_legend(min(values), bounds, write) if values else (),
        hidden=any(tile.blank is Blank.HIDDEN for tile in tiles),
    )


def _drawn(tile: Tile, bounds: Sequence[Decimal]) -> Drawn:
    x, y = 1 + tile.col * (WIDE + GAP), 1 + tile.row * (HIGH + GAP)
    step = 0 if tile.value is None else _step(Decimal(tile.value), bounds)
    return Drawn(tile=tile, x=x, y=y, middle=x + WIDE // 2, corner=ROUND if tile.city else SQUARE, step=step)


def _step(value: Decimal, bounds: Sequence[Decimal]) -> int:
    """1 to 4; the last of fewer ranges is still the darkest, so that light always means little."""
    at = next(number for number, bound in enumerate(bounds) if value <= bound)
    return 1 + at + STEPS - len(bounds) if len(bounds) > 1 else 2


def _legend(least: Decimal, bounds: Sequence[Decimal], write: Callable[[Decimal], str]) -> tuple[Step, ...]:
    grain = Decimal(1).scaleb(min(0, *(int(bound.as_tuple().exponent) for bound in bounds)))
    found, low = [], least
    for place, bound in enumerate(bounds):
        text = "\u2013".join(dict.fromkeys((write(low), write(bound))))
        found.append(Step(_step(bound, bounds), text, 1 + place * 138))
        low = bound + grain
    return tuple(found)
