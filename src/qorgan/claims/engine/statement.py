"""What somebody says in figures: the figures, the things counted, and what is said of them.

A claim is what one text says. Its *things* form part-of trees; its *statements* tie things to figures; its *choices*
are what the words leave open. A claim knows only what was said: nothing is filled in here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Unit(StrEnum):
    """What a figure is in; the words of the annotated passages."""

    COUNT = "count"
    PERCENT = "percent"
    PERCENT_CHANGE = "percent_change"  # the figure is positive, `sign` says which way
    POINTS = "percentage_points"
    RATIO = "ratio"  # n-fold: the figure is at least one, `sign` says which way
    ONE_IN_N = "one_in_n"
    M_IN_N = "m_in_n"  # the figure is m, `out_of` is n
    KZT = "currency_KZT"
    RUB = "currency_RUB"
    USD = "currency_USD"
    EUR = "currency_EUR"
    MCI = "mci"  # monthly calculation indexes: a sum whose worth depends on the year
    DURATION = "duration"
    RANK = "rank"


PLAIN = frozenset({Unit.COUNT, Unit.KZT, Unit.RUB, Unit.USD, Unit.EUR, Unit.MCI, Unit.DURATION})
SHARES = frozenset({Unit.PERCENT, Unit.ONE_IN_N, Unit.M_IN_N})
CHANGES = frozenset({Unit.PERCENT_CHANGE, Unit.RATIO})


class Approximation(StrEnum):
    """The word of nearness beside a figure."""

    EXACT = "exact"  # no such word: as precise as its digits
    ABOUT = "about"
    NEARLY = "nearly"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    UP_TO = "up_to"
    RANGE = "range"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure as it was said. `low` and `high` are scaled (3,7 thousand is 3700) and equal unless a range is said.

    `grain` is the size of the last digit shown: 100 for "3,7 thousand". What the text does not say is empty.
    """

    id: str
    unit: Unit
    low: Decimal | None
    high: Decimal | None
    approximation: Approximation = Approximation.EXACT
    sign: int | None = None  # +1 rise, -1 fall
    grain: Decimal | None = None  # None: from the digits, see `rounding.grain`
    out_of: Decimal | None = None
    said: str = ""  # the words themselves
    counted: str = ""
    period: str = ""
    place: str = ""
    speaker: str = ""
    relay: str = ""  # who passes it on
    about: str = ""  # about whom or what institution
    start: int | None = None  # code points in the text, the end excluded
    end: int | None = None


class Parts(StrEnum):
    """Whether the parts that are named are all there are."""

    ALL = "all"
    SOME = "some"
    UNSAID = "unsaid"  # both are read


class Apart(StrEnum):
    """Whether one thing can be in two of the named parts."""

    APART = "apart"
    OVERLAPPING = "overlapping"
    UNSAID = "unsaid"  # both are read


@dataclass(frozen=True, kw_only=True)
class Thing:
    """Something counted. `of` names its whole: one, or one by option of the choice `by`.

    `whole_numbers`: it is counted one by one, so that a third of one is impossible.
    """

    id: str
    name: Mapping[str, str] = field(default_factory=dict)  # by language
    of: str = ""
    of_by: Mapping[str, str] = field(default_factory=dict)  # by option
    by: str = ""  # the choice that decides `of_by`
    parts: Parts = Parts.UNSAID
    apart: Apart = Apart.APART
    whole_numbers: bool = True


@dataclass(frozen=True, kw_only=True)
class Level:
    """So many of a thing in a period."""

    id: str
    figure: str
    thing: str
    period: str = ""


@dataclass(frozen=True, kw_only=True)
class Change:
    """A thing fell or rose between two periods; or, with `than`, is more or less than another thing."""

    id: str
    figure: str
    thing: str
    start: str = ""
    end: str = ""
    than: str = ""


@dataclass(frozen=True, kw_only=True)
class Share:
    """A thing as a share of another: per cent, every n-th, m in n. `of_by` where a choice decides of which."""

    id: str
    figure: str
    thing: str
    of: str = ""
    of_by: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
    period: str = ""


@dataclass(frozen=True, kw_only=True)
class Rate:
    """So many of a thing for each `each` of another: women per centre, offences per 100 000 people."""

    id: str
    figure: str
    thing: str
    per: str
    each: Decimal = Decimal(1)
    period: str = ""


@dataclass(frozen=True, kw_only=True)
class Sum:
    """A total of several things, or of one thing over several periods."""

    id: str
    figure: str
    terms: tuple[tuple[str, str], ...]  # thing, period


@dataclass(frozen=True, kw_only=True)
class Points:
    """The share of a thing in another fell or rose by so many percentage points."""

    id: str
    figure: str
    thing: str
    of: str
    start: str = ""
    end: str = ""


@dataclass(frozen=True, kw_only=True)
class Rank:
    """A thing has a place, counted from the largest (or `from_below`), among others."""

    id: str
    figure: str
    thing: str
    among: tuple[str, ...]
    period: str = ""
    from_below: bool = False


Statement = Level | Change | Share | Rate | Sum | Points | Rank


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Something the words leave open, each option a different meaning. `words`: option -> language -> words."""

    id: str
    options: tuple[str, ...]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Given:
    """A supposition under which a question is asked: a share or a change of a thing lies between two values."""

    quantity: str  # share or change
    thing: str
    low: Decimal | None = None  # share in per cent; change in per cent, a fall below zero
    high: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A question about what is not said: how large can it be? `quantity` is level, share or change.

    `of`: the whole of a share; empty for the whole it is part of. `start` also serves as the period of a level or
    share.
    """

    id: str
    quantity: str
    thing: str
    of: str = ""
    start: str = ""
    end: str = ""
    given: tuple[Given, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What one text says in figures. Periods are named in the order of time."""

    title: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    date: str = ""
    periods: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # id -> language -> words
    figures: tuple[Figure, ...] = ()
    things: tuple[Thing, ...] = ()
    statements: tuple[Statement, ...] = ()
    choices: tuple[Choice, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)  # choices that a person has made
    asks: tuple[Ask, ...] = ()

    def figure(self, ident: str) -> Figure:
        """The figure of that name. Raises KeyError."""
        return {figure.id: figure for figure in self.figures}[ident]


UNSAID = "unsaid"  # the option of a share whose whole is not counted in the text
REST = ".rest"  # what a whole has beside its named parts: a thing of its own, `whole.rest`


def rest(whole: str) -> str:
    """The name of the part that nobody named."""
    return whole + REST
