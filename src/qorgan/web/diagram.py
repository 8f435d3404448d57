"""State diagrams as pictures, drawn from the tables that the rules obey: states under one another, ways beside them.

Pages draw with the colours of the look, which follow the reader's; a file that stands alone brings its own.
"""

import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_BOX, _GAP, _LANE, _LINE, _SIZE = 300, 30, 20, 22, 17
_LETTERS = 26  # that a line of a box holds, of the widest script


@dataclass(frozen=True)
class Colours:
    """Ink, paper, the fill of the state that holds now, and the ink on it."""

    ink: str
    paper: str
    now: str
    on_now: str


PAGE = Colours("currentColor", "none", "var(--lake)", "var(--on-lake)")
FILE = Colours("#1f2b2e", "#fffdf9", "#0e5563", "#fff")


@dataclass(frozen=True)
class _Box:
    """A state as a box: its words in lines, its upper edge and how tall it is."""

    state: str
    lines: tuple[str, ...]
    top: int
    tall: int

    @property
    def middle(self) -> int:
        return self.top + self.tall // 2

    @property
    def bottom(self) -> int:
        return self.top + self.tall


@dataclass(frozen=True)
class _Way:
    """From one box to another; `lane` 0 goes straight down, 1 and more beside the boxes, forward right, back left."""

    start: int
    end: int
    lane: int


def ways(states: Iterable[Any], follows: Mapping[Any, Iterable[Any]], label: Callable[[Any], str]) -> list[str]:
    """The diagram in words: one sentence for each state."""
    return [f"{label(one)} → {', '.join(label(to) for to in states if to in follows[one]) or '■'}" for one in states]


def drawn(
    states: type[StrEnum],
    follows: Mapping[Any, Iterable[Any]],
    *,
    label: Callable[[Any], str],
    title: str,
    now: str = "",
    colours: Colours = PAGE,
) -> SafeString:
    """The picture. A thing begins at the first state; one that nothing follows has a double edge; `now` is full."""
    boxes = _boxes(states, label)
    places = {box.state: at for at, box in enumerate(boxes)}
    found = _lanes([(places[one.value], places[to.value]) for one in states for to in states if to in follows[one]])
    right = 1 + max((way.lane for way in found if way.start < way.end), default=0)
    left = 1 + max((way.lane for way in found if way.start > way.end), default=0)
    x = left * _LANE
    ends = {one.value for one in states if not follows[one]}
    parts = [_begin(x, colours)]
    parts += [_way(way, boxes, x, colours) for way in found]
    parts += [_box(box, x, colours, is_end=box.state in ends, is_now=box.state == now) for box in boxes]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="100%" role="img" font-size="{}" '
        'font-family="system-ui, Noto Sans, DejaVu Sans, sans-serif" fill="none">'
        "<title>{}</title><desc>{}</desc>{}{}</svg>",
        x + _BOX + right * _LANE,
        boxes[-1].bottom + 8,
        _SIZE,
        title,
        "; ".join(ways(list(states), follows, label)),
        SafeString() if colours is PAGE else format_html('<rect width="100%" height="100%" fill="{}"/>', colours.paper),
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def _boxes(states: Iterable[Any], label: Callable[[Any], str]) -> list[_Box]:
    made, top = [], 36
    for one in states:
        lines = tuple(textwrap.wrap(label(one), _LETTERS)) or (one.value,)
        made.append(_Box(one.value, lines, top, _LINE * len(lines) + 14))
        top = made[-1].bottom + _GAP
    return made


def _lanes(pairs: list[tuple[int, int]]) -> list[_Way]:
    """Each way in the nearest lane of its side that no other way over the same boxes takes; the short ones first."""
    made: list[_Way] = []
    for start, end in sorted(pairs, key=lambda one: (abs(one[0] - one[1]), one)):
        if end == start + 1:
            made.append(_Way(start, end, 0))
            continue
        beside = [one for one in made if one.lane and (one.start < one.end) == (start < end)]
        low, high = sorted((start, end))
        taken = {one.lane for one in beside if min(one.start, one.end) < high and low < max(one.start, one.end)}
        made.append(_Way(start, end, next(lane for lane in range(1, len(pairs) + 2) if lane not in taken)))
    return made


def _begin(x: int, colours: Colours) -> SafeString:
    middle = x + _BOX // 2
    return format_html(
        '<circle cx="{}" cy="8" r="6" fill="{}"/><path d="M{} 14V31" stroke="{}" stroke-width="1.5"/>{}',
        middle,
        colours.ink,
        middle,
        colours.ink,
        _head(middle, 36, "down", colours),
    )


def _way(way: _Way, boxes: list[_Box], x: int, colours: Colours) -> SafeString:
    first, last = boxes[way.start], boxes[way.end]
    if not way.lane:
        middle = x + _BOX // 2
        line = f"M{middle} {first.bottom}V{last.top - 5}"
        return _line(line, _head(middle, last.top, "down", colours), colours)
    forward = way.start < way.end
    edge, side = (x + _BOX, 1) if forward else (x, -1)
    far = edge + side * _LANE * way.lane
    # Ways that leave and ways that come stand apart on the edge of a box.
    leave, come = first.middle + (6 if forward else -6), last.middle + (-6 if forward else 6)
    line = f"M{edge} {leave}H{far}V{come}H{edge + side * 5}"
    return _line(line, _head(edge, come, "left" if forward else "right", colours), colours)


def _line(path: str, head: SafeString, colours: Colours) -> SafeString:
    drawn = format_html('<path d="{}" stroke="{}" stroke-width="1.5" stroke-linejoin="round"/>', path, colours.ink)
    return drawn + head


def _head(x: int, y: int, to: str, colours: Colours) -> SafeString:
    """The head of an arrow whose tip is at a point."""
    sides = {"down": "l-5-9h10z", "left": "l9-5v10z", "right": "l-9-5v10z"}
    return format_html('<path d="M{} {}{}" fill="{}"/>', x, y, sides[to], colours.ink)


def _box(box: _Box, x: int, colours: Colours, *, is_end: bool, is_now: bool) -> SafeString:
    fill, ink = (colours.now, colours.on_now) if is_now else (colours.paper, colours.ink)
    edge = '<rect x="{}" y="{}" width="{}" height="{}" rx="8" fill="{}" stroke="{}" stroke-width="{}"/>'
    outer = format_html(edge, x, box.top, _BOX, box.tall, fill, colours.ink, 3 if is_now else 1.5)
    inner = format_html(edge, x + 4, box.top + 4, _BOX - 8, box.tall - 8, "none", ink, 1) if is_end else SafeString()
    words = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle" fill="{}">{}</text>',
        ((x + _BOX // 2, box.top + 7 + _LINE * (at + 1) - 6, ink, line) for at, line in enumerate(box.lines)),
    )
    return outer + inner + words
