"""What the law and the places answer, each question once."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from qorgan.base.scope import Actor
from qorgan.law import queries as law
from qorgan.law.engine import deadlines, measures
from qorgan.law.engine.book import Answer, LawBook
from qorgan.law.engine.workdays import WorkCalendar
from qorgan.places import queries as places
from qorgan.reports.actions import deciding


@dataclass
class Answers:
    """The law on record at the start of the load, the places with their clocks and letters."""

    book: LawBook = field(default_factory=law.book)
    calendar: WorkCalendar = field(default_factory=law.calendar)
    _regimes: dict[date, str] = field(default_factory=dict)
    _zones: dict[int, ZoneInfo] = field(default_factory=dict)
    _letters: dict[int, str] = field(default_factory=dict)
    _decides: dict[tuple[UUID, int], UUID] = field(default_factory=dict)

    def zone(self, territory: int) -> ZoneInfo:
        """The clock of a place."""
        if territory not in self._zones:
            self._zones[territory] = places.zone(territory)
        return self._zones[territory]

    def letters(self, territory: int) -> str:
        """The letters that begin the numbers of a place."""
        if territory not in self._letters:
            self._letters[territory] = places.letters(territory)
        return self._letters[territory]

    def day(self, moment: datetime, territory: int) -> date:
        """The date of a moment in a place."""
        return moment.astimezone(self.zone(territory)).date()

    def regime(self, on: date) -> str:
        """The regime of a day; empty before the first on record."""
        if on not in self._regimes:
            found = self.book.regime(on)
            self._regimes[on] = found.id if found else ""
        return self._regimes[on]

    def value(self, key: str, at: datetime, territory: int) -> Answer:
        """What the law says of a rule on the day of a moment in a place."""
        return self.book.value(key, self.day(at, territory))

    def deadline(self, key: str, start: datetime, territory: int) -> deadlines.Deadline:
        """When a term of the law ends."""
        return deadlines.deadline(self.book, key, start=start, zone=self.zone(territory), calendar=self.calendar)

    def decides(self, by: Actor, at: datetime, territory: int) -> UUID:
        """The office that owes the decision on a report that `by` takes in."""
        place = by.agency, territory
        if place not in self._decides:
            self._decides[place] = deciding.office_for(territory_id=territory, by=by, now=at)
        return self._decides[place]

    def clock(self, served_at: datetime, territory: int) -> measures.OrderClock:
        """The end of an order and its checks."""
        zone = self.zone(territory)
        return measures.order_clock(self.book, served_at=served_at, zone=zone, calendar=self.calendar)
