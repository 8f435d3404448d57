"""Which looks of one day are unusual enough that a person should judge them. Pure: it lists, and decides nothing.

A rule compares a person with that person's own habit, never with a score of suspects: many files against the person's
own usual day; the hour against the office's hours and whether anything was written that day; a file against whether
the person ever did anything in it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from statistics import median
from uuid import UUID
from zoneinfo import ZoneInfo

FEWEST = 30  # files on one day below which nobody looked at many
TIMES = 3  # so many times the own usual day
HABIT = 5  # days of looking before there is a usual day
AGAIN = 3  # days on which one came back to a file one did nothing in
CLOSED_DAYS = 180  # after closing
OFFICE_HOURS = range(7, 21)  # local time


class OddLook(StrEnum):
    """Why a look is listed for a person to judge. It proves nothing."""

    MANY = "many"
    OWN_NAME = "own_name"
    AT_NIGHT = "at_night"
    NOT_THEIRS = "not_theirs"
    CLOSED = "closed"


@dataclass(frozen=True)
class Look:
    """One opened record: who, when, the thread of it."""

    staff_id: UUID
    at: datetime
    thread_id: UUID


@dataclass(frozen=True)
class Known:
    """What is known beside the looks. Threads someone `worked` in: wrote, owns, or was let into."""

    usual: Mapping[UUID, list[int]]  # files a day, of the days before
    worked: Collection[tuple[UUID, UUID]]
    wrote_today: Collection[UUID]
    namesakes: Collection[tuple[UUID, UUID]]
    closed_at: Mapping[UUID, datetime]
    came_back: Mapping[tuple[UUID, UUID], int]  # days on which the file was opened, this one too
    zones: Mapping[UUID, ZoneInfo]


@dataclass(frozen=True)
class Found:
    """One line for whoever judges: how many looks, and, for many files, the usual number of that person."""

    staff_id: UUID
    reason: OddLook
    day: date
    thread_id: UUID | None
    count: int
    usual: int | None = None


def unusual(looks: Iterable[Look], *, day: date, known: Known) -> list[Found]:
    """What of a day's looks is to be judged, by person; empty for a day like every other."""
    by_person: dict[UUID, list[Look]] = {}
    for look in looks:
        by_person.setdefault(look.staff_id, []).append(look)
    found: list[Found] = []
    for staff_id, own in sorted(by_person.items()):
        found += _many(staff_id, own, day=day, known=known)
        found += _files(staff_id, own, day=day, known=known)
    return found


def _many(staff_id: UUID, own: list[Look], *, day: date, known: Known) -> list[Found]:
    files = len({look.thread_id for look in own})
    before = known.usual.get(staff_id, [])
    usual = int(median(before)) if len(before) >= HABIT else None
    if files < FEWEST or (usual is not None and files < TIMES * usual):
        return []
    return [Found(staff_id, OddLook.MANY, day, None, files, usual)]


def _files(staff_id: UUID, own: list[Look], *, day: date, known: Known) -> list[Found]:
    counts = Counter(look.thread_id for look in own)
    at_night = Counter(look.thread_id for look in own if not _in_hours(look, known))
    found = []
    for thread_id, count in sorted(counts.items()):
        pair = (staff_id, thread_id)
        if pair in known.worked:
            continue
        if pair in known.namesakes:
            found.append(Found(staff_id, OddLook.OWN_NAME, day, thread_id, count))
        if at_night[thread_id] and staff_id not in known.wrote_today:
            found.append(Found(staff_id, OddLook.AT_NIGHT, day, thread_id, at_night[thread_id]))
        if known.came_back.get(pair, 1) >= AGAIN:
            found.append(Found(staff_id, OddLook.NOT_THEIRS, day, thread_id, known.came_back[pair]))
        closed = known.closed_at.get(thread_id)
        if closed is not None and (day - closed.date()).days > CLOSED_DAYS:
            found.append(Found(staff_id, OddLook.CLOSED, day, thread_id, count))
    return found


def _in_hours(look: Look, known: Known) -> bool:
    zone = known.zones.get(look.staff_id)
    return zone is None or look.at.astimezone(zone).hour in OFFICE_HOURS
