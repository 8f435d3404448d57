"""Thousands of ids in a query as one array: naming them one by one takes longer than reading the rows."""

from collections.abc import Iterable

from django.db.models.expressions import RawSQL

from qorgan.facts.collect.reading import Id


def among(ids: Iterable[Id]) -> RawSQL:
    """What stands after `__in=`."""
    return RawSQL("select unnest(%s::uuid[])", ["{" + ",".join(ids) + "}"])
