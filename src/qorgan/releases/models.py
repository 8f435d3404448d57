"""What the public reads: frozen, hashed, signed."""

from typing import ClassVar

from django.db import models

from qorgan.base import ids
from qorgan.base.fields import DataClass
from qorgan.base.processes import Process


class Release(models.Model):
    """A frozen release. `box` is the whole of it as bytes (a ZIP): definitions, tables, texts, chart, manifest."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    number = models.CharField(max_length=30, unique=True)
    period_from = models.DateField()
    period_to = models.DateField()
    as_of = models.DateTimeField()
    digest = models.CharField(max_length=64)
    manifest = models.JSONField()
    box = models.BinaryField()
    built_at = models.DateTimeField()
    built_by = models.CharField(max_length=120)
    is_synthetic = models.BooleanField()

    DATA: ClassVar = {
        "id": DataClass.PUBLIC,
        "number": DataClass.PUBLIC,
        "period_from": DataClass.PUBLIC,
        "period_to": DataClass.PUBLIC,
        "as_of": DataClass.PUBLIC,
        "digest": DataClass.PUBLIC,
        "manifest": DataClass.PUBLIC,
        "box": DataClass.PUBLIC,
        "built_at": DataClass.PUBLIC,
        "built_by": DataClass.PUBLIC,
        "is_synthetic": DataClass.PUBLIC,
    }
    GRANTS: ClassVar = {Process.STATISTICS: "SI", Process.PUBLIC: "S", Process.STAFF: "S"}
    APPEND_ONLY = True

    class Meta:
        ordering = ["-period_to", "-built_at"]
