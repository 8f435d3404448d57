"""A published series as data: who publishes it, what it counts, for when and where, how it was rounded, where seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from qorgan.claims.engine.grammar.lexicon import Phrases
from qorgan.claims.engine.statement import Approximation, Figure, Unit


class Standing(StrEnum):
    """What the record says to one figure."""

    AGREES = "agrees"
    DIFFERS = "differs"
    DISPUTED = "records_differ"  # one comparable series agrees and another differs
    NOT_COMPARABLE = "not_comparable"
    NOTHING = "nothing_on_record"


@dataclass(frozen=True, order=True)
class Span:
    """From a first day to a last one, both inside."""

    first: date
    last: date

    @property
    def months(self) -> int:
        """How many months it touches."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    def years_later(self, years: int) -> "Span":
        """The same days of another year; the last of February stays the last."""
        return Span(_moved(self.first, years), _moved(self.last, years))

    def holds(self, other: "Span") -> bool:
        """Whether the other lies in it."""
        return self.first <= other.first and other.last <= self.last


def _moved(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == (2, 29) else day.day)


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """Who publishes, and the words by which a text names them."""

    code: str
    name: Mapping[str, str]
    words: Phrases


@dataclass(frozen=True, kw_only=True)
class Value:
    """One value of a series. `low` None: it exists and is not given (a small count).

    `open_end`: the source does not say up to when. `about_span`: it says so only roughly.
    """

    span: Span
    low: Decimal | None
    high: Decimal | None
    territory: int
    approximation: Approximation = Approximation.EXACT
    grain: Decimal | None = None
    as_of: date | None = None
    source: str = ""
    confidence: str = ""
    open_end: bool = False
    about_span: bool = False

    def figure(self, unit: Unit) -> Figure:
        """The same as a figure that was said, so that it is widened by the same rules."""
        low, high, grain = self.low, self.high, self.grain
        return Figure(id="known", unit=unit, low=low, high=high, approximation=self.approximation, grain=grain)


@dataclass(frozen=True, kw_only=True)
class Series:
    """What is counted by one definition, by one publisher, in one unit. Two series are never one, however alike.

    `objects`: what is counted is named so in a text; `topics`: of each group one word must stand in it too; `unless`:
    words of a narrower set. `counts` is the code of the noun. A stock is so many on a day, anything else adds up.
    """

    code: str
    name: Mapping[str, str]
    publisher: str
    counts: str
    unit: Unit
    objects: Phrases
    topics: tuple[Phrases, ...] = ()
    unless: Phrases | None = None
    is_stock: bool = False
    is_part: bool = False
    is_made_up: bool = False
    release: str = ""  # the number of our own, where it is one
    note: Mapping[str, str] = field(default_factory=dict)
    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Known:
    """All that a text is held against. `version` names the data: the digest of the files, the releases."""

    series: tuple[Series, ...] = ()
    publishers: tuple[Publisher, ...] = ()
    version: str = ""

    def publisher(self, code: str) -> Publisher | None:
        """The publisher of that code."""
        return next((each for each in self.publishers if each.code == code), None)
