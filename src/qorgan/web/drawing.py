"""Clocks as pictures: the numbers of SVG attributes, since a page has no style attributes."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from qorgan.base import words
from qorgan.base.words.formats import NBSP

WIDTH = 720  # units of the long bar, whatever the term


class Tone(StrEnum):
    """What a clock says in shape and colour."""

    LATE = "late"
    DUE = "due"
    DONE = "done"
    PLAN = "plan"


@dataclass(frozen=True)
class Face:
    """A short clock: its tone, how long is left or past in words, the bar (none where there is nothing to draw)."""

    tone: Tone
    text: str
    bar: SafeString | None


@dataclass(frozen=True)
class Mark:
    """A moment on a long clock: when it is due, its words, how it stands and what is said under it."""

    at: datetime
    label: str | Promise
    tone: Tone
    note: str | Promise = ""


@dataclass(frozen=True)
class Tick:
    """A mark drawn: its place along the bar, and the share of the row under it (`step`, 1 to 9)."""

    mark: Mark
    x: str
    edge: str
    step: int


@dataclass(frozen=True)
class Bar:
    """A long clock drawn."""

    gone: str
    now: str
    ended: bool
    ticks: tuple[Tick, ...]
    tail: int


def mini(share: float, *, kind: str) -> SafeString:
    """The thin bar: `share` of 0 to 1 filled."""
    width = round(100 * min(max(share, 0.0), 1.0))
    return format_html(
        '<svg class="mini" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="k-track" x=".5" y=".5" width="99" height="7"/>'
        '<rect class="k-{}" width="{}" height="8"/></svg>',
        kind,
        width,
    )


def face(*, due: datetime | None, since: datetime | None, done: datetime | None, now: datetime, lang: str) -> Face:
    """The short clock of a duty: late, due or done; planned where no term is on record."""
    if done is not None:
        return Face(Tone.DONE, "", None)
    if due is None:
        return Face(Tone.PLAN, "", None)
    tone = Tone.LATE if due < now else Tone.DUE
    share = 1.0 if tone is Tone.LATE else _share(since, due, now)
    picture = None if since is None and tone is Tone.DUE else mini(share, kind=tone.value)
    text = words.ago(now - due, lang) if tone is Tone.LATE else words.left(due - now, lang)
    return Face(tone, _parted(text), picture)


def _parted(text: str) -> str:
    """The length with places to break a line between its parts, never inside one: a column may be narrow."""
    return re.sub(rf"{NBSP}(?=\d|\w+$)", " ", text)


def _share(start: datetime | None, end: datetime, now: datetime) -> float:
    if start is None or end <= start:
        return 0.0
    return max(0.0, min(1.0, (now - start) / (end - start)))


def clockbar(*, start: datetime, end: datetime, marks: list[Mark], now: datetime) -> Bar:
    """The long clock of an order: what is gone, where now is, a tick at each mark."""
    gone = WIDTH * _share(start, end, now)
    whole = max((end - start) / timedelta(days=1), 0.001)
    ticks, before = [], start
    for mark in marks:
        place = WIDTH * _share(start, end, mark.at)
        step = _step((mark.at - before) / timedelta(days=1), whole)
        ticks.append(Tick(mark, f"{place - 4:.1f}", f"{place - 3.5:.1f}", step))
        before = mark.at
    tail = _step((end - before) / timedelta(days=1), whole)
    return Bar(f"{gone:.1f}", f"{max(gone - 1.5, 0):.1f}", now >= end, tuple(ticks), tail)


def _step(days: float, whole: float) -> int:
    """The share of a gap as one of nine widths; a term of 30 days keeps 7 for a week."""
    return min(9, max(1, round(30 * days / whole)))


class Cell(StrEnum):
    """A field of a picture by years, told by its shape: full, full with a tick, half full, crossed, dashed, empty."""

    FULL = "full"
    DONE = "done"
    PART = "part"
    NOTHING = "nothing"
    AHEAD = "ahead"
    NONE = "none"


_STEP, _WIDE, _TALL = 60, 52, 26  # units from field to field, and of a field
_LEAST = 9  # columns: fewer are drawn as wide, not wider
_INSIDE = {
    Cell.FULL: '<rect class="k-gone" x="{x}" y="{y}" width="52" height="26"/>',
    Cell.DONE: (
        '<rect class="k-done" x="{x}" y="{y}" width="52" height="26"/>'
        '<path d="m{x} {y}m16 13 8 7 13-14" fill="none" stroke="var(--surface)" stroke-width="4"/>'
    ),
    Cell.PART: (
        '<rect class="k-track" x="{x}" y="{y}" width="52" height="26"/>'
        '<rect class="k-due" x="{x}" y="{y}" width="26" height="26"/>'
    ),
    Cell.NOTHING: (
        '<rect class="k-track" x="{x}" y="{y}" width="52" height="26"/>'
        '<path d="m{x} {y}m18 5 16 16m0-16-16 16" fill="none" stroke="var(--late)" stroke-width="4"/>'
    ),
    Cell.AHEAD: (
        '<rect x="{x}" y="{y}" width="52" height="26" fill="none" stroke="var(--edge)" stroke-dasharray="5 4"/>'
    ),
    Cell.NONE: (
        '<rect class="k-track" x="{x}" y="{y}" width="52" height="26"/>'
        '<path d="m{x} {y}m18 13h16" fill="none" stroke="var(--edge)" stroke-width="3"/>'
    ),
}


def cell(kind: Cell) -> SafeString:
    """One field by itself, for the words that say what its shape means."""
    drawn = format_html(_INSIDE[kind], x=1, y=1)
    return format_html('<svg viewBox="0 0 54 28" width="31" height="16" aria-hidden="true">{}</svg>', drawn)


def columns(heads: list[str], lines: list[tuple[str, list[Cell]]], *, title: str, told: str) -> SafeString:
    """A picture of lines of fields under heads, as years: each line is named above it. `told` says it in words."""
    width = _STEP * max(len(heads), _LEAST)
    parts = [
        format_html('<text x="{}" y="17" font-size="18" text-anchor="middle">{}</text>', _STEP * at + _WIDE / 2, head)
        for at, head in enumerate(heads)
    ]
    top = 26
    for name, cells in lines:
        parts.append(format_html('<text x="0" y="{}" font-size="18">{}</text>', top + 16, name))
        parts += [format_html(_INSIDE[kind], x=_STEP * at, y=top + 22) for at, kind in enumerate(cells)]
        top += 22 + _TALL + 8
    return format_html(
        '<svg viewBox="0 0 {} {}" width="100%" role="img" fill="currentColor"><title>{}</title><desc>{}</desc>{}</svg>',
        width,
        top,
        title,
        told,
        format_html_join("", "{}", ((part,) for part in parts)),
    )
