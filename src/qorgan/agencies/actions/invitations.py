"""One-time codes by which a person sets her own password: no administrator ever knows or chooses it."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from qorgan.agencies import access, queries, rules
from qorgan.agencies.engine import codes
from qorgan.agencies.models import Invitation, Session, Staff
from qorgan.agencies.terms import InvitationGround
from qorgan.base import ids, journal
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor


@transaction.atomic
def invite(*, staff_id: UUID, by: Actor, now: datetime) -> tuple[Invitation, str]:
    """Invite a person who has never come in: the invitation and its code, which is shown only now.

    An earlier code of hers stops working. Raises NotFound, OwnAccount, NotAllowed, Disabled, HasComeIn.
    """
    held = _person(staff_id, by=by, now=now)
    if held.has_usable_password():
        raise rules.HasComeIn
    code = codes.code()
    made = _made(held, InvitationGround.NEW, by=by, now=now, code_hash=codes.digest_of_code(code))
    _write("agencies.invitation.made", made, by=by, now=now)
    return made, code


@transaction.atomic
def ask_anew(*, staff_id: UUID, by: Actor, now: datetime) -> Invitation:
    """Ask that the sign-in of a person who lost it be made anew; there is no code until another administrator confirms.

    Raises NotFound, OwnAccount, NotAllowed, Disabled, HasNotComeIn.
    """
    held = _person(staff_id, by=by, now=now)
    if not held.has_usable_password():
        raise rules.HasNotComeIn
    made = _made(held, InvitationGround.LOST, by=by, now=now)
    _write("agencies.invitation.asked", made, by=by, now=now)
    return made


@transaction.atomic
def confirm_anew(*, invitation_id: UUID, by: Actor, now: datetime) -> tuple[Invitation, str]:
    """Confirm, as a second administrator, that it is she who lost her sign-in; the code, which is shown only now.

    Raises NotFound, NotAllowed, OwnAccount, SamePerson, NothingToConfirm.
    """
    access.check_may(by, access.KEEP)
    asked = Invitation.objects.select_for_update().filter(pk=invitation_id, ground=InvitationGround.LOST).first()
    if asked is None:
        raise NotFound
    rules.check_confirms(asked, by=by, now=now)
    held = _person(asked.staff_id, by=by, now=now)
    code = codes.code()
    asked.code_hash, asked.confirmed_at, asked.confirmed_by = codes.digest_of_code(code), now, by.staff
    asked.expires_at = now + rules.INVITATION_LIVES
    asked.save(update_fields=["code_hash", "confirmed_at", "confirmed_by", "expires_at"])
    journal.write(kind="agencies.invitation.confirmed", thing="staff", thing_id=held.id, by=by, now=now)
    return asked, code


@transaction.atomic
def accept(*, login: str, code: str, password: str, by: Actor, now: datetime) -> Invitation:
    """Set the password of her who holds the code; the code is used up, and every session of hers ends.

    `by` is nobody yet: the code makes her someone. `password` is whole and strong: whoever asked for it has looked.
    Raises InvitationIsUnknown. No permission of its own: the code is the proof.
    """
    known = Invitation.objects.filter(code_hash=codes.digest_of_code(code))
    held = known.select_for_update().select_related("staff").first()
    if held is None or held.staff.login != login.strip().lower() or not queries.is_open(held, now=now):
        raise rules.InvitationIsUnknown
    held.used_at = now
    held.save(update_fields=["used_at"])
    held.staff.password = make_password(password)
    held.staff.save(update_fields=["password"])
    Session.objects.filter(staff=held.staff).delete()
    _write("agencies.invitation.used", held, by=replace(by, staff_id=held.staff_id), now=now)
    return held


@transaction.atomic
def mark_told(*, staff_id: UUID, by: Actor, now: datetime) -> int:
    """Keep that a person was told who asked for her sign-in to be made anew; how many times that was.

    No permission of its own: it is about the person's own sign-in.
    """
    waiting = Invitation.objects.filter(staff_id=staff_id, ground=InvitationGround.LOST, told_at=None)
    told = waiting.update(told_at=now)
    if told:
        journal.write(kind="agencies.invitation.told", thing="staff", thing_id=staff_id, by=by, now=now)
    return told


def _person(staff_id: UUID, *, by: Actor, now: datetime) -> Staff:
    """A person, held, who may be let in by this administrator. Raises NotFound, OwnAccount, NotAllowed, Disabled."""
    access.check_may(by, access.KEEP)
    held = Staff.objects.select_for_update().filter(pk=staff_id).first()
    if held is None:
        raise NotFound
    rules.check_other(held.id, by=by)
    rules.check_reach(queries.territories_of(held, now=now), by=by)
    if not held.is_active:
        raise rules.Disabled
    return held


def _made(
    staff: Staff, ground: InvitationGround, *, by: Actor, now: datetime, code_hash: bytes | None = None
) -> Invitation:
    """A new invitation; one that is open stops working."""
    Invitation.objects.filter(staff=staff, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
    made = Invitation(
        id=ids.new(),
        staff=staff,
        ground=ground,
        code_hash=code_hash,
        made_at=now,
        made_by=by.staff_id,
        expires_at=now + rules.INVITATION_LIVES,
    )
    made.save(force_insert=True)
    return made


def _write(kind: str, invitation: Invitation, *, by: Actor, now: datetime) -> None:
    detail = {"ground": invitation.ground}
    journal.write(kind=kind, thing="staff", thing_id=invitation.staff_id, by=by, now=now, detail=detail)
