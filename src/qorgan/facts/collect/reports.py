"""What reports tell: registered, written off."""

from collections.abc import Collection, Iterator
from typing import Any

from qorgan.facts.collect.among import among
from qorgan.facts.collect.reading import Id
from qorgan.facts.collect.threads import Root
from qorgan.facts.collect.where import Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.engine.rows import FactRow, Told
from qorgan.facts.terms import KINDS_OF, FactKind, Thing
from qorgan.reports.models import Report
from qorgan.reports.terms import State

_COLUMNS = ("id", "registered_at", "time_known", "channel", "territory_id", "state", "decided_at", "version")


def tell(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What the reports of `ids` tell now. One that is no longer there tells nothing, and its facts are withdrawn."""
    found = {row[0]: row for row in Report.objects.filter(id__in=among(ids)).values_list(*_COLUMNS)}
    told = []
    for record in ids:
        name = link(key, Thing.REPORT, record)
        row = found.get(record)
        told.append(Told(name, KINDS_OF[Thing.REPORT], tuple(_rows(name, row, where)) if row else ()))
    return told


def _rows(name: bytes, row: tuple[Any, ...], where: Where) -> Iterator[FactRow]:
    _id, registered_at, time_known, channel, territory, state, decided_at, version = row
    region, day = where.of(territory, registered_at)
    yield FactRow(FactKind.REPORT_REGISTERED, name, name, day, day, region, version, code=channel)
    if state != State.WRITTEN_OFF or decided_at is None:
        return
    hours = Root(name, day, registered_at if time_known else None).hours(decided_at)
    region, decided_on = where.of(territory, decided_at)
    yield FactRow(FactKind.REPORT_WRITTEN_OFF, name, name, decided_on, day, region, version, hours=hours, code=channel)
