"""The clock of a decision: on whom it is laid, until when, and what is handed on when it starts anew."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from qorgan.base.scope import Actor, beside
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.law.engine.deadlines import Deadline
from qorgan.places import queries as places
from qorgan.reports.models import Report

DECISION_TERM = "reports.erdr_deadline"  # CPC Art. 185: within 24 hours of receipt
ANSWER_TERM = "reports.forwarded_answer"  # of the office that a report was forwarded to


def term(report: Report, *, provision: str, since: datetime) -> Deadline:
    """Until when the law gives time, counted in the place of the report."""
    return law.deadline(provision, start=since, zone=places.zone(report.territory_id))


def lay(
    report: Report,
    *,
    kind: DutyKind,
    provision: str,
    on: UUID,
    since: datetime,
    until: Deadline,
    by: Actor,
    now: datetime,
) -> None:
    """Lay on an office what it owes a report: a decision, or an answer. `turn` of the report is the step."""
    laid = duties.Laid(
        kind=kind, provision=provision, since=since, due_at=until.due_at, step=report.turn, to_verify=until.to_verify
    )
    duties.lay(
        laid=[laid],
        thing="report",
        thing_id=report.id,
        case_id=None,
        **beside(report),
        agency_id=on,
        key_id=report.key_id,
        by=by,
        now=now,
    )


def as_it_ran(until: Deadline, *, due_at: datetime | None) -> Deadline:
    """The clock with the end that it had: one that was begun anew before goes on from there."""
    return replace(until, due_at=due_at)
