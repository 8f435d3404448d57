"""What becomes of a registered offence: suspended, sent to court, terminated, annulled."""

from datetime import datetime

from django.db import transaction

from qorgan.base.scope import Actor
from qorgan.cases.queries import case_of_report
from qorgan.offences import access, rules
from qorgan.offences.actions import held
from qorgan.offences.actions.reconciled import check_reconciliation
from qorgan.offences.models import Offence
from qorgan.offences.terms import ANNULS, TERMINATES, Ground, State
from qorgan.reports import actions as reports

_ENDED = ("state", "ended_at", "ended_by", "ground")


@transaction.atomic
def suspend(*, offence: Offence, by: Actor, now: datetime, seen: int | None = None) -> Offence:
    """The terms stand still: the suspect is not known, is sought, or is ill. Raises WrongState.

    `seen`, here and below: the version that was shown. Raises ChangedMeanwhile where another stands.
    """
    found, _before = _moved(offence, State.SUSPENDED, by=by, seen=seen)
    held.keep(offence=found, act="suspended", by=by, now=now, fields=("state",))
    return found


@transaction.atomic
def resume(*, offence: Offence, by: Actor, now: datetime, why: str = "", seen: int | None = None) -> Offence:
    """Take it up again: after a suspension, when the court returned it, or when its termination was overruled.

    A termination stays in the history and needs the reason `why` it fell. Raises WrongState, NoReason.
    """
    found, before = _moved(offence, State.REGISTERED, by=by, seen=seen)
    if before is State.TERMINATED:
        reason = rules.check_reason(why)
        changes = {"state": (before.value, State.REGISTERED.value), "ground": (found.ground, "")}
        found.ended_at, found.ended_by, found.ground = None, None, ""
        held.note(offence=found, changes=changes, why=reason, by=by, now=now)
    held.keep(offence=found, act="resumed", by=by, now=now, fields=_ENDED, after=before.value)
    return found


@transaction.atomic
def send_to_court(*, offence: Offence, by: Actor, now: datetime, seen: int | None = None) -> Offence:
    """The inquiry is over and the material goes to the court. Raises WrongState."""
    found, _before = _moved(offence, State.IN_COURT, by=by, seen=seen)
    held.keep(offence=found, act="sent_to_court", by=by, now=now, fields=("state",))
    return found


@transaction.atomic
def terminate(*, offence: Offence, ground: Ground, by: Actor, now: datetime, seen: int | None = None) -> Offence:
    """End it on a ground of the law. It was registered and stays in the statistics.

    A reconciliation keeps to the limits of the law. Raises WrongState, WrongGround, CannotReconcile.
    """
    found, _before = _moved(offence, State.TERMINATED, by=by, seen=seen)
    rules.check_ground(ground, TERMINATES)
    if ground is Ground.RECONCILED:
        check_reconciliation(found, now=now)
    found.ended_at, found.ended_by, found.ground = now, by.staff, ground
    held.keep(offence=found, act="terminated", by=by, now=now, fields=_ENDED, ground=str(ground))
    return found


@transaction.atomic
def annul(
    *,
    offence: Offence,
    why: str,
    by: Actor,
    now: datetime,
    ground: Ground = Ground.MISTAKE,
    seen: int | None = None,
) -> Offence:
    """Say that it should never have been registered; it leaves the statistics, never the history. A report whose
    outcome it was is opened again: someone owes a decision, within a clock that starts anew.

    Raises WrongState, WrongGround, NoReason.
    """
    found, before = _moved(offence, State.ANNULLED, by=by, seen=seen)
    rules.check_ground(ground, ANNULS)
    reason = rules.check_reason(why)
    found.ended_at, found.ended_by, found.ground = now, by.staff, ground
    held.note(offence=found, changes={"state": (before.value, State.ANNULLED.value)}, why=reason, by=by, now=now)
    held.keep(offence=found, act="annulled", by=by, now=now, fields=_ENDED, ground=str(ground))
    if found.report_id is not None:
        led = case_of_report(found.report_id) is not None
        reports.lose_entry(report_id=found.report_id, offence_id=found.id, why=reason, is_led=led, by=by, now=now)
    return found


def _moved(offence: Offence, wanted: State, *, by: Actor, seen: int | None) -> tuple[Offence, State]:
    """The offence, held and moved but not written yet, and where it stood."""
    access.check_may(by, access.DECIDE)
    found = held.locked(offence, seen=seen)
    before = State(found.state)
    rules.check_can_become(before, wanted, found.number)
    found.state = wanted
    return found, before
