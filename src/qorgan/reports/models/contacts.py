"""A contact: anyone who reached a line, by any means; what is told while it is told; what 102 was told of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.reports.models.signals import Report
from qorgan.reports.terms import Channel, Serving
from qorgan.reports.terms.contacts import BlockReason, Consent, Despite, Disposition, Way


def _choices(words: type) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]  # type: ignore[attr-defined]  # an enumeration of words


def _paired(first: str, second: str) -> Q:
    neither = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    return neither | Q(**{f"{first}__isnull": False, f"{second}__isnull": False})


class Contact(models.Model):
    """Someone reached a line. The screen names it, so that one sent twice is one contact; its thread bears its id.

    `raw_number` is what the exchange or the person gave, `number` the same as E.164 says it, `number_index` its keyed
    digest; all empty where the number was withheld. A report that it becomes bears the same id, so that whoever is shut
    out of the report is shut out of the contact. `topics` are codes of the tree of the version `topic_tree`.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=20, choices=_choices(Channel))
    way = models.CharField(max_length=20, choices=_choices(Way))
    key_id = models.UUIDField()
    raw_number = SealedField()
    number = SealedField()
    number_index = models.BinaryField(max_length=32, null=True, blank=True)
    rang_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.UUIDField()
    disposition = models.CharField(max_length=20, blank=True, choices=_choices(Disposition))
    disposed_at = models.DateTimeField(null=True, blank=True)
    disposed_by = models.UUIDField(null=True, blank=True)
    topics = models.JSONField(default=list)
    topic_tree = models.CharField(max_length=20, blank=True)
    serving = models.CharField(max_length=20, default=Serving.NOT_ASKED, choices=_choices(Serving))
    consent = models.CharField(max_length=20, default=Consent.NOT_ASKED, choices=_choices(Consent))
    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "agency": DataClass.WORK,
        "line": DataClass.WORK,
        "way": DataClass.WORK,
        "key_id": DataClass.WORK,
        "raw_number": DataClass.IDENTITY,
        "number": DataClass.IDENTITY,
        "number_index": DataClass.SECRET,
        "rang_at": DataClass.WORK,
        "answered_at": DataClass.WORK,
        "ended_at": DataClass.WORK,
        "taken_by": DataClass.WORK,
        "disposition": DataClass.WORK,
        "disposed_at": DataClass.WORK,
        "disposed_by": DataClass.WORK,
        "topics": DataClass.PERSONAL,
        "topic_tree": DataClass.WORK,
        "serving": DataClass.PERSONAL,
        "consent": DataClass.PERSONAL,
        "report": DataClass.WORK,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [
            models.Index(fields=["territory", "-rang_at"], name="contact_newest"),
            models.Index(
                fields=["number_index", "-rang_at"], name="contact_number", condition=Q(number_index__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(name="contact_disposed_paired", condition=_paired("disposed_at", "disposed_by")),
            models.CheckConstraint(
                name="contact_disposed_when_said",
                condition=Q(disposition="", disposed_at__isnull=True)
                | (~Q(disposition="") & Q(disposed_at__isnull=False)),
            ),
            models.CheckConstraint(name="contact_is_its_thread", condition=Q(thread_id=models.F("id"))),
        ]


class Draft(models.Model):
    """What is told, while it is told: kept here and nowhere on the machine. Complete, it stays as the answers.

    `said` is one JSON object of the fields of the screen, sealed under the contact's key.
    """

    contact = models.OneToOneField(Contact, primary_key=True, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    said = SealedField()
    saved_at = models.DateTimeField()
    saved_by = models.UUIDField()
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "contact": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "said": DataClass.NARRATIVE,
        "saved_at": DataClass.WORK,
        "saved_by": DataClass.WORK,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU"}
    SCOPED = "territory_id"

    class Meta:
        constraints = [
            models.CheckConstraint(name="draft_saved_paired", condition=_paired("saved_at", "saved_by")),
        ]


class Alarm(models.Model):
    """What 102 was told of a danger now, with what she had answered to being asked; or that it was taken back."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    words = SealedField()
    consent = models.CharField(max_length=20, choices=_choices(Consent))
    despite = models.CharField(max_length=20, blank=True, choices=_choices(Despite))
    serving = models.CharField(max_length=20, choices=_choices(Serving))
    told_at = models.DateTimeField()
    told_by = models.UUIDField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.UUIDField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "contact": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "words": DataClass.NARRATIVE,
        "consent": DataClass.PERSONAL,
        "despite": DataClass.PERSONAL,
        "serving": DataClass.PERSONAL,
        "told_at": DataClass.WORK,
        "told_by": DataClass.WORK,
        "taken_back_at": DataClass.WORK,
        "taken_back_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "S"}
    SCOPED = "territory_id"

    class Meta:
        constraints = [
            models.CheckConstraint(name="alarm_told_paired", condition=_paired("told_at", "told_by")),
            models.CheckConstraint(name="alarm_taken_back_paired", condition=_paired("taken_back_at", "taken_back_by")),
            models.CheckConstraint(
                name="alarm_despite_said",
                condition=~Q(consent=Consent.REFUSED) | ~Q(despite=""),
            ),
        ]


class NumberBlock(models.Model):
    """A number that does not get through to a line until a moment, for a reason, by a named person; never for ever."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    line = models.CharField(max_length=20, choices=_choices(Channel))
    number_index = models.BinaryField(max_length=32)
    reason = models.CharField(max_length=20, choices=_choices(BlockReason))
    until = models.DateTimeField()
    blocked_at = models.DateTimeField()
    blocked_by = models.UUIDField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.UUIDField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "contact": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "line": DataClass.WORK,
        "number_index": DataClass.SECRET,
        "reason": DataClass.WORK,
        "until": DataClass.WORK,
        "blocked_at": DataClass.WORK,
        "blocked_by": DataClass.WORK,
        "lifted_at": DataClass.WORK,
        "lifted_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "S"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [models.Index(fields=["number_index", "line", "until"], name="number_block_stands")]
        constraints = [
            models.CheckConstraint(name="number_block_paired", condition=_paired("blocked_at", "blocked_by")),
            models.CheckConstraint(name="number_block_lifted_paired", condition=_paired("lifted_at", "lifted_by")),
            models.CheckConstraint(name="number_block_ends", condition=Q(until__gt=models.F("blocked_at"))),
        ]
