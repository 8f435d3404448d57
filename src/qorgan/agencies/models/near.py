"""What staff declared of themselves and of those near them, and looks that a person is to judge."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qorgan.agencies.engine.likeness import TraitKind
from qorgan.agencies.models.staff import Staff
from qorgan.agencies.terms import OddLook, Relation
from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process


class Declaration(models.Model):
    """Numbers and name of a person of staff, or of someone near, declared so that a file about them stays shut to him.

    Nobody reads them but who declared them: a party is recognised by their keyed digests (`Trait`).
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Relation])
    key_id = models.UUIDField()
    name = SealedField()
    iin = SealedField()
    phone = SealedField()
    declared_at = models.DateTimeField()
    declared_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "staff": DataClass.WORK,
        "relation": DataClass.PERSONAL,
        "key_id": DataClass.WORK,
        "name": DataClass.IDENTITY,
        "iin": DataClass.IDENTITY,
        "phone": DataClass.IDENTITY,
        "declared_at": DataClass.WORK,
        "declared_by": DataClass.WORK,
        "ended_at": DataClass.WORK,
        "ended_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "S"}

    class Meta:
        indexes = [models.Index(fields=["staff"], name="declaration_of_staff")]
        constraints = [
            models.CheckConstraint(
                name="declaration_ended_paired",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            )
        ]


class Trait(models.Model):
    """A keyed digest by which a party is recognised as someone of the staff, or as someone near.

    `declaration` is empty for the name that the staff list has anyway. `matched_at`: since when every person of the
    records has been compared with it; empty until the first night after it was made.
    """

    id = models.BigAutoField(primary_key=True)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    declaration = models.ForeignKey(Declaration, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Relation])
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in TraitKind])
    token = models.BinaryField(max_length=32)
    patronymic = models.BinaryField(max_length=32, default=bytes)
    made_at = models.DateTimeField()
    matched_at = models.DateTimeField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "staff": DataClass.WORK,
        "declaration": DataClass.WORK,
        "relation": DataClass.PERSONAL,
        "kind": DataClass.WORK,
        "token": DataClass.SECRET,
        "patronymic": DataClass.SECRET,
        "made_at": DataClass.WORK,
        "matched_at": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SID", Process.WORKER: "SIUD"}

    class Meta:
        indexes = [
            models.Index(fields=["token"], name="trait_token"),
            models.Index(fields=["id"], name="trait_unmatched", condition=Q(matched_at__isnull=True)),
        ]


class Odd(models.Model):
    """A look, or many, of one person on one day that someone is to judge: listed with its reason, never punished."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=[(one.value, one.value) for one in OddLook])
    thread_id = models.UUIDField(null=True, blank=True)
    day = models.DateField()
    count = models.PositiveIntegerField()
    usual = models.PositiveIntegerField(null=True, blank=True)
    found_at = models.DateTimeField()
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.UUIDField(null=True, blank=True)
    judged_why = models.CharField(max_length=400, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "staff": DataClass.PERSONAL,
        "territory": DataClass.WORK,
        "reason": DataClass.PERSONAL,
        "thread_id": DataClass.WORK,
        "day": DataClass.WORK,
        "count": DataClass.WORK,
        "usual": DataClass.WORK,
        "found_at": DataClass.WORK,
        "judged_at": DataClass.WORK,
        "judged_by": DataClass.WORK,
        "judged_why": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SU", Process.WORKER: "SI"}

    class Meta:
        indexes = [models.Index(fields=["found_at"], name="odd_open", condition=Q(judged_at__isnull=True))]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "day", "reason", "thread_id"], nulls_distinct=False, name="odd_once"
            ),
            models.CheckConstraint(
                name="odd_judged_paired",
                condition=Q(judged_at__isnull=True, judged_by__isnull=True)
                | Q(judged_at__isnull=False, judged_by__isnull=False),
            ),
        ]
