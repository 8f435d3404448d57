"""Threads that are shut: sealed for everyone, blocked for one person; and who is let into one."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qorgan.agencies.engine.sight import CLOSED, ENTERED, SHUT
from qorgan.agencies.models.staff import Agency, Staff
from qorgan.agencies.terms import AdmissionGround, BlockGround, Purpose, SealGround
from qorgan.base import ids
from qorgan.base.fields import DataClass
from qorgan.base.processes import Process


class Seal(models.Model):
    """A thread that nobody sees but whom an admission names: someone in it, or near, serves where it would be read."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    thread_id = models.UUIDField()
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=40, choices=[(ground.value, ground.value) for ground in SealGround])
    sealed_at = models.DateTimeField()
    sealed_by = models.UUIDField(null=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.UUIDField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "territory": DataClass.WORK,
        "ground": DataClass.PERSONAL,
        "sealed_at": DataClass.WORK,
        "sealed_by": DataClass.WORK,
        "lifted_at": DataClass.WORK,
        "lifted_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread_id"], condition=Q(lifted_at__isnull=True), name="seal_once"),
            models.CheckConstraint(
                name="seal_lifted_paired",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
        ]


class Block(models.Model):
    """A thread that one person of staff does not see: a party to it is, or may be, that person or someone near.

    A block is a suspicion until someone elsewhere confirms or lifts it; it holds from its first moment.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=40, choices=[(ground.value, ground.value) for ground in BlockGround])
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_why = models.CharField(max_length=400, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "staff": DataClass.PERSONAL,
        "thread_id": DataClass.WORK,
        "territory": DataClass.WORK,
        "ground": DataClass.PERSONAL,
        "made_at": DataClass.WORK,
        "made_by": DataClass.WORK,
        "confirmed_at": DataClass.WORK,
        "lifted_at": DataClass.WORK,
        "decided_by": DataClass.WORK,
        "decided_why": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "thread_id"], condition=Q(lifted_at__isnull=True), name="block_once"
            ),
            models.CheckConstraint(
                name="block_decided_by_someone",
                condition=Q(confirmed_at__isnull=True, lifted_at__isnull=True, decided_by__isnull=True)
                | (~Q(confirmed_at__isnull=True, lifted_at__isnull=True) & Q(decided_by__isnull=False)),
            ),
        ]


class Admission(models.Model):
    """A mandate for one file: this person, or the staff of this agency, sees the thread for these acts until then.

    `permissions` narrows what the role of the mandate allows; empty leaves all of it. It ends at `until`, or earlier
    where it was withdrawn, and from the next question on nothing of the file is in sight.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    thread_id = models.UUIDField()
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=40, choices=[(ground.value, ground.value) for ground in AdmissionGround])
    permissions = models.JSONField(default=list)
    purpose = models.CharField(max_length=40, choices=[(purpose.value, purpose.value) for purpose in Purpose])
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    made_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "territory": DataClass.WORK,
        "staff": DataClass.WORK,
        "agency": DataClass.WORK,
        "ground": DataClass.WORK,
        "permissions": DataClass.WORK,
        "purpose": DataClass.WORK,
        "since": DataClass.WORK,
        "until": DataClass.WORK,
        "made_by": DataClass.WORK,
        "ended_at": DataClass.WORK,
        "ended_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}
    FUNCTIONS: ClassVar = (ENTERED, SHUT, CLOSED)

    class Meta:
        indexes = [models.Index(fields=["thread_id"], name="admission_thread")]
        constraints = [
            models.CheckConstraint(
                name="admission_for_someone",
                condition=Q(staff__isnull=False, agency__isnull=True) | Q(staff__isnull=True, agency__isnull=False),
            ),
            models.CheckConstraint(
                name="admission_ended_paired",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="admission_ends_after_it_begins", condition=Q(until__isnull=True) | Q(until__gt=F("since"))
            ),
        ]
