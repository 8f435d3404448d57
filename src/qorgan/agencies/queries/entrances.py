"""Reading how staff and machines come in: channels and their keys, invitations, sessions; and who keeps staff where."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from qorgan.agencies import rules
from qorgan.agencies.engine import codes
from qorgan.agencies.models import (
    Agency,
    Channel,
    ChannelKey,
    Invitation,
    Mandate,
    Session,
    Staff,
)
from qorgan.agencies.queries.offices import in_force
from qorgan.agencies.terms import ROLES, InvitationGround
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor


def key_by_token(token: str, *, now: datetime) -> ChannelKey | None:
    """The key of an open channel that a machine shows; None where it is unknown, too old, or its channel is closed."""
    held = ChannelKey.objects.filter(
        key_hash=codes.digest_of_token(token), expires_at__gt=now, channel__closed_at__isnull=True
    )
    return held.select_related("channel").first()


def channel(channel_id: UUID) -> Channel:
    """A channel that was named before, open or closed. Raises NotFound."""
    held = Channel.objects.filter(pk=channel_id).first()
    if held is None:
        raise NotFound
    return held


def keys_that_expire(*, now: datetime) -> list[tuple[Channel, datetime]]:
    """The open channels whose last key ends soon or has ended, with that moment: someone must give them another."""
    found: list[tuple[Channel, datetime]] = []
    for channel in Channel.objects.filter(closed_at__isnull=True).prefetch_related("keys").order_by("made_at", "id"):
        last = max((key.expires_at for key in channel.keys.all()), default=channel.made_at)
        if last <= now + rules.EXPIRES_SOON:
            found.append((channel, last))
    return found


def channels(*, by: Actor) -> QuerySet[Channel]:
    """The channels whose mandate lies within an administrator's reach, the newest first."""
    held = Channel.objects.filter(mandate__territory__in=by.territories).prefetch_related("keys")
    return held.select_related("mandate__staff", "mandate__agency", "mandate__territory").order_by("-made_at", "-id")


def staff_in_reach(*, by: Actor, words: str = "") -> QuerySet[Staff]:
    """The people an administrator may look at: with a mandate within her reach, or with none at all; by login.

    `words` are parts of the login or of a name in any language.
    """
    own = Mandate.objects.filter(staff=OuterRef("pk"))
    found = Staff.objects.filter(Exists(own.filter(territory__in=by.territories)) | ~Exists(own))
    for word in words.split():
        found = found.filter(Q(login__icontains=word) | Q(names__icontains=word))
    return found.order_by("login")


def all_mandates(staff_ids: Iterable[UUID]) -> QuerySet[Mandate]:
    """All mandates of people, ended ones too, the newest first."""
    held = Mandate.objects.filter(staff__in=list(staff_ids)).select_related("staff", "agency", "territory")
    return held.order_by("-valid_from", "-id")


def territories_of(staff: Staff, *, now: datetime) -> set[int]:
    """The territories of the mandates that a person has, or will have."""
    held = Mandate.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=now), staff=staff)
    return set(held.values_list("territory_id", flat=True))


def agencies_in(territories: Collection[int]) -> QuerySet[Agency]:
    """The active agencies of territories, by code."""
    return Agency.objects.filter(territory__in=territories, is_active=True).order_by("code")


def is_open(invitation: Invitation, *, now: datetime) -> bool:
    """Whether a code lets someone in at this moment."""
    done = invitation.used_at or invitation.withdrawn_at
    return not done and invitation.expires_at > now and invitation.staff.is_active


def invitation_of(staff: Staff, *, now: datetime) -> Invitation | None:
    """The invitation of a person that is open now, or waits to be confirmed."""
    held = Invitation.objects.filter(staff=staff, used_at=None, withdrawn_at=None, expires_at__gt=now)
    return held.first()


def waiting_anew(*, by: Actor, now: datetime) -> list[Invitation]:
    """What a second administrator is to confirm within an administrator's reach, the oldest first."""
    asked = Invitation.objects.filter(
        ground=InvitationGround.LOST,
        confirmed_at=None,
        used_at=None,
        withdrawn_at=None,
        expires_at__gt=now,
        staff__in=staff_in_reach(by=by),
    )
    return list(asked.select_related("staff").order_by("made_at"))


def asked_anew(staff: Staff) -> Invitation | None:
    """The last time someone asked for a person's sign-in to be made anew without her having been told."""
    held = Invitation.objects.filter(staff=staff, ground=InvitationGround.LOST, told_at=None)
    return held.order_by("-made_at").first()


def sessions_of(staff: Staff, *, now: datetime) -> QuerySet[Session]:
    """The open sessions of a person, last seen first."""
    return Session.objects.filter(staff=staff, expire_date__gt=now).order_by("-seen_at", "handle")


def has_administrator(*, now: datetime) -> bool:
    """Whether someone who has come in may keep staff here."""
    roles = [role.code for role in ROLES.values() if "agencies.staff.keep" in role.permissions]
    held = Mandate.objects.filter(in_force(now), role__in=roles, staff__is_active=True).select_related("staff")
    return any(mandate.staff.has_usable_password() for mandate in held)
