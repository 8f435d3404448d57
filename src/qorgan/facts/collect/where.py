"""Region and local day of a happening, by the place's own clock and the borders of that day."""

from bisect import bisect_right
from datetime import date, datetime
from zoneinfo import ZoneInfo

from qorgan.places.engine.gazetteer import Gazetteer

NOWHERE = 0  # the region of what is placed in the country as a whole


class Where:
    """Answers from one gazetteer, each place and each time between two changes of borders once."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._zones: dict[int, ZoneInfo] = {}
        self._regions: dict[tuple[int, int], int] = {}
        changed = {day for place in gazetteer.places.values() for day in (place.valid_from, place.moved_on) if day}
        self._changes = sorted(changed)

    def of(self, territory: int, at: datetime) -> tuple[int, date]:
        """The region that the place belonged to on the local day of `at`, and that day."""
        zone = self._zones.get(territory)
        if zone is None:
            zone = self._zones[territory] = self._gazetteer.zone(territory)
        day = at.astimezone(zone).date()
        since = bisect_right(self._changes, day)
        region = self._regions.get((territory, since))
        if region is None:
            found = self._gazetteer.region_of(territory, day)
            region = self._regions[territory, since] = found.id if found else NOWHERE
        return region, day
