"""Where a child sleeps tonight: whose child it is, when the guardianship authority was told, what it decided."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.cases.models.case import Case
from qorgan.cases.models.sharing import Referral
from qorgan.cases.terms import Parent, Stays
from qorgan.people.models import Person


class Parenthood(models.Model):
    """One word on whether someone complained of is a parent of a child of the case. The last one stands."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    offender = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    word = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Parent])
    why = SealedField()
    said_at = models.DateTimeField()
    said_by = models.UUIDField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "case": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "child": DataClass.WORK,
        "offender": DataClass.WORK,
        "word": DataClass.PERSONAL,
        "why": DataClass.NARRATIVE,
        "said_at": DataClass.WORK,
        "said_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        indexes = [models.Index(fields=["case", "said_at"], name="parenthood_of_case")]


class Telling(models.Model):
    """The guardianship authority was told of a child of the case: once, and before anyone else.

    By a referral; or by hand, where none is on record for the place: then `office` says whom, and `why` that one.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    referral = models.ForeignKey(Referral, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    office = SealedField()
    why = SealedField()
    told_at = models.DateTimeField()
    told_by = models.UUIDField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "case": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "referral": DataClass.WORK,
        "office": DataClass.NARRATIVE,
        "why": DataClass.NARRATIVE,
        "told_at": DataClass.WORK,
        "told_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "SI", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True


class Night(models.Model):
    """A decision on where a child sleeps: from when, until when, why, by which authority, on which provision.

    One holds for a child at a time; the next one ends it. `office` is who of the authority decided where someone else
    writes it down. Not `is_on_record`: the law on record is silent, and whoever decided is who routed.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="nights")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stays = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Stays])
    keeper = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    whom = SealedField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    why = SealedField()
    office = SealedField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    provision = models.CharField(max_length=60)
    is_on_record = models.BooleanField()
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "case": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "child": DataClass.WORK,
        "stays": DataClass.PERSONAL,
        "keeper": DataClass.WORK,
        "whom": DataClass.NARRATIVE,
        "since": DataClass.WORK,
        "until": DataClass.WORK,
        "why": DataClass.NARRATIVE,
        "office": DataClass.NARRATIVE,
        "agency": DataClass.WORK,
        "provision": DataClass.WORK,
        "is_on_record": DataClass.WORK,
        "decided_at": DataClass.WORK,
        "decided_by": DataClass.WORK,
        "ended_at": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "S", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [models.Index(fields=["case", "decided_at"], name="night_of_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "child"], name="night_one_holds", condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="night_until_unless_home",
                condition=Q(stays=Stays.RETURNED, until__isnull=True)
                | (~Q(stays=Stays.RETURNED) & Q(until__gt=models.F("since"))),
            ),
        ]
