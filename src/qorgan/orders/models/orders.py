"""Protective orders: one order may protect several persons and counts as one."""

from typing import ClassVar

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.cases.models import Case, Incident
from qorgan.orders.terms import AppealResult, Appellant, Body, Finding, Receipt, State
from qorgan.people.models import Person


class Order(models.Model):
    """A protective order. `regime` and `provision` are those of the day of issue and stay with it.

    `ends_at` is the law's term counted from service, to the minute; it is known only once the order is served.
    `incident` is what it rests on. `why_both`: why it is issued although the addressee is a victim in the case as well,
    or someone it protects is complained of.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    number = models.CharField(max_length=30, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
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
    why_both = SealedField()
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
    annulled_at = models.DateTimeField(null=True, blank=True)
    annulled_by = models.UUIDField(null=True, blank=True)
    annulled_why = SealedField()
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "number": DataClass.WORK,
        "case": DataClass.WORK,
        "incident": DataClass.WORK,
        "addressee": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "agency": DataClass.WORK,
        "state": DataClass.WORK,
        "regime": DataClass.WORK,
        "prohibitions": DataClass.WORK,
        "key_id": DataClass.WORK,
        "circumstances": DataClass.NARRATIVE,
        "why_both": DataClass.NARRATIVE,
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
        "annulled_at": DataClass.WORK,
        "annulled_by": DataClass.WORK,
        "annulled_why": DataClass.NARRATIVE,
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
                name="order_annulled_paired",
                condition=Q(annulled_at__isnull=True, annulled_by__isnull=True)
                | Q(annulled_at__isnull=False, annulled_by__isnull=False),
            ),
            models.CheckConstraint(
                name="order_state_has_its_moments",
                condition=Q(state="draft", issued_at=None, served_at=None, cancelled_at=None, annulled_at=None)
                | Q(state="issued", issued_at__isnull=False, served_at=None, cancelled_at=None, annulled_at=None)
                | Q(state="served", served_at__isnull=False, cancelled_at=None, annulled_at=None)
                | Q(state="cancelled", cancelled_at__isnull=False, annulled_at=None)
                | Q(state="annulled", issued_at__isnull=False, annulled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="order_moments_in_turn",
                condition=(Q(cancelled_at=None) | Q(issued_at=None) | Q(cancelled_at__gte=F("issued_at")))
                & (Q(annulled_at=None) | Q(annulled_at__gte=F("issued_at")))
                & (Q(served_at=None) | Q(issued_at__isnull=False)),
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
    """A person whom the order protects.

    `incident_id`, `addressee_id` and `live`, the time for which the order stands, are the database's own: a trigger
    keeps them as the order says, and no two orders from one incident stand at one time for the same two persons.
    """

    id = models.BigAutoField(primary_key=True)
    order = models.ForeignKey(  # `order_protects_once` begins with it
        Order, on_delete=models.PROTECT, related_name="protected", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    incident_id = models.UUIDField(null=True, editable=False)
    addressee_id = models.UUIDField(null=True, editable=False)
    live = DateTimeRangeField(null=True, editable=False)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "order": DataClass.WORK,
        "person": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "incident_id": DataClass.WORK,
        "addressee_id": DataClass.WORK,
        "live": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SU", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [models.Index(fields=["addressee_id"], name="protected_addressee")]
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
    breached_at = models.DateTimeField(null=True, blank=True)
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
        "breached_at": DataClass.WORK,
        "checked_at": DataClass.WORK,
        "checked_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "step"], name="order_checked_once_a_step"),
            models.CheckConstraint(
                name="order_breached_before_it_was_seen",
                condition=Q(breached_at=None) | Q(finding="breach", breached_at__lte=F("checked_at")),
            ),
        ]


class Variation(models.Model):
    """What an order forbids was changed, or before 2014 its term was made longer, by a decision that `why` names."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="variations")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    before = models.JSONField()
    after = models.JSONField()
    decided_at = models.DateTimeField()
    body = models.CharField(max_length=20, choices=[(body.value, body.value) for body in Body])
    why = SealedField()
    written_at = models.DateTimeField()
    written_by = models.UUIDField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "order": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "before": DataClass.WORK,
        "after": DataClass.WORK,
        "decided_at": DataClass.WORK,
        "body": DataClass.WORK,
        "why": DataClass.NARRATIVE,
        "written_at": DataClass.WORK,
        "written_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        indexes = [models.Index(fields=["order", "written_at"], name="variation_of_order")]
        constraints = [
            models.CheckConstraint(name="variation_changes_something", condition=~Q(before=F("after"))),
            models.CheckConstraint(name="variation_was_decided", condition=Q(decided_at__lte=F("written_at"))),
        ]


class Appeal(models.Model):
    """A complaint about an order, and what became of it. It does not suspend the order (`orders.appeal_suspends`)."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="appeals")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    filed_at = models.DateTimeField()
    filed_by = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Appellant])
    body = models.CharField(max_length=20, choices=[(body.value, body.value) for body in Body])
    written_at = models.DateTimeField()
    written_by = models.UUIDField()
    result = models.CharField(
        max_length=20, default=AppealResult.PENDING, choices=[(one.value, one.value) for one in AppealResult]
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_why = SealedField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "order": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "filed_at": DataClass.WORK,
        "filed_by": DataClass.WORK,
        "body": DataClass.WORK,
        "written_at": DataClass.WORK,
        "written_by": DataClass.WORK,
        "result": DataClass.WORK,
        "decided_at": DataClass.WORK,
        "decided_by": DataClass.WORK,
        "decided_why": DataClass.NARRATIVE,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "S", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [models.Index(fields=["order", "filed_at"], name="appeal_of_order")]
        constraints = [
            models.UniqueConstraint(fields=["order"], name="order_one_appeal", condition=Q(result="pending")),
            models.CheckConstraint(
                name="order_appeal_decided_paired",
                condition=Q(result="pending", decided_at=None, decided_by=None)
                | (~Q(result="pending") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="order_appeal_in_turn",
                condition=Q(filed_at__lte=F("written_at")) & (Q(decided_at=None) | Q(decided_at__gte=F("filed_at"))),
            ),
        ]


class Warned(models.Model):
    """That a protected person was warned before the order ends, or, without a message, that a person is to do it."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="warned")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    ends_at = models.DateTimeField()
    message_id = models.UUIDField(null=True, blank=True)
    warned_at = models.DateTimeField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "order": DataClass.WORK,
        "person": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "ends_at": DataClass.WORK,
        "message_id": DataClass.WORK,
        "warned_at": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "S", Process.WORKER: "SI"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "person", "ends_at"], name="warned_once_of_an_end"),
        ]
