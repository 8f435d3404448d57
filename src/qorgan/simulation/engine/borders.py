"""Which region a place lay in on a day: the ledger's own reading of the country's tables, used by nothing else."""

from collections.abc import Iterable, Mapping
from datetime import date


class Borders:
    """Answers from the tables of regions, districts and successions."""

    def __init__(
        self,
        *,
        regions: Iterable[Mapping[str, str]],
        districts: Iterable[Mapping[str, str]],
        successions: Iterable[Mapping[str, str]],
    ) -> None:
        self._begins = {int(row["id"]): _day(row["valid_from"]) for row in regions if row["kind"] != "country"}
        self._rows = {int(row["id"]): row for row in districts}
        self._before: dict[int, set[int]] = {}
        for row in successions:
            self._before.setdefault(int(row["new"]), set()).add(int(row["old"]))

    def region(self, place: int, on: date) -> int:
        """The region: that of today, but for days before the place moved to it or before it was founded."""
        while place in self._rows:
            row = self._rows[place]
            moved = _day(row["moved_on"])
            if moved and on < moved:
                return int(row["earlier_region"])
            place = int(row["parent"])
        founded = self._begins.get(place)
        before = self._before.get(place, set())
        if founded and on < founded and len(before) == 1:
            return next(iter(before))
        return place


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
