"""The map of tiles: every region one equal tile at about its place, so that a large steppe does not shout."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from qorgan.base import words
from qorgan.releases.charts import drawing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDE, _HIGH, _GAP = 102.0, 80.0, 4.0
_UNITS_PER_INCH = 72.0
_LEGEND = 46.0
_LONG_NAME = 11


@dataclass(frozen=True)
class Tile:
    """A region's place on the map. `is_city` gives it round corners."""

    key: str
    row: int
    column: int
    name: str
    is_city: bool = False

    @classmethod
    def from_row(cls, row: Mapping[str, str], lang: str) -> Self | None:
        """From a row of the country's table of regions; None for one that has no place on the map."""
        if not row["tile_row"]:
            return None
        name = row.get(f"short_{lang}") or row.get(f"name_{lang}") or row["id"]
        return cls(row["id"], int(row["tile_row"]), int(row["tile_col"]), name, is_city="city" in row["kind"])


@dataclass(frozen=True)
class Cell:
    """A region's figure. `value` None: not shown; the tile is hatched and bears `mark` (`1–4`, or a dash)."""

    value: int | Decimal | None
    mark: str = "–"


def steps(values: Sequence[int | Decimal]) -> tuple[Decimal, ...]:
    """The upper bounds of up to four ranges of equal width, from the least to the greatest figure, in whole numbers
    where the figures are whole. Fewer ranges where the figures lie close."""
    exact = sorted({Decimal(value) for value in values})
    if not exact:
        return ()
    low, high = exact[0], exact[-1]
    count = min(len(drawing.STEPS), len(exact))
    grain = Decimal(1).scaleb(min(0, max(-2, min(int(value.as_tuple().exponent) for value in exact))))
    bounds = [low + (high - low) * (number + 1) / count for number in range(count)]
    return tuple(dict.fromkeys([*(bound.quantize(grain) for bound in bounds[:-1]), high]))


def tilemap(
    cells: Mapping[str, Cell],
    tiles: Sequence[Tile],
    *,
    title: str,
    description: str,
    lang: str,
    digits: int | None = None,
) -> bytes:
    """The map as SVG bytes, with its ranges below it. A tile without a cell bears a dash."""
    if not tiles:
        raise ValueError("a map of nothing")
    shown = [cell.value for cell in cells.values() if cell.value is not None]
    bounds = steps(shown)
    columns, rows = 1 + max(tile.column for tile in tiles), 1 + max(tile.row for tile in tiles)
    wide, high = columns * (_WIDE + _GAP) + _GAP, rows * (_HIGH + _GAP) + _GAP + _LEGEND
    with drawing.settings():
        figure = drawing.blank(wide / _UNITS_PER_INCH, high / _UNITS_PER_INCH)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, wide)
        axes.set_ylim(high, 0)
        for tile in sorted(tiles, key=lambda one: (one.row, one.column)):
            _tile(axes, tile, cells.get(tile.key, Cell(None)), bounds=bounds, lang=lang, digits=digits)
        _legend(axes, min(shown, default=None), bounds, top=high - _LEGEND + 14, wide=wide, lang=lang)
        return drawing.svg(figure, title=title, description=description, lang=lang)


def _box(axes: "Axes", corner: tuple[float, float], size: tuple[float, float], *, round_by: float, **look: Any) -> None:
    from matplotlib.patches import FancyBboxPatch

    style = f"round,pad=0,rounding_size={round_by}"
    axes.add_patch(FancyBboxPatch(corner, *size, boxstyle=style, mutation_aspect=1, **look))


def _step(value: int | Decimal, bounds: Sequence[Decimal]) -> int:
    """The step of a figure: the last of fewer ranges is still the darkest, so that light always means little."""
    at = next(number for number, bound in enumerate(bounds) if value <= bound)
    return at + len(drawing.STEPS) - len(bounds) if len(bounds) > 1 else 1


def _tile(axes: "Axes", tile: Tile, cell: Cell, *, bounds: Sequence[Decimal], lang: str, digits: int | None) -> None:
    x, y = _GAP + tile.column * (_WIDE + _GAP), _GAP + tile.row * (_HIGH + _GAP)
    ink = drawing.INK
    look: dict[str, Any] = {"facecolor": drawing.GROUND, "edgecolor": drawing.EDGE, "hatch": "///", "linewidth": 1}
    text = cell.mark
    if cell.value is not None:
        step = _step(cell.value, bounds)
        ink = drawing.STEPS_INK[step]
        text = words.number(cell.value, lang, digits=digits)
        look = {"facecolor": drawing.STEPS[step], "edgecolor": drawing.EDGE, "linewidth": 1 if step == 0 else 0}
    _box(axes, (x, y), (_WIDE, _HIGH), round_by=22 if tile.is_city else 4, **look)
    middle = x + _WIDE / 2
    back = None if cell.value is not None else {"facecolor": drawing.GROUND, "edgecolor": "none", "pad": 1.6}
    small = 13.5 if len(tile.name) < _LONG_NAME else 12
    axes.text(middle, y + 27, tile.name, ha="center", va="center", fontsize=small, color=ink, bbox=back)
    axes.text(middle, y + 54, text, ha="center", va="center", fontsize=19, fontweight="bold", color=ink, bbox=back)


def _legend(
    axes: "Axes", least: int | Decimal | None, bounds: Sequence[Decimal], *, top: float, wide: float, lang: str
) -> None:
    if least is None:
        return
    each = min(132.0, (wide - 2 * _GAP) / len(bounds))
    low = Decimal(least)
    grain = Decimal(1).scaleb(min(0, *(int(bound.as_tuple().exponent) for bound in bounds)))
    for number, bound in enumerate(bounds):
        step = _step(bound, bounds)
        corner = (_GAP + number * each, top)
        _box(
            axes,
            corner,
            (each - 3, 26),
            round_by=3,
            facecolor=drawing.STEPS[step],
            edgecolor=drawing.EDGE,
            linewidth=1 if step == 0 else 0,
        )
        from_to = [words.number(end, lang) for end in dict.fromkeys((low, bound))]
        axes.text(
            corner[0] + (each - 3) / 2,
            top + 13,
            "–".join(from_to),
            ha="center",
            va="center",
            fontsize=11.5,
            color=drawing.STEPS_INK[step],
        )
        low = bound + grain
