"""Instruments as they were used, assessments, what they asked for, and lower results agreed by two people."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.cases.models import Case
from qorgan.people.models import Person
from qorgan.risk.terms import Decision, Origin


class Kept(models.Model):
    """One version of an instrument, word for word, from its first use or its import on. It is never changed.

    `evidence` names the document that shows the right to the text, `evidence_hash` is its SHA-256.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    code = models.CharField(max_length=50)
    version = models.CharField(max_length=30)
    content_hash = models.CharField(max_length=64, unique=True)
    content = models.JSONField()
    origin = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Origin])
    licence = models.CharField(max_length=500, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    evidence_hash = models.CharField(max_length=64, blank=True)
    kept_at = models.DateTimeField()
    kept_by = models.UUIDField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "code": DataClass.WORK,
        "version": DataClass.WORK,
        "content_hash": DataClass.WORK,
        "content": DataClass.WORK,
        "origin": DataClass.WORK,
        "licence": DataClass.WORK,
        "evidence": DataClass.WORK,
        "evidence_hash": DataClass.WORK,
        "kept_at": DataClass.WORK,
        "kept_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S", Process.COLLECTOR: "S"}
    APPEND_ONLY = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="instrument_version_once"),
            models.CheckConstraint(
                name="instrument_imported_with_evidence",
                condition=Q(origin=Origin.SHIPPED) | (~Q(licence="") & ~Q(evidence="") & ~Q(evidence_hash="")),
            ),
        ]


class Assessment(models.Model):
    """What was answered about the danger in a case, what the rules made of it, what a person judged. It stays as made.

    Ranks are those of the bands of its instrument. `has_asked` is no where it was not safe to ask.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(Kept, on_delete=models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    key_id = models.UUIDField()
    has_asked = models.BooleanField()
    gate = SealedField()
    answers = SealedField()
    why = SealedField()
    computed = models.PositiveSmallIntegerField()
    judged = models.PositiveSmallIntegerField(null=True, blank=True)
    result = models.PositiveSmallIntegerField()
    assessed_at = models.DateTimeField()
    assessed_by = models.UUIDField()
    expires_at = models.DateTimeField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "case": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "agency": DataClass.WORK,
        "instrument": DataClass.WORK,
        "content_hash": DataClass.WORK,
        "key_id": DataClass.WORK,
        "has_asked": DataClass.WORK,
        "gate": DataClass.NARRATIVE,
        "answers": DataClass.NARRATIVE,
        "why": DataClass.NARRATIVE,
        "computed": DataClass.PERSONAL,
        "judged": DataClass.PERSONAL,
        "result": DataClass.PERSONAL,
        "assessed_at": DataClass.WORK,
        "assessed_by": DataClass.WORK,
        "expires_at": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        indexes = [models.Index(fields=["case", "-assessed_at"], name="assessment_of_case")]
        constraints = [
            models.CheckConstraint(
                name="assessment_never_below_computed",
                condition=Q(result__gte=F("computed")) & (Q(judged__isnull=True) | Q(result__gte=F("judged"))),
            ),
            models.CheckConstraint(name="assessment_expires_after", condition=Q(expires_at__gt=F("assessed_at"))),
        ]


class Alleged(models.Model):
    """One of those from whom the danger of an assessment comes. There may be several, and none where none is known."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="alleged")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "assessment": DataClass.WORK,
        "person": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "person"], name="alleged_once")]


class Measure(models.Model):
    """Something that a result asks for. What is done about it, and by when, is its duty."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="measures")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    action = models.CharField(max_length=40)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "assessment": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "action": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "action"], name="measure_once")]


class Lowering(models.Model):
    """A lower result that one person asks for, with the reason, and a second one agrees to or declines."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="lowerings")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    was = models.PositiveSmallIntegerField()
    to = models.PositiveSmallIntegerField()
    why = SealedField()
    words = SealedField()
    decision = models.CharField(
        max_length=20, default=Decision.WAITS, choices=[(one.value, one.value) for one in Decision]
    )
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "assessment": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "was": DataClass.PERSONAL,
        "to": DataClass.PERSONAL,
        "why": DataClass.NARRATIVE,
        "words": DataClass.NARRATIVE,
        "decision": DataClass.WORK,
        "asked_at": DataClass.WORK,
        "asked_by": DataClass.WORK,
        "decided_at": DataClass.WORK,
        "decided_by": DataClass.WORK,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "S", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"

    class Meta:
        constraints = [
            models.CheckConstraint(name="lowering_is_lower", condition=Q(to__lt=F("was"))),
            models.CheckConstraint(
                name="lowering_decided_paired",
                condition=Q(decision=Decision.WAITS, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(decision=Decision.WAITS) & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="lowering_by_two",
                condition=~Q(decision=Decision.AGREED) | ~Q(decided_by=F("asked_by")),
            ),
            models.UniqueConstraint(
                fields=["assessment"], name="lowering_waits_once", condition=Q(decision=Decision.WAITS)
            ),
        ]
