"""What is drawn of a release, in each of its languages: bars of what stands out, and the map of tiles."""

from qorgan.base import words as writing
from qorgan.releases.charts import Cell, Point, Tile, bars, tilemap
from qorgan.releases.engine.draft import Draft
from qorgan.releases.engine.sentences import Voice
from qorgan.releases.engine.tables import HIDDEN

HIDDEN_MARK, NONE_MARK = "*", "–"


def charts(draft: Draft) -> dict[str, bytes]:
    """The files of the drawings by the names they have in the box."""
    made: dict[str, bytes] = {}
    mapped = draft.front.mapped
    for voice in draft.voices:
        for code in draft.front.charted:
            points = _points(draft, code, voice) if code in draft.national else []
            if points:
                made[name(code, voice)] = _bars(draft, code, voice, points)
        if mapped in draft.tabled and not draft.is_withheld(mapped) and any(region.tile for region in draft.regions):
            made[name(mapped, voice)] = _map(draft, mapped, voice)
    return made


def name(code: str, voice: Voice) -> str:
    """The name of an indicator's drawing in the box."""
    return f"charts/{code}.{voice.language}.svg"


def _points(draft: Draft, code: str, voice: Voice) -> list[Point]:
    """Bars of the months; of a single month, bars of the regions, in the order of their codes and no other."""
    if draft.months:
        return [
            Point(writing.month_brief(figure.period.first, voice.language), figure.value, NONE_MARK)
            for figure in draft.months.get(code, ())
        ]
    if code not in draft.tabled or draft.is_withheld(code):
        return []
    return [Point(row.region.abbr[voice.language], row.value, _mark(row.status)) for row in draft.rows(code)]


def _mark(status: str) -> str:
    return HIDDEN_MARK if status == HIDDEN else NONE_MARK


def _bars(draft: Draft, code: str, voice: Voice, points: list[Point]) -> bytes:
    wording = draft.definitions[code].wording(voice.language)
    return bars(
        points,
        title=_title(draft, voice, wording.name),
        description=wording.meaning,
        lang=voice.language,
        unit=_stamped(draft, voice, wording.unit),
    )


def _map(draft: Draft, code: str, voice: Voice) -> bytes:
    found = draft.definitions[code]
    rows = draft.rows(code)
    tiles = [
        Tile(str(row.region.id), *row.region.tile, row.region.short[voice.language], is_city=row.region.is_city)
        for row in rows
        if row.region.tile is not None
    ]
    wording = found.wording(voice.language)
    return tilemap(
        {str(row.region.id): Cell(row.value, _mark(row.status)) for row in rows},
        tiles,
        title=_title(draft, voice, wording.name),
        description=wording.limits,
        lang=voice.language,
        digits=found.decimals,
    )


def _title(draft: Draft, voice: Voice, name: str) -> str:
    return _stamped(draft, voice, f"{name}. {voice.period(draft.period)}")


def _stamped(draft: Draft, voice: Voice, text: str) -> str:
    """The text with the stamp of synthetic data, where they are."""
    return f"{text} · {voice.stamp} SYNTHETIC" if draft.synthetic else text
