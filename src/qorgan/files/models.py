"""Sealed blobs: papers that the system made and files that were handed in."""

from typing import ClassVar

from django.db import models

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process


class Blob(models.Model):
    """One file, sealed under the key of the case it belongs to; named by (kind, id) of its owner."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    owner = models.CharField(max_length=40)
    owner_id = models.UUIDField()
    role = models.CharField(max_length=40)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    content = SealedField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "owner": DataClass.WORK,
        "owner_id": DataClass.WORK,
        "role": DataClass.WORK,
        "media_type": DataClass.WORK,
        "size": DataClass.WORK,
        "content": DataClass.NARRATIVE,
        "made_at": DataClass.WORK,
        "made_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "SI"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        indexes = [models.Index(fields=["owner_id", "role", "made_at"], name="blob_owner")]
