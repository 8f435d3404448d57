"""What the law in life tells: that a report on what an act obliges someone to do fell due, and whether it is there."""

from collections.abc import Collection

from qorgan.facts.collect.among import among
from qorgan.facts.collect.reading import Id
from qorgan.facts.collect.where import NOWHERE, Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.engine.rows import FactRow, Told
from qorgan.facts.terms import KINDS_OF, FactKind, Thing
from qorgan.law import queries as law
from qorgan.law.models import AwaitedReport


def tell(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What the reports of `ids` tell now: of the country as a whole, and of no thread."""
    del where  # an act obliges the country
    found = {row.id: row for row in AwaitedReport.objects.filter(id__in=among(ids))}
    told = []
    for record in ids:
        name = link(key, Thing.AWAITED_REPORT, record)
        row = found.get(record)
        told.append(Told(name, KINDS_OF[Thing.AWAITED_REPORT], (_due(name, row),) if row else ()))
    return told


def _due(name: bytes, row: AwaitedReport) -> FactRow:
    day = law.country_day(row.due_at)
    kind = FactKind.REPORT_FELL_DUE
    return FactRow(kind, name, None, day, None, NOWHERE, row.version, code=row.key, stage=row.reported)
