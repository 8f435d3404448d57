"""The register of statements: what somebody said in public, how it was read and checked, and each check that was made.

A text is brought by a person; nothing is fetched from its address. A check is never changed: a later one stands beside.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qorgan.base import ids
from qorgan.base.db.withheld import WithholdingManager
from qorgan.base.fields import DataClass
from qorgan.base.processes import Process
from qorgan.claims.terms import Act, Cause

_WHO = {"staff_id": DataClass.WORK, "name": DataClass.WORK, "role": DataClass.PUBLIC}
_IS_PUBLIC = (
    "exists (select 1 from claims_statement s where s.id = {table}.statement_id and s.published_at is not null)"
)


class Statement(models.Model):
    """What somebody said in public. `said_on` None, `speaker` and `relay` empty: the text does not say."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    address = models.CharField(max_length=500, blank=True)
    said_on = models.DateField(null=True, blank=True)
    speaker = models.CharField(max_length=200, blank=True)
    relay = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8)
    text = models.TextField()
    version = models.PositiveIntegerField(default=1)
    staff_id = models.UUIDField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=40)
    brought_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    DATA: ClassVar = {
        **_WHO,
        "id": DataClass.PUBLIC,
        "address": DataClass.PUBLIC,
        "said_on": DataClass.PUBLIC,
        "speaker": DataClass.PUBLIC,
        "relay": DataClass.PUBLIC,
        "language": DataClass.PUBLIC,
        "text": DataClass.PUBLIC,
        "version": DataClass.PUBLIC,
        "brought_at": DataClass.PUBLIC,
        "published_at": DataClass.PUBLIC,
        "withdrawn_at": DataClass.PUBLIC,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.STATISTICS: "S", Process.PUBLIC: "S"}
    WITHHELD: ClassVar = {Process.PUBLIC: ("staff_id", "name")}
    SHOWN: ClassVar = {Process.PUBLIC: "published_at is not null"}

    objects = WithholdingManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["-brought_at", "-id"]


class Check(models.Model):
    """One check of a statement: the reading, who chose it, the answer, and the versions of grammar and data.

    `answer` says in every language of the country what was found then. `changed`: by figure, what is not as in the
    check before. `staff_id` is empty where no person asked.
    """

    id = models.BigAutoField(primary_key=True)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="checks")
    number = models.PositiveIntegerField()
    cause = models.CharField(max_length=20, choices=[(cause.value, cause.value) for cause in Cause])
    reading = models.TextField(blank=True)
    chosen = models.JSONField(default=dict)
    answer = models.JSONField()
    changed = models.JSONField(default=list)
    grammar = models.CharField(max_length=12)
    data = models.CharField(max_length=12)
    staff_id = models.UUIDField(null=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=40)
    at = models.DateTimeField()

    DATA: ClassVar = {
        **_WHO,
        "id": DataClass.PUBLIC,
        "statement": DataClass.PUBLIC,
        "number": DataClass.PUBLIC,
        "cause": DataClass.PUBLIC,
        "reading": DataClass.PUBLIC,
        "chosen": DataClass.PUBLIC,
        "answer": DataClass.PUBLIC,
        "changed": DataClass.PUBLIC,
        "grammar": DataClass.PUBLIC,
        "data": DataClass.PUBLIC,
        "at": DataClass.PUBLIC,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.STATISTICS: "SI", Process.PUBLIC: "S"}
    WITHHELD: ClassVar = {Process.PUBLIC: ("staff_id", "name")}
    SHOWN: ClassVar = {Process.PUBLIC: _IS_PUBLIC.format(table="claims_check")}
    APPEND_ONLY = True

    objects = WithholdingManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["statement", "number"], name="claims_check_numbered")]


class Step(models.Model):
    """What was done with a statement, by whom and why. `was`: what stood there before a correction."""

    id = models.BigAutoField(primary_key=True)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=20, choices=[(act.value, act.value) for act in Act])
    staff_id = models.UUIDField()
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=40)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    was = models.JSONField(default=dict)

    DATA: ClassVar = {
        **_WHO,
        "id": DataClass.PUBLIC,
        "statement": DataClass.PUBLIC,
        "act": DataClass.PUBLIC,
        "at": DataClass.PUBLIC,
        "reason": DataClass.PUBLIC,
        "was": DataClass.PUBLIC,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.STATISTICS: "S", Process.PUBLIC: "S"}
    WITHHELD: ClassVar = {Process.PUBLIC: ("staff_id", "name")}
    SHOWN: ClassVar = {Process.PUBLIC: _IS_PUBLIC.format(table="claims_step")}
    APPEND_ONLY = True

    objects = WithholdingManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="claims_step_says_why", condition=Q(act="published") | ~Q(reason="")),
        ]
