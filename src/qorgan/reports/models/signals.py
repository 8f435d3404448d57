"""The first signal, as it was received."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.people.models import Person
from qorgan.reports.terms import Channel, Role, Serving, State


class Report(models.Model):
    """One report of violence. `submission` makes a repeat of the same submission the same report.

    `registered_at` is when the book of information records took it; where the desk wrote a date only, the time is
    midnight and `time_known` is false. `received_at` is when it reached this system.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    number = models.CharField(max_length=30, unique=True)
    submission = models.BinaryField(max_length=32, unique=True)
    content_hash = models.BinaryField(max_length=32)
    kui_no = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=20, choices=[(channel.value, channel.value) for channel in Channel])
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    time_known = models.BooleanField(default=True)
    received_at = models.DateTimeField()
    received_by = models.UUIDField(null=True)
    key_id = models.UUIDField()
    narrative = SealedField()
    address = SealedField()
    state = models.CharField(
        max_length=20, default=State.REGISTERED, choices=[(state.value, state.value) for state in State]
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    notes = models.JSONField(default=list)
    serving = models.CharField(
        max_length=20, default=Serving.NOT_ASKED, choices=[(serving.value, serving.value) for serving in Serving]
    )
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "number": DataClass.WORK,
        "submission": DataClass.WORK,
        "content_hash": DataClass.SECRET,
        "kui_no": DataClass.WORK,
        "channel": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "agency": DataClass.WORK,
        "registered_at": DataClass.WORK,
        "time_known": DataClass.WORK,
        "received_at": DataClass.WORK,
        "received_by": DataClass.WORK,
        "key_id": DataClass.WORK,
        "narrative": DataClass.NARRATIVE,
        "address": DataClass.LOCATION,
        "state": DataClass.WORK,
        "decided_at": DataClass.WORK,
        "decided_by": DataClass.WORK,
        "notes": DataClass.WORK,
        "serving": DataClass.PERSONAL,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [
            models.Index(fields=["territory", "-registered_at"], name="report_newest"),
            models.Index(fields=["kui_no"], name="report_kui"),
        ]
        constraints = [
            models.CheckConstraint(
                name="report_decided_paired",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="report_decided_when_not_registered",
                condition=Q(state=State.REGISTERED, decided_at__isnull=True)
                | (~Q(state=State.REGISTERED) & Q(decided_at__isnull=False)),
            ),
        ]


class ReportPerson(models.Model):
    """A person's part in a report."""

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="persons")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "report": DataClass.WORK,
        "person": DataClass.WORK,
        "role": DataClass.PERSONAL,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "SI", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "person", "role"], name="report_person_once")]
