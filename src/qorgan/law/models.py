"""What a deployment enters about the law: values, and reports of implementation. The law itself is data, not rows."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qorgan.base import ids
from qorgan.base.db.withheld import WithholdingManager
from qorgan.base.fields import DataClass
from qorgan.base.processes import Process
from qorgan.law.engine.life import Reported


class EnteredValue(models.Model):
    """A value of a rule for a span of days, entered from a document that it names. Wins over the country's data.

    A row is never changed; a mistake is withdrawn, with the reason, and entered anew. The database refuses two
    standing values of one rule for one day.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    key = models.CharField(max_length=80)
    value = models.JSONField()
    unit = models.CharField(max_length=20)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    act = models.CharField(max_length=60, blank=True)
    article = models.CharField(max_length=40, blank=True)
    document = models.CharField(max_length=300)
    note = models.CharField(max_length=500, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("agencies.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("agencies.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "key": DataClass.PUBLIC,
        "value": DataClass.PUBLIC,
        "unit": DataClass.PUBLIC,
        "valid_from": DataClass.PUBLIC,
        "valid_until": DataClass.PUBLIC,
        "act": DataClass.PUBLIC,
        "article": DataClass.PUBLIC,
        "document": DataClass.WORK,
        "note": DataClass.WORK,
        "entered_at": DataClass.WORK,
        "entered_by": DataClass.WORK,
        "withdrawn_at": DataClass.WORK,
        "withdrawn_by": DataClass.WORK,
        "withdrawn_reason": DataClass.WORK,
    }
    # The public page of the law in life reads the book too: a term that was entered counts there as here.
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "S", Process.COLLECTOR: "S", Process.PUBLIC: "S"}
    WITHHELD: ClassVar = {Process.PUBLIC: ("entered_by", "withdrawn_by")}

    objects = WithholdingManager()

    class Meta:
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="entered_value_ends_after_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="entered_value_withdrawn_by_someone",
                condition=Q(withdrawn_at__isnull=False) | Q(withdrawn_by__isnull=True),
            ),
            models.CheckConstraint(name="entered_value_names_a_document", condition=~Q(document="")),
            models.CheckConstraint(
                name="entered_value_withdrawn_with_a_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
            ),
        ]


class AwaitedReport(models.Model):
    """A budget year of a requirement whose report fell due, and what is on record of it: written down for the facts.

    The country's data and the reports say the same at any moment; a row is what they said when it was last looked at.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    key = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()  # the last second of the day, on the country's clock
    reported = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Reported])
    version = models.PositiveIntegerField(default=1)
    noted_at = models.DateTimeField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "key": DataClass.PUBLIC,
        "year": DataClass.PUBLIC,
        "due_at": DataClass.PUBLIC,
        "reported": DataClass.PUBLIC,
        "version": DataClass.WORK,
        "noted_at": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="awaited_report_once_a_year", fields=["key", "year"]),
        ]


class ImplementationReport(models.Model):
    """What somebody reported on a requirement of an act, entered from a document that it names.

    A row is never changed; a mistake is withdrawn, with the reason, and entered anew. The database refuses one
    document twice for one requirement and period.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    key = models.CharField(max_length=80)
    reported_by = models.CharField(max_length=200)
    reported_on = models.DateField()
    first_day = models.DateField()
    last_day = models.DateField()
    done = models.CharField(max_length=2000)
    spent = models.BigIntegerField(null=True, blank=True)  # tenge; None: the report does not say
    is_part = models.BooleanField(default=False)
    document = models.CharField(max_length=300)
    address = models.CharField(max_length=300, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("agencies.Staff", on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("agencies.Staff", on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "key": DataClass.PUBLIC,
        "reported_by": DataClass.PUBLIC,
        "reported_on": DataClass.PUBLIC,
        "first_day": DataClass.PUBLIC,
        "last_day": DataClass.PUBLIC,
        "done": DataClass.PUBLIC,
        "spent": DataClass.PUBLIC,
        "is_part": DataClass.PUBLIC,
        "document": DataClass.PUBLIC,
        "address": DataClass.PUBLIC,
        "entered_at": DataClass.WORK,
        "entered_by": DataClass.WORK,
        "withdrawn_at": DataClass.WORK,
        "withdrawn_by": DataClass.WORK,
        "withdrawn_reason": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.PUBLIC: "S", Process.WORKER: "S"}
    WITHHELD: ClassVar = {Process.PUBLIC: ("entered_by", "withdrawn_by")}

    objects = WithholdingManager()

    class Meta:
        base_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="implementation_report_once",
                fields=["key", "document", "first_day", "last_day"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="implementation_report_ends_after_it_begins",
                condition=Q(last_day__gte=F("first_day")),
            ),
            models.CheckConstraint(
                name="implementation_report_after_its_days",
                condition=Q(reported_on__gte=F("last_day")),
            ),
            models.CheckConstraint(
                name="implementation_report_money_is_not_less_than_nothing",
                condition=Q(spent__isnull=True) | Q(spent__gte=0),
            ),
            models.CheckConstraint(
                name="implementation_report_names_a_document",
                condition=~Q(document="") & ~Q(done="") & ~Q(reported_by=""),
            ),
            models.CheckConstraint(
                name="implementation_report_withdrawn_with_a_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
            ),
        ]
