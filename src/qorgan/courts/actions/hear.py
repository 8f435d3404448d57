"""Hearings: set, held, put off."""

from datetime import datetime

from django.db import transaction

from qorgan.base import ids
from qorgan.base.scope import Actor, beside
from qorgan.courts import access, rules
from qorgan.courts.actions import keep
from qorgan.courts.models import CourtCase, Hearing
from qorgan.courts.terms import HEARABLE, Result, State


@transaction.atomic
def schedule(*, court_case: CourtCase, at: datetime, by: Actor, now: datetime, seen: int | None = None) -> Hearing:
    """Set a hearing. Raises WrongState, HearingAlreadySet, HearingInThePast."""
    access.check_may(by, access.SCHEDULE)
    held = keep.locked(court_case, seen=seen)
    rules.check_state(held.state, HEARABLE, held.number)
    rules.check_ahead(at, now=now)
    hearing = _plan(held, at)
    if held.state == State.SENT:
        held.state = State.SCHEDULED
    keep.kept(held, act="hearing.set", by=by, now=now, fields=("state",), at=at.isoformat())
    return hearing


def _plan(held: CourtCase, at: datetime) -> Hearing:
    if Hearing.objects.filter(court_case=held, result=Result.PLANNED).exists():
        raise rules.HearingAlreadySet
    hearing = Hearing(id=ids.new(), court_case=held, **beside(held), at=at)
    hearing.save(force_insert=True)
    return hearing


@transaction.atomic
def hold(*, hearing: Hearing, by: Actor, now: datetime, seen: int | None = None) -> Hearing:
    """Write down that a hearing was held. Raises HearingNotYet, HearingWritten."""
    access.check_may(by, access.SCHEDULE)
    held = keep.locked(hearing.court_case, seen=seen)
    if hearing.at > now:
        raise rules.HearingNotYet
    written = keep.written(hearing, result=Result.HELD, by=by, now=now)
    keep.kept(held, act="hearing.held", by=by, now=now, at=written.at.isoformat())
    return written


@transaction.atomic
def postpone(
    *, hearing: Hearing, result: Result, to: datetime | None = None, by: Actor, now: datetime, seen: int | None = None
) -> Hearing:
    """Put a hearing off (`result`: POSTPONED or ABSENT), to another moment where one is set already.

    The hearing as it was stays; the answer is the new one, or the old one where no moment is set. Raises
    HearingWritten, HearingInThePast.
    """
    access.check_may(by, access.SCHEDULE)
    held = keep.locked(hearing.court_case, seen=seen)
    if to is not None:
        rules.check_ahead(to, now=now)
    put_off = Result.ABSENT if result is Result.ABSENT else Result.POSTPONED
    written = keep.written(hearing, result=put_off, by=by, now=now)
    planned = _plan(held, to) if to is not None else written
    at, moved = written.at.isoformat(), to.isoformat() if to else ""
    keep.kept(held, act="hearing.postponed", by=by, now=now, result=written.result, at=at, to=moved)
    return planned
