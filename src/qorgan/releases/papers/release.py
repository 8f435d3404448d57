"""A release as a press release on paper: A4, one language; what can be read out first, the tables last."""

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from qorgan.base import country, words
from qorgan.base.paper import render

TEMPLATE = Path(__file__).with_name("release.typ")


@dataclass(frozen=True)
class HeadFigure:
    """One of the four figures on top, as it is written: number, a small unit beside it, what it counts, compared."""

    number: str
    unit: str
    name: str
    comparison: str = ""


@dataclass(frozen=True)
class Row:
    """A region and its cells as written; None is a cell that may not be shown: it is hatched."""

    name: str
    cells: tuple[str | None, ...]


@dataclass(frozen=True)
class Part:
    """Figures that belong together: their sentences, and their tables by region side by side.

    `headings` names the columns after the region; `total` is the line of the whole country.
    """

    title: str
    paragraphs: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    total: Row | None = None
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Definition:
    """What an indicator counts, for the page."""

    name: str
    meaning: str
    unit: str
    numerator: str
    denominator: str
    limits: str


@dataclass(frozen=True)
class Publisher:
    """One of those who published it: name as signed, post."""

    name: str
    post: str = ""


@dataclass(frozen=True)
class ReleasePaper:
    """Everything that the paper says. Texts are in `lang`; charts are SVG as this stage draws them, with their titles.

    `digest` is the hexadecimal SHA-256 of what the release says. `definitions` stand on the page, not on paper.
    """

    lang: str
    number: str
    agency: str
    subject: str
    headline: str
    lead: str
    figures: tuple[HeadFigure, ...]
    as_of: datetime
    zone: str
    digest: str
    key_id: str
    verify_command: str
    published_at: datetime | None = None
    publishers: tuple[Publisher, ...] = ()
    comparison: str = ""
    parts: tuple[Part, ...] = ()
    charts: tuple[tuple[str, bytes], ...] = ()
    map: bytes | None = None
    map_title: str = ""
    map_note: str = ""
    definitions: tuple[Definition, ...] = ()
    notes: tuple[str, ...] = ()
    key_is_demo: bool = False
    is_synthetic: bool = False


def paper(release: ReleasePaper, *, created: datetime) -> bytes:
    """The PDF (PDF/A-2a). `created` is the file's date; equal input gives equal bytes."""
    return render(TEMPLATE, content(release), created=created)


def content(release: ReleasePaper) -> dict[str, Any]:
    """The values that the template lays out."""
    labels = _labels(release.lang)
    drawn = {
        "charts": [{"title": title, "svg": drawn.decode()} for title, drawn in release.charts],
        "map": release.map.decode() if release.map else "",
    }
    days = {"as_of": _dated(labels["as_of"], release.as_of, release)}
    if release.published_at:
        days["published"] = _dated(labels["published"], release.published_at, release)
    left_out = {"charts", "definitions"}
    plain = {
        key: value
        for key, value in asdict(release).items()
        if key not in left_out and not isinstance(value, bytes | datetime)
    }
    return (
        plain
        | drawn
        | {
            "labels": labels,
            "days": list(days.values()),
            "number_words": labels["number"].format(number=release.number),
            "digest": _in_fours(release.digest),
            "stamp": _stamp(release.lang) if release.is_synthetic else [],
        }
    )


def _labels(lang: str) -> dict[str, str]:
    every = country.toml("words/papers.toml")["release"]
    found: dict[str, str] = every.get(lang) or next(iter(every.values()))
    return found


def _dated(pattern: str, at: datetime, release: ReleasePaper) -> str:
    return pattern.format(date=words.date_long(words.local(at, release.zone), release.lang))


def _in_fours(digest: str) -> str:
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def _stamp(lang: str) -> list[dict[str, str]]:
    said = country.toml("country.toml")["synthetic"]
    own = lang if lang in said else next(iter(said))
    return [{"lang": one, "text": said[one]} for one in dict.fromkeys([own, *said]) if one in (own, "en")]
