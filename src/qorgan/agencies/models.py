"""Organisations, their staff, and the mandates in which staff act."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from qorgan.agencies.engine.sight import BLOCKED, CLOSED, ENTERED, SHUT
from qorgan.agencies.terms import AdmissionGround, BlockGround, Kind, Purpose, SealGround
from qorgan.base import ids
from qorgan.base.fields import DataClass
from qorgan.base.processes import Process


class Agency(models.Model):
    """An organisation. Of a crisis centre only the territory is known here, never an address."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    code = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=40, choices=[(kind.value, kind.value) for kind in Kind])
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    names = models.JSONField()
    is_active = models.BooleanField(default=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "code": DataClass.WORK,
        "kind": DataClass.PUBLIC,
        "territory": DataClass.PUBLIC,
        "names": DataClass.PUBLIC,
        "is_active": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "S", Process.WORKER: "S", Process.COLLECTOR: "S"}

    def name(self, language: str) -> str:
        """The name in a language, or in the country's first where there is none."""
        names: dict[str, str] = self.names
        return names.get(language) or next(iter(names.values()), self.code)


if TYPE_CHECKING:
    _StaffManager = BaseUserManager["Staff"]
else:
    _StaffManager = BaseUserManager


class StaffManager(_StaffManager):
    """Finds staff by login."""

    def get_by_natural_key(self, username: str | None) -> "Staff":
        return self.get(login=username)


class Staff(AbstractBaseUser):
    """A person who signs in. What she may do is said by her mandates, not here."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    login = models.CharField(max_length=60, unique=True)
    names = models.JSONField()
    ranks = models.JSONField(default=dict)
    language = models.CharField(max_length=8, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = StaffManager()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "login": DataClass.WORK,
        "names": DataClass.PERSONAL,
        "ranks": DataClass.WORK,
        "language": DataClass.WORK,
        "is_active": DataClass.WORK,
        "password": DataClass.SECRET,
        "last_login": DataClass.PERSONAL,
    }
    GRANTS: ClassVar = {Process.STAFF: "SU", Process.WORKER: "S", Process.COLLECTOR: "S"}

    def name(self, language: str) -> str:
        """Surname, given name and patronymic as written in a language."""
        names: dict[str, str] = self.names
        return names.get(language) or next(iter(names.values()), self.login)

    def titled(self, language: str) -> str:
        """Rank and name."""
        ranks: dict[str, str] = self.ranks
        rank = ranks.get(language) or next(iter(ranks.values()), "")
        return f"{rank} {self.name(language)}".strip()


class Mandate(models.Model):
    """In which agency, role and territory, and for what purpose, a person may act; from when until when."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40, choices=[(purpose.value, purpose.value) for purpose in Purpose])
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "staff": DataClass.WORK,
        "agency": DataClass.WORK,
        "role": DataClass.WORK,
        "territory": DataClass.WORK,
        "purpose": DataClass.WORK,
        "valid_from": DataClass.WORK,
        "valid_until": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "S", Process.WORKER: "S", Process.COLLECTOR: "S"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mandate_ends_after_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
            )
        ]


class Channel(models.Model):
    """A machine of an agency that hands in reports over the API, in one mandate. Only its token's hash is kept."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=120)
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "mandate": DataClass.WORK,
        "label": DataClass.WORK,
        "token_hash": DataClass.SECRET,
        "made_at": DataClass.WORK,
        "closed_at": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "S"}


class Seal(models.Model):
    """A thread that nobody sees but whom an admission names: someone in it, or near, serves where it would be read."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    thread_id = models.UUIDField()
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=40, choices=[(ground.value, ground.value) for ground in SealGround])
    sealed_at = models.DateTimeField()
    sealed_by = models.UUIDField(null=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.UUIDField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "territory": DataClass.WORK,
        "ground": DataClass.PERSONAL,
        "sealed_at": DataClass.WORK,
        "sealed_by": DataClass.WORK,
        "lifted_at": DataClass.WORK,
        "lifted_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread_id"], condition=Q(lifted_at__isnull=True), name="seal_once"),
            models.CheckConstraint(
                name="seal_lifted_paired",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
        ]


class Block(models.Model):
    """A thread that one person of staff does not see: a party to it is, or may be, that person or someone near.

    A block is a suspicion until someone elsewhere confirms or lifts it; it holds from its first moment.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=40, choices=[(ground.value, ground.value) for ground in BlockGround])
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_why = models.CharField(max_length=400, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "staff": DataClass.PERSONAL,
        "thread_id": DataClass.WORK,
        "territory": DataClass.WORK,
        "ground": DataClass.PERSONAL,
        "made_at": DataClass.WORK,
        "made_by": DataClass.WORK,
        "confirmed_at": DataClass.WORK,
        "lifted_at": DataClass.WORK,
        "decided_by": DataClass.WORK,
        "decided_why": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "thread_id"], condition=Q(lifted_at__isnull=True), name="block_once"
            ),
            models.CheckConstraint(
                name="block_decided_by_someone",
                condition=Q(confirmed_at__isnull=True, lifted_at__isnull=True, decided_by__isnull=True)
                | (~Q(confirmed_at__isnull=True, lifted_at__isnull=True) & Q(decided_by__isnull=False)),
            ),
        ]


class Admission(models.Model):
    """A mandate for one file: this person, or the staff of this agency, sees the thread for these acts until then.

    `permissions` narrows what the role of the mandate allows; empty leaves all of it. It ends at `until`, or earlier
    where it was withdrawn, and from the next question on nothing of the file is in sight. `basis` is the id of what it
    stands on, of a referral as a rule.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    thread_id = models.UUIDField()
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=40, choices=[(ground.value, ground.value) for ground in AdmissionGround])
    permissions = models.JSONField(default=list)
    basis = models.UUIDField(null=True, blank=True)
    purpose = models.CharField(max_length=40, choices=[(purpose.value, purpose.value) for purpose in Purpose])
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    made_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "territory": DataClass.WORK,
        "staff": DataClass.WORK,
        "agency": DataClass.WORK,
        "ground": DataClass.WORK,
        "permissions": DataClass.WORK,
        "basis": DataClass.WORK,
        "purpose": DataClass.WORK,
        "since": DataClass.WORK,
        "until": DataClass.WORK,
        "made_by": DataClass.WORK,
        "ended_at": DataClass.WORK,
        "ended_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}
    FUNCTIONS: ClassVar = (ENTERED, SHUT, CLOSED, BLOCKED)

    class Meta:
        indexes = [
            models.Index(fields=["thread_id"], name="admission_thread"),
            models.Index(fields=["basis"], name="admission_basis"),
        ]
        constraints = [
            models.CheckConstraint(
                name="admission_for_someone",
                condition=Q(staff__isnull=False, agency__isnull=True) | Q(staff__isnull=True, agency__isnull=False),
            ),
            models.CheckConstraint(
                name="admission_ended_paired",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="admission_ends_after_it_begins", condition=Q(until__isnull=True) | Q(until__gt=F("since"))
            ),
        ]
