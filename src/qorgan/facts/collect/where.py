"""Region and local day of a happening, by the place's own clock and the borders of that day."""

from bisect import bisect_right
from datetime import date, datetime
from zoneinfo import ZoneInfo

from qorgan.places.engine.gazetteer import Gazetteer
from qorgan.places.engine.zones import zone

NOWHERE = 0  # the region of what is placed in the country as a whole


class Where:
    """Answers from one gazetteer, each place and each time between two changes of borders once.

    `until` is the moment of the collection, which alone knows what month is over; without it none ever is.
    """

    def __init__(self, gazetteer: Gazetteer, *, until: datetime | None = None) -> None:
        self._gazetteer = gazetteer
        self._zone = zone(gazetteer.default_zone)
        self._running = self.month(until) if until else date.min
        self._zones: dict[int, ZoneInfo] = {}
        self._regions: dict[tuple[int, int], int] = {}
        changed = {day for place in gazetteer.places.values() for day in (place.valid_from, place.moved_on) if day}
        self._changes = sorted(changed)

    def month(self, at: datetime) -> date:
        """The first day of the month of a moment, by the country's clock."""
        return at.astimezone(self._zone).date().replace(day=1)

    def month_over(self, at: datetime) -> date | None:
        """The first day of the month of a moment, once that month is over; None while it runs."""
        month = self.month(at)
        return month if month < self._running else None

    def of(self, territory: int, at: datetime) -> tuple[int, date]:
        """The region that the place belonged to on the local day of `at`, and that day."""
        clock = self._zones.get(territory)
        if clock is None:
            clock = self._zones[territory] = self._gazetteer.zone(territory)
        day = at.astimezone(clock).date()
        since = bisect_right(self._changes, day)
        region = self._regions.get((territory, since))
        if region is None:
            found = self._gazetteer.region_of(territory, day)
            region = self._regions[territory, since] = found.id if found else NOWHERE
        return region, day
