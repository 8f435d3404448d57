"""Who is let into the threads of a case: into its own, and into those of the further reports that it leads."""

from datetime import datetime
from typing import Any
from uuid import UUID

from qorgan.agencies.models import Admission
from qorgan.base import ids
from qorgan.base.scope import Actor
from qorgan.simulation.loader.rows import Rows

_TERMS = ("territory_id", "staff_id", "agency_id", "ground", "permissions", "basis", "purpose", "until")


class Ways:
    """The admissions of one case, as `cases.answer` and `cases.join` leave them."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self._held: list[Admission] = []
        self._further: list[UUID] = []

    def admit(self, by: Actor, at: datetime, **given: Any) -> Admission:
        """Let one person, or an agency, into a thread."""
        made = Admission(id=ids.new(), since=at, made_by=by.staff, **given)
        self.rows.add(made)
        self._held.append(made)
        whom = {"staff": str(made.staff_id)} if made.staff_id else {"agency": str(made.agency_id)}
        self.rows.tell("agencies.admission.given", "thread", made.thread_id, by, at, ground=made.ground, **whom)
        return made

    def widen(self, way: Admission, by: Actor, at: datetime) -> None:
        """Let whoever was let into the case by a referral into the further reports that it leads by then."""
        for thread in self._further:
            self._beside(way, thread, by, at)

    def lead(self, thread_id: UUID, by: Actor, at: datetime) -> None:
        """A further report of the case: whoever sees the case by a referral is let into it too."""
        for way in [one for one in self._held if one.basis and one.thread_id not in self._further]:
            if way.ended_at is None and (way.until is None or way.until > at):
                self._beside(way, thread_id, by, at)
        self._further.append(thread_id)

    def end(self, way: Admission, by: Actor, at: datetime) -> None:
        """End one, where it stands."""
        if way.ended_at is None:
            way.ended_at, way.ended_by = at, by.staff
            self.rows.tell("agencies.admission.ended", "thread", way.thread_id, by, at, ground=way.ground)

    def end_all(self, basis: UUID, by: Actor, at: datetime) -> None:
        """End all that stand on a referral."""
        for way in [one for one in self._held if one.basis == basis]:
            self.end(way, by, at)

    def _beside(self, way: Admission, thread_id: UUID, by: Actor, at: datetime) -> None:
        self.admit(by, at, thread_id=thread_id, **{name: getattr(way, name) for name in _TERMS})
