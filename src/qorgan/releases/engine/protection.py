"""The tables of a release by region as one system: what of them may be shown.

Every count has a table of its own. A ratio is given only where both counts it is made of may be known, so those are
tables too: a denominator that an indicator counts is that indicator's table, and a numerator that another table
already gives is that table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from qorgan.indicators.engine.definitions import Definition, Disclosure
from qorgan.indicators.engine.figures import Figure
from qorgan.releases.engine import audit, choice
from qorgan.releases.engine.kinds import Kind, kind_of, wholes
from qorgan.releases.engine.linked import Linked, Pattern, linked

Counts = dict[str, Mapping[int, int]]


@dataclass(frozen=True)
class Protection:
    """What of the tables is shown. `behind` names the tables that a ratio is made of. Holds true counts."""

    tables: Linked
    pattern: Pattern
    method: str
    behind: Mapping[str, tuple[str, ...]]

    def hidden(self, code: str) -> frozenset[int]:
        """The regions whose value may not be shown in the table of an indicator."""
        return self._hidden[code]

    @cached_property
    def _hidden(self) -> Mapping[str, frozenset[int]]:
        return {
            code: frozenset(
                region
                for region in self.tables.regions
                if not all(self.pattern.shows((table, region)) for table in tables)
            )
            for code, tables in self.behind.items()
        }

    def is_withheld(self, code: str) -> bool:
        """Whether an indicator has no table by region at all."""
        return any(table in self.pattern.withheld for table in self.behind[code])

    def check(self, *, programs: bool) -> None:
        """The attacker's audit. Raises audit.Disclosed."""
        below = choice.edges(self.tables, self.pattern) if self.method == choice.RULE else {}
        audit.check(self.tables, self.pattern, below=below, programs=programs)


def protected(
    definitions: Mapping[str, Definition],
    regional: Mapping[str, Mapping[int, Figure]],
    *,
    method: str,
) -> Protection:
    """Protect the tables of a release: `definitions` are those that have one."""
    counts: Counts = {}
    within: dict[str, str] = {}
    regions = list(dict.fromkeys(region for figures in regional.values() for region in figures))
    for code, found in definitions.items():
        if found.disclosure is Disclosure.SMALL_COUNTS:
            counts[code] = _column(regional[code], regions, "numerator")
    for part, whole in wholes(definitions).items():
        if part in counts and whole in counts:
            within[part] = whole
    behind: dict[str, tuple[str, ...]] = {code: (code,) for code in counts}
    for code, found in definitions.items():
        if found.disclosure is Disclosure.NEEDS_COUNTS:
            behind[code] = _ratio(found, regional[code], regions, counts=counts, within=within)
    tables = linked(counts, within)
    return Protection(tables, choice.pattern(tables, method=method), method, behind)


def _ratio(
    found: Definition,
    figures: Mapping[int, Figure],
    regions: list[int],
    *,
    counts: Counts,
    within: dict[str, str],
) -> tuple[str, str]:
    """The tables of a ratio's two counts, added where no other table gives them already."""
    below, above = _column(figures, regions, "denominator"), _column(figures, regions, "numerator")
    denominator = _same(below, counts) or f"{found.code}:denominator"
    counts.setdefault(denominator, below)
    numerator = _same(above, counts) or f"{found.code}:numerator"
    if numerator not in counts:
        counts[numerator] = above
        if kind_of(found) is Kind.SHARE:
            within[numerator] = denominator
    return numerator, denominator


def _column(figures: Mapping[int, Figure], regions: list[int], name: str) -> dict[int, int]:
    """A count of every region; nothing where the table has no such row."""
    return {region: (getattr(figures[region], name) or 0) if region in figures else 0 for region in regions}


def _same(wanted: Mapping[int, int], counts: Counts) -> str:
    """A table that holds these very counts; of nothing but zeros there is nothing to know."""
    return next((code for code, held in counts.items() if held == wanted), "")
