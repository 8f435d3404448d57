"""What the public reads: frozen, hashed, signed; and the steps by which it came there."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qorgan.base import ids
from qorgan.base.db.withheld import WithholdingManager
from qorgan.base.fields import DataClass
from qorgan.base.processes import Process
from qorgan.releases.terms import Stage

_NAMED = {"staff_id": DataClass.WORK, "name": DataClass.WORK}


class Release(models.Model):
    """A frozen release. `box` is the whole of it as bytes (a ZIP): definitions, tables, texts, chart, manifest.

    `revises` is the number of the published release that it takes the place of; empty for the first of its period.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    number = models.CharField(max_length=30, unique=True)
    period_from = models.DateField()
    period_to = models.DateField()
    as_of = models.DateTimeField()
    digest = models.CharField(max_length=64)
    manifest = models.JSONField()
    box = models.BinaryField()
    revises = models.CharField(max_length=30, blank=True)
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
        "revises": DataClass.PUBLIC,
        "built_at": DataClass.PUBLIC,
        "built_by": DataClass.PUBLIC,
        "is_synthetic": DataClass.PUBLIC,
    }
    GRANTS: ClassVar = {Process.STATISTICS: "SI", Process.PUBLIC: "S", Process.STAFF: "S"}
    SHOWN: ClassVar = {
        Process.PUBLIC: "exists (select 1 from releases_releasestep step where step.release_id = releases_release.id)"
    }
    APPEND_ONLY = True

    class Meta:
        ordering = ["-period_to", "-built_at"]

    @property
    def is_shipped(self) -> bool:
        """Whether it comes with the program and lies in no database."""
        return self._state.adding


class ReleaseStep(models.Model):
    """One step in the life of a release: who took it, when and why. The box itself never changes.

    `role` is the role of the mandate in which it was taken: all that the public is told about the person. The
    database holds that no one checks or publishes what the same person built (trigger `second_person`).
    """

    id = models.BigAutoField(primary_key=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=20, choices=[(stage.value, stage.value) for stage in Stage])
    staff_id = models.UUIDField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=40)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    DATA: ClassVar = {
        **_NAMED,
        "id": DataClass.PUBLIC,
        "release": DataClass.PUBLIC,
        "stage": DataClass.PUBLIC,
        "role": DataClass.PUBLIC,
        "at": DataClass.PUBLIC,
        "reason": DataClass.PUBLIC,
    }
    GRANTS: ClassVar = {Process.STATISTICS: "SI", Process.PUBLIC: "S", Process.STAFF: "SI"}
    WITHHELD: ClassVar = {Process.PUBLIC: ("staff_id", "name")}
    SHOWN: ClassVar = {Process.PUBLIC: "stage in ('published', 'withdrawn')"}
    APPEND_ONLY = True

    objects = WithholdingManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["release", "stage"], name="release_step_once"),
            models.CheckConstraint(
                name="release_step_says_why",
                condition=~Q(stage__in=["sent_back", "withdrawn"]) | ~Q(reason=""),
            ),
        ]


class BuildRequest(models.Model):
    """A statistician asks for the release of a period. The pages ask; the process `statistics` builds and signs."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    period = models.CharField(max_length=30)
    reason = models.TextField(blank=True)
    staff_id = models.UUIDField()
    mandate_id = models.UUIDField(null=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=8)
    asked_at = models.DateTimeField()

    DATA: ClassVar = {
        **_NAMED,
        "id": DataClass.WORK,
        "period": DataClass.WORK,
        "reason": DataClass.WORK,
        "mandate_id": DataClass.WORK,
        "language": DataClass.WORK,
        "asked_at": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.STATISTICS: "S"}
    APPEND_ONLY = True

    class Meta:
        ordering = ["asked_at", "id"]


class BuildAnswer(models.Model):
    """What became of a request: the release, or the sentence that says why there is none."""

    request = models.OneToOneField(BuildRequest, on_delete=models.PROTECT, primary_key=True, related_name="answer")
    release = models.ForeignKey(Release, null=True, on_delete=models.PROTECT, related_name="answers")
    refusal = models.TextField(blank=True)
    answered_at = models.DateTimeField()

    DATA: ClassVar = {
        "request": DataClass.WORK,
        "release": DataClass.WORK,
        "refusal": DataClass.WORK,
        "answered_at": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STATISTICS: "SI", Process.STAFF: "S"}
    APPEND_ONLY = True

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="build_answer_is_one_of_two", condition=Q(release__isnull=True) ^ Q(refusal="")
            ),
        ]


class ReleaseDate(models.Model):
    """A day and hour announced for the release of a period. The last one announced holds; a moved one says why."""

    id = models.BigAutoField(primary_key=True)
    period = models.CharField(max_length=30)
    due_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    staff_id = models.UUIDField()
    name = models.CharField(max_length=120)
    announced_at = models.DateTimeField()

    DATA: ClassVar = {
        **_NAMED,
        "id": DataClass.PUBLIC,
        "period": DataClass.PUBLIC,
        "due_at": DataClass.PUBLIC,
        "reason": DataClass.PUBLIC,
        "announced_at": DataClass.PUBLIC,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.PUBLIC: "S", Process.STATISTICS: "S"}
    WITHHELD: ClassVar = {Process.PUBLIC: ("staff_id", "name")}
    APPEND_ONLY = True

    objects = WithholdingManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["announced_at", "id"]
