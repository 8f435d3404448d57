"""Bars and lines: the axis begins at zero, every figure is written, nothing is coloured good or bad."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from qorgan.base import words
from qorgan.releases.charts import drawing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, HEIGHT = 9.0, 3.2
_ROOM = 1.16  # space above the highest figure for its number
_LABEL_HEIGHT = 0.08  # of the highest figure
_ROOM_FOR_NAMES = 0.16  # of the width, to the right of the last place
_WITH_NUMBERS = 16  # more bars than this stand too close for numbers


@dataclass(frozen=True)
class Point:
    """One bar or one place on a line. `value` None: not shown, hatched or left open; `mark` says why, in its place."""

    label: str
    value: int | Decimal | None
    mark: str = ""


@dataclass(frozen=True)
class Series:
    """A line with its name. Points of all lines of a chart bear the same labels, in the same order."""

    name: str
    points: tuple[Point, ...]


def bars(points: Sequence[Point], *, title: str, description: str, lang: str, unit: str = "") -> bytes:
    """Bars side by side, each with its number: months of a year, kinds of something. SVG bytes."""
    with drawing.settings():
        figure, axes = _sheet(points, lang=lang, unit=unit)
        top = _top([points])
        for at, point in enumerate(points):
            _bar(axes, at, point, top=top, lang=lang, numbered=len(points) <= _WITH_NUMBERS)
        _finish(axes, points, top=top, lang=lang)
        return drawing.svg(figure, title=title, description=description, lang=lang)


def lines(series: Sequence[Series], *, title: str, description: str, lang: str, unit: str = "") -> bytes:
    """Lines over the same labels, the first drawn full and the others broken, each named where it ends. SVG bytes."""
    if len({tuple(point.label for point in line.points) for line in series}) != 1:
        raise ValueError("lines of one chart need the same labels")
    with drawing.settings():
        figure, axes = _sheet(series[0].points, lang=lang, unit=unit)
        top = _top([line.points for line in series])
        for number, line in enumerate(series):
            _line(axes, line, first=number == 0)
        _names(axes, series, top=top, lang=lang)
        _finish(axes, series[0].points, top=top, lang=lang)
        axes.set_xlim(-0.5, len(series[0].points) * (1 + _ROOM_FOR_NAMES) - 0.5)
        return drawing.svg(figure, title=title, description=description, lang=lang)


def _sheet(points: Sequence[Point], *, lang: str, unit: str) -> "tuple[Any, Axes]":
    if not points:
        raise ValueError("a chart of nothing")
    figure = drawing.blank(WIDTH, HEIGHT)
    axes = figure.add_axes((0.085, 0.13, 0.9, 0.76))
    axes.set_facecolor(drawing.GROUND)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(drawing.EDGE)
    if unit:
        figure.text(0.012, 0.955, unit, fontsize=9.5, color=drawing.QUIET, va="center")
    return figure, axes


def _top(lines_of_points: Sequence[Sequence[Point]]) -> float:
    return (
        max((float(point.value) for points in lines_of_points for point in points if point.value), default=0.0) or 1.0
    )


def _bar(axes: "Axes", at: int, point: Point, *, top: float, lang: str, numbered: bool) -> None:
    if point.value is None:
        axes.bar(at, top * 0.14, width=0.66, facecolor="none", edgecolor=drawing.EDGE, hatch="////", linewidth=0.8)
        axes.text(at, top * 0.16, point.mark, ha="center", va="bottom", fontsize=9, color=drawing.QUIET)
        return
    axes.bar(at, float(point.value), width=0.66, color=drawing.LAKE, linewidth=0)
    if numbered:
        text = words.number(point.value, lang)
        axes.text(at, float(point.value) + top * 0.02, text, ha="center", va="bottom", fontsize=9, color=drawing.INK)


def _line(axes: "Axes", line: Series, *, first: bool) -> None:
    at = range(len(line.points))
    values = [float("nan") if point.value is None else float(point.value) for point in line.points]
    colour = drawing.LAKE if first else drawing.EDGE
    style: dict[str, Any] = {"linewidth": 2.4, "marker": "o", "markersize": 4.5}
    if not first:
        style = {"linewidth": 1.6, "linestyle": (0, (4, 2.5))}
    axes.plot(list(at), values, color=colour, solid_capstyle="round", **style)


def _names(axes: "Axes", series: Sequence[Series], *, top: float, lang: str) -> None:
    """Each line's name and last figure at its end, from the lowest up, moved apart where they would touch."""
    ends = []
    for number, line in enumerate(series):
        shown = [(at, point.value) for at, point in enumerate(line.points) if point.value is not None]
        if shown:
            ends.append((shown[-1][1], shown[-1][0], number))
    free = 0.0
    for value, at, number in sorted(ends):
        height = max(float(value), free)
        free = height + top * _LABEL_HEIGHT
        axes.annotate(
            f"{series[number].name}: {words.number(value, lang)}",
            (at, height),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            color=drawing.QUIET if number else drawing.LAKE,
            fontweight="normal" if number else "bold",
        )


def _finish(axes: "Axes", points: Sequence[Point], *, top: float, lang: str) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.set_ylim(0, top * _ROOM)
    axes.set_xlim(-0.6, len(points) - 0.4)
    axes.set_xticks(range(len(points)), [point.label for point in points], color=drawing.INK, fontsize=9.5)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True, min_n_ticks=2))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _at: words.number(int(value), lang)))
    axes.tick_params(axis="y", length=0, labelcolor=drawing.QUIET, labelsize=9)
    axes.tick_params(axis="x", length=0, pad=5)
    axes.grid(axis="y", color=drawing.LINE, linewidth=0.8)
    axes.set_axisbelow(True)
