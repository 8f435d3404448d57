"""Keeping staff: who may come in at all, and in which mandates."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from qorgan.agencies import access, queries, rules
from qorgan.agencies.models import Agency, Invitation, Mandate, Session, Staff
from qorgan.agencies.terms import Purpose, Role
from qorgan.base import ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor

_INSTANT = timedelta(microseconds=1)


@transaction.atomic
def add_person(
    *,
    login: str,
    names: dict[str, str],
    by: Actor,
    now: datetime,
    ranks: dict[str, str] | None = None,
    language: str = "",
) -> Staff:
    """Enter a person without a password: only an invitation lets her in. Raises LoginIsWrong, LoginIsTaken."""
    access.check_may(by, access.KEEP)
    rules.check_login(login)
    if Staff.objects.filter(login=login).exists():
        raise rules.LoginIsTaken
    made = Staff(
        id=ids.new(), login=login, names=names, ranks=ranks or {}, language=language, password=make_password(None)
    )
    made.save(force_insert=True)
    journal.write(kind="agencies.staff.added", thing="staff", thing_id=made.id, by=by, now=now)
    return made


@transaction.atomic
def give_mandate(
    *,
    staff_id: UUID,
    agency: Agency,
    role: Role,
    territory_id: int,
    purpose: Purpose,
    valid_from: datetime,
    valid_until: datetime | None,
    by: Actor,
    now: datetime,
) -> Mandate:
    """Let a person act in a role, over a territory, from a moment until a moment.

    Raises NotFound, OwnAccount, NotAllowed (beyond the giver's own territory), EndsBeforeItBegins.
    """
    access.check_may(by, access.KEEP)
    held = _held(staff_id)
    rules.check_other(held.id, by=by)
    rules.check_reach((territory_id, agency.territory_id), by=by)
    rules.check_span(valid_from, valid_until)
    made = Mandate(
        id=ids.new(),
        staff=held,
        agency=agency,
        role=role.code,
        territory_id=territory_id,
        purpose=purpose,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    made.save(force_insert=True)
    detail = {"mandate": str(made.id), "role": role.code, "territory": territory_id, "agency": agency.code}
    journal.write(kind="agencies.mandate.given", thing="staff", thing_id=held.id, by=by, now=now, detail=detail)
    return made


@transaction.atomic
def end_mandate(*, mandate_id: UUID, by: Actor, now: datetime) -> Mandate:
    """End a mandate now; one that has not begun ends as it begins. From the next question on nobody acts in it.

    Raises NotFound, OwnAccount, NotAllowed, MandateHasEnded.
    """
    access.check_may(by, access.KEEP)
    held = Mandate.objects.select_for_update().filter(pk=mandate_id).first()
    if held is None:
        raise NotFound
    rules.check_other(held.staff_id, by=by)
    rules.check_reach((held.territory_id,), by=by)
    if held.valid_until is not None and held.valid_until <= now:
        raise rules.MandateHasEnded
    held.valid_until = max(now, held.valid_from + _INSTANT)
    held.save(update_fields=["valid_until"])
    detail = {"mandate": str(held.id)}
    journal.write(kind="agencies.mandate.ended", thing="staff", thing_id=held.staff_id, by=by, now=now, detail=detail)
    return held


@transaction.atomic
def disable(*, staff_id: UUID, by: Actor, now: datetime) -> Staff:
    """Shut a person out: her sessions end with this act, her invitation too. Again changes nothing.

    Raises NotFound, OwnAccount, NotAllowed.
    """
    held = _kept(staff_id, by=by, now=now)
    if held.is_active:
        held.is_active = False
        held.save(update_fields=["is_active"])
        ended, _by_table = Session.objects.filter(staff=held).delete()
        Invitation.objects.filter(staff=held, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
        detail = {"sessions": ended}
        journal.write(kind="agencies.staff.disabled", thing="staff", thing_id=held.id, by=by, now=now, detail=detail)
    return held


@transaction.atomic
def enable(*, staff_id: UUID, by: Actor, now: datetime) -> Staff:
    """Let a person come in again, by what she came in with before. Again changes nothing. Raises as `disable` does."""
    held = _kept(staff_id, by=by, now=now)
    if not held.is_active:
        held.is_active = True
        held.save(update_fields=["is_active"])
        journal.write(kind="agencies.staff.enabled", thing="staff", thing_id=held.id, by=by, now=now)
    return held


def _held(staff_id: UUID) -> Staff:
    held = Staff.objects.select_for_update().filter(pk=staff_id).first()
    if held is None:
        raise NotFound
    return held


def _kept(staff_id: UUID, *, by: Actor, now: datetime) -> Staff:
    """A person, held, whom the administrator may keep: not herself, and nowhere beyond the administrator's reach."""
    access.check_may(by, access.KEEP)
    held = _held(staff_id)
    rules.check_other(held.id, by=by)
    rules.check_reach(queries.territories_of(held, now=now), by=by)
    return held
