"""What reports tell: registered, decided in which way, forwarded, written off, and a write-off that was cancelled."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Min

from qorgan.facts.collect.among import among
from qorgan.facts.collect.reading import Id
from qorgan.facts.collect.threads import Root
from qorgan.facts.collect.where import Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.engine.rows import FactRow, Told
from qorgan.facts.terms import KINDS_OF, FactKind, Thing
from qorgan.reports.models import Report, TakenBack
from qorgan.reports.terms import OPEN, State
from qorgan.reports.terms.outcomes import How

_COLUMNS = ("id", "registered_at", "time_known", "channel", "territory_id", "state", "decided_at", "due_at", "version")
_PAST = {How.ACCEPTED.value: FactKind.REPORT_FORWARDED, How.RETURNED.value: FactKind.REPORT_RETURNED}
_Past = dict[Id, dict[FactKind, datetime]]


def tell(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What the reports of `ids` tell now. One that is no longer there tells nothing, and its facts are withdrawn."""
    found = {row[0]: row for row in Report.objects.filter(id__in=among(ids)).values_list(*_COLUMNS)}
    past = _past(ids)
    told = []
    for record in ids:
        name = link(key, Thing.REPORT, record)
        row = found.get(record)
        rows = tuple(_rows(name, row, past.get(record, {}), where)) if row else ()
        told.append(Told(name, KINDS_OF[Thing.REPORT], rows))
    return told


def _past(ids: Collection[Id]) -> _Past:
    """When a report was first taken over by another office, and when a write-off of it was first cancelled."""
    found: _Past = {}
    past = TakenBack.objects.filter(report_id__in=among(ids), how__in=sorted(_PAST)).order_by()
    for report, how, at in past.values_list("report_id", "how").annotate(at=Min("back_at")):
        found.setdefault(report, {})[_PAST[how]] = at
    return found


def _rows(name: bytes, row: tuple[Any, ...], past: dict[FactKind, datetime], where: Where) -> Iterator[FactRow]:
    _id, registered_at, time_known, channel, territory, state, decided_at, due_at, version = row
    region, day = where.of(territory, registered_at)
    yield FactRow(FactKind.REPORT_REGISTERED, name, name, day, day, region, version, code=channel)
    root = Root(name, day, registered_at if time_known else None)
    for kind, at in past.items():
        region, on = where.of(territory, at)
        yield FactRow(kind, name, name, on, day, region, version, hours=root.hours(at), code=channel)
    if decided_at is None or State(state) in OPEN:
        return
    hours = root.hours(decided_at)
    region, on = where.of(territory, decided_at)
    if state == State.WRITTEN_OFF:
        yield FactRow(FactKind.REPORT_WRITTEN_OFF, name, name, on, day, region, version, hours=hours, code=channel)
    # Against the clock that ran for this decision; where the law gave none, it was neither in time nor late.
    stage = None if due_at is None else "in_time" if decided_at <= due_at else "late"
    yield FactRow(FactKind.REPORT_DECIDED, name, name, on, day, region, version, hours=hours, code=state, stage=stage)
