"""Registered offences: the ground of legal statistics."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.cases.models import Case
from qorgan.offences.terms import Completion, Ground, Part, Register, Relationship, State
from qorgan.people.models import Person
from qorgan.people.terms import Sex
from qorgan.reports.models import Report

WHY = "offences.correction.why"  # what the reason of a correction is sealed as


class Offence(models.Model):
    """One registered offence, criminal or administrative. It may stand alone: a homicide needs no report, no order.

    `register_no` is the number in the register of pre-trial investigations or of the protocol. `acted_on` is the day
    of the act, whose law names the article; where it is not known, the day of registration stands for it. `key_id` is
    the key of its case or report; an offence that stands alone takes one with its first reason.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    number = models.CharField(max_length=30, unique=True)
    register = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Register])
    register_no = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=20)
    article = models.CharField(max_length=10)
    part = models.CharField(max_length=10, blank=True)
    acted_on = models.DateField(null=True, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.UUIDField()
    completion = models.CharField(
        max_length=20, default=Completion.COMPLETED, choices=[(one.value, one.value) for one in Completion]
    )
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=20, default=State.REGISTERED, choices=[(state.value, state.value) for state in State]
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)
    ground = models.CharField(max_length=20, blank=True, choices=[(one.value, one.value) for one in Ground])
    key_id = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "number": DataClass.WORK,
        "register": DataClass.WORK,
        "register_no": DataClass.WORK,
        "code": DataClass.WORK,
        "article": DataClass.WORK,
        "part": DataClass.WORK,
        "acted_on": DataClass.WORK,
        "registered_at": DataClass.WORK,
        "registered_by": DataClass.WORK,
        "completion": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "agency": DataClass.WORK,
        "case": DataClass.WORK,
        "report": DataClass.WORK,
        "state": DataClass.WORK,
        "ended_at": DataClass.WORK,
        "ended_by": DataClass.WORK,
        "ground": DataClass.WORK,
        "key_id": DataClass.WORK,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [
            models.Index(fields=["territory", "-registered_at"], name="offence_newest"),
            models.Index(fields=["case"], name="offence_of_case", condition=Q(case__isnull=False)),
            models.Index(fields=["report"], name="offence_of_report", condition=Q(report__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "register_no"],
                name="offence_registered_once",
                condition=~Q(register_no="") & ~Q(state="annulled"),
            ),
            models.CheckConstraint(
                name="offence_ended_on_a_ground",
                condition=(
                    Q(state__in=["terminated", "annulled"], ended_at__isnull=False, ended_by__isnull=False)
                    & ~Q(ground="")
                )
                | (
                    Q(ended_at__isnull=True, ended_by__isnull=True, ground="")
                    & ~Q(state__in=["terminated", "annulled"])
                ),
            ),
        ]


class OffencePerson(models.Model):
    """A victim or a suspect. `age` is full years on the day of the act. A person entered by mistake is withdrawn.

    `person` is empty where the register knows no name, or where nobody but the statistics needs one.
    """

    id = models.BigAutoField(primary_key=True)
    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="persons")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=20, choices=[(part.value, part.value) for part in Part])
    sex = models.CharField(max_length=10, default=Sex.UNKNOWN, choices=[(sex.value, sex.value) for sex in Sex])
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    relationship = models.CharField(max_length=20, blank=True, choices=[(one.value, one.value) for one in Relationship])
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.UUIDField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "offence": DataClass.WORK,
        "person": DataClass.WORK,
        "part": DataClass.PERSONAL,
        "sex": DataClass.PERSONAL,
        "age": DataClass.PERSONAL,
        "relationship": DataClass.PERSONAL,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "withdrawn_at": DataClass.WORK,
        "withdrawn_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["offence", "person"],
                name="offence_person_once",
                condition=Q(person__isnull=False, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="offence_person_related_when_victim",
                condition=Q(part="suspect", relationship="") | (Q(part="victim") & ~Q(relationship="")),
            ),
            models.CheckConstraint(name="offence_person_age", condition=Q(age__isnull=True) | Q(age__lte=120)),
            models.CheckConstraint(
                name="offence_person_withdrawn_paired",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]


class Correction(models.Model):
    """What was written before and is written now, with the reason and the author. Nothing here is ever changed.

    The reason is sealed under the offence's key: people write names where they should not.
    """

    id = models.BigAutoField(primary_key=True)
    offence = models.ForeignKey(Offence, on_delete=models.PROTECT, related_name="corrections")
    person = models.ForeignKey(
        OffencePerson, null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    field = models.CharField(max_length=20)
    old = models.CharField(max_length=60, blank=True)
    new = models.CharField(max_length=60, blank=True)
    why = SealedField()
    corrected_at = models.DateTimeField()
    corrected_by = models.UUIDField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "offence": DataClass.WORK,
        "person": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "field": DataClass.WORK,
        "old": DataClass.PERSONAL,
        "new": DataClass.PERSONAL,
        "why": DataClass.NARRATIVE,
        "corrected_at": DataClass.WORK,
        "corrected_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "SI"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        indexes = [models.Index(fields=["offence", "corrected_at"], name="correction_of_offence")]
