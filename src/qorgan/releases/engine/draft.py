"""All that a release is made of, before it is written down; and what of it may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from qorgan.indicators.engine.definitions import Definition, Disclosure
from qorgan.indicators.engine.figures import Figure
from qorgan.indicators.engine.periods import Period
from qorgan.releases.engine.disclosure import Shown, protect
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
class Draft:
    """Definitions, figures and words of one release, as of one moment. Holds true counts: it never leaves the process.

    `months` holds the counts of the country by month, where the period has several. `number` is `2026-10-1`: period,
    then sequence. `revises` is the number it replaces, with the `reason`.
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
        return {
            code: TOO_FEW
            for code, figure in self.national.items()
            if self.definitions[code].disclosure is Disclosure.NATIONAL_ONLY
            and figure.value is not None
            and (figure.denominator or 0) < FEWEST
        }

    @cached_property
    def counts(self) -> Mapping[str, Shown]:
        """Every table of counts by region as it may be shown; of a ratio, its numerators, which it would give away."""
        return {
            code: protect({region: figure.numerator or 0 for region, figure in self.regional[code].items()})
            for code in self.tabled
        }

    @property
    def tabled(self) -> tuple[str, ...]:
        """Indicators that have a table by region."""
        return tuple(
            code
            for code, found in self.definitions.items()
            if found.disclosure is not Disclosure.NATIONAL_ONLY and code in self.regional and self._is_known(code)
        )

    def _is_known(self, code: str) -> bool:
        return self.national[code].numerator is not None

    def rows(self, code: str) -> tuple[Row, ...]:
        """The table of one indicator by region, protected."""
        hidden = self._hidden(code)
        rows = []
        for region in self.regions:
            figure = self.regional[code].get(region.id)
            if figure is None:
                continue
            if region.id in hidden:
                rows.append(Row(region, None, HIDDEN))
            else:
                rows.append(Row(region, figure.value, str(figure.why_none or GIVEN)))
        return tuple(rows)

    def _hidden(self, code: str) -> frozenset[int]:
        if self.definitions[code].disclosure is Disclosure.SMALL_COUNTS:
            return self.counts[code].hidden
        return frozenset().union(*(shown.hidden for shown in self.counts.values()))

    def is_withheld(self, code: str) -> bool:
        """Whether the whole table by region is withheld."""
        rows = self.rows(code)
        return bool(rows) and all(row.status == HIDDEN for row in rows)

    @property
    def has_hidden(self) -> bool:
        """Whether some table has hidden counts beside shown ones."""
        return any(shown.hidden and not shown.withheld for shown in self.counts.values())
