"""What contacts of lines tell: what each was, whether it became a report, and what followed a second silence.

A contact is a fact of its line and of the country: where a line stands is not where she is, and so its region is the
country. It is tied to no thread: whether it became a report is a word, not a link.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind as DutyKind
from qorgan.facts.collect.among import among
from qorgan.facts.collect.reading import Id
from qorgan.facts.collect.threads import Root
from qorgan.facts.collect.where import NOWHERE, Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.engine.rows import FactRow, Told, traits
from qorgan.facts.terms import KINDS_OF, FactKind, Thing
from qorgan.reports.models import Contact
from qorgan.reports.readers import topics as tree

BECAME_REPORT = "report"
IN_TIME, LATE = "in_time", "late"
_COLUMNS = (
    "id",
    "territory_id",
    "line",
    "way",
    "disposition",
    "topics",
    "topic_tree",
    "rang_at",
    "answered_at",
    "report_id",
    "version",
)
_CHECK = ("thing_id", "since", "due_at", "done_at")


def checked_since(first: date | None) -> list[Id]:
    """The contacts whose check of welfare was done from a day on: the journal names the duty's room there, not ours."""
    found = Duty.objects.filter(kind=DutyKind.CHECK_WELFARE, thing="contact", done_at__isnull=False)
    if first is not None:
        begun = datetime.combine(first, time(0), UTC) - timedelta(days=1)  # whatever the country's clock says
        found = found.filter(done_at__gte=begun)
    return list(found.order_by("thing_id").values_list("thing_id", flat=True))


def tell(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What the contacts of `ids` tell now: nothing until it is said what one is."""
    rows = Contact.objects.filter(id__in=among(ids)).exclude(disposition="")
    found = {row[0]: row for row in rows.values_list(*_COLUMNS)}
    laid = Duty.objects.filter(kind=DutyKind.CHECK_WELFARE, thing_id__in=among(ids), dropped_at__isnull=True)
    checks = {row[0]: row for row in laid.order_by("step").values_list(*_CHECK)}
    marks = _marks() if found else {}
    told = []
    for record in ids:
        name = link(key, Thing.CONTACT, record)
        row = found.get(record)
        facts = tuple(_facts(name, row, checks.get(record), marks, where)) if row else ()
        told.append(Told(name, KINDS_OF[Thing.CONTACT], facts))
    return told


def _marks() -> dict[tuple[str, str], frozenset[str]]:
    """What each topic of each version of the tree counts as."""
    return {(version, topic.code): topic.marks for version, one in tree.trees().items() for topic in one.topics}


def _facts(
    name: bytes,
    row: tuple[Any, ...],
    check: tuple[Any, ...] | None,
    marks: Mapping[tuple[str, str], frozenset[str]],
    where: Where,
) -> Iterator[FactRow]:
    _id, territory, line, way, said, topics, version_of_tree, rang_at, answered_at, report, version = row
    _region, day = where.of(territory, rang_at)
    counted = {mark for code in topics for mark in marks.get((version_of_tree, code), ())}
    yield FactRow(
        FactKind.CONTACT_TAKEN,
        name,
        None,
        day,
        None,
        NOWHERE,
        version,
        hours=waited(name, day, rang_at, answered_at),
        code=said,
        traits=traits({line, way, *counted}),
        stage=BECAME_REPORT if report else None,
    )
    if check is None:
        return
    _contact, since, due_at, done_at = check
    _region, laid_on = where.of(territory, since)
    yield FactRow(FactKind.WELFARE_CHECK_LAID, name, None, laid_on, None, NOWHERE, version)
    if done_at is None:
        return
    _region, done_on = where.of(territory, done_at)
    stage = None if due_at is None else IN_TIME if done_at <= due_at else LATE
    hours = Root(name, laid_on, since).hours(done_at)
    yield FactRow(FactKind.WELFARE_CHECK_DONE, name, None, done_on, None, NOWHERE, version, hours=hours, stage=stage)


def waited(name: bytes, day: date, rang_at: datetime, answered_at: datetime | None) -> Any:
    """Hours from ringing to the answer; None where no exchange told when it rang, and both are one moment."""
    if answered_at is None or answered_at == rang_at:
        return None
    return Root(name, day, rang_at).hours(answered_at)
