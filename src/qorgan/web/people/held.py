"""Holding two records' persons for one: what that reveals in their cases is told in the same second."""

from uuid import UUID

from qorgan.base import clock
from qorgan.cases import actions as cases
from qorgan.people import actions as people
from qorgan.web.request import StaffRequest


def hold_same(request: StaffRequest, person_id: UUID, other_id: UUID, why: str) -> UUID:
    """Say that two are one, by the request's person; the id of what was said. Raises as `people.hold_same` does."""
    now = clock.now()
    said = people.hold_same(person_id=person_id, other_id=other_id, why=why, by=request.actor, now=now)
    cases.note_same(person_id=person_id, by=request.actor, now=now)
    return said
