"""Where a thread plays: what every part of it is planned from."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from random import Random
from typing import Any

from qorgan.simulation.engine.calendars import YearOfDays, at, later
from qorgan.simulation.engine.chance import delay
from qorgan.simulation.engine.ground import District, Ground

DAYS_TO_DECIDE = 25  # what a court still needs at the end of the year, when its decision is to be counted in it
DAYS_TO_SENTENCE = 75
DAYS_TO_RETELL = 21  # what it takes at most until an order is served, and a further report can tell of its breach


@dataclass
class Scene:
    """One thread's ground, year, district and chance. `number` names it within district and year."""

    ground: Ground
    days: YearOfDays
    district: District
    seed: int
    number: int
    chance: Random

    @property
    def key(self) -> str:
        """The name of the thread."""
        return f"{self.seed}/{self.days.year}/{self.district.id}/{self.number}"

    @cached_property
    def end(self) -> datetime:
        """The last minute of the year: what the year's totals count happens before it."""
        return self.days.end(self.district.zone)

    @cached_property
    def horizon(self) -> datetime:
        """The last minute in which the thread may still move."""
        last = self.ground.assumptions.horizon(self.days.year)
        return at(last + timedelta(days=1), self.district.zone) - timedelta(minutes=1)

    def section(self, name: str) -> Any:
        """A table of the assumptions."""
        return self.ground.assumptions.section(name)

    def words(self, *path: str) -> Any:
        """The words of made-up records."""
        found: Any = self.ground.assumptions.words
        for name in path:
            found = found[name]
        return found

    def after(self, moment: datetime, name: str, *, until: datetime | None = None) -> datetime:
        """The moment of the next step, by the delay of that name; before the end of the year unless said otherwise."""
        passed = delay(self.chance, self.ground.assumptions.delays[name])
        return later(moment, passed, self.chance, until=until or self.end)

    def local_day(self, moment: datetime) -> date:
        """The date of a moment in the place."""
        return moment.astimezone(self.district.zone).date()

    def register_no(self, kind: str) -> str:
        """A number that shows that nothing of it is real."""
        words = self.ground.assumptions.words
        written: str = words["register"].format(
            mark=words["mark"],
            place=self.district.id,
            year=self.days.year % 100,
            number=self.number,
            kind=kind,
            seed=self.seed,
        )
        return written
