"""What shuts a thread, and what lets someone into it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qorgan.agencies.engine.sight import BLOCKED, CLOSED, ENTERED, SHUT
from qorgan.agencies.models.staff import Agency, Staff
from qorgan.agencies.terms import AdmissionGround, BlockGround, OpeningKind, OpeningReason, Purpose, SealGround
from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
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

    A block is a suspicion until someone elsewhere confirms or lifts it; it holds from its first moment. `evidence`:
    what was alike or equal (`TraitKind`), for whoever weighs it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=40, choices=[(ground.value, ground.value) for ground in BlockGround])
    evidence = models.JSONField(default=list)
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
        "evidence": DataClass.WORK,
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
    where it was withdrawn, and from the next question on nothing of the file is in sight. `basis` is the id of what it
    stands on, of a referral as a rule.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    thread_id = models.UUIDField()
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=40, choices=[(ground.value, ground.value) for ground in AdmissionGround])
    permissions = models.JSONField(default=list)
    basis = models.UUIDField(null=True, blank=True)
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
        "basis": DataClass.WORK,
        "purpose": DataClass.WORK,
        "since": DataClass.WORK,
        "until": DataClass.WORK,
        "made_by": DataClass.WORK,
        "ended_at": DataClass.WORK,
        "ended_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}
    FUNCTIONS: ClassVar = (ENTERED, SHUT, CLOSED, BLOCKED)

    class Meta:
        indexes = [
            models.Index(fields=["thread_id"], name="admission_thread"),
            models.Index(fields=["basis"], name="admission_basis"),
        ]
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


class Opening(models.Model):
    """A file opened by someone without an ordinary right to it, why, and what the review of it said.

    Alone, in an emergency, it is open at once and someone elsewhere reviews it; a sealed file opens only when another
    person lets him in. The words are sealed: they may name people.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    thread_id = models.UUIDField()
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in OpeningKind])
    reason = models.CharField(max_length=20, choices=[(reason.value, reason.value) for reason in OpeningReason])
    key_id = models.UUIDField()
    why = SealedField()
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    admission = models.ForeignKey(Admission, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    was_right = models.BooleanField(null=True)
    decided_why = SealedField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "territory": DataClass.WORK,
        "staff": DataClass.WORK,
        "agency": DataClass.WORK,
        "kind": DataClass.WORK,
        "reason": DataClass.WORK,
        "key_id": DataClass.WORK,
        "why": DataClass.NARRATIVE,
        "asked_at": DataClass.WORK,
        "until": DataClass.WORK,
        "admission": DataClass.WORK,
        "decided_at": DataClass.WORK,
        "decided_by": DataClass.WORK,
        "was_right": DataClass.WORK,
        "decided_why": DataClass.NARRATIVE,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}

    class Meta:
        indexes = [models.Index(fields=["asked_at"], name="opening_open", condition=Q(decided_at__isnull=True))]
        constraints = [
            models.CheckConstraint(
                name="opening_decided_whole",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, was_right__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False, was_right__isnull=False),
            ),
            models.CheckConstraint(name="opening_by_another", condition=~Q(decided_by=F("staff"))),
            models.CheckConstraint(name="opening_ends_after_it_begins", condition=Q(until__gt=F("asked_at"))),
        ]
