"""From a draft to the files of its box, except what is drawn: texts, tables, definitions, manifest."""

from collections.abc import Mapping
from typing import Any

from qorgan.base.signing import canonical
from qorgan.releases.engine import tables
from qorgan.releases.engine.box import sha256
from qorgan.releases.engine.draft import Draft, number_shown
from qorgan.releases.engine.sentences import Text, Voice, capital, paragraph
from qorgan.releases.engine.verify import FORMAT, content

RATE = "orders_per_100_reports_cohort"


def text(draft: Draft, voice: Voice) -> Text:
    """What the release says in one language."""
    words = voice.words
    wording = {code: found.wording(voice.language) for code, found in draft.definitions.items()}
    as_of = voice.day(draft.as_of, draft.zone)
    paragraphs = [
        paragraph(voice, figure, name=wording[code].short, why=draft.withheld.get(code))
        for code, figure in draft.national.items()
    ]
    notes = [words["synthetic"]] if draft.synthetic else []
    if draft.revises:
        notes.append(words["revision"].format(revises=number_shown(draft.revises), reason=draft.reason))
    if not draft.complete:
        notes.append(words["preliminary"])
    if draft.has_hidden:
        notes.append(words["hidden"])
    notes += [words["withheld"].format(name=wording[code].name) for code in draft.tabled if draft.is_withheld(code)]
    notes.append(words["prevalence"])
    publisher = draft.publisher.get(voice.language) or next(iter(draft.publisher.values()), "")
    title = words["title"].format(subject=words["subject"], period=voice.period(draft.period))
    return Text(
        language=voice.language,
        subject=words["subject"],
        title=title,
        headline=_headline(draft, voice) or title,
        lead=words["lead"].format(as_of=as_of, number=number_shown(draft.number))
        + (" " + words["about"].format(publisher=publisher) if publisher else ""),
        paragraphs=tuple(paragraphs),
        notes=tuple(notes),
    )


def _headline(draft: Draft, voice: Voice) -> str:
    """The release in one line: orders per 100 reports, where there is such a figure."""
    figure = draft.national.get(RATE)
    if figure is None or figure.value is None:
        return ""
    period = capital(voice.period(draft.period))
    return str(voice.words["headline"].format(Period=period, count=voice.counted(figure.value, "order")))


def files(draft: Draft) -> dict[str, bytes]:
    """Definitions, tables and texts by the name they have in the box."""
    made = {f"definitions/{code}.toml": found.source_text.encode() for code, found in draft.definitions.items()}
    national = list(draft.national.values())
    made["tables/national.csv"] = tables.national(national, withheld=draft.withheld, synthetic=draft.synthetic)
    for code in draft.tabled:
        rows = draft.rows(code)
        made[f"tables/{code}.csv"] = tables.by_region(
            code,
            [row.region for row in rows],
            {row.region.id: row.value for row in rows},
            languages=draft.languages,
            status={row.region.id: row.status for row in rows},
            synthetic=draft.synthetic,
        )
    if draft.months:
        made["tables/months.csv"] = tables.by_month(draft.months, synthetic=draft.synthetic)
    for voice in draft.voices:
        told = text(draft, voice)
        made[f"text/{voice.language}.txt"] = told.plain().encode()
        made[f"text/{voice.language}.json"] = canonical(told.as_dict())
    return made


def figures(draft: Draft) -> list[dict[str, Any]]:
    """The figures of the country as plain values; those that are not given say why and nothing else."""
    return [
        {
            "code": code,
            "value": None if code in draft.withheld or figure.value is None else tables.text(figure.value),
            "numerator": None if code in draft.withheld else figure.numerator,
            "denominator": None if code in draft.withheld else figure.denominator,
            "unit": figure.unit,
            "why_none": draft.withheld.get(code) or figure.why_none,
            "complete": figure.complete,
        }
        for code, figure in draft.national.items()
    ]


def manifest(draft: Draft, made: Mapping[str, bytes]) -> dict[str, Any]:
    """What the signature covers: what the release is, its figures, and the digest of every other file."""
    return {
        "format": FORMAT,
        "number": draft.number,
        "country": draft.country,
        "period": {
            "word": draft.period.word,
            "first": draft.period.first.isoformat(),
            "last": draft.period.last.isoformat(),
        },
        "as_of": draft.as_of.isoformat(),
        "synthetic": draft.synthetic,
        "stamp": tables.SYNTHETIC if draft.synthetic else "",
        "languages": list(draft.languages),
        "revises": draft.revises,
        "reason": draft.reason,
        "figures": figures(draft),
        "content": content({name: sha256(data) for name, data in made.items()}),
        "definitions": {code: found.version for code, found in draft.definitions.items()},
        "files": {name: {"bytes": len(data), "sha256": sha256(data)} for name, data in sorted(made.items())},
    }


def substance(box: Mapping[str, bytes]) -> dict[str, str]:
    """What makes two releases of a period say the same: their definitions and tables, not their date or number."""
    return {name: sha256(data) for name, data in box.items() if name.startswith(("definitions/", "tables/"))}
