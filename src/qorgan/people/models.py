"""Persons and what protects them: every name, number and address sealed under the person's own key."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.people.terms import Sex


class Person(models.Model):
    """A person as one record knows her. Names stay as written; nothing here says which records are the same person.

    `iin_index` and `phone_index` are keyed digests of the numbers, by which exactly the same number is found again.
    `names_scheme`: by which scheme of tokens her name was marked (`NameMark`); 0 before it was.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    key_id = models.UUIDField()
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    written = SealedField()
    surname = SealedField()
    given = SealedField()
    patronymic = SealedField()
    birth_date = SealedField()
    iin = SealedField()
    phone = SealedField()
    iin_index = models.BinaryField(max_length=32, null=True, blank=True)
    phone_index = models.BinaryField(max_length=32, null=True, blank=True)
    sex = models.CharField(max_length=10, default=Sex.UNKNOWN, choices=[(sex.value, sex.value) for sex in Sex])
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    iin_faults = models.JSONField(default=list)
    names_scheme = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "key_id": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "written": DataClass.IDENTITY,
        "surname": DataClass.IDENTITY,
        "given": DataClass.IDENTITY,
        "patronymic": DataClass.IDENTITY,
        "birth_date": DataClass.IDENTITY,
        "iin": DataClass.IDENTITY,
        "phone": DataClass.IDENTITY,
        "iin_index": DataClass.SECRET,
        "phone_index": DataClass.SECRET,
        "sex": DataClass.PERSONAL,
        "birth_year": DataClass.PERSONAL,
        "iin_faults": DataClass.PERSONAL,
        "names_scheme": DataClass.WORK,
        "made_at": DataClass.WORK,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [
            models.Index(fields=["iin_index"], name="person_iin_index", condition=Q(iin_index__isnull=False)),
            models.Index(fields=["phone_index"], name="person_phone_index", condition=Q(phone_index__isnull=False)),
        ]


class NameMark(models.Model):
    """One token of a person's name, keyed (`people/engine/tokens`): by it she is found without opening a name.

    A row for each, not an array: beneath a policy PostgreSQL walks an index only by operators that are proof against
    leaks, as equality is and `@>` of arrays is not. The key holds all that the policy asks, so the rows stay unread.
    Constraints of foreign keys would be asked twenty times a person; marks are written beside her and moved with her.
    """

    pk = models.CompositePrimaryKey("token", "territory", "thread_id", "person")
    token = models.BigIntegerField()
    territory = models.ForeignKey(
        "places.Territory", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    thread_id = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)

    DATA: ClassVar = {
        "token": DataClass.SECRET,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "person": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SID", Process.WORKER: "SID"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [models.Index(fields=["thread_id"], name="name_mark_thread")]


class Naming(models.Model):
    """That a person without a name was given one in her place: `first` is all that was said of her before.

    Taken back, `taken_back` is what had been said of her by then, and why it was no longer.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    first = SealedField()
    named_at = models.DateTimeField()
    named_by = models.UUIDField()
    taken_back = SealedField()
    undone_why = SealedField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.UUIDField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "person": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "first": DataClass.IDENTITY,
        "named_at": DataClass.WORK,
        "named_by": DataClass.WORK,
        "taken_back": DataClass.IDENTITY,
        "undone_why": DataClass.NARRATIVE,
        "undone_at": DataClass.WORK,
        "undone_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "S"}
    SCOPED = "territory_id"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(undone_at__isnull=True), name="naming_once"),
            models.CheckConstraint(
                name="naming_undone_paired",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]


class Sameness(models.Model):
    """That someone holds two records' persons for one: a row beside each, which names the other.

    An overlay: neither person is changed by it, and undone it leaves nothing but that it was said, and taken back.
    `said_id` is the same in both rows. Who sees one of the two persons alone learns nothing of the other.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    said_id = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    why = SealedField()
    said_at = models.DateTimeField()
    said_by = models.UUIDField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.UUIDField(null=True, blank=True)
    undone_why = SealedField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "said_id": DataClass.WORK,
        "person": DataClass.WORK,
        "other": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "why": DataClass.NARRATIVE,
        "said_at": DataClass.WORK,
        "said_by": DataClass.WORK,
        "undone_at": DataClass.WORK,
        "undone_by": DataClass.WORK,
        "undone_why": DataClass.NARRATIVE,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "S"}
    SCOPED = "territory_id"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "other"], condition=Q(undone_at__isnull=True), name="sameness_said_once"
            ),
            models.CheckConstraint(
                name="sameness_undone_paired",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
            models.CheckConstraint(name="sameness_of_two", condition=~Q(person=F("other"))),
        ]
        indexes = [models.Index(fields=["said_id"], name="sameness_said")]


class Proposal(models.Model):
    """That the nightly batch holds two records' persons for one, maybe: a row beside each, which names the other.

    It says nothing until someone who sees both records does. `pair_id` is the same in both rows; `leads` in one of
    them, for lists. Who says that they are not one person takes the proposal away, and may bring it back; it is never
    made again. How likely it was is not kept: it would be believed.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    pair_id = models.UUIDField()
    leads = models.BooleanField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    why = models.JSONField(default=list)
    proposed_at = models.DateTimeField()
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.UUIDField(null=True, blank=True)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "pair_id": DataClass.WORK,
        "leads": DataClass.WORK,
        "person": DataClass.WORK,
        "other": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "why": DataClass.WORK,
        "proposed_at": DataClass.WORK,
        "refused_at": DataClass.WORK,
        "refused_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SU", Process.WORKER: "SID"}
    SCOPED = "territory_id"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="proposal_made_once"),
            models.CheckConstraint(name="proposal_of_two", condition=~Q(person=F("other"))),
            models.CheckConstraint(
                name="proposal_refused_paired",
                condition=Q(refused_at__isnull=True, refused_by__isnull=True)
                | Q(refused_at__isnull=False, refused_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["pair_id"], name="proposal_pair"),
            models.Index(fields=["-proposed_at", "-id"], name="proposal_newest", condition=Q(leads=True)),
        ]


class Contact(models.Model):
    """How a person may safely be reached; the ground of the gate through which every message leaves."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    channel = models.CharField(max_length=20)
    address = SealedField()
    code_word = SealedField()
    answers = SealedField()
    hours_from = models.TimeField(null=True, blank=True)
    hours_until = models.TimeField(null=True, blank=True)
    voicemail = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "version": DataClass.WORK,
        "person": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "channel": DataClass.PERSONAL,
        "address": DataClass.IDENTITY,
        "code_word": DataClass.IDENTITY,
        "answers": DataClass.IDENTITY,
        "hours_from": DataClass.PERSONAL,
        "hours_until": DataClass.PERSONAL,
        "voicemail": DataClass.PERSONAL,
        "verified_at": DataClass.WORK,
        "verified_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SIU"}  # the worker: what she wrote at the web door
    SCOPED = "territory_id"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contact_verified_paired",
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
            )
        ]


class Sought(models.Model):
    """That someone who does not see a record sought a person of it by an exact number: told to those who lead it.

    Whoever sought learns nothing. `number`: by which number, never the number itself.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    number = models.CharField(max_length=10)
    staff = models.ForeignKey("agencies.Staff", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    sought_at = models.DateTimeField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "person": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "number": DataClass.WORK,
        "staff": DataClass.PERSONAL,
        "agency": DataClass.WORK,
        "sought_at": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "S", Process.WORKER: "SI"}
    SCOPED = "territory_id"

    class Meta:
        indexes = [models.Index(fields=["thread_id", "staff"], name="sought_thread_staff")]
