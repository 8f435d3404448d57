"""What is shared of a case: who speaks for whom, what she agreed to, what other agencies are offered and hold."""

from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.cases.models.case import Case
from qorgan.cases.terms import Age, Aim, Bond, Course, Giver, Ground, How, Standing, Urgency, Why, Word
from qorgan.people.models import Person


def _choices(words: type[StrEnum]) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


def _both_or_none(name: str, first: str, second: str) -> models.CheckConstraint:
    none = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    both = Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    return models.CheckConstraint(name=name, condition=none | both)


class Representation(models.Model):
    """Who speaks for a person of the case, by which document, from when until when.

    Whether he may is not kept but asked (`queries.barred`): one who is, or may be, complained of has no rights here.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    speaker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    bond = models.CharField(max_length=20, choices=_choices(Bond))
    evidence = SealedField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    doubted_at = models.DateTimeField(null=True, blank=True)
    doubted_by = models.UUIDField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "case": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "person": DataClass.WORK,
        "speaker": DataClass.WORK,
        "bond": DataClass.PERSONAL,
        "evidence": DataClass.NARRATIVE,
        "valid_from": DataClass.WORK,
        "valid_until": DataClass.WORK,
        "made_at": DataClass.WORK,
        "made_by": DataClass.WORK,
        "doubted_at": DataClass.WORK,
        "doubted_by": DataClass.WORK,
        "ended_at": DataClass.WORK,
        "ended_by": DataClass.WORK,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "S"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [models.Index(fields=["case"], name="representation_of_case")]
        constraints = [
            _both_or_none("representation_doubted_paired", "doubted_at", "doubted_by"),
            _both_or_none("representation_ended_paired", "ended_at", "ended_by"),
        ]


class Consent(models.Model):
    """What a person was asked to agree to: for what, what of the file, to whom, until when. Never changed.

    To one agency, or to any of a kind. What became of it, is said by `ConsentWord`. `why` is the decision that a
    child's own word counts, where the law's age for it is not on record; who decided is who wrote it down.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    giver = models.CharField(max_length=20, choices=_choices(Giver))
    speaker = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    aim = models.CharField(max_length=40, choices=_choices(Aim))
    sections = models.JSONField()
    agency = models.ForeignKey("agencies.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agency_kind = models.CharField(max_length=40, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=20, choices=_choices(How))
    language = models.CharField(max_length=10)
    why = SealedField()
    written_at = models.DateTimeField()
    written_by = models.UUIDField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "case": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "person": DataClass.WORK,
        "giver": DataClass.PERSONAL,
        "speaker": DataClass.WORK,
        "aim": DataClass.PERSONAL,
        "sections": DataClass.WORK,
        "agency": DataClass.WORK,
        "agency_kind": DataClass.WORK,
        "until": DataClass.WORK,
        "how": DataClass.WORK,
        "language": DataClass.WORK,
        "why": DataClass.NARRATIVE,
        "written_at": DataClass.WORK,
        "written_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        indexes = [
            models.Index(fields=["case", "written_at"], name="consent_of_case"),
            models.Index(fields=["until"], name="consent_until"),
        ]
        constraints = [
            models.CheckConstraint(
                name="consent_to_someone",
                condition=Q(agency__isnull=False, agency_kind="") | (Q(agency__isnull=True) & ~Q(agency_kind="")),
            )
        ]


class ConsentWord(models.Model):
    """One word on a consent: given or refused, then withdrawn or run out. The last one stands."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="words")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    word = models.CharField(max_length=20, choices=_choices(Word))
    at = models.DateTimeField()
    staff_id = models.UUIDField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "consent": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "word": DataClass.PERSONAL,
        "at": DataClass.WORK,
        "staff_id": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "SI", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        indexes = [models.Index(fields=["consent", "at"], name="word_of_consent")]
        constraints = [models.UniqueConstraint(fields=["consent", "word"], name="consent_word_once")]


class Referral(models.Model):
    """A part of the file, or the whole case, offered to another agency: its card, its answer, its end.

    Until it is accepted the other agency sees this row and nothing of the thread: no field of it says a name. A
    transfer changes the place of the thread; the row goes along and stays as the line that it was passed on.
    `recalled_at` says that the other agency was told to stop using what it holds, `stopped_at` that it has said so.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    number = models.CharField(max_length=40, unique=True)
    course = models.CharField(max_length=20, choices=_choices(Course))
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    from_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    to_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    asked = models.CharField(max_length=40, choices=[*_choices(Aim), *_choices(Why)])
    urgency = models.CharField(max_length=20, choices=_choices(Urgency))
    age = models.CharField(max_length=20, choices=_choices(Age))
    ground = models.CharField(max_length=40, choices=_choices(Ground))
    consent = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sections = models.JSONField(default=list)
    until = models.DateTimeField(null=True, blank=True)
    note = SealedField()
    standing = models.CharField(max_length=20, default=Standing.PROPOSED, choices=_choices(Standing))
    made_at = models.DateTimeField()
    made_by = models.UUIDField()
    answer_due_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    declined_why = models.CharField(max_length=20, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    stop_due_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "number": DataClass.WORK,
        "course": DataClass.WORK,
        "case": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "from_agency": DataClass.WORK,
        "to_agency": DataClass.WORK,
        "asked": DataClass.PERSONAL,
        "urgency": DataClass.WORK,
        "age": DataClass.PERSONAL,
        "ground": DataClass.WORK,
        "consent": DataClass.WORK,
        "sections": DataClass.WORK,
        "until": DataClass.WORK,
        "note": DataClass.NARRATIVE,
        "standing": DataClass.WORK,
        "made_at": DataClass.WORK,
        "made_by": DataClass.WORK,
        "answer_due_at": DataClass.WORK,
        "answered_at": DataClass.WORK,
        "answered_by": DataClass.WORK,
        "declined_why": DataClass.WORK,
        "over_at": DataClass.WORK,
        "recalled_at": DataClass.WORK,
        "stop_due_at": DataClass.WORK,
        "stopped_at": DataClass.WORK,
        "stopped_by": DataClass.WORK,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    OFFERED: ClassVar = {"to": "to_agency_id", "from": "from_agency_id"}

    @property
    def is_military(self) -> bool:
        """Whether it stands, or waits, on a suspect being in uniform."""
        return self.ground == Ground.MILITARY and self.standing in (Standing.PROPOSED, Standing.ACCEPTED)

    class Meta:
        indexes = [
            models.Index(fields=["case", "made_at"], name="referral_of_case"),
            models.Index(fields=["to_agency", "-made_at"], name="referral_inbox"),
            models.Index(fields=["from_agency"], name="referral_sent"),
            models.Index(fields=["consent"], name="referral_of_consent"),
        ]
        constraints = [
            _both_or_none("referral_answered_paired", "answered_at", "answered_by"),
            _both_or_none("referral_stopped_paired", "stopped_at", "stopped_by"),
            models.CheckConstraint(name="referral_to_another", condition=~Q(from_agency=models.F("to_agency"))),
            models.CheckConstraint(
                name="referral_by_its_ground",
                condition=Q(ground="consent", consent__isnull=False) | (~Q(ground="consent") & Q(consent__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["case"], name="transfer_one_waits", condition=Q(course="transfer", standing="proposed")
            ),
        ]
