"""A missing child: the alarm, whom it was told, what was searched, what the public may read."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qorgan.base import ids
from qorgan.base.fields import DataClass, SealedField
from qorgan.base.processes import Process
from qorgan.cases.models import Case
from qorgan.missing.terms import Ground, Posted, Result, State
from qorgan.people.models import Person

_DAILY: dict[Process, str] = {Process.STAFF: "SIU", Process.WORKER: "SIU"}


class Alarm(models.Model):
    """A child is missing. It hangs on a case, and is called by that case's number.

    `ended_at` is when the child was found, or the search was laid to rest; `review_on` the day on which a search at
    rest is looked at again. `death_case_id` is the case that began with the death.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default=State.SOUGHT, choices=[(one.value, one.value) for one in State])
    key_id = models.UUIDField()
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    last_place = SealedField()
    wearing = SealedField()
    dangers = models.JSONField(default=list)
    raised_at = models.DateTimeField()
    raised_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.UUIDField(null=True, blank=True)
    ended_place = SealedField()
    ended_words = SealedField()
    review_on = models.DateField(null=True, blank=True)
    death_case_id = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "case": DataClass.WORK,
        "child": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "agency": DataClass.WORK,
        "state": DataClass.WORK,
        "key_id": DataClass.WORK,
        "age": DataClass.PERSONAL,
        "last_seen_at": DataClass.WORK,
        "last_place": DataClass.LOCATION,
        "wearing": DataClass.NARRATIVE,
        "dangers": DataClass.PERSONAL,
        "raised_at": DataClass.WORK,
        "raised_by": DataClass.WORK,
        "ended_at": DataClass.WORK,
        "ended_by": DataClass.WORK,
        "ended_place": DataClass.LOCATION,
        "ended_words": DataClass.NARRATIVE,
        "review_on": DataClass.WORK,
        "death_case_id": DataClass.WORK,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = _DAILY | {Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    ANSWERED_BY = "agency_id"

    class Meta:
        indexes = [
            models.Index(fields=["territory", "-raised_at"], name="alarm_newest"),
            models.Index(fields=["case"], name="alarm_of_case"),
        ]
        constraints = [
            models.CheckConstraint(
                name="alarm_ended_paired",
                condition=Q(state=State.SOUGHT, ended_at__isnull=True, ended_by__isnull=True)
                | (~Q(state=State.SOUGHT) & Q(ended_at__isnull=False, ended_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="alarm_at_rest_until_a_day",
                condition=Q(state=State.NOT_FOUND, review_on__isnull=False)
                | (~Q(state=State.NOT_FOUND) & Q(review_on__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["child"], name="alarm_once_while_sought", condition=Q(state__in=[State.SOUGHT, State.NOT_FOUND])
            ),
        ]


class Bulletin(models.Model):
    """What a police office near by was told, at once: it lies in that office's place, in the thread of the case.

    `over_at`: from then on nothing of it is opened.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    alarm_id = models.UUIDField()
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    from_agency = models.ForeignKey("agencies.Agency", on_delete=models.PROTECT, related_name="+")
    key_id = models.UUIDField()
    name = SealedField()
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    last_place = SealedField()
    wearing = SealedField()
    dangers = models.JSONField(default=list)
    told_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "alarm_id": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "agency": DataClass.WORK,
        "from_agency": DataClass.WORK,
        "key_id": DataClass.WORK,
        "name": DataClass.IDENTITY,
        "age": DataClass.PERSONAL,
        "last_seen_at": DataClass.WORK,
        "last_place": DataClass.LOCATION,
        "wearing": DataClass.NARRATIVE,
        "dangers": DataClass.PERSONAL,
        "told_at": DataClass.WORK,
        "answered_at": DataClass.WORK,
        "answered_by": DataClass.WORK,
        "over_at": DataClass.WORK,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = _DAILY
    SCOPED = "territory_id"

    class Meta:
        indexes = [models.Index(fields=["territory", "-told_at"], name="bulletin_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["alarm_id", "agency"], name="bulletin_told_once", condition=Q(over_at__isnull=True)
            ),
            models.CheckConstraint(
                name="bulletin_answered_paired",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]


class Search(models.Model):
    """A place that was searched: by whom, when, with what result. What was written stays."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    alarm = models.ForeignKey(Alarm, on_delete=models.PROTECT, related_name="searches")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    place = SealedField()
    searchers = SealedField()
    result = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Result])
    note = SealedField()
    searched_at = models.DateTimeField()
    written_at = models.DateTimeField()
    written_by = models.UUIDField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "alarm": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "place": DataClass.LOCATION,
        "searchers": DataClass.NARRATIVE,
        "result": DataClass.WORK,
        "note": DataClass.NARRATIVE,
        "searched_at": DataClass.WORK,
        "written_at": DataClass.WORK,
        "written_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "S", Process.COLLECTOR: "S"}
    SCOPED = "territory_id"
    APPEND_ONLY = True

    class Meta:
        indexes = [models.Index(fields=["alarm", "searched_at"], name="search_of_alarm")]


class Unnamed(models.Model):
    """From this row on no child of the thread is named to the public, whatever comes later. It is never taken back."""

    thread_id = models.UUIDField(primary_key=True)
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Ground])
    marked_at = models.DateTimeField()
    marked_by = models.UUIDField()

    DATA: ClassVar = {
        "thread_id": DataClass.WORK,
        "territory": DataClass.WORK,
        "ground": DataClass.PERSONAL,
        "marked_at": DataClass.WORK,
        "marked_by": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.STAFF: "SI", Process.WORKER: "SI"}
    SCOPED = "territory_id"
    APPEND_ONLY = True


class Notice(models.Model):
    """A public page about the child: who proposed its words and who, a second person, let it stand, until when.

    `token` is the whole of its address; it is wiped when the page is taken down.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    alarm = models.ForeignKey(Alarm, on_delete=models.PROTECT, related_name="notices")
    territory = models.ForeignKey("places.Territory", on_delete=models.PROTECT, related_name="+")
    thread_id = models.UUIDField()
    state = models.CharField(max_length=20, default=Posted.PROPOSED, choices=[(one.value, one.value) for one in Posted])
    words = SealedField()
    token = models.CharField(max_length=60, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.UUIDField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    down_at = models.DateTimeField(null=True, blank=True)
    down_why = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "alarm": DataClass.WORK,
        "territory": DataClass.WORK,
        "thread_id": DataClass.WORK,
        "state": DataClass.WORK,
        "words": DataClass.NARRATIVE,
        "token": DataClass.SECRET,
        "until": DataClass.WORK,
        "proposed_at": DataClass.WORK,
        "proposed_by": DataClass.WORK,
        "decided_at": DataClass.WORK,
        "decided_by": DataClass.WORK,
        "down_at": DataClass.WORK,
        "down_why": DataClass.WORK,
        "version": DataClass.WORK,
    }
    GRANTS: ClassVar = _DAILY
    SCOPED = "territory_id"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alarm"],
                name="notice_one_at_a_time",
                condition=Q(state__in=[Posted.PROPOSED, Posted.STANDS]),
            ),
            models.CheckConstraint(
                name="notice_decided_paired",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="notice_by_a_second_person",
                condition=~Q(state=Posted.STANDS)
                | (Q(decided_by__isnull=False, until__isnull=False) & ~Q(decided_by=F("proposed_by")) & ~Q(token="")),
            ),
            models.CheckConstraint(name="notice_down_has_no_address", condition=Q(state=Posted.STANDS) | Q(token="")),
        ]


class Poster(models.Model):
    """All that the public process can see: approved words at a digest of an address.

    It knows neither case nor alarm. Taken down, the words are gone; the digest stays, to say *gone* and nothing else.
    """

    digest = models.BinaryField(max_length=32, primary_key=True)
    notice_id = models.UUIDField(unique=True)
    words = models.JSONField(default=dict)
    until = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)

    DATA: ClassVar = {
        "digest": DataClass.SECRET,
        "notice_id": DataClass.WORK,
        "words": DataClass.PUBLIC,
        "until": DataClass.PUBLIC,
        "gone_at": DataClass.PUBLIC,
    }
    GRANTS: ClassVar = {Process.STAFF: "SIU", Process.WORKER: "SU", Process.PUBLIC: "S"}

    class Meta:
        constraints = [
            models.CheckConstraint(name="poster_gone_is_empty", condition=Q(gone_at__isnull=True) | Q(words={})),
        ]
