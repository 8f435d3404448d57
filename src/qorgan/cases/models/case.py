"""The case: its people, the reports it leads, what happened, and who said what."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.cases.terms import Role, Speaker, State, Through
from qorgan.people.models import Person
from qorgan.reports.models import Report


class Case(models.Model):
    """What the country does about one situation, from the report to the outcome. It is never without an owner."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    number = models.CharField(max_length=30, unique=True)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    owner_id = models.UUIDField()
    key_id = models.UUIDField()
    regime = models.CharField(max_length=20)
    state = models.CharField(max_length=20, default=State.OPEN, choices=[(state.value, state.value) for state in State])
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "number": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "agency": DataClass.WORK,
        "owner_id": DataClass.WORK,
        "key_id": DataClass.WORK,
        "regime": DataClass.WORK,
        "state": DataClass.WORK,
        "opened_at": DataClass.WORK,
        "opened_by": DataClass.WORK,
        "closed_at": DataClass.WORK,
        "closed_by": DataClass.WORK,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    ANSWERED_BY = "agency_id"

    class Meta:
        indexes = [
            models.Index(fields=["territory", "state", "-opened_at"], name="case_newest"),
            models.Index(fields=["thread_id"], name="case_thread"),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_closed_paired",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            )
        ]


class CaseReport(models.Model):
    """A report that the case leads. One report is led by one case.

    `report_thread`: the thread of the report, known also to one who is not let into it yet.
    """

    report = models.OneToOneField(Report, primary_key=True, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    report_thread = models.UUIDField()
    joined_at = models.DateTimeField()
    joined_by = models.UUIDField()

    DATA: ClassVar = {
        "report": DataClass.WORK,
        "case": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "report_thread": DataClass.WORK,
        "joined_at": DataClass.WORK,
        "joined_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "SI", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"


class CasePerson(models.Model):
    """A person's part in the case."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="persons")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    joined_at = models.DateTimeField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "case": DataClass.WORK,
        "person": DataClass.WORK,
        "role": DataClass.PERSONAL,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "joined_at": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "SI", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person", "role"], name="case_person_once")]


class Account(models.Model):
    """What someone said, when, through whom and what: kept word for word, beside what others said.

    A correction is an account of its own, which names by `corrects` the one that it puts right; that one stays.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="accounts")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    speaker = models.CharField(max_length=20, choices=[(speaker.value, speaker.value) for speaker in Speaker])
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    through = models.CharField(
        max_length=20, default=Through.DIRECTLY, choices=[(one.value, one.value) for one in Through]
    )
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = SealedField()
    source = models.CharField(max_length=120)
    said_at = models.DateTimeField()
    written_at = models.DateTimeField()
    written_by = models.UUIDField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "case": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "speaker": DataClass.PERSONAL,
        "person": DataClass.WORK,
        "through": DataClass.PERSONAL,
        "corrects": DataClass.WORK,
        "words": DataClass.NARRATIVE,
        "source": DataClass.WORK,
        "said_at": DataClass.WORK,
        "written_at": DataClass.WORK,
        "written_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        indexes = [models.Index(fields=["case", "said_at"], name="account_of_case")]


class Incident(models.Model):
    """One thing that happened, on which a measure rests: told in a report, or written down with its minute."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="incidents")
    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    happened_at = models.DateTimeField(null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "case": DataClass.WORK,
        "report": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "happened_at": DataClass.WORK,
        "noted_at": DataClass.WORK,
        "noted_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report"], name="incident_once_a_report", condition=Q(report__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["case", "happened_at"], name="incident_once_a_minute", condition=Q(happened_at__isnull=False)
            ),
            models.CheckConstraint(
                name="incident_told_or_dated", condition=Q(report__isnull=False) | Q(happened_at__isnull=False)
            ),
        ]
