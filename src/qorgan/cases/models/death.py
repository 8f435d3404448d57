"""The review of a child's death: its commission, materials, findings, and what it recommends to whom."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.cases.models.case import Case
from qorgan.cases.terms import Entry, Reply


class DeathReview(models.Model):
    """The review of one death, in the case that the death began or is led in. It has no end but its last answer."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    number = models.CharField(max_length=40, unique=True)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    begun_by = models.UUIDField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "number": DataClass.WORK,
        "case": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "agency": DataClass.WORK,
        "begun_at": DataClass.WORK,
        "begun_by": DataClass.WORK,
        "closed_at": DataClass.WORK,
        "closed_by": DataClass.WORK,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "S", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    ANSWERED_BY = "agency_id"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="review_closed_paired",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            )
        ]


class DeathEntry(models.Model):
    """One entry of a review: someone of its commission, a material that it read, something that it found."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    review = models.ForeignKey(DeathReview, on_delete=models.PROTECT, related_name="entries")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Entry])
    agency = models.ForeignKey("agencies.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = SealedField()
    written_at = models.DateTimeField()
    written_by = models.UUIDField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "review": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "kind": DataClass.WORK,
        "agency": DataClass.WORK,
        "words": DataClass.NARRATIVE,
        "written_at": DataClass.WORK,
        "written_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        indexes = [models.Index(fields=["review", "written_at"], name="entry_of_review")]
        constraints = [
            models.UniqueConstraint(fields=["review"], name="review_one_chair", condition=Q(kind=Entry.CHAIR))
        ]


class Recommendation(models.Model):
    """What a review asks of an agency, with a clock. It says no name, so its addressee sees it without the file.

    A body outside this system is named in `body`; it answers by letter, and so may any agency. `letter` is the number
    and date of that letter, entered by who keeps the review.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    number = models.CharField(max_length=45, unique=True)
    review = models.ForeignKey(DeathReview, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    key_id = models.UUIDField()
    from_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey("agencies.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=200, blank=True)
    letter = models.CharField(max_length=200, blank=True)
    words = SealedField()
    reply = models.CharField(max_length=20, default=Reply.WAITS, choices=[(one.value, one.value) for one in Reply])
    why = SealedField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    due_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "number": DataClass.WORK,
        "review": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "key_id": DataClass.WORK,
        "from_agency": DataClass.WORK,
        "to_agency": DataClass.WORK,
        "body": DataClass.WORK,
        "letter": DataClass.WORK,
        "words": DataClass.NARRATIVE,
        "reply": DataClass.WORK,
        "why": DataClass.NARRATIVE,
        "made_at": DataClass.WORK,
        "made_by": DataClass.WORK,
        "due_at": DataClass.WORK,
        "answered_at": DataClass.WORK,
        "answered_by": DataClass.WORK,
        "done_at": DataClass.WORK,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SU", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    OFFERED: ClassVar = {"to": "to_agency_id", "from": "from_agency_id"}

    class Meta:
        indexes = [
            models.Index(fields=["review"], name="recommendation_of_review"),
            models.Index(fields=["to_agency", "-made_at"], name="recommendation_inbox"),
            models.Index(fields=["from_agency"], name="recommendation_sent"),
            models.Index(fields=["from_agency", "due_at"], name="recommendation_waits", condition=Q(reply=Reply.WAITS)),
        ]
        constraints = [
            models.CheckConstraint(
                name="recommendation_to_someone",
                condition=Q(to_agency__isnull=False, body="") | (Q(to_agency__isnull=True) & ~Q(body="")),
            ),
            models.CheckConstraint(
                name="recommendation_answered",
                condition=Q(reply=Reply.WAITS, answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(reply=Reply.WAITS) & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="recommendation_done",
                condition=Q(reply=Reply.DONE, done_at__isnull=False) | (~Q(reply=Reply.DONE) & Q(done_at__isnull=True)),
            ),
        ]
