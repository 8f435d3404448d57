"""Who looked: opening a thing is written down like a write."""

from collections.abc import Callable, Collection
from typing import Any, TypeVar
from uuid import UUID

from qorgan.base import clock, journal
from qorgan.web.request import StaffRequest

Found = TypeVar("Found")
LONGEST_NUMBER = 40


def note(
    request: StaffRequest,
    *,
    thing: str,
    thing_id: UUID | int | str,
    thread_id: UUID | None = None,
    detail: dict[str, str] | None = None,
) -> None:
    """Write that the person of the request looked at a thing, as `web.case.seen`, in the request's transaction.

    `thread_id`: of what lies above the case, so that unusual looking is seen there too.
    """
    of_thread = {"thread": str(thread_id)} if thread_id else {}
    journal.write(
        kind=f"web.{thing}.seen",
        by=request.actor,
        now=clock.now(),
        thing=thing,
        thing_id=thing_id,
        detail={"purpose": request.actor.purpose, **of_thread, **(detail or {})},
    )


def note_each(request: StaffRequest, *, thing: str, thing_ids: Collection[UUID], detail: dict[str, str]) -> None:
    """Write a look at each of many things that one page shows of, with one statement."""
    told = {"purpose": request.actor.purpose, **detail}
    kind = f"web.{thing}.seen"
    journal.write_each(kind=kind, by=request.actor, now=clock.now(), thing=thing, thing_ids=thing_ids, detail=told)


def sought(request: StaffRequest, *, thing: str, find: Callable[[str], Found | None]) -> tuple[str, Found | None]:
    """The number that a list is asked for, and the thing in sight that bears it.

    That someone searched is written down, as `web.case.searched`, and whether it was found; not for what.
    """
    number = request.GET.get("number", "").strip()[:LONGEST_NUMBER]
    if not number:
        return "", None
    found = find(number)
    _write(request, f"web.{thing}.searched", thing, {"found": found is not None})
    return number, found


def listed(request: StaffRequest, *, thing: str, **detail: Any) -> None:
    """Write that the person of the request saw a list of things, as `web.case.listed`: which one, and how many rows."""
    _write(request, f"web.{thing}.listed", thing, detail)


def _write(request: StaffRequest, kind: str, thing: str, detail: dict[str, Any]) -> None:
    journal.write(kind=kind, by=request.actor, now=clock.now(), thing=thing, detail=detail)
