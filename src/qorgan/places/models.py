"""Tables of places. Public knowledge: every process may read them, only the migrator writes them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from qorgan.base.fields import DataClass
from qorgan.base.processes import Process
from qorgan.places.engine.records import Change, Form, Kind

READ_BY_ALL = {process: "S" for process in Process if process is not Process.MIGRATOR}


class Territory(models.Model):
    """A place. Its `id` is ours and never changes; the official code (`kato`) may come later and changes nothing else.

    `valid_from` is the first day, `valid_to` the first day no more. Until `moved_on` it lay in `earlier_region`.
    """

    id = models.IntegerField(primary_key=True)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Kind])
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    kato = models.CharField(max_length=16, null=True, unique=True)
    iso = models.CharField(max_length=8, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    zone = models.CharField(max_length=40, blank=True)
    tile_row = models.SmallIntegerField(null=True)
    tile_col = models.SmallIntegerField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    earlier_region = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    moved_on = models.DateField(null=True)
    provenance = models.CharField(max_length=120, blank=True)
    confidence = models.CharField(max_length=8, blank=True)
    to_verify = models.BooleanField(default=False)

    DATA: ClassVar = {
        "id": DataClass.PUBLIC,
        "kind": DataClass.PUBLIC,
        "parent": DataClass.PUBLIC,
        "region": DataClass.PUBLIC,
        "kato": DataClass.PUBLIC,
        "iso": DataClass.PUBLIC,
        "lat": DataClass.PUBLIC,
        "lon": DataClass.PUBLIC,
        "zone": DataClass.PUBLIC,
        "tile_row": DataClass.PUBLIC,
        "tile_col": DataClass.PUBLIC,
        "valid_from": DataClass.PUBLIC,
        "valid_to": DataClass.PUBLIC,
        "earlier_region": DataClass.PUBLIC,
        "moved_on": DataClass.PUBLIC,
        "provenance": DataClass.PUBLIC,
        "confidence": DataClass.PUBLIC,
        "to_verify": DataClass.PUBLIC,
    }
    GRANTS: ClassVar = READ_BY_ALL

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="territory_ends_after_it_begins",
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
            models.CheckConstraint(
                name="territory_moved_from_a_region_on_a_day",
                condition=Q(earlier_region__isnull=True, moved_on__isnull=True)
                | Q(earlier_region__isnull=False, moved_on__isnull=False),
            ),
            models.CheckConstraint(
                name="territory_has_both_or_no_tile",
                condition=Q(tile_row__isnull=True, tile_col__isnull=True)
                | Q(tile_row__isnull=False, tile_col__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class TerritoryName(models.Model):
    """What a place is called in a language, from a day until the day before `valid_to`."""

    id = models.BigAutoField(primary_key=True)
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=8)
    name = models.CharField(max_length=200)
    short = models.CharField(max_length=60, blank=True)
    abbr = models.CharField(max_length=8, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    DATA: ClassVar = {
        "id": DataClass.PUBLIC,
        "territory": DataClass.PUBLIC,
        "language": DataClass.PUBLIC,
        "name": DataClass.PUBLIC,
        "short": DataClass.PUBLIC,
        "abbr": DataClass.PUBLIC,
        "valid_from": DataClass.PUBLIC,
        "valid_to": DataClass.PUBLIC,
    }
    GRANTS: ClassVar = READ_BY_ALL

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="territory_has_one_name_at_a_time",
                fields=["territory", "language", "valid_from"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TerritoryAlias(models.Model):
    """Another way in which people write a place."""

    id = models.BigAutoField(primary_key=True)
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=20, choices=[(form.value, form.value) for form in Form])
    text = models.CharField(max_length=200)

    DATA: ClassVar = {
        "id": DataClass.PUBLIC,
        "territory": DataClass.PUBLIC,
        "form": DataClass.PUBLIC,
        "text": DataClass.PUBLIC,
    }
    GRANTS: ClassVar = READ_BY_ALL

    class Meta:
        constraints = [
            models.UniqueConstraint(name="territory_alias_stands_once", fields=["territory", "form", "text"]),
        ]

    def __str__(self) -> str:
        return self.text


class Succession(models.Model):
    """A change of borders between two places, on a day."""

    id = models.BigAutoField(primary_key=True)
    old = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    new = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    kind = models.CharField(max_length=20, choices=[(change.value, change.value) for change in Change])

    DATA: ClassVar = {
        "id": DataClass.PUBLIC,
        "old": DataClass.PUBLIC,
        "new": DataClass.PUBLIC,
        "on": DataClass.PUBLIC,
        "kind": DataClass.PUBLIC,
    }
    GRANTS: ClassVar = READ_BY_ALL

    class Meta:
        constraints = [
            models.UniqueConstraint(name="succession_is_told_once", fields=["old", "new", "on"]),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} {self.kind} {self.new_id}"
