"""The web door: what was handed in and not read yet, the way back to it, and what was told to her."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.reports.models.signals import Report

# The door sees the one row whose digest it names for the length of a transaction. Without a code no digest is known.
NAMED = "digest = decode(current_setting('q.receipt', true), 'hex')"


class Arrival(models.Model):
    """What came in at the web door, sealed for the worker; the door adds it and reads none. Its commit acknowledges.

    `id` names the sending, so that one sent twice is one. Taken in, the row stays empty: the report holds the words.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    receipt = models.BinaryField(max_length=32)
    content = models.BinaryField(blank=True)
    arrived_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    refused = models.CharField(max_length=80, blank=True, default="")  # the word of the last refusal, while it waits

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "receipt": DataClass.SECRET,
        "content": DataClass.SECRET,
        "arrived_at": DataClass.WORK,
        "taken_at": DataClass.WORK,
        "refused": DataClass.WORK,
    }
    # Staff see that something waits; what it says is sealed for the worker.
    GRANTS: ClassVar = {Process.DOOR: "I", Process.STAFF: "S", Process.WORKER: "SUD"}

    class Meta:
        indexes = [
            models.Index(fields=["arrived_at"], name="arrival_waiting", condition=Q(taken_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                name="arrival_taken_is_empty",
                condition=Q(taken_at__isnull=True) | Q(content=b""),
            ),
        ]


class Receipt(models.Model):
    """The way back: where a code leads, until the day that she chose. It knows neither report nor person.

    `told` is sealed by `public`, whose other half is made of her code and second word: nobody opens it without them.
    """

    digest = models.BinaryField(max_length=32, primary_key=True)
    word_digest = models.BinaryField(max_length=32, blank=True, default=b"")
    public = models.BinaryField(max_length=32)
    until = models.DateTimeField()
    told = models.BinaryField(blank=True, default=b"")
    told_at = models.DateTimeField(null=True, blank=True)

    DATA: ClassVar = {
        "digest": DataClass.SECRET,
        "word_digest": DataClass.SECRET,
        "public": DataClass.SECRET,
        "until": DataClass.WORK,
        "told": DataClass.SECRET,
        "told_at": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.DOOR: "SIUD", Process.STAFF: "SU", Process.WORKER: "SD"}
    SHOWN: ClassVar = {Process.DOOR: NAMED}

    class Meta:
        indexes = [models.Index(fields=["until"], name="receipt_until")]
        constraints = [
            models.CheckConstraint(
                name="receipt_told_when",
                condition=Q(told=b"", told_at__isnull=True) | (~Q(told=b"") & Q(told_at__isnull=False)),
            ),
        ]


class Answers(models.Model):
    """What a child has answered so far, page by page, for an hour: sealed under what her browser alone holds."""

    digest = models.BinaryField(max_length=32, primary_key=True)
    content = models.BinaryField()
    until = models.DateTimeField()

    DATA: ClassVar = {"digest": DataClass.SECRET, "content": DataClass.SECRET, "until": DataClass.WORK}
    GRANTS: ClassVar = {Process.DOOR: "SIUD", Process.WORKER: "SD"}
    SHOWN: ClassVar = {Process.DOOR: NAMED}


class WayBack(models.Model):
    """Which receipt a report of the web door has, so that someone may answer her."""

    report = models.OneToOneField(Report, primary_key=True, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    receipt = models.BinaryField(max_length=32)

    DATA: ClassVar = {
        "report": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "receipt": DataClass.SECRET,
    }
    GRANTS: ClassVar = {Process.STAFF: "S", Process.WORKER: "SI"}
    SCOPED = "territory_id"


class Reply(models.Model):
    """What someone chose to tell her, in the words that she reads when she comes back with her code."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    words = SealedField()
    replied_at = models.DateTimeField()
    replied_by = models.UUIDField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "report": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "words": DataClass.NARRATIVE,
        "replied_at": DataClass.WORK,
        "replied_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        indexes = [models.Index(fields=["report", "replied_at"], name="reply_of_report")]
