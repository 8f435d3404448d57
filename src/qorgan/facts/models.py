"""Narrow pseudonymous rows: what happened, where, when. No name, no record id, no way back without the links key."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from qorgan.base.fields import DataClass
from qorgan.base.processes import Process


class Fact(models.Model):
    """One version of one happening.

    `link` is a keyed hash of the record's kind and id, `root` the same of the report at the beginning of its thread;
    only the collector's key leads back. `version` counts the versions of the fact from 1, and a later one replaces an
    earlier one in every figure; `record_version` is the version of the record it was read from. `withdrawn` says that
    the fact no longer counts. `on` is the local date of the place. `hours` is the time since the report, where it has
    a meaning. `collected_at` grows from one collection to the next, so that a figure *as of* a moment stays the same.

    Blocks and openings say no more than a table of the country does, so that nobody finds a colleague's conflict by
    them: `on` is the first day of the month, told when that month is over; the region is the country; there is no
    `root`, no agency, no ground; `hours` is the time since the block or the opening. Contacts have the country for
    their region and no `root` either; their `hours` run from ringing to the answer, where an exchange told it.

    Of an account `code` is the role of whoever spoke, of a finding its kind, of an answered review the outcome; its
    `stage` whether it was `in_time` or `late`, its `hours` the time since it was asked for.

    Of an alarm for a missing child `hours` is the time since that alarm was raised; of the first assessment of a case,
    since the case was opened; of a measure, since it was laid. Of an assessment `code` is the band of its result,
    `traits` the band that the rules reached (`|computed_grave|`), `stage` whether it was `asked` or `not_safe` to ask;
    of a measure `code` is what it is.

    `part_of` is the link of the record that this one belongs to: of a decision its court case, of a victim or a suspect
    the offence, of a protected person the order, of a court case the order that it is about. Of the others:

    - `code`: of reports the channel, of orders the regime of the law, of offences and their persons code and article
      (`CC 109-1`), of court cases and decisions their kind, of referrals and consents what they are for, of
      destructions what was destroyed, of blocks and openings what the review said, of contacts what they were,
      of reports awaited on a law the key of what the act obliges to
    - `iccs`: the one code of the article on the day of the act; null where it is not mappable
    - `traits`: register of the offence and traits of its article, as `|criminal|homicide|violent|`; of contacts the
      line, the way, and what their topics count as
    - `stage`: of orders served the receipt, of offences the completion, of sentences conviction or acquittal,
      of reviews and checks of welfare whether they were `in_time` or `late`, of contacts that one became a `report`,
      of reports awaited on a law `whole`, `part` or `overdue`
    - `domestic`: within family or household; of an offence where one victim is; null where it is not known
    - `sex`, `age`, `relation`: of the one person a fact is about. `age` is full years on the day of the act; of a
      protected person, of whom only the year of birth may be read, the age reached in that year. `relation` is what
      the suspect is to this victim.

    Null is *not known* or *has no meaning*; `unknown` is an answer that was written down.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=40)
    link = models.BinaryField(max_length=16)
    root = models.BinaryField(max_length=16, null=True)
    version = models.PositiveIntegerField()
    record_version = models.PositiveIntegerField()
    on = models.DateField()
    root_on = models.DateField(null=True)
    region = models.PositiveSmallIntegerField()
    hours = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    part_of = models.BinaryField(max_length=16, null=True)
    code = models.CharField(max_length=40, null=True)
    iccs = models.CharField(max_length=10, null=True)
    traits = models.CharField(max_length=200, null=True)
    sex = models.CharField(max_length=10, null=True)
    age = models.PositiveSmallIntegerField(null=True)
    relation = models.CharField(max_length=20, null=True)
    stage = models.CharField(max_length=20, null=True)
    domestic = models.BooleanField(null=True)
    withdrawn = models.BooleanField(default=False)
    collected_at = models.DateTimeField()

    DATA: ClassVar = {
        "id": DataClass.WORK,
        "kind": DataClass.WORK,
        "link": DataClass.PERSONAL,
        "root": DataClass.PERSONAL,
        "version": DataClass.WORK,
        "record_version": DataClass.WORK,
        "on": DataClass.WORK,
        "root_on": DataClass.WORK,
        "region": DataClass.WORK,
        "hours": DataClass.WORK,
        "part_of": DataClass.PERSONAL,
        "code": DataClass.WORK,
        "iccs": DataClass.WORK,
        "traits": DataClass.WORK,
        "sex": DataClass.PERSONAL,
        "age": DataClass.PERSONAL,
        "relation": DataClass.PERSONAL,
        "stage": DataClass.WORK,
        "domestic": DataClass.WORK,
        "withdrawn": DataClass.WORK,
        "collected_at": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.COLLECTOR: "SI", Process.STATISTICS: "S"}
    APPEND_ONLY = True

    class Meta:
        indexes = [
            models.Index(fields=["kind", "on", "region"], name="fact_kind_on"),
            models.Index(fields=["kind", "link", "version"], name="fact_later", condition=Q(version__gt=1)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["link", "kind", "version"], name="fact_once"),
            models.CheckConstraint(name="fact_version_from_one", condition=Q(version__gte=1)),
        ]


class Watermark(models.Model):
    """How far the collector has read the journal: everything up to (xid, entry) is in the facts.

    `moved_at` is the `collected_at` of the last facts added: the moment *as of* which figures are computed.
    """

    name = models.CharField(primary_key=True, max_length=40)
    xid = models.BigIntegerField(default=0)
    entry = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField()

    DATA: ClassVar = {
        "name": DataClass.WORK,
        "xid": DataClass.WORK,
        "entry": DataClass.WORK,
        "moved_at": DataClass.WORK,
    }
    GRANTS: ClassVar = {Process.COLLECTOR: "SIU", Process.STATISTICS: "S"}
