"""Organisations, their staff, and the mandates in which staff act."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from qorgan.agencies.terms import Kind, Purpose
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
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "S", Process.COLLECTOR: "S"}

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
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "S", Process.COLLECTOR: "S"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mandate_ends_after_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
            )
        ]
