"""The paper of a release in each of its languages."""

from collections.abc import Mapping

from qorgan.base import signing
from qorgan.base import words as writing
from qorgan.indicators.engine.figures import Figure
from qorgan.releases.engine import compose
from qorgan.releases.engine.draft import Draft, number_shown
from qorgan.releases.engine.draft import Row as Line
from qorgan.releases.engine.sentences import Voice
from qorgan.releases.engine.tables import HIDDEN
from qorgan.releases.engine.verify import PAPERS
from qorgan.releases.papers import HeadFigure, ReleasePaper, Row, paper
from qorgan.releases.queries.drawings import NONE_MARK, RATE, REPORTS, name

MEDIAN = "hours_report_to_order_median"


def papers(draft: Draft, files: Mapping[str, bytes], *, digest: str, key_id: str) -> dict[str, bytes]:
    """PDF files by the names they have in the box; `files` are the other ones, `digest` is theirs."""
    return {
        f"{PAPERS}{voice.language}.pdf": paper(
            _content(draft, voice, files, digest=digest, key_id=key_id), created=draft.as_of
        )
        for voice in draft.voices
    }


def _content(draft: Draft, voice: Voice, files: Mapping[str, bytes], *, digest: str, key_id: str) -> ReleasePaper:
    told = compose.text(draft, voice)
    wording = {code: found.wording(voice.language) for code, found in draft.definitions.items()}
    columns = [code for code in draft.tabled if not draft.is_withheld(code)]
    return ReleasePaper(
        lang=voice.language,
        number=number_shown(draft.number),
        agency=draft.publisher.get(voice.language) or next(iter(draft.publisher.values()), ""),
        subject=told.subject,
        headline=told.headline,
        lead="",
        figures=tuple(_head(draft, voice, code) for code in draft.national),
        as_of=draft.as_of,
        zone=draft.zone.key,
        digest=digest,
        key_id=key_id,
        verify_command=f"qorgan release verify {draft.number}.zip",
        paragraphs=told.paragraphs,
        chart=files.get(name(REPORTS, voice)),
        chart_title=wording[REPORTS].name,
        map=files.get(name(RATE, voice)),
        map_title=wording[RATE].name,
        map_note=wording[RATE].limits,
        headings=tuple(wording[code].short for code in columns),
        total=_total(draft, voice, columns) if columns else None,
        rows=_rows(draft, voice, columns),
        notes=tuple(note for note in told.notes if note != voice.words["hidden"]),
        key_is_demo=signing.is_demo(key_id),
        is_synthetic=draft.synthetic,
    )


def _head(draft: Draft, voice: Voice, code: str) -> HeadFigure:
    figure = draft.national[code]
    is_given = figure.value is not None and code not in draft.withheld
    unit = voice.form(figure.value, "hour") if code == MEDIAN and is_given and figure.value is not None else ""
    return HeadFigure(_written(draft, voice, figure), unit, draft.definitions[code].wording(voice.language).short)


def _written(draft: Draft, voice: Voice, figure: Figure) -> str:
    if figure.value is None or figure.code in draft.withheld:
        return NONE_MARK
    return writing.number(figure.value, voice.language)


def _total(draft: Draft, voice: Voice, columns: list[str]) -> Row:
    cells = tuple(_written(draft, voice, draft.national[code]) for code in columns)
    return Row(str(voice.words["country"]), cells)


def _rows(draft: Draft, voice: Voice, columns: list[str]) -> tuple[Row, ...]:
    tables = [{line.region.id: line for line in draft.rows(code)} for code in columns]
    return tuple(
        Row(region.names[voice.language], tuple(_cell(table.get(region.id), voice) for table in tables))
        for region in draft.regions
        if tables
    )


def _cell(line: Line | None, voice: Voice) -> str | None:
    """A cell as written; None for a hidden one."""
    if line is None:
        return NONE_MARK
    if line.status == HIDDEN:
        return None
    return NONE_MARK if line.value is None else writing.number(line.value, voice.language)
