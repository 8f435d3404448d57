"""That a record was to be destroyed, who confirmed it, and what proves it; and that an office forbade it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.shredding.terms import Ground, State, Thing


class Destruction(models.Model):
    """One person asks, another confirms, the worker destroys the keys of a case or of a person.

    The thing is named by kind and id; `number` is what it is called: its own number, or that of the case a person is
    named in. `reason` is sealed under the key that is destroyed, and goes with it. `certificate` is the signed proof.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    thing = models.CharField(max_length=20, choices=[(thing.value, thing.value) for thing in Thing])
    thing_id = models.UUIDField()
    number = models.CharField(max_length=40)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    ground = models.CharField(max_length=20, choices=[(ground.value, ground.value) for ground in Ground])
    paper = models.CharField(max_length=200, blank=True)
    reason = SealedField()
    state = models.CharField(max_length=20, default=State.ASKED, choices=[(one.value, one.value) for one in State])
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)
    certificate = models.JSONField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "thing": DataClass.WORK,
        "thing_id": DataClass.WORK,
        "number": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "ground": DataClass.WORK,
        "paper": DataClass.WORK,
        "reason": DataClass.NARRATIVE,
        "state": DataClass.WORK,
        "asked_at": DataClass.WORK,
        "asked_by": DataClass.WORK,
        "decided_at": DataClass.WORK,
        "decided_by": DataClass.WORK,
        "destroyed_at": DataClass.WORK,
        "certificate": DataClass.WORK,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SU", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [models.Index(fields=["territory", "-asked_at"], name="destruction_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "thing_id"],
                condition=~Q(state=State.DECLINED),
                name="destruction_once",
            ),
            models.CheckConstraint(
                name="destruction_decided_paired",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="destruction_by_two",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")) | Q(state=State.DECLINED),
            ),
            models.CheckConstraint(
                name="destruction_proven",
                condition=Q(state=State.DESTROYED, destroyed_at__isnull=False, certificate__isnull=False)
                | ~Q(state=State.DESTROYED) & Q(destroyed_at__isnull=True),
            ),
        ]


class LegalHold(models.Model):
    """An office forbids that anything of a case is destroyed: until a moment, or until the office allows it again.

    A court that may want the file, a complaint, a claim for damages, an inquiry elsewhere: what no record here shows.
    Several offices may forbid at once; each lifts its own. The reasons are sealed under the key of the case.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    reason = SealedField()
    until = models.DateTimeField(null=True, blank=True)
    laid_at = models.DateTimeField()
    laid_by = models.UUIDField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.UUIDField(null=True, blank=True)
    lifted_why = SealedField()
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "case": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "agency": DataClass.WORK,
        "reason": DataClass.NARRATIVE,
        "until": DataClass.WORK,
        "laid_at": DataClass.WORK,
        "laid_by": DataClass.WORK,
        "lifted_at": DataClass.WORK,
        "lifted_by": DataClass.WORK,
        "lifted_why": DataClass.NARRATIVE,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SU"}
    SCOPED = "territory_id"
    ANSWERED_BY = "agency_id"

    class Meta:
        indexes = [models.Index(fields=["case"], name="legal_hold_of_case")]
        constraints = [
            models.CheckConstraint(
                name="legal_hold_lifted_paired",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="legal_hold_ends_after_it_begins", condition=Q(until__isnull=True) | Q(until__gt=F("laid_at"))
            ),
        ]
