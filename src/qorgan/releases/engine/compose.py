"""From a draft to the files of its box, except what is drawn: texts, tables, definitions, manifest."""

from collections.abc import Mapping
from typing import Any

from qorgan.base.signing import canonical
from qorgan.releases.engine import tables
from qorgan.releases.engine.box import sha256
from qorgan.releases.engine.draft import Draft, number_shown
from qorgan.releases.engine.phrases import opening, sentence
from qorgan.releases.engine.sentences import Section, Text, Voice
from qorgan.releases.engine.spoken import rounded_whole
from qorgan.releases.engine.verify import FORMAT, content


def text(draft: Draft, voice: Voice) -> Text:
    """What the release says in one language."""
    words = voice.words
    publisher = draft.publisher.get(voice.language) or next(iter(draft.publisher.values()), "")
    title = words["title"].format(subject=words["subject"], period=voice.period(draft.period))
    lead = words["lead"].format(as_of=voice.day(draft.as_of, draft.zone), number=number_shown(draft.number))
    return Text(
        language=voice.language,
        subject=words["subject"],
        title=title,
        headline=_headline(draft, voice) or title,
        opening=_opening(draft, voice),
        lead=lead + (" " + words["about"].format(publisher=publisher) if publisher else ""),
        sections=_sections(draft, voice),
        notes=_notes(draft, voice),
    )


def _headline(draft: Draft, voice: Voice) -> str:
    """The release in one line: the indicator of the map in a whole number, where there is such a figure."""
    figure = draft.national.get(draft.front.mapped)
    noun = voice.said(draft.front.mapped).get("noun")
    if figure is None or figure.value is None or noun is None or "headline" not in voice.words:
        return ""
    count = voice.counted(rounded_whole(figure.value), noun)
    line = str(voice.words["headline"].format(In_period=voice.in_period(draft.period), count=count))
    return line[:1].upper() + line[1:]


def _opening(draft: Draft, voice: Voice) -> tuple[str, ...]:
    said: list[str] = []
    for code in draft.opening:
        line = opening(voice, draft.told(code, voice.language), first=not said)
        if line:
            said.append(line)
    return tuple(said)


def _sections(draft: Draft, voice: Voice) -> tuple[Section, ...]:
    """The sentences of all figures; a section begins with the indicator that names it."""
    titles = voice.words.get("sections", {})
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for code in draft.national:
        if code in titles or not found:
            found.append((titles.get(code, voice.words["subject"]), []))
        lines = found[-1][1]
        lines.append((code, sentence(voice, draft.told(code, voice.language), first=not lines)))
    return tuple(Section(title, tuple(lines)) for title, lines in found)


def _notes(draft: Draft, voice: Voice) -> tuple[str, ...]:
    words, language = voice.words, voice.language
    notes = [words["synthetic"]] if draft.synthetic else []
    if draft.revises:
        notes.append(words["revision"].format(revises=number_shown(draft.revises), reason=draft.reason))
    if not draft.complete:
        notes.append(words["preliminary"])
    if draft.has_hidden:
        notes.append(words["hidden"])
    withheld = [
        words["named"].format(name=draft.definitions[code].wording(language).short)
        for code in draft.tabled
        if draft.is_withheld(code)
    ]
    if withheld:
        notes.append(words["withheld"].format(names=", ".join(withheld)))
    notes += [
        words["regions_changed"].format(date=voice.day(one.on), names=", ".join(one.names[language]))
        for one in draft.past.borders
    ]
    notes.append(words["prevalence"])
    return tuple(notes)


def files(draft: Draft) -> dict[str, bytes]:
    """Definitions, tables and texts by the name they have in the box."""
    made = {f"definitions/{code}.toml": found.source_text.encode() for code, found in draft.definitions.items()}
    for name, table in sheets(draft).items():
        made[f"tables/{name}.csv"] = table.csv()
        made[f"tables/{name}.json"] = table.json()
    for voice in draft.voices:
        told = text(draft, voice)
        made[f"text/{voice.language}.txt"] = told.plain().encode()
        made[f"text/{voice.language}.json"] = canonical(told.as_dict())
    return made


def sheets(draft: Draft) -> dict[str, tables.Table]:
    """The tables by name: the country, each indicator by region, the months."""
    made = {"national": tables.national(list(draft.national.values()), draft.withheld, synthetic=draft.synthetic)}
    for code in draft.tabled:
        rows = [(row.region, row.value, row.status) for row in draft.rows(code)]
        made[code] = tables.by_region(code, rows, languages=draft.languages, synthetic=draft.synthetic)
    if draft.months:
        made["months"] = tables.by_month(draft.months, synthetic=draft.synthetic)
    return made


def long_sheets(draft: Draft) -> dict[str, tables.Table]:
    """The same as three long tables, one row a value: for programs."""
    made = {"national": tables.national(list(draft.national.values()), draft.withheld, synthetic=draft.synthetic)}
    rows = [(code, row.region, row.value, row.status) for code in draft.tabled for row in draft.rows(code)]
    made["regions"] = tables.long_regions(rows, languages=draft.languages, synthetic=draft.synthetic)
    if draft.months:
        made["months"] = tables.long_months(draft.months, synthetic=draft.synthetic)
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
        "made_with": made_with(draft),
        "opening": list(draft.opening),
        "mapped": draft.front.mapped,
        "withheld": [code for code in draft.tabled if draft.is_withheld(code)],
        "figures": figures(draft),
        "content": content({name: sha256(data) for name, data in made.items()}),
        "definitions": {code: found.version for code, found in draft.definitions.items()},
        "files": {name: {"bytes": len(data), "sha256": sha256(data)} for name, data in sorted(made.items())},
    }


def made_with(draft: Draft) -> dict[str, str]:
    """What chose the hidden counts, and what wrote the tables in Parquet (empty: there are none)."""
    return {"disclosure": draft.method, "parquet": draft.parquet}


def substance(box: Mapping[str, bytes]) -> dict[str, str]:
    """What makes two releases of a period say the same: their definitions and tables, not their date or number.

    Of the tables those that every installation writes.
    """
    return {
        name: sha256(data)
        for name, data in box.items()
        if name.startswith(("definitions/", "tables/")) and not name.endswith(".parquet")
    }
