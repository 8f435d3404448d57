"""What every outcome of a report does alike: held and compared, written down, its clock stopped; and back again."""

from datetime import datetime
from uuid import UUID

from qorgan.base import journal
from qorgan.base.errors import NotFound
from qorgan.base.journal.read import check_seen
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.reports import rules
from qorgan.reports.actions import clock
from qorgan.reports.models import BACK, THEN, WHY, Report, TakenBack
from qorgan.reports.terms import State
from qorgan.reports.terms.outcomes import How, Reason

_OUTCOME = ("state", "reason", "why", "offence_id", "joined_to", "forwarded_to", "lay_in", "decided_at", "decided_by")
_CLOCK = ("due_at", "turn", "agency")
OWED = {State.REGISTERED: DutyKind.DECIDE_REPORT, State.FORWARDED: DutyKind.TAKE_FORWARDED}  # while it is open


def locked(report_id: UUID, *, seen: int | None) -> Report:
    """The report, held, as it was shown. Raises NotFound, ChangedMeanwhile."""
    report = Report.objects.select_for_update(of=("self",)).filter(pk=report_id).first()
    if report is None:
        raise NotFound
    check_seen(seen, stands=report.version, thing="report", thing_id=report.id, kinds=("reports.report.",))
    return report


def end(
    report: Report,
    *,
    state: State,
    by: Actor,
    now: datetime,
    reason: Reason | None = None,
    why: str = "",
    **leads: object,
) -> None:
    """Write an outcome down, with where it leads, and stop the clock. Raises AlreadyDecided, TooManyWords."""
    rules.check_can_become(report.state, state, report.number)
    said = rules.check_words(why)
    duties.done(thing_id=report.id, kind=DutyKind.DECIDE_REPORT, step=report.turn, by=by, now=now)
    report.state, report.reason, report.decided_at, report.decided_by = state, reason or "", now, by.staff_id
    report.why = vault.seal(report.key_id, said, at=WHY)
    for name, value in leads.items():
        setattr(report, name, value)
    report.version += 1
    report.save(update_fields=[*_OUTCOME, "version"])
    _tell(report, str(state), by=by, now=now, **({"reason": reason.value} if reason else {}))


def open_again(report: Report, *, how: How, why: str, by: Actor, now: datetime, agency_id: UUID | None = None) -> None:
    """Take the outcome that stands back: it goes into the history, and someone owes a decision again.

    The office that decided, or another one (`agency_id`). Its clock starts anew from `now`; where the office itself
    took it back, the clock that ran goes on. Raises NotEnded, TooManyWords.
    """
    rules.check_can_go_back(report.state, how, report.number)
    said = rules.check_words(why)
    was = State(report.state)
    if was in OWED:
        duties.done(thing_id=report.id, kind=OWED[was], step=report.turn, by=by, now=now)
    _remember(report, how, said, by=by, now=now)
    report.agency_id = agency_id or report.agency_id
    report.state, report.reason, report.why = State.REGISTERED, "", b""
    report.decided_at, report.decided_by = None, None
    report.offence_id, report.joined_to_id, report.forwarded_to_id, report.lay_in_id = None, None, None, None
    since = now if how.starts_anew else report.registered_at
    until = clock.term(report, provision=clock.DECISION_TERM, since=since)
    report.due_at, report.turn = until.due_at if how.starts_anew else report.due_at, report.turn + 1
    report.version += 1
    report.save(update_fields=[*_OUTCOME, *_CLOCK, "version"])
    _tell(report, how.value, by=by, now=now, was=was.value)
    kind = DutyKind.DECIDE_REPORT
    until = clock.as_it_ran(until, due_at=report.due_at)
    clock.lay(
        report, kind=kind, provision=clock.DECISION_TERM, on=report.agency_id, since=since, until=until, by=by, now=now
    )


def _remember(report: Report, how: How, said: str, *, by: Actor, now: datetime) -> None:
    assert report.decided_at is not None, "the database holds when an outcome was decided"
    assert report.decided_by is not None, "and by whom"
    words = vault.read(report.why, at=WHY, gone="")
    TakenBack.objects.create(
        report=report,
        **beside(report),
        state=report.state,
        reason=report.reason,
        why=vault.seal(report.key_id, words, at=THEN),
        decided_at=report.decided_at,
        decided_by=report.decided_by,
        agency_id=report.agency_id,
        forwarded_to_id=report.forwarded_to_id,
        joined_to_id=report.joined_to_id,
        offence_id=report.offence_id,
        how=how,
        back_why=vault.seal(report.key_id, said, at=BACK),
        back_at=now,
        back_by=by.staff,
    )


def _tell(report: Report, act: str, *, by: Actor, now: datetime, **detail: str) -> None:
    told = {"number": report.number, "version": report.version, **detail}
    journal.write(kind=f"reports.report.{act}", thing="report", thing_id=report.id, by=by, now=now, detail=told)
