"""What assessments of danger tell: made, the first of a case, measures laid and done, results lowered by two people.

Never what was answered, nor about whom. An instrument that opens the way to services says nothing about danger, and
tells nothing here.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Q

from qorgan.cases.models import Case
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind as DutyKind
from qorgan.facts.collect.among import among
from qorgan.facts.collect.reading import Id
from qorgan.facts.collect.threads import Root, again_of_cases, hours_between, roots_of_cases
from qorgan.facts.collect.where import Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.engine.rows import FactRow, Told, traits
from qorgan.facts.terms import KINDS_OF, FactKind, Thing
from qorgan.risk.engine.instrument import Purpose
from qorgan.risk.models import Assessment, Kept, Lowering, Measure
from qorgan.risk.terms import Decision

ASKED, NOT_SAFE = "asked", "not_safe"
IN_TIME, LATE = "in_time", "late"
_COLUMNS = ("id", "case_id", "territory_id", "instrument_id", "has_asked", "computed", "result", "assessed_at")
_MEASURES = ("id", "action", "assessment__case_id", "territory_id")
_DUTIES = ("thing_id", "since", "due_at", "done_at")
_LOWERINGS = ("id", "assessment__case_id", "territory_id", "decided_at", "version")
_DANGER = Q(instrument__content__purpose=Purpose.DANGER.value)
_OF_DANGER = Q(assessment__instrument__content__purpose=Purpose.DANGER.value)


def cases(ids: Collection[Id]) -> list[Id]:
    """The cases themselves: the report that a case began with may be another one now."""
    return list(ids)


def of_cases(ids: Collection[Id]) -> list[Id]:
    """The assessments of the cases: their facts change when a case, or the report that it began with, does."""
    return _ids(Assessment.objects.filter(case_id__in=among(ids)))


def measures_of_cases(ids: Collection[Id]) -> list[Id]:
    """What the results of the cases asked for."""
    return _ids(Measure.objects.filter(assessment__case_id__in=among(ids)))


def lowerings_of_cases(ids: Collection[Id]) -> list[Id]:
    """The lower results of the cases."""
    return _ids(Lowering.objects.filter(assessment__case_id__in=among(ids)))


def measures_since(first: date | None) -> list[Id]:
    """The measures laid, done or taken back from a day on: the journal names the duty's room there, not ours."""
    found = Duty.objects.filter(kind=DutyKind.TAKE_MEASURE, thing="measure")
    if first is not None:
        begun = datetime.combine(first, time(0), UTC) - timedelta(days=1)  # whatever the country's clock says
        found = found.filter(Q(since__gte=begun) | Q(done_at__gte=begun) | Q(dropped_at__gte=begun))
    return list(found.order_by("thing_id").values_list("thing_id", flat=True))


def _ids(rows: Any) -> list[Id]:
    return list(rows.order_by("id").values_list("id", flat=True))


