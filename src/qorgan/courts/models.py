"""Court cases: materials sent, hearings, decisions, appeals. A court case and a decision are two counting units."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.cases.models import Case
from qorgan.courts.terms import AppealResult, DecisionKind, DecisionState, Kind, Party, Result, State
from qorgan.offences.models import Offence
from qorgan.orders.models import Breach, Order
from qorgan.orders.terms import Noticed
from qorgan.reports.models import Report


class CourtCase(models.Model):
    """What was sent to a court about a case, an order or an offence: at least one of the three.

    `breach`: the breach of that order which the materials are about. `territory` is the place of the materials, not
    the court's seat. `first_decided_at` is set once, by the first decision, and stays whatever becomes of that
    decision: it is what "a court case with a decision" is counted by.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    number = models.CharField(max_length=30, unique=True)
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in Kind])
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    offence = models.ForeignKey(Offence, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    breach = models.ForeignKey(Breach, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    court = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    sent_by = models.UUIDField()
    state = models.CharField(max_length=20, default=State.SENT, choices=[(state.value, state.value) for state in State])
    first_decided_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.UUIDField(null=True, blank=True)
    returned_why = SealedField()
    key_id = models.UUIDField()
    contents = SealedField()
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "number": DataClass.WORK,
        "kind": DataClass.WORK,
        "case": DataClass.WORK,
        "order": DataClass.WORK,
        "offence": DataClass.WORK,
        "breach": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "court": DataClass.WORK,
        "agency": DataClass.WORK,
        "sent_at": DataClass.WORK,
        "sent_by": DataClass.WORK,
        "state": DataClass.WORK,
        "first_decided_at": DataClass.WORK,
        "returned_at": DataClass.WORK,
        "returned_by": DataClass.WORK,
        "returned_why": DataClass.NARRATIVE,
        "key_id": DataClass.WORK,
        "contents": DataClass.NARRATIVE,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [
            models.Index(fields=["territory", "-sent_at"], name="court_case_newest"),
            models.Index(fields=["court", "state", "sent_at"], name="court_case_of_court"),
            models.Index(fields=["case"], name="court_case_of_case", condition=Q(case__isnull=False)),
            models.Index(fields=["order"], name="court_case_of_order", condition=Q(order__isnull=False)),
            models.Index(fields=["offence"], name="court_case_of_offence", condition=Q(offence__isnull=False)),
            models.Index(fields=["breach"], name="court_case_of_breach", condition=Q(breach__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="court_case_about_something",
                condition=Q(case__isnull=False) | Q(order__isnull=False) | Q(offence__isnull=False),
            ),
            models.CheckConstraint(
                name="court_case_of_a_breach_is_of_its_order", condition=Q(breach=None) | Q(order__isnull=False)
            ),
            models.CheckConstraint(
                name="court_case_returned_paired",
                condition=(Q(returned_at__isnull=True, returned_by__isnull=True) & ~Q(state="returned"))
                | Q(returned_at__isnull=False, returned_by__isnull=False, state="returned"),
            ),
            models.CheckConstraint(
                name="court_case_decided_once_it_is",
                condition=Q(first_decided_at__isnull=True, state__in=["sent", "scheduled", "returned"])
                | Q(first_decided_at__isnull=False, state__in=["decided", "appealed", "in_force"]),
            ),
            models.CheckConstraint(
                name="court_case_in_turn",
                condition=(Q(first_decided_at=None) | Q(first_decided_at__gte=F("sent_at")))
                & (Q(returned_at=None) | Q(returned_at__gte=F("sent_at"))),
            ),
        ]


class Hearing(models.Model):
    """A hearing: planned for a moment, later held or not. One that was put off stays, and another is planned."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    court_case = models.ForeignKey(CourtCase, on_delete=models.PROTECT, related_name="hearings")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    at = models.DateTimeField()
    result = models.CharField(
        max_length=20, default=Result.PLANNED, choices=[(result.value, result.value) for result in Result]
    )
    written_at = models.DateTimeField(null=True, blank=True)
    written_by = models.UUIDField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "court_case": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "at": DataClass.WORK,
        "result": DataClass.WORK,
        "written_at": DataClass.WORK,
        "written_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [
            models.Index(fields=["court_case", "at"], name="hearing_of_court_case"),
            models.Index(fields=["territory", "at"], name="hearing_planned", condition=Q(result="planned")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["court_case"], name="hearing_one_planned", condition=Q(result=Result.PLANNED)
            ),
            models.CheckConstraint(
                name="hearing_written_paired",
                condition=Q(written_at__isnull=True, written_by__isnull=True, result="planned")
                | (Q(written_at__isnull=False, written_by__isnull=False) & ~Q(result="planned")),
            ),
        ]


class Decision(models.Model):
    """A decision: one measure. `months`, `days`, `hours` measure it, `visits` are times a month to the police.
    `eviction_days`: for how many days from entry into force he may not live with her, where that is forbidden.

    `appealable_until` is the law's term counted from the decision; None where none is on record. A decision that is
    set aside was made all the same. `conviction` and `imprisonment_months` belong to a sentence.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    number = models.CharField(max_length=30, unique=True)
    court_case = models.ForeignKey(CourtCase, on_delete=models.PROTECT, related_name="decisions")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    kind = models.CharField(max_length=30, choices=[(kind.value, kind.value) for kind in DecisionKind])
    decided_at = models.DateTimeField()
    written_at = models.DateTimeField()
    written_by = models.UUIDField()
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    visits = models.PositiveSmallIntegerField(null=True, blank=True)
    prohibitions = models.JSONField(default=list)
    eviction_days = models.PositiveSmallIntegerField(null=True, blank=True)
    conviction = models.BooleanField(null=True, blank=True)
    imprisonment_months = models.PositiveSmallIntegerField(null=True, blank=True)
    note = SealedField()
    appealable_until = models.DateTimeField(null=True, blank=True)
    to_verify = models.BooleanField(default=False)
    in_force_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(
        max_length=20, default=DecisionState.ANNOUNCED, choices=[(state.value, state.value) for state in DecisionState]
    )
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "number": DataClass.WORK,
        "court_case": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "kind": DataClass.WORK,
        "decided_at": DataClass.WORK,
        "written_at": DataClass.WORK,
        "written_by": DataClass.WORK,
        "months": DataClass.WORK,
        "days": DataClass.WORK,
        "hours": DataClass.WORK,
        "visits": DataClass.WORK,
        "prohibitions": DataClass.WORK,
        "eviction_days": DataClass.WORK,
        "conviction": DataClass.PERSONAL,
        "imprisonment_months": DataClass.PERSONAL,
        "note": DataClass.NARRATIVE,
        "appealable_until": DataClass.WORK,
        "to_verify": DataClass.WORK,
        "in_force_at": DataClass.WORK,
        "state": DataClass.WORK,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [
            models.Index(fields=["court_case", "decided_at"], name="decision_of_court_case"),
            models.Index(fields=["territory", "decided_at"], name="decision_awaits", condition=Q(in_force_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                name="decision_measure_fits",
                condition=(Q(months__isnull=False) | ~Q(kind__in=["special_requirements", "psychological_help"]))
                & (Q(months__isnull=True) | Q(kind__in=["special_requirements", "psychological_help"]))
                & (Q(days__isnull=True) | Q(kind="arrest"))
                & (Q(hours__isnull=True) | Q(kind="public_works"))
                & (Q(visits__isnull=True) | Q(kind="special_requirements"))
                & (Q(conviction__isnull=True) | Q(kind="sentence"))
                & (Q(conviction__isnull=False) | ~Q(kind="sentence"))
                & (Q(imprisonment_months__isnull=True) | Q(conviction=True)),
            ),
            models.CheckConstraint(
                name="decision_eviction_has_its_days",
                condition=(
                    Q(eviction_days__isnull=False, eviction_days__gt=0, prohibitions__contains=["living_with_victim"])
                )
                | (Q(eviction_days=None) & ~Q(prohibitions__contains=["living_with_victim"])),
            ),
            models.CheckConstraint(
                name="decision_in_force_has_its_moment",
                condition=Q(in_force_at__isnull=False, state="in_force")
                | (Q(in_force_at__isnull=True) & ~Q(state="in_force")),
            ),
            models.CheckConstraint(
                name="decision_in_turn",
                condition=Q(decided_at__lte=F("written_at"))
                & (Q(in_force_at=None) | Q(in_force_at__gte=F("decided_at"))),
            ),
        ]


class Appeal(models.Model):
    """A complaint about a decision and what the higher court said. `before`: the measure as first announced, where
    the higher court varied it.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    filed_at = models.DateTimeField()
    filed_by = models.CharField(max_length=20, choices=[(party.value, party.value) for party in Party])
    result = models.CharField(
        max_length=20, default=AppealResult.PENDING, choices=[(result.value, result.value) for result in AppealResult]
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    before = models.JSONField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "decision": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "filed_at": DataClass.WORK,
        "filed_by": DataClass.WORK,
        "result": DataClass.WORK,
        "decided_at": DataClass.WORK,
        "before": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [models.Index(fields=["decision", "filed_at"], name="appeal_of_decision")]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], name="appeal_one_pending", condition=Q(result=AppealResult.PENDING)
            ),
            models.CheckConstraint(
                name="appeal_decided_has_its_moment",
                condition=Q(decided_at__isnull=True, result="pending")
                | (Q(decided_at__isnull=False) & ~Q(result="pending")),
            ),
            models.CheckConstraint(
                name="appeal_in_turn", condition=Q(decided_at=None) | Q(decided_at__gte=F("filed_at"))
            ),
        ]


class RequirementsBreach(models.Model):
    """A breach of special requirements, of which a report tells or which an officer noticed. `offence`: what was
    registered for it, by which it goes to court.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="breaches")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    noticed = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Noticed])
    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    offence = models.ForeignKey(Offence, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    breached_at = models.DateTimeField(null=True, blank=True)
    noticed_at = models.DateTimeField()
    prohibitions = models.JSONField()
    note = SealedField()
    written_at = models.DateTimeField()
    written_by = models.UUIDField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "decision": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "noticed": DataClass.WORK,
        "report": DataClass.WORK,
        "offence": DataClass.WORK,
        "breached_at": DataClass.WORK,
        "noticed_at": DataClass.WORK,
        "prohibitions": DataClass.WORK,
        "note": DataClass.NARRATIVE,
        "written_at": DataClass.WORK,
        "written_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        indexes = [models.Index(fields=["decision", "noticed_at"], name="requirements_breach_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "report"], name="requirements_breach_once", condition=Q(report__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["offence"], name="requirements_breach_offence", condition=Q(offence__isnull=False)
            ),
            models.CheckConstraint(
                name="requirements_breach_source",
                condition=Q(noticed="report", report__isnull=False) | Q(noticed="officer", report=None),
            ),
            models.CheckConstraint(
                name="requirements_breach_in_turn",
                condition=Q(noticed_at__lte=F("written_at"))
                & (Q(breached_at=None) | Q(breached_at__lte=F("noticed_at"))),
            ),
        ]
