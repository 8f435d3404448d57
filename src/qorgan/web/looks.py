"""Who looked: opening a thing is written down like a write."""

from uuid import UUID

from qorgan.base import clock, journal
from qorgan.web.request import StaffRequest


def note(
    request: StaffRequest, *, thing: str, thing_id: UUID | int | str, detail: dict[str, str] | None = None
) -> None:
    """Write that the person of the request looked at a thing, as `web.case.seen`, in the request's transaction."""
    journal.write(
        kind=f"web.{thing}.seen",
        by=request.actor,
        now=clock.now(),
        thing=thing,
        thing_id=thing_id,
        detail={"purpose": request.actor.purpose, **(detail or {})},
    )
