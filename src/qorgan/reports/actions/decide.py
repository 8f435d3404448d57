"""Deciding on a report."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.base import journal
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.scope import Actor
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.reports import access, rules
from qorgan.reports.models import Report
from qorgan.reports.terms import State


@transaction.atomic
def decide(*, report_id: UUID, state: State, by: Actor, now: datetime, seen: int | None = None) -> Report:
    """Take the decision on a report: a case took it up, or it was written off. Raises AlreadyDecided, NotFound.

    `seen`: the version that was shown to the one who decides. Raises ChangedMeanwhile where another stands.
    """
    access.check_may(by, access.DECIDE)
    report = Report.objects.select_for_update().filter(pk=report_id).first()
    if report is None:
        raise NotFound
    check_seen(seen, stands=report.version, thing="report", thing_id=report.id, kinds=("reports.report.",))
    rules.check_can_become(report.state, state, report.number)
    report.state, report.decided_at, report.decided_by = state, now, by.staff_id
    report.version += 1
    report.save(update_fields=["state", "decided_at", "decided_by", "version"])
    duties.done(thing_id=report.id, kind=DutyKind.DECIDE_REPORT, by=by, now=now)
    journal.write(
        kind=f"reports.report.{state}",
        thing="report",
        thing_id=report.id,
        by=by,
        now=now,
        detail={"number": report.number, "version": report.version},
    )
    return report
