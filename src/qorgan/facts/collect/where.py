"""Region and local day of a happening, by the place's own clock and the borders of that day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from qorgan.places.engine.gazetteer import Gazetteer

NOWHERE = 0  # the region of what is placed in the country as a whole


class Where:
    """Answers from one gazetteer, each place and day once."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._zones: dict[int, ZoneInfo] = {}
        self._regions: dict[tuple[int, date], int] = {}

    def of(self, territory: int, at: datetime) -> tuple[int, date]:
        """The region that the place belonged to on the local day of `at`, and that day."""
        zone = self._zones.get(territory)
        if zone is None:
            zone = self._zones[territory] = self._gazetteer.zone(territory)
        day = at.astimezone(zone).date()
        region = self._regions.get((territory, day))
        if region is None:
            found = self._gazetteer.region_of(territory, day)
            region = self._regions[territory, day] = found.id if found else NOWHERE
        return region, day
