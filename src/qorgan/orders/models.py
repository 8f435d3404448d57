"""Protective orders: one order may protect several persons and counts as one."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.cases.models import Case
from qorgan.orders.terms import Finding, Receipt, State
from qorgan.people.models import Person


class Order(models.Model):
    """A protective order. `regime` and `provision` are those of the day of issue and stay with it.

    `ends_at` is the law's term counted from service, to the minute; it is known only once the order is served.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    number = models.CharField(max_length=30, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    addressee = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=20, default=State.DRAFT, choices=[(state.value, state.value) for state in State]
    )
    regime = models.CharField(max_length=20)
    prohibitions = models.JSONField()
    key_id = models.UUIDField()
    circumstances = SealedField()
    drafted_at = models.DateTimeField()
    drafted_by = models.UUIDField()
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.UUIDField(null=True, blank=True)
    served_at = models.DateTimeField(null=True, blank=True)
    served_by = models.UUIDField(null=True, blank=True)
    receipt = models.CharField(
        max_length=20, blank=True, choices=[(receipt.value, receipt.value) for receipt in Receipt]
    )
    refusal_reason = SealedField()
    refusal_witness = SealedField()
    ends_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.UUIDField(null=True, blank=True)
    cancelled_why = SealedField()
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "number": DataClass.WORK,
        "case": DataClass.WORK,
        "addressee": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "agency": DataClass.WORK,
        "state": DataClass.WORK,
        "regime": DataClass.WORK,
        "prohibitions": DataClass.WORK,
        "key_id": DataClass.WORK,
        "circumstances": DataClass.NARRATIVE,
        "drafted_at": DataClass.WORK,
        "drafted_by": DataClass.WORK,
        "issued_at": DataClass.WORK,
        "issued_by": DataClass.WORK,
        "served_at": DataClass.WORK,
        "served_by": DataClass.WORK,
        "receipt": DataClass.WORK,
        "refusal_reason": DataClass.NARRATIVE,
        "refusal_witness": DataClass.IDENTITY,
        "ends_at": DataClass.WORK,
        "cancelled_at": DataClass.WORK,
        "cancelled_by": DataClass.WORK,
        "cancelled_why": DataClass.NARRATIVE,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    ANSWERED_BY = "agency_id"

    class Meta:
        indexes = [
            models.Index(fields=["case", "-drafted_at"], name="order_of_case"),
            models.Index(fields=["territory", "-drafted_at"], name="order_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                name="order_issued_paired",
                condition=Q(issued_at__isnull=True, issued_by__isnull=True)
                | Q(issued_at__isnull=False, issued_by__isnull=False),
            ),
            models.CheckConstraint(
                name="order_served_paired",
                condition=Q(served_at__isnull=True, served_by__isnull=True, receipt="", ends_at__isnull=True)
                | (Q(served_at__isnull=False, served_by__isnull=False, ends_at__isnull=False) & ~Q(receipt="")),
            ),
            models.CheckConstraint(
                name="order_cancelled_paired",
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
            ),
            models.CheckConstraint(
                name="order_ends_after_service", condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("served_at"))
            ),
            models.CheckConstraint(
                name="order_served_after_issue",
                condition=Q(served_at__isnull=True) | Q(served_at__gte=F("issued_at")),
            ),
            models.UniqueConstraint(
                fields=["case", "addressee"], name="order_one_draft", condition=Q(state=State.DRAFT)
            ),
        ]


class Protected(models.Model):
    """A person whom the order protects."""

    id = models.BigAutoField(primary_key=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="protected")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "order": DataClass.WORK,
        "person": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "person"], name="order_protects_once")]


class Check(models.Model):
    """A check of an order in force: what was found, by whom, when."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="checks")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    step = models.PositiveSmallIntegerField()
    finding = models.CharField(max_length=20, choices=[(finding.value, finding.value) for finding in Finding])
    note = SealedField()
    checked_at = models.DateTimeField()
    checked_by = models.UUIDField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "order": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "step": DataClass.WORK,
        "finding": DataClass.WORK,
        "note": DataClass.NARRATIVE,
        "checked_at": DataClass.WORK,
        "checked_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "step"], name="order_checked_once_a_step")]
