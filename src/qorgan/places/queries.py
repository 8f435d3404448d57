"""Reads of places.

Places change a few times in ten years and are asked for on every page: each process keeps them in memory and looks
again every five minutes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from time import monotonic
from zoneinfo import ZoneInfo

from qorgan.base import country
from qorgan.places.engine.address import Addresses
from qorgan.places.engine.folding import Words
from qorgan.places.engine.gazetteer import Gazetteer
from qorgan.places.engine.records import Alias, Change, Form, Kind, Name, Place, Records
from qorgan.places.engine.records import Succession as BorderChange
from qorgan.places.models import Succession, Territory, TerritoryAlias, TerritoryName

_KEPT_SECONDS = 300.0


@dataclass(frozen=True)
class _Known:
    """The places of one moment, with the rows they were read from."""

    territories: dict[int, Territory]
    addresses: Addresses
    read_at: float

    @property
    def gazetteer(self) -> Gazetteer:
        return self.addresses.gazetteer


_known: list[_Known] = []


def forget() -> None:
    """Read the places anew at the next question. Actions call it; so does a test that rolls back."""
    _known.clear()


def gazetteer() -> Gazetteer:
    """All places, in memory."""
    return _now_known().gazetteer


def regions(*, on: date) -> list[Territory]:
    """The regions that stood on a day, by official code."""
    known = _now_known()
    return [known.territories[place.id] for place in known.gazetteer.regions(on)]


def territory(code: int) -> Territory:
    """The place of this id. Raises engine.gazetteer.NoSuchPlace."""
    known = _now_known()
    return known.territories[known.gazetteer.place(code).id]


def name(territory: Territory | int, *, language: str, on: date | None = None) -> str:
    """What a place is called on a day, or today; in the country's first language where this one has no name."""
    found = _name(territory, language, on)
    return found.name if found else ""


def short_name(territory: Territory | int, *, language: str, on: date | None = None) -> str:
    """The name for a narrow column or a tile; the whole name where there is no shorter one."""
    found = _name(territory, language, on)
    return (found.short or found.name) if found else ""


def abbreviation(territory: Territory | int, *, language: str, on: date | None = None) -> str:
    """Three letters for a tile on a phone; empty where there are none."""
    found = _name(territory, language, on)
    return found.abbr if found else ""


def expand(codes: Iterable[int]) -> tuple[int, ...]:
    """The ids of the places and of all below them, sorted: what a mandate covers."""
    return gazetteer().expand(codes)


def region_of(code: int, *, on: date | None = None) -> Territory | None:
    """The region in which a place lies, or lay on a day; None for the country itself."""
    known = _now_known()
    found = known.gazetteer.region_of(code, on)
    return known.territories[found.id] if found else None


def zone(code: int) -> ZoneInfo:
    """The time zone of a place; it knows its own past."""
    return gazetteer().zone(code)


def recognise(text: str, *, on: date) -> Territory | None:
    """The deepest place that an address names without doubt, as it stood on a day; None where a person must decide."""
    known = _now_known()
    found = known.addresses.recognise(text, on=on)
    return known.territories[found.id] if found else None


def comparable(code: int, *, first: date, last: date) -> bool:
    """Whether figures of a place on two days are of the same ground (see Gazetteer.comparable)."""
    return gazetteer().comparable(code, first, last)


def breaks(code: int, *, first: date, last: date) -> list[BorderChange]:
    """The changes of borders between two days that a footnote must name."""
    return gazetteer().breaks(code, first, last)


def letters(code: int) -> str:
    """The letters that begin the numbers of a place's records: its region's, in the country's first language."""
    known = gazetteer()
    region = known.region_of(code, None)
    first = next(iter(country.toml("country.toml")["languages"]))
    return abbreviation(region.id if region else code, language=first)


def _name(territory: Territory | int, language: str, on: date | None) -> Name | None:
    id = territory if isinstance(territory, int) else territory.pk
    known = gazetteer()
    for spoken in (language, *country.toml("country.toml")["languages"]):
        found = known.name(id, spoken, on)
        if found:
            return found
    return None


def _now_known() -> _Known:
    if _known and monotonic() - _known[0].read_at < _KEPT_SECONDS:
        return _known[0]
    known = _read()
    _known.clear()
    if known.territories:  # an empty country is asked for again at once: it is about to be loaded
        _known.append(known)
    return known


def _read() -> _Known:
    rows = {row.pk: row for row in Territory.objects.order_by("pk")}
    records = Records(
        places=tuple(_place(row) for row in rows.values()),
        names=tuple(
            Name(
                place=row.territory_id,
                language=row.language,
                name=row.name,
                short=row.short,
                abbr=row.abbr,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
            for row in TerritoryName.objects.order_by("pk")
        ),
        aliases=tuple(
            Alias(place=row.territory_id, text=row.text, form=Form(row.form))
            for row in TerritoryAlias.objects.order_by("pk")
        ),
        successions=tuple(
            BorderChange(old=row.old_id, new=row.new_id, on=row.on, kind=Change(row.kind))
            for row in Succession.objects.order_by("on", "pk")
        ),
    )
    about = country.toml("country.toml")
    return _Known(rows, Addresses(Gazetteer(records, about["zone"]), address_words()), monotonic())


def address_words() -> Words:
    """The country's words of an address."""
    return Words.read(country.toml(country.toml("country.toml")["files"]["address_words"]))


def _place(row: Territory) -> Place:
    return Place(
        id=row.pk,
        kind=Kind(row.kind),
        parent=row.parent_id,
        kato=row.kato or "",
        iso=row.iso,
        lat=row.lat,
        lon=row.lon,
        zone=row.zone,
        tile_row=row.tile_row,
        tile_col=row.tile_col,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        earlier_region=row.earlier_region_id,
        moved_on=row.moved_on,
        provenance=row.provenance,
        confidence=row.confidence,
    )
