"""What a batch of threads leaves: records by table, and the journal in its order."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from qorgan.base import ids
from qorgan.base.scope import Actor
from qorgan.duties.actions import Laid
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind as DutyKind

Record = TypeVar("Record", bound=models.Model)
Entry = tuple[datetime, str, str, str, UUID | None, UUID | None, dict[str, Any]]


@dataclass(frozen=True)
class Thing:
    """What a duty or a row of the journal is about."""

    word: str
    id: UUID
    territory: int
    thread: UUID
    agency: UUID
    key: UUID | None
    case: UUID | None = None


@dataclass
class Rows:
    """Records in memory, in the state in which their last step leaves them."""

    records: dict[type[models.Model], list[models.Model]] = field(default_factory=dict)
    journal: list[Entry] = field(default_factory=list)
    _open: dict[UUID, list[Duty]] = field(default_factory=dict)
    _threads: dict[UUID | None, list[models.Model]] = field(default_factory=dict)

    def add(self, record: Record) -> Record:
        """Keep a record; it may still change until the batch is written."""
        self.records.setdefault(type(record), []).append(record)
        self._threads.setdefault(getattr(record, "thread_id", None), []).append(record)
        return record

    def tell(self, kind: str, thing: str, thing_id: UUID, by: Actor, at: datetime, /, **detail: Any) -> None:
        """A row of the journal."""
        self.journal.append((at, kind, thing, str(thing_id), by.staff_id, by.mandate_id, detail))

    def lay(self, laid: Iterable[Laid], about: Thing, by: Actor, at: datetime) -> None:
        """Duties about a thing, as `duties.lay` leaves them."""
        kinds = []
        for one in laid:
            duty = Duty(
                id=ids.new(),
                kind=one.kind.value,
                thing=about.word,
                thing_id=about.id,
                step=one.step,
                case_id=about.case,
                key_id=about.key,
                territory_id=about.territory,
                thread_id=about.thread,
                agency_id=about.agency,
                provision=one.provision,
                to_verify=one.to_verify,
                since=one.since,
                due_at=one.due_at,
            )
            self._open.setdefault(about.id, []).append(self.add(duty))
            kinds.append(one.kind.value)
        self.tell("duties.duty.laid", about.word, about.id, by, at, kinds=kinds)

    def done(self, about: UUID, kind: DutyKind, by: Actor, at: datetime, *, step: int = 0) -> None:
        """The open duty of a kind about a thing is done, as `duties.done` leaves it; nothing where there is none."""
        for duty in self._open.get(about, ()):
            if (duty.kind, duty.step) == (kind.value, step) and duty.done_at is None and duty.dropped_at is None:
                duty.done_at, duty.done_by = at, by.staff_id
                late = duty.due_at is not None and at > duty.due_at
                self.tell("duties.duty.done", duty.thing, about, by, at, kind=duty.kind, step=step, late=late)
                return

    def move(self, thread: UUID, to: int) -> None:
        """Every record of a thread so far lies in another place."""
        for record in self._threads.get(thread, ()):
            record.territory_id = to  # type: ignore[attr-defined]  # what has a thread lies in a place

    def move_duty(self, about: UUID, kind: DutyKind, due_at: datetime | None) -> None:
        """The open duty of a kind about a thing is due at another moment."""
        for duty in self._open.get(about, ()):
            if duty.kind == kind.value:
                duty.due_at = due_at

    def drop(self, about: UUID, why: str, by: Actor, at: datetime) -> None:
        """The open duties about a thing lose their ground, as `duties.drop` leaves them."""
        lost = [duty for duty in self._open.get(about, ()) if duty.done_at is None and duty.dropped_at is None]
        for duty in lost:
            duty.dropped_at, duty.dropped_why = at, why
        if lost:
            self.tell("duties.duty.dropped", lost[0].thing, about, by, at, why=why, count=len(lost))
