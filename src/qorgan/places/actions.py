"""The writes of places: the country's own files, and its official table."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction

from qorgan.base import country, journal
from qorgan.base.scope import Actor
from qorgan.places import access, queries
from qorgan.places.engine import files, zones
from qorgan.places.engine.gazetteer import Gazetteer
from qorgan.places.engine.official import Filled, Plan, Planner, RefusedRow
from qorgan.places.engine.records import Kind, Name, Place, Records
from qorgan.places.models import Succession, Territory, TerritoryAlias, TerritoryName
from qorgan.places.readers import official
from qorgan.places.rules import ClocksWouldBeWrong, NotTheOfficialTable, PlacesContradict

_TO_VERIFY = "to be verified"


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """How many places the country's files gave, and how many of them were new."""

    places: int
    new: int


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What a reading of the official table did. `unmatched` are ids of known places that the table does not have."""

    matched: int
    added: int
    same: int
    passed: int
    refused: tuple[RefusedRow, ...]
    unmatched: tuple[int, ...]


@transaction.atomic
def load_country(*, by: Actor, now: datetime) -> Loaded:
    """Bring the country's files of places into the tables. Again changes nothing, and never takes back an official
    code or name.

    Raises PlacesContradict, ClocksWouldBeWrong, NotAllowed.
    """
    access.check_may_import(by)
    rows = _country_files()
    wrong = zones.disagreements(rows.zones)
    if wrong:
        raise ClocksWouldBeWrong(why="; ".join(wrong))
    try:
        records = files.read(rows, languages=country.toml("country.toml")["languages"])
    except (files.BadPlaces, KeyError, ValueError) as contradiction:
        raise PlacesContradict(why=str(contradiction)) from contradiction
    new = _write_records(records, source=_official_table()["name"])
    loaded = Loaded(places=len(records.places), new=new)
    journal.write(
        kind="places.country.loaded",
        thing="country",
        thing_id=country.code(),
        by=by,
        now=now,
        detail={"places": loaded.places, "new": loaded.new},
    )
    _forget()
    return loaded


@transaction.atomic
def import_kato(*, path: Path, by: Actor, now: datetime, settlements: bool = False) -> Imported:
    """Take in the country's official table of places (CSV or XLSX). Provisional places receive their official codes
    and keep their ids; a second reading changes nothing.

    Villages are passed over unless `settlements`: they would make every mandate's list of places ten times longer.
    Raises NotTheOfficialTable with one sentence, NotAllowed.
    """
    access.check_may_import(by)
    queries.forget()
    table = _official_table()
    known = queries.gazetteer()
    plan = _planned(path, table, known, settlements=settlements)
    _write_plan(plan, known, source=table["name"])
    result = Imported(
        matched=len(plan.filled),
        added=len(plan.added),
        same=plan.same,
        passed=plan.passed,
        refused=tuple(plan.refused),
        unmatched=tuple(plan.unmatched),
    )
    journal.write(
        kind="places.official_table.imported",
        thing="country",
        thing_id=country.code(),
        by=by,
        now=now,
        detail={
            "sha256": sha256(path.read_bytes()).hexdigest(),
            "matched": result.matched,
            "added": result.added,
            "same": result.same,
            "refused": len(result.refused),
        },
    )
    _forget()
    return result


def _planned(path: Path, table: dict[str, Any], known: Gazetteer, *, settlements: bool) -> Plan:
    """What the table would change. Raises NotTheOfficialTable where none of it can be taken."""
    try:
        entries = official.read(path, table=table)
    except official.NotATable as why:
        raise NotTheOfficialTable(file=path.name, why=str(why)) from why
    plan = Planner(known, queries.address_words(), table, settlements=settlements).plan(entries)
    if not (plan.filled or plan.added or plan.same):
        first = plan.refused[0]
        raise NotTheOfficialTable(
            file=path.name, why=f"none of its rows could be taken (line {first.line}: {first.reason})"
        )
    return plan


def _forget() -> None:
    queries.forget()
    transaction.on_commit(queries.forget)


def _official_table() -> dict[str, Any]:
    return country.toml(country.toml("country.toml")["files"]["official_table"])


def _country_files() -> files.Files:
    where = country.toml("country.toml")["files"]
    names = ("regions", "districts", "names", "aliases", "successions", "zones")
    return files.Files(**{name: country.rows(where[name]) for name in names})


def _write_records(records: Records, *, source: str) -> int:
    """Insert what is not there; renew what is, but for what the official table (`source`) has said. Returns how many
    are new.
    """
    known = {row.pk: row for row in Territory.objects.all()}
    tree = Gazetteer(records, "UTC")
    rows = [_row(place, tree) for place in records.places]
    Territory.objects.bulk_create([row for row in rows if row.pk not in known])
    fields = [field for field in Territory._meta.fields if not field.primary_key]
    settled = {pk for pk, row in known.items() if row.provenance == source}
    changed = [
        row
        for row in rows
        if row.pk in known.keys() - settled
        and any(getattr(row, field.attname) != getattr(known[row.pk], field.attname) for field in fields)
    ]
    Territory.objects.bulk_update(changed, [field.name for field in fields])
    _write_words(records, {row.pk for row in rows} - settled)
    return len({row.pk for row in rows} - known.keys())


def _write_words(records: Records, mine: set[int]) -> None:
    wanted = {name for name in records.names if name.place in mine}
    for row in TerritoryName.objects.filter(territory_id__in=mine):
        name = Name(
            place=row.territory_id,
            language=row.language,
            name=row.name,
            short=row.short,
            abbr=row.abbr,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        if name not in wanted:
            row.delete()
        wanted.discard(name)
    TerritoryName.objects.bulk_create(
        TerritoryName(
            territory_id=name.place,
            language=name.language,
            name=name.name,
            short=name.short,
            abbr=name.abbr,
            valid_from=name.valid_from,
            valid_to=name.valid_to,
        )
        for name in records.names
        if name in wanted
    )
    TerritoryAlias.objects.bulk_create(
        (TerritoryAlias(territory_id=alias.place, form=alias.form, text=alias.text) for alias in records.aliases),
        ignore_conflicts=True,
    )
    Succession.objects.bulk_create(
        (Succession(old_id=c.old, new_id=c.new, on=c.on, kind=c.kind) for c in records.successions),
        ignore_conflicts=True,
    )


def _row(place: Place, tree: Gazetteer) -> Territory:
    region = tree.region_of(place.id)
    return Territory(
        id=place.id,
        kind=place.kind,
        parent_id=place.parent,
        region_id=region.id if region else None,
        kato=place.kato or None,
        iso=place.iso,
        lat=place.lat,
        lon=place.lon,
        zone=place.zone,
        tile_row=place.tile_row,
        tile_col=place.tile_col,
        valid_from=place.valid_from,
        valid_to=place.valid_to,
        earlier_region_id=place.earlier_region,
        moved_on=place.moved_on,
        provenance=place.provenance,
        confidence=place.confidence,
        to_verify=place.provenance == _TO_VERIFY,
    )


def _write_plan(plan: Plan, known: Gazetteer, *, source: str) -> None:
    for filled in plan.filled:
        _write_filled(filled, known, source)
    regions = {place.id: place.id for place in known.records.places if place.kind in (Kind.REGION, Kind.CITY_REGION)}
    for added in plan.added:  # parents come before what lies in them
        regions[added.id] = regions.get(added.parent) or _region_id(known, added.parent)
    Territory.objects.bulk_create(
        Territory(
            id=added.id,
            kind=added.kind,
            parent_id=added.parent,
            region_id=regions[added.id],
            kato=added.code,
            provenance=source,
            confidence="F",
        )
        for added in plan.added
    )
    TerritoryName.objects.bulk_create(
        TerritoryName(territory_id=added.id, language=language, name=name)
        for added in plan.added
        for language, name in added.names.items()
    )


def _region_id(known: Gazetteer, id: int) -> int:
    region = known.region_of(id)
    if region is None:
        raise PlacesContradict(why=f"place {id} lies in no region")
    return region.id


def _write_filled(filled: Filled, known: Gazetteer, source: str) -> None:
    """The official code and names; a name of ours that says something else stays as an alias."""
    Territory.objects.filter(pk=filled.id).update(
        kato=filled.code, parent_id=filled.parent, provenance=source, confidence="F", to_verify=False
    )
    for language, name in filled.names.items():
        ours = known.name(filled.id, language)
        if ours is not None:
            TerritoryAlias.objects.get_or_create(territory_id=filled.id, form="name", text=ours.name)
        TerritoryName.objects.update_or_create(
            territory_id=filled.id,
            language=language,
            valid_from=ours.valid_from if ours else None,
            defaults={"name": name},
        )
