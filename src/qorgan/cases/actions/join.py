"""A further report of a situation that a case leads already: it joins the case and lays no second one open."""

from datetime import datetime

from django.db import transaction

from qorgan.base import journal
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases import queries
from qorgan.cases.actions import accounts
from qorgan.cases.actions.accounts import Heard
from qorgan.cases.actions.answer import let_in_beside
from qorgan.cases.actions.held import held_open
from qorgan.cases.actions.represent import review
from qorgan.cases.models import Case, CaseReport
from qorgan.cases.terms import Speaker
from qorgan.reports import actions as reports
from qorgan.reports.models import Report
from qorgan.reports.terms import State as ReportState


@transaction.atomic
def join_report(*, case: Case, report: Report, by: Actor, now: datetime, seen: int | None = None) -> Case:
    """Let a case lead one more report: its words stand as an account, its persons stay those of the report.

    A report that a case leads already keeps that case. Who is who among the persons is said by people, not here. No
    permission of its own: the act that ties the report to the case has asked, and deciding on a report asks again.
    `seen`: the version of the report that was shown. Raises ChangedMeanwhile, CaseClosed, and
    AlreadyDecided where the report was forwarded, joined or written off.
    """
    leading = queries.case_of_report(report.id)
    if leading is not None:
        return leading
    held = held_open(case)
    decided = reports.decide(report_id=report.id, state=ReportState.TAKEN_UP, by=by, now=now, seen=seen)
    led = {"report": decided, "report_thread": decided.thread_id, "joined_at": now, "joined_by": by.staff}
    CaseReport.objects.create(case=held, **beside(held), **led)
    words = vault.open(decided.narrative, at="reports.report.narrative")
    if words:
        source = decided.kui_no or decided.number
        heard = Heard(speaker=Speaker.DESK, words=words, source=source, said_at=decided.registered_at)
        accounts.keep(held, heard=heard, by=by, now=now)
    detail = {"number": held.number, "report": str(decided.id)}
    journal.write(kind="cases.report.joined", thing="case", thing_id=held.id, by=by, now=now, detail=detail)
    let_in_beside(held, report=decided, by=by, now=now)
    review(held, by=by, now=now)  # whom it complains of may speak for a child here
    return held
