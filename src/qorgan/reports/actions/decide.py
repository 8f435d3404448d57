"""Deciding on a report: a case takes it up, it is entered in a register, joined, written off."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.base import journal
from qorgan.base.scope import Actor
from qorgan.reports import access, rules
from qorgan.reports.actions.outcomes import end, locked, open_again
from qorgan.reports.models import Report
from qorgan.reports.terms import ENTERED, State
from qorgan.reports.terms.outcomes import How, Reason


@transaction.atomic
def decide(
    *,
    report_id: UUID,
    state: State,
    by: Actor,
    now: datetime,
    seen: int | None = None,
    reason: Reason | None = None,
    why: str = "",
) -> Report:
    """Take the decision on a report: a case took it up, or it was written off for a reason.

    A case may also lead a report that is entered in a register: that outcome stands. `seen`: the version that was shown
    to the one who decides. Raises AlreadyDecided, NoGround, NotFound, ChangedMeanwhile.
    """
    access.check_may(by, access.DECIDE)
    report = locked(report_id, seen=seen)
    if state is State.TAKEN_UP and State(report.state) in ENTERED:
        _led(report, by=by, now=now)
        return report
    given = rules.check_ground(state, reason) if state is State.WRITTEN_OFF else None
    end(report, state=state, reason=given, why=why, by=by, now=now)
    return report


def _led(report: Report, *, by: Actor, now: datetime) -> None:
    report.version += 1
    report.save(update_fields=["version"])
    detail = {"number": report.number, "version": report.version}
    journal.write(kind="reports.report.led", thing="report", thing_id=report.id, by=by, now=now, detail=detail)


@transaction.atomic
def enter(*, report_id: UUID, state: State, offence_id: UUID, by: Actor, now: datetime) -> Report:
    """Write down that an offence was registered for a report: in the register `state` names. It is its outcome.

    A report that a case leads, or that is entered already, keeps its outcome. Raises NotFound; AlreadyDecided where
    it was forwarded, joined or written off: that is taken back first.
    """
    access.check_may(by, access.DECIDE)
    report = locked(report_id, seen=None)
    if State(report.state) is State.TAKEN_UP or State(report.state) in ENTERED:
        return report
    end(report, state=state, offence_id=offence_id, by=by, now=now)
    return report


@transaction.atomic
def lose_entry(*, report_id: UUID, offence_id: UUID, why: str, is_led: bool, by: Actor, now: datetime) -> None:
    """Open a report again whose offence was annulled: its clock starts anew. Nothing where another outcome stands.

    Where a case leads it (`is_led`), that is its outcome from now on.
    No permission of its own: the act that annuls the offence has asked for it.
    """
    report = Report.objects.select_for_update(of=("self",)).filter(pk=report_id, offence_id=offence_id).first()
    if report is not None:
        open_again(report, how=How.ANNULLED, why=why, by=by, now=now)
        if is_led:
            end(report, state=State.TAKEN_UP, by=by, now=now)


@transaction.atomic
def join(
    *,
    report_id: UUID,
    number: str,
    reason: Reason | None,
    by: Actor,
    now: datetime,
    why: str = "",
    seen: int | None = None,
) -> Report:
    """Join a report to an earlier one of the same event, by its number: what leads that one leads both.

    Raises NoSuchReport, EndsNowhere, OthersJoined, AlreadyDecided, NoGround, NotFound, ChangedMeanwhile.
    """
    access.check_may(by, access.DECIDE)
    given = rules.check_ground(State.JOINED, reason)
    wanted = (
        Report.objects.filter(number=number.strip()).first() or Report.objects.filter(kui_no=number.strip()).first()
    )
    if not number.strip() or wanted is None:
        raise rules.NoSuchReport
    both = {one.id: one for one in _held_in_order(report_id, wanted.id)}
    report, other = locked(report_id, seen=seen), both[wanted.id]
    if other.id == report.id or other.registered_at > report.registered_at:
        raise rules.NoSuchReport
    rules.check_leads_on(other.state, number=other.number)
    if Report.objects.filter(joined_to=report).exists():
        raise rules.OthersJoined(number=report.number)
    end(report, state=State.JOINED, reason=given, why=why, joined_to=other, by=by, now=now)
    return report


def _held_in_order(*wanted: UUID) -> list[Report]:
    """Reports held, always in one order: two who join them the other way round never wait for one another."""
    return list(Report.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
