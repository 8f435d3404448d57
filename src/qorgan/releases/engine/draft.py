"""All that a release is made of, before it is written down; and what of it may be shown."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from zoneinfo import ZoneInfo

from qorgan.indicators.engine.definitions import Definition, Disclosure
from qorgan.indicators.engine.figures import Figure
from qorgan.indicators.engine.periods import Period
from qorgan.releases.engine.changes import Break, Change, change
from qorgan.releases.engine.choice import HIGHS, RULE
from qorgan.releases.engine.kinds import kind_of
from qorgan.releases.engine.phrases import Told
from qorgan.releases.engine.protection import Protection, protected
from qorgan.releases.engine.sentences import Voice
from qorgan.releases.engine.tables import GIVEN, HIDDEN, Region

TOO_FEW = "too_few"
FEWEST = 5  # a median over fewer records would be the measure of a person


def number_shown(number: str) -> str:
    """A release's number as people write it: `2026-10/1`, `2026-01..2026-10/1`."""
    period, _, sequence = number.rpartition("-")
    return f"{period.replace('-to-', '..')}/{sequence}"


@dataclass(frozen=True)
class Row:
    """One region in one table: its value, or a word for why there is none."""

    region: Region
    value: Decimal | int | None
    status: str


@dataclass(frozen=True)
class Front:
    """What stands out: the counts that open the text, the indicator on the map, those drawn over the months."""

    opening: tuple[str, ...] = ()
    mapped: str = ""
    charted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Borders:
    """Borders of regions that changed on a day since a year before the period; the names by language."""

    on: date
    names: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Past:
    """The figures of the same period a year before, as of the same moment; and the days on which series break."""

    figures: Mapping[str, Figure] = field(default_factory=dict)
    breaks: tuple[Break, ...] = ()
    borders: tuple[Borders, ...] = ()


@dataclass(frozen=True)
class Draft:
    """Definitions, figures and words of one release, as of one moment. Holds true counts: it never leaves the process.

    `months` holds the counts of the country by month, where the period has several. `number` is `2026-10-1`: period,
    then sequence. `revises` is the number it replaces, with the `reason`. `method` chooses the counts that are hidden
    beside the small ones; `parquet` names the library that writes such tables, empty where there is none.
    """

    number: str
    country: str
    period: Period
    as_of: datetime
    synthetic: bool
    zone: ZoneInfo
    publisher: Mapping[str, str]
    voices: tuple[Voice, ...]
    definitions: Mapping[str, Definition]
    national: Mapping[str, Figure]
    regional: Mapping[str, Mapping[int, Figure]]
    regions: tuple[Region, ...]
    months: Mapping[str, tuple[Figure, ...]]
    revises: str = ""
    reason: str = ""
    past: Past = field(default_factory=Past)
    front: Front = field(default_factory=Front)
    method: str = RULE
    parquet: str = ""

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the release, the country's first one first."""
        return tuple(voice.language for voice in self.voices)

    @property
    def complete(self) -> bool:
        """Whether the period had ended on the date of the data."""
        return all(figure.complete for figure in self.national.values())

    @cached_property
    def withheld(self) -> Mapping[str, str]:
        """Figures of the country that exist and are not given, with the word of the reason."""
        return MappingProxyType(
            {
                code: TOO_FEW
                for code, figure in self.national.items()
                if self.definitions[code].disclosure is Disclosure.NATIONAL_ONLY
                and figure.value is not None
                and figure.denominator is not None
                and figure.denominator < FEWEST
            }
        )

    @cached_property
    def protection(self) -> Protection:
        """Every table by region as one system, and what of it may be shown."""
        return protected(
            {code: self.definitions[code] for code in self.tabled},
            {code: self.regional[code] for code in self.tabled},
            method=self.method,
        )

    def check(self) -> None:
        """The attacker's audit over all tables. Raises audit.Disclosed."""
        self.protection.check(programs=self.method == HIGHS)

    @cached_property
    def tabled(self) -> tuple[str, ...]:
        """Indicators that have a table by region."""
        return tuple(
            code
            for code, found in self.definitions.items()
            if found.disclosure is not Disclosure.NATIONAL_ONLY
            and code in self.regional
            and self.national[code].numerator is not None
        )

    def rows(self, code: str) -> tuple[Row, ...]:
        """The table of one indicator by region, protected."""
        return self._rows[code]

    @cached_property
    def _rows(self) -> Mapping[str, tuple[Row, ...]]:
        return {code: tuple(self._table(code)) for code in self.tabled}

    def _table(self, code: str) -> Iterator[Row]:
        hidden = self.protection.hidden(code)
        for region in self.regions:
            figure = self.regional[code].get(region.id)
            if figure is None:
                continue
            if region.id in hidden:
                yield Row(region, None, HIDDEN)
            else:
                yield Row(region, figure.value, str(figure.why_none or GIVEN))

    def is_withheld(self, code: str) -> bool:
        """Whether the whole table by region is withheld, or nothing of it is left."""
        rows = self.rows(code)
        return self.protection.is_withheld(code) or (bool(rows) and all(row.status == HIDDEN for row in rows))

    @property
    def has_hidden(self) -> bool:
        """Whether some table has hidden counts beside shown ones."""
        return any(self.protection.hidden(code) and not self.is_withheld(code) for code in self.tabled)

    @property
    def opening(self) -> tuple[str, ...]:
        """The figures that stand out: those that the country names, or the first counts there are."""
        named = tuple(code for code in self.front.opening if code in self.national)
        return named or tuple(code for code in self.definitions if self.definitions[code].scale == 1)[:3]

    def told(self, code: str, language: str) -> Told:
        """One figure of the country, ready to be said."""
        found, figure = self.definitions[code], self.national[code]
        return Told(figure, kind_of(found), found.wording(language), self.change(code), self.withheld.get(code))

    def change(self, code: str) -> Change | None:
        """What may be said of the change since a year before."""
        kind = kind_of(self.definitions[code])
        return change(self.national[code], self.past.figures.get(code), kind=kind, breaks=self.past.breaks)
