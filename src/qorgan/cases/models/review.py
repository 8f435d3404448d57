"""A review by the ombudsman that someone of the family asks for, its clock, its answer."""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.cases.models.case import Case
from qorgan.cases.models.sharing import Referral
from qorgan.cases.terms import UNREAD, Kin, Outcome
from qorgan.people.models import Person


def _choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Review(models.Model):
    """What someone of the family asks of the ombudsman, and what was answered.

    `referral` opens the file to that office; until it is accepted there, this row alone is seen: no field of it says a
    name. `opened_at`: from when the file stands open there; without it no answer is one on the substance. `due_at` is
    the law's term, or the one that a person set where the law is silent (`set_by`, `set_why`).
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    number = models.CharField(max_length=40, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    key_id = models.UUIDField()
    to_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    asker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kin = models.CharField(max_length=20, choices=_choices(Kin))
    words = SealedField()
    asked_at = models.DateTimeField()
    written_at = models.DateTimeField()
    written_by = models.UUIDField()
    due_at = models.DateTimeField(null=True, blank=True)
    set_at = models.DateTimeField(null=True, blank=True)
    set_by = models.UUIDField(null=True, blank=True)
    set_why = SealedField()
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True, choices=_choices(Outcome))
    answer = SealedField()
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "number": DataClass.WORK,
        "case": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "referral": DataClass.WORK,
        "key_id": DataClass.WORK,
        "to_agency": DataClass.WORK,
        "asker": DataClass.WORK,
        "kin": DataClass.PERSONAL,
        "words": DataClass.NARRATIVE,
        "asked_at": DataClass.WORK,
        "written_at": DataClass.WORK,
        "written_by": DataClass.WORK,
        "due_at": DataClass.WORK,
        "set_at": DataClass.WORK,
        "set_by": DataClass.WORK,
        "set_why": DataClass.NARRATIVE,
        "opened_at": DataClass.WORK,
        "answered_at": DataClass.WORK,
        "answered_by": DataClass.WORK,
        "outcome": DataClass.WORK,
        "answer": DataClass.NARRATIVE,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SU", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    OFFERED: ClassVar = {"to": "to_agency_id", "from": "to_agency_id"}  # who passed the case on keeps no line of it

    class Meta:
        indexes = [
            models.Index(fields=["case", "asked_at"], name="review_of_case"),
            models.Index(fields=["to_agency", "-asked_at"], name="review_inbox"),
        ]
        constraints = [
            models.CheckConstraint(
                name="review_answered_paired",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, outcome="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="review_set_paired",
                condition=Q(set_at__isnull=True, set_by__isnull=True) | Q(set_at__isnull=False, set_by__isnull=False),
            ),
            models.CheckConstraint(
                name="review_read_before_its_answer",
                condition=Q(outcome__in=["", *sorted(one.value for one in UNREAD)])
                | Q(opened_at__isnull=False, answered_at__gte=F("opened_at")),
            ),
            models.UniqueConstraint(
                fields=["case", "asker"], name="review_one_waits", condition=Q(answered_at__isnull=True)
            ),
        ]
