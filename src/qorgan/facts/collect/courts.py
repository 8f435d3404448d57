"""What court cases tell: sent, decided for the first time; and of each decision that it was made and is in force."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qorgan.courts.models import CourtCase, Decision
from qorgan.facts.collect import breaches, requirements
from qorgan.facts.collect.among import among
from qorgan.facts.collect.reading import Id
from qorgan.facts.collect.threads import Root, roots_of_cases, roots_of_reports
from qorgan.facts.collect.where import Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.engine.rows import FactRow, Told
from qorgan.facts.terms import KINDS_OF, FactKind, Thing

_COLUMNS = (
    "id",
    "case_id",
    "order_id",
    "offence__report_id",
    "territory_id",
    "kind",
    "version",
    "sent_at",
    "first_decided_at",
)
_DECISION = ("court_case_id", "id", "territory_id", "kind", "conviction", "version", "decided_at", "in_force_at")


def of_cases(cases: Collection[Id]) -> list[Id]:
    """The court cases of the cases: their facts change when a case, or the report that it began with, does."""
    return list(CourtCase.objects.filter(case_id__in=among(cases)).order_by("id").values_list("id", flat=True))


def of_reports(reports: Collection[Id]) -> list[Id]:
    """The court cases about offences that hang on reports without a case."""
    found = CourtCase.objects.filter(case_id__isnull=True, offence__report_id__in=among(reports))
    return list(found.order_by("id").values_list("id", flat=True))


@dataclass(frozen=True, slots=True)
class _About:
    """What all facts of one thing share."""

    name: bytes
    root: Root | None
    territory: int
    code: str
    version: int
    part_of: bytes | None = None
    stage: str | None = None


def tell(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What the court cases of `ids` and their decisions tell now. A decision that was set aside was still made.

    `part_of` of a court case is the order it is about, where there is one; of a decision, its court case.
    """
    found = {row[0]: row for row in CourtCase.objects.filter(id__in=among(ids)).values_list(*_COLUMNS)}
    decisions = _decisions(found)
    roots = _roots(list(found.values()), key=key, where=where)
    told = []
    for record in ids:
        name = link(key, Thing.COURT_CASE, record)
        row = found.get(record)
        rows = tuple(_rows(name, row, roots.get(record), key, where)) if row else ()
        told.append(Told(name, KINDS_OF[Thing.COURT_CASE], rows))
        for decision in decisions.get(record, ()):
            own = link(key, Thing.DECISION, decision[0])
            made = tuple(_decided(own, name, decision, roots.get(record), where))
            told.append(Told(own, KINDS_OF[Thing.DECISION], made))
    told += breaches.in_court(ids, key=key, where=where)
    return told + requirements.of_court_cases(ids, key=key, where=where)


def _decisions(court_cases: Collection[Id]) -> dict[Id, list[tuple[Any, ...]]]:
    rows = Decision.objects.filter(court_case_id__in=among(court_cases)).order_by("decided_at", "id")
    held: dict[Id, list[tuple[Any, ...]]] = defaultdict(list)
    for court_case, *decision in rows.values_list(*_DECISION):
        held[court_case].append(tuple(decision))
    return held


def _roots(rows: Collection[tuple[Any, ...]], *, key: bytes, where: Where) -> dict[Id, Root]:
    """The report at the beginning of each court case: its case's, else that of the offence it is about."""
    cases = roots_of_cases({row[1] for row in rows if row[1]}, key=key, where=where)
    reports = roots_of_reports({row[3] for row in rows if row[3] and not row[1]}, key=key, where=where)
    found = {row[0]: cases.get(row[1]) if row[1] else reports.get(row[3]) for row in rows}
    return {record: root for record, root in found.items() if root}


def _rows(name: bytes, row: tuple[Any, ...], root: Root | None, key: bytes, where: Where) -> Iterator[FactRow]:
    _id, _case, order, _report, territory, kind, version, sent_at, first_decided_at = row
    part_of = link(key, Thing.ORDER, order) if order else None
    about = _About(name, root, territory, kind, version, part_of)
    yield _fact(FactKind.COURT_CASE_SENT, sent_at, about, where)
    if first_decided_at:
        yield _fact(FactKind.COURT_CASE_DECIDED, first_decided_at, about, where)


def _decided(
    own: bytes, part_of: bytes, decision: tuple[Any, ...], root: Root | None, where: Where
) -> Iterator[FactRow]:
    _id, territory, kind, conviction, version, decided_at, in_force_at = decision
    stage = None if conviction is None else "conviction" if conviction else "acquittal"
    about = _About(own, root, territory, kind, version, part_of, stage)
    yield _fact(FactKind.COURT_DECISION_MADE, decided_at, about, where)
    if in_force_at:
        yield _fact(FactKind.COURT_DECISION_IN_FORCE, in_force_at, about, where)


def _fact(kind: FactKind, at: datetime, about: _About, where: Where) -> FactRow:
    region, day = where.of(about.territory, at)
    return FactRow(
        kind,
        about.name,
        about.root.link if about.root else None,
        day,
        about.root.on if about.root else None,
        region,
        about.version,
        part_of=about.part_of,
        hours=about.root.hours(at) if about.root else None,
        code=about.code,
        stage=about.stage,
    )
