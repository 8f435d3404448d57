"""A breach of an order: who noticed it, when, what was breached; and what followed, one row for each thing that did."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.offences.models import Offence
from qorgan.orders.models.orders import Check, Order
from qorgan.orders.terms import Followed, Noticed
from qorgan.reports.models import Report

NOTE = "orders.breach.note"  # what the words of a breach are sealed as
WHY = "orders.breach_outcome.why"


class Breach(models.Model):
    """A breach as it was noticed once. `number` counts those of the order; `breached_at` None: when is not known.

    Noticed by a check, by a report of whoever called, or by an officer himself. What is told twice is one breach once a
    person says so: `same_as` leads to the first, and only that one counts.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="breaches")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    noticed = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Noticed])
    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    found_in = models.ForeignKey(Check, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    breached_at = models.DateTimeField(null=True, blank=True)
    noticed_at = models.DateTimeField()
    prohibitions = models.JSONField(default=list)
    note = SealedField()
    written_at = models.DateTimeField()
    written_by = models.UUIDField()
    same_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="told_again")
    same_at = models.DateTimeField(null=True, blank=True)
    same_by = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "order": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "number": DataClass.WORK,
        "noticed": DataClass.WORK,
        "report": DataClass.WORK,
        "found_in": DataClass.WORK,
        "breached_at": DataClass.WORK,
        "noticed_at": DataClass.WORK,
        "prohibitions": DataClass.WORK,
        "note": DataClass.NARRATIVE,
        "written_at": DataClass.WORK,
        "written_by": DataClass.WORK,
        "same_as": DataClass.WORK,
        "same_at": DataClass.WORK,
        "same_by": DataClass.WORK,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [models.Index(fields=["order", "noticed_at"], name="breach_of_order")]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="breach_numbered_once"),
            models.UniqueConstraint(
                fields=["order", "report"], name="breach_told_once", condition=Q(report__isnull=False)
            ),
            models.UniqueConstraint(fields=["found_in"], name="breach_found_once", condition=Q(found_in__isnull=False)),
            models.CheckConstraint(
                name="breach_has_its_source",
                condition=Q(noticed="check", found_in__isnull=False, report=None)
                | Q(noticed="report", report__isnull=False, found_in=None)
                | Q(noticed="officer", report=None, found_in=None),
            ),
            models.CheckConstraint(
                name="breach_in_turn",
                condition=(Q(breached_at=None) | Q(breached_at__lte=F("written_at")))
                & Q(noticed_at__lte=F("written_at")),
            ),
            models.CheckConstraint(
                name="breach_same_paired",
                condition=Q(same_as__isnull=True, same_at__isnull=True, same_by__isnull=True)
                | (Q(same_as__isnull=False, same_at__isnull=False, same_by__isnull=False) & ~Q(same_as=F("id"))),
            ),
        ]


class BreachOutcome(models.Model):
    """One thing that followed a breach. Courts say themselves what they decide; nothing of that is written here.

    `due_at` is the clock that began with it by `provision` on that day; None where no term is on record.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="outcomes")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Followed])
    offence = models.ForeignKey(Offence, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    provision = models.CharField(max_length=80)
    due_at = models.DateTimeField(null=True, blank=True)
    to_verify = models.BooleanField(default=False)
    why = SealedField()
    written_at = models.DateTimeField()
    written_by = models.UUIDField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "breach": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "kind": DataClass.WORK,
        "offence": DataClass.WORK,
        "happened_at": DataClass.WORK,
        "provision": DataClass.WORK,
        "due_at": DataClass.WORK,
        "to_verify": DataClass.WORK,
        "why": DataClass.NARRATIVE,
        "written_at": DataClass.WORK,
        "written_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "SI", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        indexes = [models.Index(fields=["breach", "happened_at"], name="outcome_of_breach")]
        constraints = [
            models.UniqueConstraint(
                fields=["offence"], name="breach_of_one_offence", condition=Q(offence__isnull=False)
            ),
            models.UniqueConstraint(fields=["breach"], name="breach_refuted_once", condition=Q(kind="not_confirmed")),
            models.CheckConstraint(
                name="breach_outcome_offence",
                condition=Q(kind__in=["pre_trial", "protocol"], offence__isnull=False)
                | (~Q(kind__in=["pre_trial", "protocol"]) & Q(offence=None)),
            ),
            models.CheckConstraint(name="breach_outcome_happened", condition=Q(happened_at__lte=F("written_at"))),
        ]
