"""Opening a file without an ordinary right to it: alone in an emergency, or, where it is sealed, as two people."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.agencies import access, queries, rules
from qorgan.agencies.actions import threads
from qorgan.agencies.models import Admission, Opening
from qorgan.agencies.terms import AdmissionGround, OpeningKind, OpeningReason, Purpose
from qorgan.base import ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.keys import vault
from qorgan.base.scope import Actor

_WHY, _DECIDED = "agencies.opening.why", "agencies.opening.decided_why"


@transaction.atomic
def open_alone(
    *,
    thread_id: UUID,
    territory_id: int,
    permissions: Iterable[str],
    reason: OpeningReason,
    why: str,
    until: datetime,
    by: Actor,
    now: datetime,
) -> Opening:
    """Open a file of another place at once, until a moment; the review of it is laid by whoever calls.

    `permissions`: what of the rights of a role holds there.

    Raises NotAllowed, NoReason; NotFound for whom the file is shut to, or where it is sealed: two people open those.
    """
    access.check_may(by, access.OPEN_ALONE)
    words = rules.reason(why)
    if queries.is_shut(thread_id, staff_id=by.staff) or queries.is_sealed(thread_id):
        raise NotFound
    opening = _asked(OpeningKind.ALONE, thread_id, territory_id, reason, words, until, by=by, now=now)
    opening.admission = _admitted(
        opening, AdmissionGround.BREAK_GLASS, permissions=permissions, until=until, by=by, now=now
    )
    opening.save(update_fields=["admission"])
    return opening


@transaction.atomic
def ask(
    *, thread_id: UUID, territory_id: int, reason: OpeningReason, why: str, until: datetime, by: Actor, now: datetime
) -> Opening:
    """Ask for a sealed file: nothing opens until another person lets in. `until`: how long the asking stands.

    Raises NotAllowed, NoReason; NotFound where it is shut to the asker, or not sealed.
    """
    access.check_may(by, access.ASK_OPENING)
    words = rules.reason(why)
    if queries.is_shut(thread_id, staff_id=by.staff) or not queries.is_sealed(thread_id):
        raise NotFound
    return _asked(OpeningKind.TWO_PEOPLE, thread_id, territory_id, reason, words, until, by=by, now=now)


def _asked(
    kind: OpeningKind,
    thread_id: UUID,
    territory_id: int,
    reason: OpeningReason,
    words: str,
    until: datetime,
    *,
    by: Actor,
    now: datetime,
) -> Opening:
    key_id = vault.new_key()
    made = Opening(
        id=ids.new(),
        thread_id=thread_id,
        territory_id=territory_id,
        staff_id=by.staff,
        agency_id=by.agency,
        kind=kind,
        reason=reason,
        key_id=key_id,
        why=vault.seal(key_id, words, at=_WHY),
        asked_at=now,
        until=until,
    )
    made.save(force_insert=True)
    done = "opened_alone" if kind is OpeningKind.ALONE else "asked"
    _write(f"agencies.opening.{done}", made, by=by, now=now, reason=reason.value)
    return made


def _admitted(
    opening: Opening,
    ground: AdmissionGround,
    *,
    permissions: Iterable[str],
    until: datetime,
    by: Actor,
    now: datetime,
) -> Admission:
    return threads.admit(
        thread_id=opening.thread_id,
        territory_id=opening.territory_id,
        ground=ground,
        permissions=permissions,
        purpose=Purpose.DOMESTIC_VIOLENCE,
        until=until,
        staff_id=opening.staff_id,
        by=by,
        now=now,
    )


@transaction.atomic
def let_in(
    *,
    opening_id: UUID,
    agree: bool,
    why: str,
    permissions: Iterable[str],
    until: datetime,
    by: Actor,
    now: datetime,
) -> Opening:
    """Let the asker into a sealed file until a moment, or refuse it: the second of two people, of another office.

    `permissions`: what of the rights of a role holds there.

    Raises NotAllowed, NotFound (for the asker too), OpeningDecided, NoReason.
    """
    access.check_may(by, access.LET_IN)
    held = _undecided(opening_id, OpeningKind.TWO_PEOPLE, by=by, now=now)
    if agree and queries.is_shut(held.thread_id, staff_id=held.staff_id):
        raise NotFound  # shut out since he asked
    _decide(held, agree, why, by=by, now=now)
    if agree:
        held.admission = _admitted(
            held, AdmissionGround.SECOND_PERSON, permissions=permissions, until=until, by=by, now=now
        )
        held.save(update_fields=["admission"])
    _write("agencies.opening.let_in" if agree else "agencies.opening.refused", held, by=by, now=now)
    return held


@transaction.atomic
def review(*, opening_id: UUID, was_right: bool, why: str, by: Actor, now: datetime) -> Opening:
    """Say whether a file was rightly opened in an emergency; where it was not, it is shut again at once.

    Raises NotAllowed, NotFound (for whoever opened it too), OpeningDecided, NoReason.
    """
    access.check_may(by, access.REVIEW_OPENING)
    held = _undecided(opening_id, OpeningKind.ALONE, by=by, now=now)
    _decide(held, was_right, why, by=by, now=now)
    if not was_right and held.admission_id is not None:
        threads.end(admission_id=held.admission_id, by=by, now=now)
    detail = {"right": "yes" if was_right else "no"}
    _write("agencies.opening.reviewed", held, by=by, now=now, **detail)
    return held


def _undecided(opening_id: UUID, kind: OpeningKind, *, by: Actor, now: datetime) -> Opening:
    held = Opening.objects.select_for_update().filter(pk=opening_id, kind=kind).first()
    if held is None or by.staff_id == held.staff_id or by.agency_id == held.agency_id:
        raise NotFound
    if queries.is_shut(held.thread_id, staff_id=by.staff):
        raise NotFound
    rules.check_undecided(held, now=now)
    return held


def _decide(held: Opening, answer: bool, why: str, *, by: Actor, now: datetime) -> None:
    held.decided_at, held.decided_by, held.was_right = now, by.staff, answer
    held.decided_why = vault.seal(held.key_id, rules.reason(why), at=_DECIDED)
    held.save(update_fields=["decided_at", "decided_by", "was_right", "decided_why"])


def _write(kind: str, opening: Opening, *, by: Actor, now: datetime, **detail: str) -> None:
    said = {"opening": str(opening.id), **detail}
    journal.write(kind=kind, thing="thread", thing_id=opening.thread_id, by=by, now=now, detail=said)
