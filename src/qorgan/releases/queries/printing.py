"""The paper of a release and its page, in each of its languages."""

from collections.abc import Mapping
from dataclasses import asdict

from qorgan.base import signing
from qorgan.base import words as writing
from qorgan.indicators.engine.figures import Figure
from qorgan.releases.engine import compose
from qorgan.releases.engine.draft import Draft, number_shown
from qorgan.releases.engine.draft import Row as Line
from qorgan.releases.engine.kinds import Kind, kind_of
from qorgan.releases.engine.phrases import beside
from qorgan.releases.engine.sentences import Section, Voice
from qorgan.releases.engine.tables import HIDDEN
from qorgan.releases.engine.verify import PAPERS
from qorgan.releases.papers import Definition, HeadFigure, Part, ReleasePaper, Row, page, paper
from qorgan.releases.queries.drawings import NONE_MARK, name

_HEADS = 4


def papers(draft: Draft, files: Mapping[str, bytes], *, digest: str, key_id: str) -> dict[str, bytes]:
    """PDF and HTML files by the names they have in the box; `files` are the other ones, `digest` is theirs."""
    made: dict[str, bytes] = {}
    for voice in draft.voices:
        content = _content(draft, voice, files, digest=digest, key_id=key_id)
        made[f"{PAPERS}{voice.language}.pdf"] = paper(content, created=draft.as_of)
        made[f"{PAPERS}{voice.language}.html"] = page(content)
    return made


def _content(draft: Draft, voice: Voice, files: Mapping[str, bytes], *, digest: str, key_id: str) -> ReleasePaper:
    told = compose.text(draft, voice)
    wording = {code: found.wording(voice.language) for code, found in draft.definitions.items()}
    mapped = draft.front.mapped
    drawn = [
        (wording[code].name, files[name(code, voice)]) for code in draft.front.charted if name(code, voice) in files
    ]
    return ReleasePaper(
        lang=voice.language,
        number=number_shown(draft.number),
        agency=draft.publisher.get(voice.language) or next(iter(draft.publisher.values()), ""),
        subject=told.subject,
        headline=told.headline,
        lead=" ".join(told.opening),
        figures=tuple(_head(draft, voice, code) for code in _heads(draft)),
        as_of=draft.as_of,
        zone=draft.zone.key,
        digest=digest,
        key_id=key_id,
        verify_command=f"qorgan release verify {draft.number}.zip",
        parts=tuple(_part(draft, voice, section) for section in told.sections),
        charts=tuple(drawn),
        map=files.get(name(mapped, voice)),
        map_title=wording[mapped].name if mapped in wording else "",
        map_note=wording[mapped].limits if mapped in wording else "",
        definitions=tuple(_definition(asdict(one)) for one in wording.values()),
        notes=tuple(note for note in told.notes if note != voice.words["hidden"]),
        key_is_demo=signing.is_demo(key_id),
        is_synthetic=draft.synthetic,
    )


def _definition(words: dict[str, str]) -> Definition:
    return Definition(**{key: words[key] for key in ("name", "meaning", "unit", "numerator", "denominator", "limits")})


def _heads(draft: Draft) -> list[str]:
    """What stands out, and the indicator of the map."""
    found = [*draft.opening, draft.front.mapped]
    return [code for code in dict.fromkeys(found) if code in draft.national][:_HEADS]


def _head(draft: Draft, voice: Voice, code: str) -> HeadFigure:
    told = draft.told(code, voice.language)
    return HeadFigure(_written(draft, voice, told.figure), "", told.wording.short, beside(voice, told))


def _part(draft: Draft, voice: Voice, section: Section) -> Part:
    """A section with its sentences, and the tables of its indicators side by side."""
    columns = [code for code, _words in section.lines if code in draft.tabled and not draft.is_withheld(code)]
    tables = [{line.region.id: line for line in draft.rows(code)} for code in columns]
    return Part(
        title=section.title,
        paragraphs=tuple(words for _code, words in section.lines),
        headings=tuple(draft.definitions[code].wording(voice.language).short for code in columns),
        total=Row(str(voice.words["country"]), tuple(_written(draft, voice, draft.national[code]) for code in columns)),
        rows=tuple(
            Row(region.names[voice.language], tuple(_cell(table.get(region.id), voice) for table in tables))
            for region in draft.regions
            if tables
        ),
    )


def _written(draft: Draft, voice: Voice, figure: Figure) -> str:
    if figure.value is None or figure.code in draft.withheld:
        return NONE_MARK
    is_share = kind_of(draft.definitions[figure.code]) is Kind.SHARE
    return writing.percent(figure.value, voice.language) if is_share else writing.number(figure.value, voice.language)


def _cell(line: Line | None, voice: Voice) -> str | None:
    """A cell as written; None for a hidden one."""
    if line is None:
        return NONE_MARK
    if line.status == HIDDEN:
        return None
    return NONE_MARK if line.value is None else writing.number(line.value, voice.language)
