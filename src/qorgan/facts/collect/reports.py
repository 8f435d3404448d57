"""What reports tell."""

from collections.abc import Collection
from uuid import UUID

from qorgan.facts.collect.among import among
from qorgan.facts.collect.where import Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.engine.rows import FactRow, Told
from qorgan.facts.terms import KINDS_OF, FactKind, Thing
from qorgan.reports.models import Report

_COLUMNS = ("id", "registered_at", "time_known", "channel", "territory_id", "version")


def tell(ids: Collection[UUID], *, key: bytes, where: Where) -> list[Told]:
    """What the reports of `ids` tell now. One that is no longer there tells nothing, and its facts are withdrawn."""
    found = {row[0]: row for row in Report.objects.filter(id__in=among(ids)).values_list(*_COLUMNS)}
    told = []
    for record in ids:
        name = link(key, Thing.REPORT, record)
        rows = (_registered(name, found[record], where),) if record in found else ()
        told.append(Told(link=name, kinds=KINDS_OF[Thing.REPORT], rows=rows))
    return told


def _registered(name: bytes, row: tuple, where: Where) -> FactRow:  # type: ignore[type-arg]  # a row of columns
    _id, registered_at, time_known, channel, territory, version = row
    region, day = where.of(territory, registered_at)
    return FactRow(
        kind=FactKind.REPORT_REGISTERED,
        link=name,
        root=name,
        on=day,
        root_on=day,
        region=region,
        record_version=version,
        attributes={"channel": channel, "time": "known" if time_known else "unknown"},
    )
