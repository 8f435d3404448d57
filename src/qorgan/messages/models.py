"""What leaves, or was stopped at the gate."""

from typing import ClassVar

from django.db import models

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process


class Outgoing(models.Model):
    """One message that passed the gate, waiting to leave or gone. Address and words are sealed."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    channel = models.CharField(max_length=20)
    key_id = models.UUIDField()
    address = SealedField()
    words = SealedField()
    thing = models.CharField(max_length=40)
    thing_id = models.UUIDField()
    not_before = models.DateTimeField()
    not_after = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField()
    queued_by = models.UUIDField(null=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=80, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "channel": DataClass.WORK,
        "key_id": DataClass.WORK,
        "address": DataClass.IDENTITY,
        "words": DataClass.NARRATIVE,
        "thing": DataClass.WORK,
        "thing_id": DataClass.WORK,
        "not_before": DataClass.WORK,
        "not_after": DataClass.WORK,
        "queued_at": DataClass.WORK,
        "queued_by": DataClass.WORK,
        "sent_at": DataClass.WORK,
        "failed_at": DataClass.WORK,
        "failure": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "SIU"}
    SCOPED = "territory_id"
