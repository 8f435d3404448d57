"""Words of what leaves the house, and the one value without which nothing does."""

from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum


class Channel(StrEnum):
    """Ways out. Each has an adapter under `channels/`."""

    FILE = "file"  # a folder of this machine: a fax desk, a courier, a test
    EMAIL = "email"


class Voice(StrEnum):
    """How someone is reached without a message. No adapter: a person calls, or nobody does."""

    CALL = "call"
    SHE = "she"  # only she gets in touch


@dataclass(frozen=True)
class SafeContact:
    """How someone may be reached without being endangered, as she said it herself.

    `hours_from` and `hours_until` are local times of the place; both None means at any hour. `verified_at` is when
    a member of staff last heard from her that this is still safe. `answers`: who may come to the telephone; the code
    word is said first, and `voicemail` is whether a word may be left at all. `barred`: who would read it is, or may be,
    the one complained of. `awaits`: someone else is told first, and was not told yet.
    """

    channel: str
    address: str = field(repr=False)
    code_word: str = field(default="", repr=False)
    hours_from: time | None = None
    hours_until: time | None = None
    voicemail: bool = False
    verified_at: datetime | None = None
    barred: bool = False
    awaits: bool = False
    answers: str = field(default="", repr=False)
