"""The country's CSV rows, turned into records and checked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from qorgan.places.engine.records import REGIONS, Alias, Change, Form, Kind, Name, Place, Records, Succession

Row = Mapping[str, str]


class BadPlaces(ValueError):
    """The country's files of places contradict themselves; the message names file and line."""


@dataclass(frozen=True, kw_only=True)
class Files:
    """The rows of the country's files of places."""

    regions: list[dict[str, str]]
    districts: list[dict[str, str]]
    names: list[dict[str, str]]
    aliases: list[dict[str, str]]
    successions: list[dict[str, str]]
    zones: list[dict[str, str]]


def read(files: Files, *, languages: Iterable[str]) -> Records:
    """Records from the rows. Raises BadPlaces where an id is unknown or given twice."""
    spoken = tuple(languages)
    zones = {int(row["territory"]): row["zone"] for row in files.zones}
    root = next((int(row["id"]) for row in files.regions if row["kind"] == Kind.COUNTRY), None)
    places: dict[int, Place] = {}
    names: list[Name] = []
    dated = [_dated_name(row) for row in files.names]
    told = {(name.place, name.language) for name in dated}
    for file, rows in (("regions", files.regions), ("districts", files.districts)):
        for line, row in enumerate(rows, start=2):
            place = _place(row, root=root, zones=zones, where=f"{file}.csv, line {line}")
            if place.id in places:
                raise BadPlaces(f"{file}.csv, line {line}: id {place.id} is given twice")
            places[place.id] = place
            names += [name for name in _names(row, place.id, spoken) if (name.place, name.language) not in told]
    records = Records(
        places=tuple(places.values()),
        names=tuple(names + dated),
        aliases=tuple(
            Alias(place=int(row["territory"]), text=row["text"], form=Form(row["form"])) for row in files.aliases
        ),
        successions=tuple(
            Succession(
                old=int(row["old"]), new=int(row["new"]), on=date.fromisoformat(row["on"]), kind=Change(row["kind"])
            )
            for row in files.successions
        ),
    )
    _check(records, places)
    return records


def _place(row: Row, *, root: int | None, zones: Mapping[int, str], where: str) -> Place:
    try:
        kind, id = Kind(row["kind"]), int(row["id"])
        parent = int(row["parent"]) if row.get("parent") else None
        return Place(
            id=id,
            kind=kind,
            parent=root if kind in REGIONS else parent,
            kato=row["kato"],
            iso=row.get("iso") or "",
            lat=_number(row["lat"]),
            lon=_number(row["lon"]),
            zone=zones.get(id, ""),
            tile_row=_whole(row.get("tile_row")),
            tile_col=_whole(row.get("tile_col")),
            valid_from=_day(row.get("valid_from")),
            valid_to=_day(row.get("valid_to")),
            earlier_region=_whole(row.get("earlier_region")),
            moved_on=_day(row.get("moved_on")),
            provenance=row["provenance"],
            confidence=row["confidence"],
        )
    except (ValueError, KeyError) as wrong:
        raise BadPlaces(f"{where}: {wrong}") from wrong


def _names(row: Row, place: int, languages: tuple[str, ...]) -> list[Name]:
    return [
        Name(
            place=place,
            language=language,
            name=row[f"name_{language}"],
            short=row.get(f"short_{language}") or "",
            abbr=row.get(f"abbr_{language}") or "",
        )
        for language in languages
        if row.get(f"name_{language}")
    ]


def _dated_name(row: Row) -> Name:
    return Name(
        place=int(row["territory"]),
        language=row["language"],
        name=row["name"],
        short=row["short"],
        abbr=row["abbr"],
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
    )


def _check(records: Records, places: Mapping[int, Place]) -> None:
    used = (
        [(place.parent, "parent") for place in records.places]
        + [(place.earlier_region, "earlier region") for place in records.places]
        + [(name.place, "names.csv") for name in records.names]
        + [(alias.place, "aliases.csv") for alias in records.aliases]
        + [(change.old, "successions.csv") for change in records.successions]
        + [(change.new, "successions.csv") for change in records.successions]
    )
    for id, where in used:
        if id is not None and id not in places:
            raise BadPlaces(f"{where}: there is no place {id}")


def _number(text: str | None) -> float | None:
    return float(text) if text else None


def _whole(text: str | None) -> int | None:
    return int(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
