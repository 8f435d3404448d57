"""What is said and found in cases tells: accounts kept, findings given, contradictions marked, reviews asked for.

Never what was said, nor on which topic, nor who asks. The words of the duty desk, with which a case begins, are those
of its report and no account of their own. A contradiction that was withdrawn is not counted any more.
"""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from qorgan.cases.models import Account, Contradiction, Finding, Review
from qorgan.cases.terms import Speaker
from qorgan.facts.collect.among import among
from qorgan.facts.collect.reading import Id
from qorgan.facts.collect.threads import Root, hours_between, roots_of_cases
from qorgan.facts.collect.where import Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.engine.rows import FactRow, Told
from qorgan.facts.terms import KINDS_OF, FactKind, Thing

IN_TIME, LATE = "in_time", "late"
_REVIEW = ("id", "case_id", "territory_id", "asked_at", "due_at", "answered_at", "outcome", "version")


def accounts_of_cases(cases: Collection[Id]) -> list[Id]:
    """The accounts of the cases, without the words of the desk."""
    return _ids(_accounts().filter(case_id__in=among(cases)))


def findings_of_cases(cases: Collection[Id]) -> list[Id]:
    """The findings of the cases: the journal names the case where one is written down."""
    return _ids(Finding.objects.filter(case_id__in=among(cases)))


def contradictions_of_cases(cases: Collection[Id]) -> list[Id]:
    """The contradictions of the cases, withdrawn ones too."""
    return _ids(Contradiction.objects.filter(case_id__in=among(cases)))


def reviews_of_cases(cases: Collection[Id]) -> list[Id]:
    """The reviews asked for in the cases."""
    return _ids(Review.objects.filter(case_id__in=among(cases)))


def _accounts() -> QuerySet[Account]:
    return Account.objects.exclude(speaker=Speaker.DESK)


def _ids(rows: "QuerySet[Any]") -> list[Id]:
    return list(rows.order_by("id").values_list("id", flat=True))


def tell_accounts(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What the accounts of `ids` tell: that they were kept, and whose words they are by role."""
    rows = _accounts().filter(id__in=among(ids)).values_list("id", "case_id", "territory_id", "written_at", "speaker")
    return _once(Thing.ACCOUNT, FactKind.ACCOUNT_KEPT, ids, rows, key=key, where=where)


def tell_findings(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What the findings of `ids` tell: that they were given, and of what kind they are."""
    found = Finding.objects.filter(id__in=among(ids))
    rows = found.values_list("id", "case_id", "territory_id", "given_at", "discipline")
    return _once(Thing.FINDING, FactKind.FINDING_GIVEN, ids, rows, key=key, where=where)


def tell_contradictions(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """Which of the contradictions of `ids` stand."""
    found = Contradiction.objects.filter(id__in=among(ids), withdrawn_at__isnull=True)
    rows = found.values_list("id", "case_id", "territory_id", "marked_at")
    return _once(Thing.CONTRADICTION, FactKind.CONTRADICTION_MARKED, ids, rows, key=key, where=where)


def _once(
    thing: Thing, kind: FactKind, ids: Collection[Id], rows: "QuerySet[Any, Any]", *, key: bytes, where: Where
) -> list[Told]:
    found = {row[0]: row for row in rows}
    roots = roots_of_cases({row[1] for row in found.values()}, key=key, where=where)
    told = []
    for record in ids:
        name, row = link(key, thing, record), found.get(record)
        facts: tuple[FactRow, ...] = ()
        if row:
            code = row[4] if len(row) > 4 else None
            facts = (_fact(kind, name, roots.get(row[1]), where.of(row[2], row[3]), code=code),)
        told.append(Told(name, KINDS_OF[thing], facts))
    return told


def tell_reviews(ids: Collection[Id], *, key: bytes, where: Where) -> list[Told]:
    """What the reviews of `ids` tell: asked for, and answered before or after the clock that was known."""
    found = {row[0]: row for row in Review.objects.filter(id__in=among(ids)).values_list(*_REVIEW)}
    roots = roots_of_cases({row[1] for row in found.values()}, key=key, where=where)
    told = []
    for record in ids:
        name, row = link(key, Thing.REVIEW, record), found.get(record)
        facts = tuple(_reviewed(name, row, roots.get(row[1]), where)) if row else ()
        told.append(Told(name, KINDS_OF[Thing.REVIEW], facts))
    return told


def _reviewed(name: bytes, row: tuple[Any, ...], root: Root | None, where: Where) -> Iterator[FactRow]:
    _id, _case, territory, asked_at, due_at, answered_at, outcome, version = row
    yield _fact(FactKind.REVIEW_ASKED, name, root, where.of(territory, asked_at), version)
    if answered_at is not None:
        stage = None if due_at is None else IN_TIME if answered_at <= due_at else LATE
        hours = hours_between(asked_at, max(asked_at, answered_at))
        there = where.of(territory, answered_at)
        yield _fact(FactKind.REVIEW_ANSWERED, name, root, there, version, code=outcome, stage=stage, hours=hours)


def _fact(
    kind: FactKind, name: bytes, root: Root | None, there: tuple[int, date], version: int = 1, /, **more: Any
) -> FactRow:
    region, day = there
    return FactRow(kind, name, root.link if root else None, day, root.on if root else None, region, version, **more)
