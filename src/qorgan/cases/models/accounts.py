"""What experts found, what each statement says of a topic, and which two of them a person holds to contradict."""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.cases.models.case import Account, Case
from qorgan.cases.terms import Discipline, Object, Said, Topic
from qorgan.people.models import Person
from qorgan.reports.models import Report


def _choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Finding(models.Model):
    """An expert finding: who was asked what and when, who answered as what and when. It stands beside other ones.

    `beside_id` names the finding that a second one was asked for beside; `corrects_id` the entry that this one puts
    right, which stays. The answers are `Answer` rows, what was examined `Examined` rows.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    discipline = models.CharField(max_length=30, choices=_choices(Discipline))
    institution = SealedField()
    expert = SealedField()
    number = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField()
    beside = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    written_by = models.UUIDField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "case": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "discipline": DataClass.PERSONAL,
        "institution": DataClass.NARRATIVE,
        "expert": DataClass.NARRATIVE,
        "number": DataClass.WORK,
        "asked_at": DataClass.WORK,
        "given_at": DataClass.WORK,
        "beside": DataClass.WORK,
        "corrects": DataClass.WORK,
        "written_at": DataClass.WORK,
        "written_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        indexes = [models.Index(fields=["case", "given_at"], name="finding_of_case")]
        constraints = [
            models.CheckConstraint(name="finding_after_its_question", condition=Q(given_at__gte=F("asked_at"))),
        ]


class Answer(models.Model):
    """What one account, or one finding, says of a topic: in words, and by a closed answer where the topic has them."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    finding = models.ForeignKey(Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=30, choices=_choices(Topic))
    said = models.CharField(max_length=30, blank=True, choices=_choices(Said))
    words = SealedField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "case": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "account": DataClass.WORK,
        "finding": DataClass.WORK,
        "topic": DataClass.PERSONAL,
        "said": DataClass.PERSONAL,
        "words": DataClass.NARRATIVE,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        indexes = [models.Index(fields=["case"], name="answer_of_case")]
        constraints = [
            models.CheckConstraint(
                name="answer_of_one",
                condition=Q(account__isnull=False, finding__isnull=True)
                | Q(account__isnull=True, finding__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["account", "finding", "topic"], name="answer_once_a_topic", nulls_distinct=False
            ),
        ]


class Examined(models.Model):
    """One thing that a finding examined: held in the case, or named in words."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=_choices(Object))
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    earlier = models.ForeignKey(Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = SealedField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "finding": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "kind": DataClass.WORK,
        "person": DataClass.WORK,
        "report": DataClass.WORK,
        "account": DataClass.WORK,
        "earlier": DataClass.WORK,
        "words": DataClass.NARRATIVE,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        indexes = [models.Index(fields=["finding"], name="examined_by_finding")]
        constraints = [
            models.CheckConstraint(
                name="examined_as_its_kind",
                condition=Q(kind="person", person__isnull=False)
                | Q(kind="report", report__isnull=False)
                | Q(kind="account", account__isnull=False)
                | Q(kind="finding", earlier__isnull=False)
                | Q(
                    kind="named",
                    person__isnull=True,
                    report__isnull=True,
                    account__isnull=True,
                    earlier__isnull=True,
                ),
            )
        ]


class Contradiction(models.Model):
    """That a person holds two statements to contradict each other on a topic. It says nothing about which is true.

    Which of the two stands in the first columns says nothing either: the older id does. Withdrawn, it stays with who
    withdrew it and why.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    topic = models.CharField(max_length=30, choices=_choices(Topic))
    one_account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    one_finding = models.ForeignKey(Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    other_account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    other_finding = models.ForeignKey(Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()
    marked_by = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.UUIDField(null=True, blank=True)
    withdrawn_why = SealedField()
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "case": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "topic": DataClass.PERSONAL,
        "one_account": DataClass.WORK,
        "one_finding": DataClass.WORK,
        "other_account": DataClass.WORK,
        "other_finding": DataClass.WORK,
        "marked_at": DataClass.WORK,
        "marked_by": DataClass.WORK,
        "withdrawn_at": DataClass.WORK,
        "withdrawn_by": DataClass.WORK,
        "withdrawn_why": DataClass.NARRATIVE,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "S", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [models.Index(fields=["case", "marked_at"], name="contradiction_of_case")]
        constraints = [
            models.CheckConstraint(
                name="contradiction_of_two",
                condition=(
                    Q(one_account__isnull=False, one_finding__isnull=True)
                    | Q(one_account__isnull=True, one_finding__isnull=False)
                )
                & (
                    Q(other_account__isnull=False, other_finding__isnull=True)
                    | Q(other_account__isnull=True, other_finding__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="contradiction_not_with_itself",
                condition=(
                    Q(one_account__isnull=True) | Q(other_account__isnull=True) | ~Q(one_account=F("other_account"))
                )
                & (Q(one_finding__isnull=True) | Q(other_finding__isnull=True) | ~Q(one_finding=F("other_finding"))),
            ),
            models.UniqueConstraint(
                fields=["topic", "one_account", "one_finding", "other_account", "other_finding"],
                name="contradiction_stands_once",
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="contradiction_withdrawn_paired",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]
