"""How staff and machines come in: sessions, one-time invitations, channels with their keys."""

from typing import Any, ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q

from qorgan.agencies.models.staff import Mandate, Staff
from qorgan.agencies.terms import InvitationGround
from qorgan.base import ids
from qorgan.base.fields import DataClass
from qorgan.base.processes import Process

CALLS_A_MINUTE = 600  # ten a second: a backlog is handed in within minutes, an endless repetition is held up


class Session(AbstractBaseSession):
    """What a browser comes back to. The row knows a digest of what the browser holds, so a copy of it opens nothing.

    `handle` names it on pages. What machine it is, and since when, lies sealed in `session_data`.
    """

    session_key = models.CharField(max_length=64, primary_key=True)
    handle = models.UUIDField(unique=True, default=ids.new, editable=False)
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)

    DATA: ClassVar = {
        "session_key": DataClass.SECRET,
        "session_data": DataClass.SECRET,
        "expire_date": DataClass.WORK,
        "handle": DataClass.WORK,
        "staff": DataClass.PERSONAL,
        "seen_at": DataClass.PERSONAL,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIUD", Process.WORKER: "SD"}

    def save(self, *, force_update: bool = False, **kwargs: Any) -> None:
        """Django's store makes the row anew for each write: what it does not know of is left as it stands."""
        if force_update:
            kwargs["update_fields"] = ("session_data", "expire_date", "staff")
        super().save(force_update=force_update, **kwargs)  # lint: allow Q203 - called by the store of sessions


class Invitation(models.Model):
    """A one-time code by which a person sets a password and a first factor of her own. Only its digest is kept.

    For one who has lost every factor it is asked for by one administrator and confirmed by another; until then there
    is no code. `told_at` is when she was told, at a sign-in, that someone asked for it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20, choices=[(ground.value, ground.value) for ground in InvitationGround])
    code_hash = models.BinaryField(max_length=32, null=True, blank=True, unique=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "staff": DataClass.WORK,
        "ground": DataClass.WORK,
        "code_hash": DataClass.SECRET,
        "made_at": DataClass.WORK,
        "made_by": DataClass.WORK,
        "confirmed_at": DataClass.WORK,
        "confirmed_by": DataClass.WORK,
        "expires_at": DataClass.WORK,
        "used_at": DataClass.WORK,
        "withdrawn_at": DataClass.WORK,
        "told_at": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_confirmed_paired",
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_of_two_people",
                condition=Q(ground=InvitationGround.NEW)
                | Q(confirmed_by__isnull=True, code_hash__isnull=True)
                | (Q(made_by__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_by=F("made_by"))),
            ),
            models.UniqueConstraint(
                fields=["staff"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_open_once",
            ),
        ]


class Channel(models.Model):
    """A machine of an agency that hands in reports over the API, in one mandate, by one of its keys.

    `signs_with` is its own public key (Ed25519, 32 bytes), by which what it sends is proved to come from it; empty
    where it signs nothing. `most` is how many calls a minute are answered.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=120)
    signs_with = models.BinaryField(max_length=32, default=b"")
    most = models.PositiveIntegerField(default=CALLS_A_MINUTE)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "mandate": DataClass.WORK,
        "label": DataClass.WORK,
        "signs_with": DataClass.WORK,
        "most": DataClass.WORK,
        "made_at": DataClass.WORK,
        "closed_at": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "S"}

    class Meta:
        constraints = [models.CheckConstraint(name="channel_is_answered", condition=Q(most__gte=1))]


class ChannelKey(models.Model):
    """What a channel shows when it comes in. Only its digest is kept; it is good until its last moment."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="keys")
    key_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "channel": DataClass.WORK,
        "key_hash": DataClass.SECRET,
        "made_at": DataClass.WORK,
        "expires_at": DataClass.WORK,
        "last_used_on": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "S"}

    class Meta:
        constraints = [
            models.CheckConstraint(name="channel_key_ends_after_it_begins", condition=Q(expires_at__gte=F("made_at")))
        ]
