"""A row of a duty desk's file as it was understood, and what is to be said about it."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Any

FIELDS = (
    "kui_no",
    "registered_at",
    "registered_time",
    "narrative",
    "address",
    "victim",
    "iin",
    "suspect",
    "channel",
    "phone",
)


class Weight(IntEnum):
    """How much a note weighs. The heaviest note of a row is its verdict."""

    REMARK = 0  # said in the list, changes nothing
    WARNING = 1  # the row is kept, a person should look
    REFUSAL = 2  # the row is not kept until it is mended


class Verdict(StrEnum):
    """What becomes of a row."""

    ACCEPT = "accept"
    FLAG = "flag"
    REFUSE = "refuse"


_VERDICTS = {Weight.REMARK: Verdict.ACCEPT, Weight.WARNING: Verdict.FLAG, Weight.REFUSAL: Verdict.REFUSE}


@dataclass(frozen=True)
class Note:
    """One thing to say about a field (`""`: about the row as a whole). `code` has a sentence in readers.words."""

    field: str
    code: str
    weight: Weight
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Cells:
    """A row before it is judged: values by field, and everything it held by heading.

    `line` is the physical line of the file, or the row of the sheet as its program numbers it.
    """

    line: int
    values: Mapping[str, Any]
    raw: Mapping[str, str]
    notes: tuple[Note, ...] = ()
    sheet: str = ""


@dataclass(frozen=True)
class Source:
    """The way a report came in: a code of `reports.terms.Channel`, empty where the words are not known."""

    code: str
    raw: str


@dataclass(frozen=True)
class Row:
    """One row: what it says, cleaned; what it said, as it was; and the verdict.

    `number` counts data rows from 1. Where `time_known` is false, `registered_at` is midnight of the day.
    `victim` is empty where the desk wrote that the person is not known. `iin` is twelve digits or what was written.
    `phone_e164` is empty where the number is not certain.
    """

    number: int
    line: int
    sheet: str
    kui_no: str
    registered_at: datetime | None
    registered_on: date | None
    time_known: bool
    narrative: str
    address: str
    victim: str
    iin: str
    suspect: str
    channel: Source
    phone: str
    phone_e164: str
    raw: Mapping[str, str]
    values: Mapping[str, str]
    notes: tuple[Note, ...]
    repeat: bool = False

    @property
    def verdict(self) -> Verdict:
        """The heaviest of the notes decides."""
        return _VERDICTS[max((note.weight for note in self.notes), default=Weight.REMARK)]

    @property
    def main_note(self) -> Note | None:
        """The note that decided the verdict; None where nothing is to be said."""
        return max(self.notes, key=lambda note: note.weight, default=None)

    @property
    def registered_text(self) -> str:
        """Local time to the minute as ISO 8601, the day alone where the time is not known, empty without a date."""
        if self.registered_at is None:
            return ""
        if not self.time_known:
            return self.registered_at.date().isoformat()
        return self.registered_at.replace(tzinfo=None).isoformat(timespec="minutes")


def remark(code: str, *, field: str = "", **params: Any) -> Note:
    """A note that changes nothing."""
    return Note(field, code, Weight.REMARK, params)


def warning(code: str, *, field: str = "", **params: Any) -> Note:
    """A note that keeps the row and asks a person to look."""
    return Note(field, code, Weight.WARNING, params)


def refusal(code: str, *, field: str = "", **params: Any) -> Note:
    """A note that refuses the row."""
    return Note(field, code, Weight.REFUSAL, params)
