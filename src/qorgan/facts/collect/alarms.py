"""What alarms for missing children tell: raised, a first place searched, found alive. Never which child, or where."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Min

from qorgan.facts.collect.among import among
from qorgan.facts.collect.reading import Id
from qorgan.facts.collect.threads import Root, hours_between, roots_of_cases
from qorgan.facts.collect.where import Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.engine.rows import FactRow, Told
from qorgan.facts.terms import KINDS_OF, FactKind, Thing
from qorgan.missing.models import Alarm, Search
from qorgan.missing.terms import State

_COLUMNS = ("id", "case_id", "territory_id", "state", "raised_at", "ended_at", "version")


def of_cases(cases: Collection[Id]) -> list[Id]:
    """The alarms of the cases: their facts change when a case, or the report that it began with, does."""
    return list(Alarm.objects.filter(case_id__in=among(cases)).order_by("id").values_list("id", flat=True))


def tell(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What the alarms of `ids` tell now. All bear the place of the alarm, wherever the child was found."""
    found = {row[0]: row for row in Alarm.objects.filter(id__in=among(ids)).values_list(*_COLUMNS)}
    roots = roots_of_cases({row[1] for row in found.values()}, key=key, where=where)
    searched = _first_searched(found)
    told = []
    for record in ids:
        name = link(key, Thing.ALARM, record)
        row = found.get(record)
        rows = tuple(_rows(name, row, roots.get(row[1]), searched.get(record), where)) if row else ()
        told.append(Told(name, KINDS_OF[Thing.ALARM], rows))
    return told


def _first_searched(alarms: Collection[Id]) -> dict[Id, datetime]:
    """When the first place was searched, which may have been before the alarm was written down."""
    rows = Search.objects.filter(alarm_id__in=among(alarms))
    return dict(rows.order_by().values_list("alarm_id").annotate(first=Min("searched_at")))


def _rows(
    name: bytes, row: tuple[Any, ...], root: Root | None, searched_at: datetime | None, where: Where
) -> Iterator[FactRow]:
    _id, _case, territory, state, raised_at, ended_at, version = row
    happened = (
        (FactKind.ALARM_RAISED, raised_at),
        (FactKind.ALARM_SEARCHED, searched_at),
        (FactKind.ALARM_FOUND_ALIVE, ended_at if state == State.FOUND_ALIVE else None),
    )
    for kind, at in happened:
        if at is None:
            continue
        region, day = where.of(territory, at)
        yield FactRow(
            kind,
            name,
            root.link if root else None,
            day,
            root.on if root else None,
            region,
            version,
            hours=None if kind is FactKind.ALARM_RAISED else hours_between(raised_at, max(raised_at, at)),
        )
