"""What is planned about the child of a thread: where the child sleeps; the review of a death."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PlannedNight:
    """A decision on where the child sleeps; `until` None: at home again."""

    at: datetime
    stays: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlannedTonight:
    """It is said that the suspect is, or may be, a parent of the child of the case: the guardianship authority is told
    in that second, accepts the part of the file and decides. `due_at`: by when the first night is to be decided."""

    said_at: datetime
    word: str
    due_at: datetime
    accepted_at: datetime
    nights: tuple[PlannedNight, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedAdvice:
    """What a review recommends to the crisis centre of the region, or to guardianship. `reply` empty: no answer."""

    at: datetime
    due_at: datetime
    to: str
    reply: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlannedDeath:
    """The child of the case died: the review of it, begun, with a chair, a material and a finding, perhaps closed."""

    begun_at: datetime
    entered_at: tuple[datetime, ...]
    advice: tuple[PlannedAdvice, ...]
    closed_at: datetime | None = None
