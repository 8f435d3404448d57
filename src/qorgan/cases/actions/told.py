"""Telling the other agency by a duty with a clock, and letting what was not answered in time lapse.

The duty lies where the other agency is, in the thread of the case, so that a block holds for it too. About a sealed
thread none is laid: it would stand in lists of a place where nobody may know of it; the agency's own inbox has it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from qorgan.agencies import queries as offices
from qorgan.base import journal
from qorgan.base.scope import Actor, acting
from qorgan.cases.models import Case, Referral
from qorgan.cases.terms import Standing
from qorgan.duties import actions as duties
from qorgan.duties.terms import OFFERED
from qorgan.duties.terms import Kind as Duty
from qorgan.law import queries as law
from qorgan.places import queries as places

ANSWER, STOP, REPLACE = "sharing.answer", "sharing.stop_using", "sharing.representative_replaced"


@contextmanager
def reaching(referral: Referral, *, by: Actor) -> Iterator[None]:
    """Act where both agencies are, for what lies in the other one's place; what is shut to `by` stays shut."""
    place = offices.place_of(referral.to_agency_id)
    both = tuple({*by.territories, referral.territory_id, place})
    with acting(replace(by, territories=both)):
        yield


def term(referral: Referral, *, key: str, now: datetime) -> tuple[datetime | None, bool]:
    """By when something is to be done, where a value is on record or entered; and whether it is to be verified."""
    found = law.deadline(key, start=now, zone=places.zone(referral.territory_id))
    return found.due_at, found.to_verify or found.due_at is None


def lay(
    referral: Referral,
    *,
    kind: Duty,
    provision: str,
    due: tuple[datetime | None, bool],
    by: Actor,
    now: datetime,
    step: int = 0,
) -> None:
    """Lay a duty about a referral on the other agency."""
    if offices.is_sealed(referral.thread_id):
        return
    due_at, to_verify = due
    laid = duties.Laid(kind=kind, provision=provision, since=now, due_at=due_at, step=step, to_verify=to_verify)
    with reaching(referral, by=by):
        duties.lay(
            laid=[laid],
            thing=OFFERED,
            thing_id=referral.id,
            case_id=None,
            territory_id=offices.place_of(referral.to_agency_id),
            thread_id=referral.thread_id,
            agency_id=referral.to_agency_id,
            by=by,
            now=now,
        )


def done(referral: Referral, *kinds: Duty, by: Actor, now: datetime) -> None:
    """The other agency did what it was to do."""
    with reaching(referral, by=by):
        for kind in kinds:
            duties.done(thing_id=referral.id, kind=kind, by=by, now=now)


def drop(referral: Referral, *, why: str, by: Actor, now: datetime) -> None:
    """What the other agency was to answer has lost its ground."""
    with reaching(referral, by=by):
        kinds = frozenset({Duty.ANSWER_REFERRAL, Duty.REPLACE_SPEAKER})
        duties.drop(thing_id=referral.id, why=why, by=by, now=now, kinds=kinds)


def over(referral: Referral, *, standing: Standing, by: Actor, now: datetime, **detail: str) -> None:
    """Write that a referral ended, and how."""
    referral.standing, referral.over_at = standing, now
    referral.version += 1
    referral.save(
        update_fields=["standing", "over_at", "recalled_at", "stop_due_at", "version"],
    )
    said = {"number": referral.number, "agency": str(referral.to_agency_id), "version": referral.version, **detail}
    kind = f"cases.referral.{standing.value}"
    journal.write(kind=kind, thing="referral", thing_id=referral.id, by=by, now=now, detail=said)


@transaction.atomic
def lapse(*, by: Actor, now: datetime) -> int:
    """End what was not answered in time, and what was granted until a moment that is over; how many.

    No permission of its own: the clock of the referral decides; a job asks it, and the case keeps its owner.
    """
    late = Referral.objects.select_for_update().filter(standing=Standing.PROPOSED, answer_due_at__lte=now)
    gone = Referral.objects.select_for_update().filter(
        standing__in=(Standing.PROPOSED, Standing.ACCEPTED), until__lte=now
    )
    count = 0
    for referral in [*late.order_by("id"), *gone.order_by("id")]:
        if referral.over_at is not None:
            continue
        waited = referral.standing == Standing.PROPOSED
        over(referral, standing=Standing.LAPSED if waited else Standing.ENDED, by=by, now=now)
        if waited:
            drop(referral, why="lapsed", by=by, now=now)
        count += 1
    return count


def locked(referral: Referral, *, case: Case) -> Referral | None:
    """A referral held until the transaction ends. The case is held first, by everyone: nobody waits in a circle."""
    return Referral.objects.select_for_update().filter(pk=referral.pk, case=case).first()
