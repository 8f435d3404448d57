"""What machines and call-takers handed in while the database was away, carried in from the spool, not read yet."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qorgan.base.fields import DataClass
from qorgan.base.processes import Process


class Spooled(models.Model):
    """One sending that was acknowledged from the spool, sealed for the worker. Its key makes it be carried in once.

    Taken in, the row stays empty for a time: the report holds the words. Refused, it waits with the word of the refusal
    and is tried again; whoever keeps staff sees that it does.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    content = models.BinaryField(blank=True)
    accepted_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    refused = models.CharField(max_length=80, blank=True, default="")

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "content": DataClass.SECRET,
        "accepted_at": DataClass.WORK,
        "taken_at": DataClass.WORK,
        "refused": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "SUD"}

    class Meta:
        indexes = [
            models.Index(fields=["accepted_at"], name="spooled_waiting", condition=Q(taken_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                name="spooled_taken_is_empty",
                condition=Q(taken_at__isnull=True) | Q(content=b"", refused=""),
            ),
        ]
