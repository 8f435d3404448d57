"""The first signal, as it was received."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.people.models import Person
from qorgan.reports.terms import ENTERED, Channel, Role, Serving, State
from qorgan.reports.terms.outcomes import How, Reason

WHY = "reports.report.why"  # what the words of a decision are sealed as
THEN = "reports.taken_back.why"  # the same, of a decision that no longer stands
BACK = "reports.taken_back.back_why"  # why it no longer stands


def _reasons() -> list[tuple[str, str]]:
    return [(reason.value, reason.value) for reason in Reason]


_IS_WRITTEN_OFF = Q(state=State.WRITTEN_OFF)


class Report(models.Model):
    """One report of violence. `submission` makes a repeat of the same submission the same report.

    `registered_at` is when the book of information records took it; where the desk wrote a date only, the time is
    midnight and `time_known` is false. `received_at` is when it reached this system.

    The outcome: `state` with `reason` and the words `why`; by its kind the offence that stands for it, the report that
    it is joined to, the office that it is forwarded to (`lay_in`: where it lay before). `due_at` is the end of the
    clock that runs, or ran, for the decision; `turn` counts how often it was opened again: the step of its duty.
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
    reason = models.CharField(max_length=20, blank=True, choices=_reasons())
    why = SealedField()
    offence_id = models.UUIDField(null=True, blank=True)
    joined_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    forwarded_to = models.ForeignKey(
        "agencies.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lay_in = models.ForeignKey("places.Territory", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True)
    turn = models.PositiveSmallIntegerField(default=0)
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
        "reason": DataClass.WORK,
        "why": DataClass.NARRATIVE,
        "offence_id": DataClass.WORK,
        "joined_to": DataClass.WORK,
        "forwarded_to": DataClass.WORK,
        "lay_in": DataClass.WORK,
        "due_at": DataClass.WORK,
        "turn": DataClass.WORK,
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
            models.Index(fields=["territory", "-decided_at"], name="report_written_off", condition=_IS_WRITTEN_OFF),
            models.Index(fields=["joined_to"], name="report_joined", condition=Q(joined_to__isnull=False)),
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
            # No report ends without what its end stands on.
            models.CheckConstraint(name="report_written_off_why", condition=~_IS_WRITTEN_OFF | ~Q(reason="")),
            models.CheckConstraint(
                name="report_joined_to_another",
                condition=(Q(state=State.JOINED, joined_to__isnull=False) & ~Q(joined_to=F("id")) & ~Q(reason=""))
                | (~Q(state=State.JOINED) & Q(joined_to__isnull=True)),
            ),
            models.CheckConstraint(
                name="report_forwarded_to_an_office",
                condition=(Q(state=State.FORWARDED, forwarded_to__isnull=False, lay_in__isnull=False) & ~Q(reason=""))
                | (~Q(state=State.FORWARDED) & Q(forwarded_to__isnull=True, lay_in__isnull=True)),
            ),
            models.CheckConstraint(
                name="report_entered_as_an_offence",
                condition=Q(state__in=sorted(ENTERED), offence_id__isnull=False)
                | (~Q(state__in=sorted(ENTERED)) & Q(offence_id__isnull=True)),
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


class TakenBack(models.Model):
    """An outcome that no longer stands: what it was, and who took it back, by what and why. Never changed."""

    id = models.BigAutoField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="taken_back")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    state = models.CharField(max_length=20, choices=[(state.value, state.value) for state in State])
    reason = models.CharField(max_length=20, blank=True, choices=_reasons())
    why = SealedField()
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    forwarded_to = models.ForeignKey(
        "agencies.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    joined_to = models.ForeignKey(Report, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    offence_id = models.UUIDField(null=True, blank=True)
    how = models.CharField(max_length=20, choices=[(how.value, how.value) for how in How])
    back_why = SealedField()
    back_at = models.DateTimeField()
    back_by = models.UUIDField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "report": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "state": DataClass.WORK,
        "reason": DataClass.WORK,
        "why": DataClass.NARRATIVE,
        "decided_at": DataClass.WORK,
        "decided_by": DataClass.WORK,
        "agency": DataClass.WORK,
        "forwarded_to": DataClass.WORK,
        "joined_to": DataClass.WORK,
        "offence_id": DataClass.WORK,
        "how": DataClass.WORK,
        "back_why": DataClass.NARRATIVE,
        "back_at": DataClass.WORK,
        "back_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        indexes = [models.Index(fields=["report", "back_at"], name="taken_back_of_report")]
        constraints = [
            models.CheckConstraint(name="taken_back_was_decided", condition=~Q(state=State.REGISTERED)),
            models.CheckConstraint(name="taken_back_paired", condition=Q(back_at__isnull=False, back_by__isnull=False)),
        ]
