"""A release as one page for a browser: nothing outside itself, no script, readable in print and without a network."""

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from qorgan.releases.papers.release import Definition, Part, ReleasePaper, Row, content

LOOK = Path(__file__).with_name("page.css")


def page(release: ReleasePaper) -> bytes:
    """The page as HTML, the same bytes from the same release."""
    return "\n".join(_lines(release)).encode("utf-8") + b"\n"


def _lines(release: ReleasePaper) -> Iterator[str]:
    said = content(release)
    labels: dict[str, str] = said["labels"]
    yield f'<!doctype html>\n<html lang="{escape(release.lang)}"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(release.headline)}</title>"
    yield f"<style>{LOOK.read_text(encoding='utf-8')}</style></head><body><main>"
    yield from _head(release, said["stamp"], said["days"], said["number_words"])
    for part in release.parts:
        if part.paragraphs:
            yield f"<h2>{escape(part.title)}</h2>"
            yield from (f"<p>{escape(line)}</p>" for line in part.paragraphs)
    for title, drawn in release.charts:
        yield f"<h2>{escape(title)}</h2><figure>{drawn.decode()}</figure>"
    if release.map:
        note = escape(release.map_note)
        yield f"<h2>{escape(release.map_title)}</h2><p class=quiet>{note}</p><figure>{release.map.decode()}</figure>"
    yield from _tables(release, labels)
    yield from _method(release, labels)
    yield from _definitions(release.definitions, labels)
    yield from _verify(release, said["digest"], labels)
    yield "</main></body></html>"


def _head(release: ReleasePaper, stamp: list[dict[str, str]], days: list[str], number: str) -> Iterator[str]:
    yield f"<p class=quiet>{escape(release.agency)} · {escape(number)}</p>"
    if stamp:
        yield f"<p class=stamp>{escape(' '.join(one['text'] for one in stamp))}</p>"
    yield f"<p class=quiet>{escape(release.subject)}</p><h1>{escape(release.headline)}</h1>"
    if release.lead:
        yield f"<p class=lead>{escape(release.lead)}</p>"
    yield f"<p class=quiet>{escape('. '.join(days))}.</p><dl class=figures>"
    for one in release.figures:
        unit = f" <small>{escape(one.unit)}</small>" if one.unit else ""
        beside = f"<br><small>{escape(one.comparison)}</small>" if one.comparison else ""
        yield f"<div><dt>{escape(one.name)}{beside}</dt><dd>{escape(one.number)}{unit}</dd></div>"
    yield "</dl>"


def _tables(release: ReleasePaper, labels: dict[str, str]) -> Iterator[str]:
    tabled = [part for part in release.parts if part.rows]
    if tabled:
        yield f"<h2>{escape(labels['tables'])}</h2>"
    for part in tabled:
        yield f'<div class=scroll tabindex="0"><table><caption>{escape(part.title)}</caption>'
        yield f"<thead><tr><th scope=col>{escape(labels['regions'])}</th>{_heads(part)}</tr></thead><tbody>"
        yield from (_row(row) for row in part.rows)
        yield "</tbody>"
        if part.total:
            yield f"<tfoot>{_row(part.total)}</tfoot>"
        yield "</table></div>"


def _heads(part: Part) -> str:
    return "".join(f"<th scope=col>{escape(one)}</th>" for one in part.headings)


def _row(row: Row) -> str:
    cells = "".join("<td class=hidden>*</td>" if cell is None else f"<td>{escape(cell)}</td>" for cell in row.cells)
    return f"<tr><th scope=row>{escape(row.name)}</th>{cells}</tr>"


def _method(release: ReleasePaper, labels: dict[str, str]) -> Iterator[str]:
    hidden = any(cell is None for part in release.parts for row in part.rows for cell in row.cells)
    notes = [f"* {labels['hidden']}"] if hidden else []
    yield f"<h2>{escape(labels['method'])}</h2>"
    yield from (f"<p>{escape(note)}</p>" for note in (*notes, *release.notes))


def _definitions(definitions: Iterable[Definition], labels: dict[str, str]) -> Iterator[str]:
    yield f"<h2>{escape(labels['definitions'])}</h2>"
    for one in definitions:
        pairs = (
            (labels["unit"], one.unit),
            (labels["numerator"], one.numerator),
            (labels["denominator"], one.denominator),
            (labels["limits"], one.limits),
        )
        told = "".join(f"<dt>{escape(name)}</dt><dd>{escape(words)}</dd>" for name, words in pairs)
        yield f"<h3>{escape(one.name)}</h3><p>{escape(one.meaning)}</p><dl class=pairs>{told}</dl>"


def _verify(release: ReleasePaper, digest: str, labels: dict[str, str]) -> Iterator[str]:
    demo = f" {escape(labels['key_demo'])}" if release.key_is_demo else ""
    yield f"<section class=verify><h2>{escape(labels['verify'])}</h2><p>{escape(labels['verify_text'])}</p>"
    yield f"<p><code>{escape(release.verify_command)}</code></p><dl class=pairs>"
    yield f"<dt>{escape(labels['digest'])}</dt><dd><code>{escape(digest)}</code></dd>"
    yield f"<dt>{escape(labels['key'])}</dt><dd><code>{escape(release.key_id)}</code>{demo}</dd></dl></section>"