def tell_cases(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """That the cases of `ids` were opened. Their first assessment is told with it."""
    rows = Case.objects.filter(id__in=among(ids)).values_list("id", "territory_id", "opened_at", "version")
    found = {row[0]: row for row in rows}
    roots = roots_of_cases(found, key=key, where=where)
    again = again_of_cases(found)
    told = []
    for record in ids:
        name, row = link(key, Thing.CASE, record), found.get(record)
        facts: tuple[FactRow, ...] = ()
        if row:
            root = roots.get(record)
            facts = (_fact(FactKind.CASE_OPENED, name, root, where.of(row[1], row[2]), row[3]),)
            if record in again:
                first, second = again[record]
                since = hours_between(first, second)
                facts += (_fact(FactKind.CASE_RECONTACTED, name, root, where.of(row[1], second), row[3], hours=since),)
        told.append(Told(name, (FactKind.CASE_OPENED, FactKind.CASE_RECONTACTED), facts))
    return told


def tell_assessments(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What the assessments of `ids` tell now, and when their cases were assessed first."""
    rows = Assessment.objects.filter(_DANGER, id__in=among(ids)).values_list(*_COLUMNS)
    found = {row[0]: row for row in rows}
    roots = roots_of_cases({row[1] for row in found.values()}, key=key, where=where)
    bands = _bands({row[3] for row in found.values()})
    told = []
    for record in ids:
        name, row = link(key, Thing.ASSESSMENT, record), found.get(record)
        facts = (_assessed(name, row, roots.get(row[1]), bands[row[3]], where),) if row else ()
        told.append(Told(name, KINDS_OF[Thing.ASSESSMENT], facts))
    return told + _first({row[1] for row in found.values()}, roots, key=key, where=where)


def _bands(instruments: Collection[Any]) -> dict[Any, list[str]]:
    """The codes of the bands of instruments, by rank."""
    rows = Kept.objects.filter(id__in=instruments).values_list("id", "content")
    return {one: [band["code"] for band in content["band"]] for one, content in rows}


def _assessed(name: bytes, row: tuple[Any, ...], root: Root | None, bands: list[str], where: Where) -> FactRow:
    _id, _case, territory, _instrument, has_asked, computed, result, at = row
    return _fact(
        FactKind.ASSESSMENT_MADE,
        name,
        root,
        where.of(territory, at),
        code=bands[result],
        traits=traits({f"computed_{bands[computed]}"}),
        stage=ASKED if has_asked else NOT_SAFE,
        hours=root.hours(at) if root else None,
    )


def _first(held: Collection[Any], roots: Mapping[Any, Root], *, key: bytes, where: Where) -> list[Told]:
    """Of each case its first assessment, with the hours since it was opened."""
    firsts = (
        Assessment.objects.filter(_DANGER, case_id__in=among(map(str, held)))
        .order_by("case_id", "assessed_at", "id")
        .distinct("case_id")
        .values_list("case_id", "territory_id", "assessed_at", "case__opened_at")
    )
    told = []
    for case, territory, at, opened_at in firsts:
        name, hours = link(key, Thing.CASE, case), hours_between(opened_at, max(opened_at, at))
        row = _fact(FactKind.CASE_ASSESSED, name, roots.get(case), where.of(territory, at), hours=hours)
        told.append(Told(name, (FactKind.CASE_ASSESSED,), (row,)))
    return told


def tell_measures(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What the measures of `ids` tell now. One that a person took back was not to be done."""
    rows = Measure.objects.filter(_OF_DANGER, id__in=among(ids)).values_list(*_MEASURES)
    found = {row[0]: row for row in rows}
    roots = roots_of_cases({row[2] for row in found.values()}, key=key, where=where)
    laid = Duty.objects.filter(kind=DutyKind.TAKE_MEASURE, thing_id__in=among(ids), dropped_at__isnull=True)
    duties = {row[0]: row for row in laid.order_by("step").values_list(*_DUTIES)}
    told = []
    for record in ids:
        name, row, duty = link(key, Thing.MEASURE, record), found.get(record), duties.get(record)
        facts = tuple(_measured(name, row, duty, roots.get(row[2]), where)) if row and duty else ()
        told.append(Told(name, KINDS_OF[Thing.MEASURE], facts))
    return told


def _measured(
    name: bytes, row: tuple[Any, ...], duty: tuple[Any, ...], root: Root | None, where: Where
) -> Iterator[FactRow]:
    _id, action, _case, territory = row
    _measure, since, due_at, done_at = duty
    yield _fact(FactKind.MEASURE_LAID, name, root, where.of(territory, since), code=action)
    if done_at is not None:
        stage = None if due_at is None else IN_TIME if done_at <= due_at else LATE
        hours = hours_between(since, max(since, done_at))
        at = where.of(territory, done_at)
        yield _fact(FactKind.MEASURE_DONE, name, root, at, code=action, stage=stage, hours=hours)


def tell_lowerings(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """Which of the lower results of `ids` a second person agreed to."""
    agreed = Lowering.objects.filter(_OF_DANGER, id__in=among(ids), decision=Decision.AGREED)
    found = {row[0]: row for row in agreed.values_list(*_LOWERINGS)}
    roots = roots_of_cases({row[1] for row in found.values()}, key=key, where=where)
    told = []
    for record in ids:
        name, row = link(key, Thing.LOWERING, record), found.get(record)
        facts: tuple[FactRow, ...] = ()
        if row:
            _id, case, territory, at, version = row
            facts = (_fact(FactKind.RESULT_LOWERED, name, roots.get(case), where.of(territory, at), version),)
        told.append(Told(name, KINDS_OF[Thing.LOWERING], facts))
    return told


def _fact(
    kind: FactKind, name: bytes, root: Root | None, there: tuple[int, date], version: int = 1, /, **more: Any
) -> FactRow:
    region, day = there
    return FactRow(kind, name, root.link if root else None, day, root.on if root else None, region, version, **more)
