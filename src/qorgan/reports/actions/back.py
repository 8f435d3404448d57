"""An outcome taken back: by the office itself, or a write-off by the prosecutor."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.base.scope import Actor
from qorgan.reports import access, rules
from qorgan.reports.actions.forward import move
from qorgan.reports.actions.outcomes import locked, open_again
from qorgan.reports.models import Report
from qorgan.reports.terms.outcomes import How


@transaction.atomic
def take_back(*, report_id: UUID, why: str, by: Actor, now: datetime, seen: int | None = None) -> Report:
    """Take a write-off, a joining, or a forwarding that was not answered yet back; the clock that ran goes on.

    Only where the report lies with an office of one's sight. Raises NoWords, NotEnded, NotFound, ChangedMeanwhile.
    """
    access.check_may(by, access.DECIDE)
    rules.check_words(why, must=True)
    report = locked(report_id, seen=seen)
    lay_in = report.lay_in_id
    open_again(report, how=How.UNDONE, why=why, by=by, now=now)
    if lay_in is not None:
        move(report, to=lay_in, by=by, now=now)
    return report


@transaction.atomic
def reopen(*, report_id: UUID, why: str, by: Actor, now: datetime, seen: int | None = None) -> Report:
    """Cancel a write-off, as the prosecutor: the office that wrote it off decides again, its clock starts anew.

    Raises NotAllowed, NoWords, NotEnded, NotFound, ChangedMeanwhile.
    """
    access.check_may(by, access.RETURN)
    rules.check_words(why, must=True)
    report = locked(report_id, seen=seen)
    open_again(report, how=How.RETURNED, why=why, by=by, now=now)
    return report
