"""Threads: which case leads a report, and the report that the thread of a case began with."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from qorgan.cases.models import CaseReport
from qorgan.facts.collect.among import among
from qorgan.facts.collect.reading import Id
from qorgan.facts.collect.where import Where
from qorgan.facts.engine.pseudonyms import link
from qorgan.facts.terms import Thing
from qorgan.reports.models import Contact, Report

_MILLI = 3600 * 1000  # microseconds in a thousandth of an hour


@dataclass(frozen=True, slots=True)
class Root:
    """The report at the beginning of a thread. `at` is None where only its date is known."""

    link: bytes
    on: date
    at: datetime | None

    def hours(self, at: datetime) -> Decimal | None:
        """Hours until `at`, to a thousandth. None where the report's time is not known or is written as later."""
        return None if self.at is None or at < self.at else hours_between(self.at, at)


def hours_between(first: datetime, last: datetime) -> Decimal:
    """Hours from one moment to a later one, to a thousandth."""
    passed = last - first
    micros = (passed.days * 86400 + passed.seconds) * 10**6 + passed.microseconds
    return Decimal((micros + _MILLI // 2) // _MILLI).scaleb(-3)  # half up, in whole numbers


def led_by(reports: Collection[Id]) -> list[Id]:
    """The cases that lead the reports."""
    if not reports:
        return []
    return list(CaseReport.objects.filter(report_id__in=among(reports)).values_list("case_id", flat=True))


def roots_of_cases(cases: Collection[Id], *, key: bytes, where: Where) -> dict[Id, Root]:
    """Of each case the report that joined it first; of two that joined at once, the one registered first."""
    joined = (
        CaseReport.objects.filter(case_id__in=among(cases))
        .order_by("case_id", "joined_at", "report__registered_at", "report_id")
        .distinct("case_id")
        .values_list("case_id", "report_id", "report__registered_at", "report__time_known", "report__territory_id")
    )
    return {case: _root(row, key=key, where=where) for case, *row in joined}


def rung_of_cases(cases: Collection[Id]) -> dict[Id, datetime]:
    """When the line rang first for each case that began with a call, or was joined by one. A report of a call bears
    the id of its contact.
    """
    led = dict(CaseReport.objects.filter(case_id__in=among(cases)).values_list("report_id", "case_id"))
    found: dict[Id, datetime] = {}
    for report, rang_at in Contact.objects.filter(id__in=among(led)).values_list("id", "rang_at"):
        case = led[report]
        found[case] = min(rang_at, found.get(case, rang_at))
    return found


def again_of_cases(cases: Collection[Id]) -> dict[Id, tuple[datetime, datetime]]:
    """When the first report of each case was registered, and the first further one: only where both times are known."""
    rows = CaseReport.objects.filter(case_id__in=among(cases), report__time_known=True)
    moments: dict[Id, list[datetime]] = {}
    for case, at in rows.values_list("case_id", "report__registered_at"):
        moments.setdefault(case, []).append(at)
    ordered = {case: sorted(held) for case, held in moments.items() if len(held) > 1}
    return {case: (held[0], held[1]) for case, held in ordered.items()}


def roots_of_reports(reports: Collection[Id], *, key: bytes, where: Where) -> dict[Id, Root]:
    """Each report as the beginning of what hangs on it without a case."""
    if not reports:
        return {}
    rows = Report.objects.filter(id__in=among(reports))
    found = rows.values_list("id", "registered_at", "time_known", "territory_id")
    return {row[0]: _root(row, key=key, where=where) for row in found}


def _root(row: Sequence[Any], *, key: bytes, where: Where) -> Root:
    report, registered_at, time_known, territory = row
    _region, day = where.of(territory, registered_at)
    return Root(link(key, Thing.REPORT, report), day, registered_at if time_known else None)
