"""A release as a small press release on paper: A4, one or two pages, one language."""

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
class Publisher:
    """One of those who published it: name as signed, post."""

    name: str
    post: str = ""


@dataclass(frozen=True)
class ReleasePaper:
    """Everything that the paper says. Texts are in `lang`; charts are SVG as this stage draws them.

    `headings` names the columns of the table after the region. `digest` is the hexadecimal SHA-256 of the manifest.
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
    paragraphs: tuple[str, ...] = ()
    chart: bytes | None = None
    chart_title: str = ""
    map: bytes | None = None
    map_title: str = ""
    map_note: str = ""
    headings: tuple[str, ...] = ()
    total: Row | None = None
    rows: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    key_is_demo: bool = False
    is_synthetic: bool = False


def paper(release: ReleasePaper, *, created: datetime) -> bytes:
    """The PDF (PDF/A-2a). `created` is the file's date; equal input gives equal bytes."""
    return render(TEMPLATE, content(release), created=created)


def content(release: ReleasePaper) -> dict[str, Any]:
    """The values that the template lays out."""
    labels = _labels(release.lang)
    drawn = {"chart": _svg(release.chart), "map": _svg(release.map)}
    days = {"as_of": _dated(labels["as_of"], release.as_of, release)}
    if release.published_at:
        days["published"] = _dated(labels["published"], release.published_at, release)
    plain = {key: value for key, value in asdict(release).items() if not isinstance(value, bytes | datetime)}
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


def _svg(drawn: bytes | None) -> str:
    return drawn.decode() if drawn else ""


def _in_fours(digest: str) -> str:
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def _stamp(lang: str) -> list[dict[str, str]]:
    said = country.toml("country.toml")["synthetic"]
    own = lang if lang in said else next(iter(said))
    return [{"lang": one, "text": said[one]} for one in dict.fromkeys([own, *said]) if one in (own, "en")]
