"""What is due, to whom, by which provision; late and done."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.duties.terms import AWAITED, Answer, Cause, Kind


class Duty(models.Model):
    """One thing to be done by a moment. The thing it concerns is named by kind and id; its room gives the words.

    `since` to `due_at` is the clock the law gives; a duty without `due_at` has no term on record. `step` tells the
    seventh-day check from the fourteenth. A late duty does not go away: it is done with its reason, which is sealed
    under `key_id`, the key of the thing, and shredded with it; where the thing brought none, under a key of its own.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    kind = models.CharField(max_length=40, choices=[(kind.value, kind.value) for kind in Kind])
    thing = models.CharField(max_length=40)
    thing_id = models.UUIDField()
    step = models.PositiveSmallIntegerField(default=0)
    case_id = models.UUIDField(null=True, blank=True)
    key_id = models.UUIDField(null=True, blank=True)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    provision = models.CharField(max_length=80)
    to_verify = models.BooleanField(default=False)
    since = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.UUIDField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_why = models.CharField(max_length=80, blank=True)
    late_why = SealedField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "kind": DataClass.WORK,
        "thing": DataClass.WORK,
        "thing_id": DataClass.WORK,
        "step": DataClass.WORK,
        "case_id": DataClass.WORK,
        "key_id": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "agency": DataClass.WORK,
        "provision": DataClass.WORK,
        "to_verify": DataClass.WORK,
        "since": DataClass.WORK,
        "due_at": DataClass.WORK,
        "done_at": DataClass.WORK,
        "done_by": DataClass.WORK,
        "dropped_at": DataClass.WORK,
        "dropped_why": DataClass.WORK,
        "late_why": DataClass.NARRATIVE,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [
            models.Index(
                fields=["territory", "due_at"],
                name="duty_open",
                condition=Q(done_at__isnull=True, dropped_at__isnull=True),
            ),
            models.Index(
                fields=["territory", "due_at"],
                name="duty_awaited",
                condition=Q(done_at__isnull=True, dropped_at__isnull=True, kind__in=sorted(AWAITED)),
            ),
            models.Index(fields=["territory", "-done_at"], name="duty_done", condition=Q(done_at__isnull=False)),
            models.Index(fields=["case_id"], name="duty_case"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["thing_id", "kind", "step"], name="duty_once"),
            models.CheckConstraint(
                name="duty_done_paired",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="duty_done_or_dropped", condition=Q(done_at__isnull=True) | Q(dropped_at__isnull=True)
            ),
        ]


class ClockChange(models.Model):
    """That a clock was set anew: what it showed, what it shows now, why, and by whom.

    `clock` is the kind of a duty with its `step`, or `ends_at` of the thing itself. `was` None: it was not planned;
    `became` None: it no longer is. Where a value of the law was corrected, `entered_id` is that value and holds the
    reason; where an event was, `why` does, sealed under `key_id`.
    """

    id = models.BigAutoField(primary_key=True)
    thing = models.CharField(max_length=40)
    thing_id = models.UUIDField()
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    clock = models.CharField(max_length=40)
    step = models.PositiveSmallIntegerField(default=0)
    provision = models.CharField(max_length=80)
    was = models.DateTimeField(null=True, blank=True)
    became = models.DateTimeField(null=True, blank=True)
    cause = models.CharField(max_length=20, choices=[(cause.value, cause.value) for cause in Cause])
    entered_id = models.UUIDField(null=True, blank=True)
    key_id = models.UUIDField(null=True, blank=True)
    why = SealedField()
    changed_at = models.DateTimeField()
    author = models.UUIDField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "thing": DataClass.WORK,
        "thing_id": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "clock": DataClass.WORK,
        "step": DataClass.WORK,
        "provision": DataClass.WORK,
        "was": DataClass.WORK,
        "became": DataClass.WORK,
        "cause": DataClass.WORK,
        "entered_id": DataClass.WORK,
        "key_id": DataClass.WORK,
        "why": DataClass.NARRATIVE,
        "changed_at": DataClass.WORK,
        "author": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "SI"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        indexes = [models.Index(fields=["thing_id"], name="clock_change_thing")]
        constraints = [
            models.CheckConstraint(
                name="clock_change_changes",
                condition=Q(was__isnull=False, became__isnull=True)
                | Q(was__isnull=True, became__isnull=False)
                | (Q(was__isnull=False, became__isnull=False) & ~Q(was=F("became"))),
            ),
            models.CheckConstraint(
                name="clock_change_names_its_value",
                condition=Q(cause="rule", entered_id__isnull=False) | (~Q(cause="rule") & Q(entered_id__isnull=True)),
            ),
        ]


