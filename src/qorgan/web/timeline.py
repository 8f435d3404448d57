"""Moments along a line: a course in lanes, and a clock from its start to its due moment with now marked.

A moment done is a full circle, one missed a diamond with a cross, one planned an empty circle: told by shape first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_WIDE, _EDGE, _SIZE, _LANE, _LINE, _BESIDE = 360, 12, 13, 38, 24, 9
_POINTS = {
    "done": '<circle cx="{x}" cy="{y}" r="5" fill="var(--done)" stroke="var(--surface)"/>',
    "late": (
        '<path d="M{x} {y}m-8 0 8-8 8 8-8 8z" fill="var(--late)" stroke="var(--surface)"/>'
        '<path d="M{x} {y}m-3-3 6 6m0-6-6 6" stroke="var(--on-fill)" stroke-width="1.5"/>'
    ),
    "due": '<circle cx="{x}" cy="{y}" r="5" fill="var(--surface)" stroke="var(--due)" stroke-width="2"/>',
    "plan": '<circle cx="{x}" cy="{y}" r="5" fill="var(--surface)" stroke="var(--edge)" stroke-dasharray="2 2"/>',
}

# The line of now runs behind the name of a lane.
_NAME = (
    '<text x="{}" y="{}" fill="currentColor" paint-order="stroke" stroke="var(--surface)" stroke-width="4">{}</text>'
)


@dataclass(frozen=True)
class Point:
    """A moment of a course: when, and done, late, due or plan."""

    at: datetime
    state: str


@dataclass(frozen=True)
class Lane:
    """What belongs to one room, under its name."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Ends:
    """The words at both ends of a line and at now."""

    first: str
    last: str
    now: str


class _Scale:
    """From a moment to a place along the line; two moments that are one lie at its beginning."""

    def __init__(self, first: datetime, last: datetime) -> None:
        self.first, self.length = first, max(last - first, timedelta(seconds=1))

    def place(self, at: datetime) -> float:
        share = min(max((at - self.first) / self.length, 0.0), 1.0)
        return round(_EDGE + share * (_WIDE - 2 * _EDGE), 1)


def course(lanes: Sequence[Lane], *, now: datetime, ends: Ends, title: str, told: str) -> SafeString:
    """A course drawn. Lanes without a moment are left out; what was first stands left."""
    kept = [lane for lane in lanes if lane.points]
    moments = [point.at for lane in kept for point in lane.points] or [now]
    scale = _Scale(min(moments), max(*moments, now))
    bottom = _LANE * len(kept) + 4
    parts = [_now(scale.place(now), bottom)]
    for at, lane in enumerate(kept):
        y = _LANE * at + _LINE
        parts.append(
            format_html(_NAME, _EDGE, y - 10, lane.name)
            + format_html('<path d="M{} {}H{}" stroke="var(--line)"/>', _EDGE, y, _WIDE - _EDGE)
        )
        # What was missed lies on top, so that no other moment hides it.
        points = sorted(lane.points, key=lambda point: (point.state == "late", point.at))
        parts += [format_html(_POINTS.get(one.state, _POINTS["plan"]), x=scale.place(one.at), y=y) for one in points]
    parts.append(_ends(ends, scale.place(now), bottom + _SIZE + 2))
    return _svg(bottom + 2 * _SIZE + 10, title, told, parts)


def clock(*, start: datetime, due: datetime, now: datetime, ends: Ends, title: str, told: str) -> SafeString:
    """A clock drawn: from its start to the moment it is due, now marked; past that, the overrun is hatched."""
    scale = _Scale(start, max(due, now))
    here, end = scale.place(now), scale.place(due)
    parts = [
        format_html(
            '<rect x="{}" y="8" width="{}" height="10" fill="var(--sunken)" stroke="var(--edge)"/>', _EDGE, end - _EDGE
        ),
        format_html('<rect x="{}" y="8" width="{}" height="10" fill="var(--lake)"/>', _EDGE, min(here, end) - _EDGE),
    ]
    if now > due:
        lines = ((f"M{end + step} 18l6-10",) for step in range(0, max(int(here - end) - 5, 1), 6))
        parts.append(format_html('<rect x="{}" y="8" width="{}" height="10" stroke="var(--late)"/>', end, here - end))
        parts.append(format_html_join("", '<path d="{}" stroke="var(--late)" stroke-width="1.5"/>', lines))
    parts.append(format_html('<path d="M{} 3V23" stroke="currentColor" stroke-width="2"/>', end))
    parts.append(_now(here, 24))
    parts.append(_ends(ends, here, 24 + _SIZE))
    return _svg(24 + 2 * _SIZE + 8, title, told, parts)


def _now(x: float, bottom: int) -> SafeString:
    return format_html(
        '<path d="M{} 0V{}" stroke="currentColor" stroke-width="1.5" stroke-dasharray="4 3"/>'
        '<path d="M{} {}l-5 7h10z" fill="currentColor"/>',
        x,
        bottom,
        x,
        bottom,
    )


def _ends(ends: Ends, here: float, y: int) -> SafeString:
    """Now beside its arrow; first and last one line lower under their ends, so that neither covers the other."""
    side, aside = ("end", -_BESIDE) if here > _WIDE * 2 / 3 else ("start", _BESIDE)
    return format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="{}" fill="currentColor">{}</text>',
        (
            (_EDGE, y + _SIZE + 3, "start", ends.first),
            (_WIDE - _EDGE, y + _SIZE + 3, "end", ends.last),
            (here + aside, y, side, ends.now),
        ),
    )


def _svg(tall: int, title: str, told: str, parts: Iterable[SafeString]) -> SafeString:
    return format_html(
        '<svg viewBox="0 0 {} {}" width="100%" role="img" font-size="{}" fill="none">'
        "<title>{}</title><desc>{}</desc>{}</svg>",
        _WIDE,
        tall,
        _SIZE,
        title,
        told,
        format_html_join("", "{}", ((part,) for part in parts)),
    )
