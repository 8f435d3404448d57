"""What destructions tell: that a record was destroyed under a certificate. Facts of what it told before stay."""

from collections.abc import Collection
from typing import Any

from qorgan.facts.collect.among import among
from qorgan.facts.collect.reading import Id
from qorgan.facts.collect.where import Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.engine.rows import FactRow, Told
from qorgan.facts.terms import KINDS_OF, FactKind, Thing
from qorgan.shredding.models import Destruction

_COLUMNS = ("id", "thing", "territory_id", "destroyed_at", "version")


def tell(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What the destructions of `ids` tell now: nothing until the keys are gone; never of which thread."""
    rows = Destruction.objects.filter(id__in=among(ids), destroyed_at__isnull=False)
    found = {row[0]: row for row in rows.values_list(*_COLUMNS)}
    told = []
    for record in ids:
        name = link(key, Thing.DESTRUCTION, record)
        row = found.get(record)
        told.append(Told(name, KINDS_OF[Thing.DESTRUCTION], (_done(name, row, where),) if row else ()))
    return told


def _done(name: bytes, row: tuple[Any, ...], where: Where) -> FactRow:
    _id, thing, territory, at, version = row
    region, day = where.of(territory, at)
    return FactRow(FactKind.DESTRUCTION_DONE, name, None, day, None, region, version, code=thing)
