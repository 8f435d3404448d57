"""All places of a country in memory: who lies in whom, what was called what, since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from qorgan.places.engine.records import REGIONS, Change, Kind, Name, Place, Records, Succession
from qorgan.places.engine.records import holds as _holds
from qorgan.places.engine.zones import zone as _zone


class NoSuchPlace(KeyError):
    """No place has this id."""


@dataclass(frozen=True)
class Gazetteer:
    """Answers from the records of one moment. `default_zone` is the country's, where a place has none."""

    records: Records
    default_zone: str

    @cached_property
    def places(self) -> dict[int, Place]:
        return {place.id: place for place in self.records.places}

    @cached_property
    def _below(self) -> dict[int, list[int]]:
        below: dict[int, list[int]] = {}
        for place in self.records.places:
            if place.parent is not None:
                below.setdefault(place.parent, []).append(place.id)
        return below

    @cached_property
    def _names(self) -> dict[tuple[int, str], list[Name]]:
        names: dict[tuple[int, str], list[Name]] = {}
        for name in self.records.names:
            names.setdefault((name.place, name.language), []).append(name)
        return names

    def place(self, id: int) -> Place:
        """Raises NoSuchPlace."""
        try:
            return self.places[id]
        except KeyError:
            raise NoSuchPlace(id) from None

    def regions(self, on: date) -> list[Place]:
        """The regions that stood on a day, by official code."""
        found = [place for place in self.records.places if place.kind in REGIONS and place.stood(on)]
        return sorted(found, key=lambda place: (place.kato, place.id))

    def above(self, id: int) -> list[Place]:
        """The place itself, then its parents up to the country."""
        line: list[Place] = []
        at: int | None = id
        while at is not None:
            line.append(self.place(at))
            at = line[-1].parent
        return line

    def lineage(self, id: int) -> frozenset[int]:
        """The place, its parents, and the region it lay in before borders changed: what an address may name."""
        line = self.above(id)
        return frozenset([place.id for place in line] + [p.earlier_region for p in line if p.earlier_region])

    def expand(self, ids: Iterable[int]) -> tuple[int, ...]:
        """The places with all below them, sorted. An id that no place has gives nothing."""
        found: set[int] = set()
        waiting = [id for id in ids if id in self.places]
        while waiting:
            id = waiting.pop()
            if id not in found:
                found.add(id)
                waiting += self._below.get(id, [])
        return tuple(sorted(found))

    def region_of(self, id: int, on: date | None = None) -> Place | None:
        """The region in which a place lies, today or on a day; None for the country itself."""
        for place in self.above(id):
            if on is not None and place.moved_on is not None and on < place.moved_on and place.earlier_region:
                return self.place(place.earlier_region)
            if place.kind in REGIONS:
                return self._then(place, on)
        return None

    def _then(self, region: Place, on: date | None) -> Place:
        """The region that stood there on a day before `region` did, where exactly one did."""
        if on is None or region.valid_from is None or on >= region.valid_from:
            return region
        before = {change.old for change in self.records.successions if change.new == region.id}
        return self.place(before.pop()) if len(before) == 1 else region

    def name(self, id: int, language: str, on: date | None = None) -> Name | None:
        """What the place is called on a day, or last; None where the language has no name for it."""
        names = self._names.get((id, language), [])
        if on is not None:
            names = [name for name in names if _holds(on, name.valid_from, name.valid_to)] or names
        return max(names, key=lambda name: name.valid_from or date.min, default=None)

    def zone(self, id: int) -> ZoneInfo:
        """The time zone of a place: its own, or the nearest parent's, or the country's."""
        own = next((place.zone for place in self.above(id) if place.zone), self.default_zone)
        return _zone(own)

    def breaks(self, id: int, first: date, last: date) -> list[Succession]:
        """Changes of the place's borders, or of its region's, after `first` and up to `last`: a footnote's facts."""
        kin = {place.id for place in self.above(id) if place.kind is not Kind.COUNTRY}
        return sorted(
            (
                change
                for change in self.records.successions
                if first < change.on <= last and {change.old, change.new} & kin
            ),
            key=lambda change: (change.on, change.old, change.new),
        )

    def comparable(self, id: int, first: date, last: date) -> bool:
        """Whether figures of the place on two days are of the same ground.

        A region that lost or gained ground, or did not stand on one of the days, is not comparable. A district that
        only changed its region is.
        """
        place = self.place(id)
        own = [change for change in self.records.successions if id in (change.old, change.new)]
        return place.stood(first) and place.stood(last) and not any(first < change.on <= last for change in own)

    def standing(self, id: int, on: date) -> Place | None:
        """The place if it stood on a day; else the one that stood in its stead, where exactly one did."""
        place = self.place(id)
        if place.stood(on):
            return place
        if place.valid_from is not None and on < place.valid_from:
            others = {change.old for change in self.records.successions if change.new == id}
        else:
            others = {c.new for c in self.records.successions if c.old == id and c.kind is Change.REPLACED}
        standing = [self.places[other] for other in others if self.places[other].stood(on)]
        return standing[0] if len(standing) == 1 else None
