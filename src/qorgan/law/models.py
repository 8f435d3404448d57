"""What a deployment enters about the law. The law itself is the country's data, not rows."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qorgan.base import ids
from qorgan.base.fields import DataClass
from qorgan.base.processes import Process


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
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "S", Process.COLLECTOR: "S"}

    class Meta:
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
