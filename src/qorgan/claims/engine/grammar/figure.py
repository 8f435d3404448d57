"""What a reading says: the figures of a text, what was passed over and why, and who says it."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Unit(StrEnum):
    """What a figure is in. The names are those of the annotated passages."""

    COUNT = "count"
    PERCENT = "percent"
    PERCENT_CHANGE = "percent_change"  # the number is positive, the sign stands apart
    RATIO = "ratio"  # n-fold
    ONE_IN_N = "one_in_n"
    M_IN_N = "m_in_n"  # the number is m; n stands in `of`
    KZT = "currency_KZT"
    RUB = "currency_RUB"
    USD = "currency_USD"
    EUR = "currency_EUR"
    MCI = "mci"  # a sum in monthly calculation indexes; its worth is a value of the law, by date
    DURATION = "duration"
    RANK = "rank"


CHANGES = frozenset({Unit.PERCENT_CHANGE, Unit.RATIO})


class Nearness(StrEnum):
    """The word of approximation beside a figure. At least is `more_than`: the form has no other word."""

    EXACT = "exact"
    ABOUT = "about"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    RANGE = "range"
    UP_TO = "up_to"


@dataclass(frozen=True, slots=True)
class Cue:
    """Which rule said something of a figure, and by which words of the text."""

    says: str  # "approximation", "unit", "change_sign", "part_of" ...
    code: str
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Found:
    """A number on its way to being a figure: tokens `first` to `last` (not counted) of one sentence."""

    first: int
    last: int
    low: Decimal
    high: Decimal
    language: str = ""
    case: str = ""
    ordinal: bool = False
    collective: bool = False
    in_words: bool = False
    weak: bool = False  # "бір", one: a number only with a unit beside it
    joined: str = ""  # a noun joined to the number: 12-қоңырау
    scale: Decimal = Decimal(1)  # the multiplier said with it
    unit: Unit | str = Unit.COUNT
    unit_said: bool = False
    nearness: Nearness = Nearness.EXACT
    sign: int | None = None
    points: bool = False
    difference: int | None = None
    of: Decimal | None = None
    every: bool = False
    base: bool = False
    reason: str = ""  # why it is no figure
    parent: "Found | None" = None
    sibling: bool = False
    moved: bool = False  # a level between which something moved
    cues: list[Cue] = field(default_factory=list)
    shown: int | None = None  # where its span ends, if not with its last token
    counted: str = ""
    counted_code: str = ""
    label: tuple[str, ...] = ()  # the words beside it, by which a later sentence may name it
    index: int = -1

    @property
    def last_case(self) -> str:
        """The case without the possessive: `сынан` is an ablative too."""
        return self.case.rpartition(" ")[2]

    @property
    def is_possessive(self) -> bool:
        """ "Its 37": the number carries the suffix that belongs to a whole."""
        return self.case.startswith("possessive")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says it, who passes it on, about whom. Empty where the text does not say."""

    speaker: str = ""
    relay: str = ""
    about: str = ""
    denied: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it was said. Code points of the whole text; numbers scaled; nothing is widened or guessed.

    `part_of` is the place of its whole among the figures of the text. Empty words and None are "not stated".
    """

    start: int
    end: int
    text: str
    low: Decimal
    high: Decimal
    unit: str
    approximation: str
    change_sign: int | None
    part_of: int | None
    of: Decimal | None
    points: bool
    difference: int | None
    counted: str
    counted_code: str
    period: str
    place: str
    voice: Voice
    cues: tuple[Cue, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON: the fields of the annotated passages first, then our own."""
        voice = self.voice
        return {
            "start": self.start,
            "end": self.end,
            "low": plain(self.low),
            "high": plain(self.high),
            "unit": self.unit,
            "approximation": self.approximation,
            "change_sign": self.change_sign,
            "part_of": self.part_of,
            "text": self.text,
            "of": plain(self.of),
            "points": self.points,
            "difference": self.difference,
            "counted": self.counted,
            "counted_code": self.counted_code,
            "period": self.period,
            "place": self.place,
            "speaker": voice.speaker,
            "relay": voice.relay,
            "about": voice.about,
            "denied": voice.denied,
            "quoted": voice.quoted,
            "cues": [{"says": cue.says, "rule": cue.code, "start": cue.start, "end": cue.end} for cue in self.cues],
        }


def plain(value: Decimal | None) -> int | float | None:
    """A number as JSON has it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


@dataclass(frozen=True, slots=True)
class Passed:
    """A number that is no figure, and why."""

    start: int
    end: int
    text: str
    reason: str
    rule: str


class Note(StrEnum):
    """What a reader is told of a stretch of text."""

    LATIN = "latin_script_not_read"  # Kazakh in Latin letters: not read yet
    TOO_LONG = "number_too_long"  # more digits than anybody says
    TOO_MANY = "row_of_numbers_not_read"  # more numbers than a sentence holds: a dump of data, no statement
    MCI_OR_BOOK = "aek_has_two_meanings"  # АЕК: the index, and the book of records; the words around do not tell


@dataclass(frozen=True, slots=True)
class Remark:
    """A note about a stretch of text."""

    code: Note
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence that was read."""

    start: int
    text: str
    language: str
    figures: tuple[Figure, ...]
    passed: tuple[Passed, ...]
    remarks: tuple[Remark, ...]