class ClockRun(models.Model):
    """The work that a corrected value of the law asks of one room: every clock under it, batch by batch.

    `after` is the last thing that was looked at: killed, the work goes on from there. `act` is entered or withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    room = models.CharField(max_length=20)
    key = models.CharField(max_length=80)
    entered_id = models.UUIDField()
    act = models.CharField(max_length=20)
    first = models.DateField()
    last = models.DateField(null=True, blank=True)
    begun_at = models.DateTimeField()
    author = models.UUIDField(null=True, blank=True)
    after = models.UUIDField(null=True, blank=True)
    looked = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    left_alone = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "room": DataClass.WORK,
        "key": DataClass.PUBLIC,
        "entered_id": DataClass.WORK,
        "act": DataClass.WORK,
        "first": DataClass.WORK,
        "last": DataClass.WORK,
        "begun_at": DataClass.WORK,
        "author": DataClass.WORK,
        "after": DataClass.WORK,
        "looked": DataClass.WORK,
        "changed": DataClass.WORK,
        "left_alone": DataClass.WORK,
        "finished_at": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "S", Process.WORKER: "SIU"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "entered_id", "act"], name="clock_run_once")]


class Escalation(models.Model):
    """That a duty was late for so long that, by a rule of the country, the office of a role above was told.

    `agency` let it run out; `due_at` is the end of the term it rests on, `fell_at` the moment by the rule, `provision`
    the rule. It is undone where a corrected clock says that the duty was not late for so long; the row stays. What
    the office says to it is sealed under the key of the duty.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="escalations")
    role = models.CharField(max_length=40)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    provision = models.CharField(max_length=80)
    to_verify = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    fell_at = models.DateTimeField()
    raised_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    answer = models.CharField(max_length=20, blank=True, choices=[(one.value, one.value) for one in Answer])
    key_id = models.UUIDField(null=True, blank=True)
    reason = SealedField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "duty": DataClass.WORK,
        "role": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "agency": DataClass.WORK,
        "provision": DataClass.WORK,
        "to_verify": DataClass.WORK,
        "due_at": DataClass.WORK,
        "fell_at": DataClass.WORK,
        "raised_at": DataClass.WORK,
        "undone_at": DataClass.WORK,
        "answered_at": DataClass.WORK,
        "answered_by": DataClass.WORK,
        "answer": DataClass.WORK,
        "key_id": DataClass.WORK,
        "reason": DataClass.NARRATIVE,
    }
    GRANTS: ClassVar = {Process.STAFF: "SU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [
            models.Index(
                fields=["territory", "role", "raised_at"],
                name="escalation_open",
                condition=Q(undone_at__isnull=True, answered_at__isnull=True),
            ),
            models.Index(fields=["raised_at"], name="escalation_raised"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "role"], condition=Q(undone_at__isnull=True), name="escalation_once"
            ),
            models.CheckConstraint(
                name="escalation_falls_after_the_term",
                condition=Q(fell_at__gte=F("due_at"), raised_at__gte=F("fell_at")),
            ),
            models.CheckConstraint(
                name="escalation_answered_whole",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
            ),
        ]


class Feed(models.Model):
    """An address by which a calendar of one mandate is read without signing in. Only a digest of its secret is kept.

    What it gives names nobody and no case. It is good until its last moment or until it is withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    mandate = models.ForeignKey("agencies.Mandate", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=8)
    secret_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "mandate": DataClass.WORK,
        "language": DataClass.WORK,
        "secret_hash": DataClass.SECRET,
        "made_at": DataClass.WORK,
        "expires_at": DataClass.WORK,
        "withdrawn_at": DataClass.WORK,
        "last_used_on": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mandate"], condition=Q(withdrawn_at__isnull=True), name="feed_one_stands"),
            models.CheckConstraint(name="feed_ends_after_it_begins", condition=Q(expires_at__gt=F("made_at"))),
        ]
