"""The ways reports of the demonstration end: some written off, one joined, one forwarded, one write-off cancelled."""

import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from qorgan.cli.acting import as_staff
from qorgan.cli.followed import stepped

if TYPE_CHECKING:
    from uuid import UUID

    from qorgan.base.scope import Actor
    from qorgan.reports.models import Report

OUTCOMES, ANSWER, DECIDE = "reports.kui_outcomes", "reports.forwarded_answer", "reports.erdr_deadline"
WRITTEN_OFF = 40  # percent of those that no order follows
BEFORE_THE_PROSECUTOR = 2  # write-offs at least in sight: one is cancelled, one stands to be weighed


def end(waiting: "list[Report]", by: "Actor", *, told: dict[str, Any], now: datetime) -> dict[str, Any]:
    """End some of the reports that wait, the same ones on every run; the numbers of those that are worth a look."""
    from qorgan.reports import actions
    from qorgan.reports.terms import State
    from qorgan.reports.terms.outcomes import GROUNDS, Reason

    weighed = _in_sight(waiting)
    came = _came(BEFORE_THE_PROSECUTOR - len(weighed), by, told=told, now=now) if waiting else []
    weighed |= {report.id for report in came}
    left, off = [], []
    for report in [*waiting, *came]:
        chance = random.Random(f"{report.kui_no} ends")
        if chance.randrange(100) >= WRITTEN_OFF and report.id not in weighed:
            left.append(report)
            continue
        at = min(now, report.registered_at + timedelta(hours=chance.uniform(1, 20)))
        reason = chance.choice(GROUNDS[State.WRITTEN_OFF])
        actions.decide(report_id=report.id, state=State.WRITTEN_OFF, reason=reason, by=by, now=at)
        off.append(report)
    given: dict[str, Any] = {}
    if len(left) > 2:
        actions.join(report_id=left[1].id, number=left[0].number, reason=Reason.SAME_EVENT, by=by, now=now)
        given["joined"] = stepped(left[1].number, now, f"reports/{left[1].id}/", OUTCOMES)
        offices = actions.receivers(left[2])
        actions.forward(report_id=left[2].id, agency_id=offices[0].id, reason=Reason.PLACE, by=by, now=now)
        given["forwarded"] = stepped(left[2].number, now, f"reports/{left[2].id}/", ANSWER)
    again = _cancel(off, why=told["why"], now=now)
    if again is not None:
        given["write_off_cancelled"] = stepped(again.number, now, f"reports/{again.id}/triage/", DECIDE)
    return given


def _in_sight(waiting: "list[Report]") -> "set[UUID]":
    """The first of those that wait in the prosecutor's place: enough of them to cancel one and to leave one."""
    from django.db import transaction

    from qorgan.reports.models import Report

    with as_staff("prosecutor"), transaction.atomic():
        seen = Report.objects.filter(pk__in=[report.id for report in waiting]).order_by("registered_at", "id")
        return set(seen.values_list("pk", flat=True)[:BEFORE_THE_PROSECUTOR])


def _came(missing: int, by: "Actor", *, told: dict[str, Any], now: datetime) -> "list[Report]":
    """Reports of the prosecutor's place, where chance has brought too few of them."""
    from qorgan.reports import actions
    from qorgan.reports.terms import Channel

    signals = [
        actions.Signal(
            submission=f"ended\0{number}",
            channel=Channel.POLICE_102,
            registered_at=now - timedelta(hours=30 + number),
            narrative=told["narrative"],
            address=told["address"],
        )
        for number in range(missing)
    ]
    return [actions.accept(signal=signal, by=by, now=now).report for signal in signals]


def _cancel(off: "list[Report]", *, why: str, now: datetime) -> "Report | None":
    """The prosecutor cancels a write-off in sight: the register names many places, the prosecutor sees one."""
    from django.db import transaction

    from qorgan.reports import actions
    from qorgan.reports.models import Report

    with as_staff("prosecutor") as by, transaction.atomic():
        seen = Report.objects.filter(pk__in=[report.id for report in off]).order_by("registered_at", "id").first()
        return actions.reopen(report_id=seen.id, why=why, by=by, now=now) if seen else None
