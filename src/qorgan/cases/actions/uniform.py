"""A suspect in uniform: that someone says who investigates is due until another office has taken it."""

from datetime import datetime
from uuid import UUID

from qorgan.base.scope import Actor, beside
from qorgan.cases.actions import told
from qorgan.cases.models import Case, Referral
from qorgan.cases.terms import Aim
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as Duty

JURISDICTION = "military.jurisdiction"


def lay_routing(row: Case | Referral, *, case_id: UUID, agency_id: UUID, by: Actor, now: datetime, step: int) -> None:
    """Lay on the case's agency to say who investigates. The law on record is silent: no term, and a person routes."""
    laid = duties.Laid(Duty.ROUTE_SUSPECT, JURISDICTION, since=now, due_at=None, step=step, to_verify=True)
    duties.lay(
        laid=[laid], thing="case", thing_id=case_id, case_id=case_id, **beside(row), agency_id=agency_id, by=by, now=now
    )


def route_again(referral: Referral, *, by: Actor, now: datetime) -> None:
    """Military police declined, or it was taken back: it is to be said anew who investigates."""
    if referral.asked != Aim.INVESTIGATION:
        return
    with told.reaching(referral, by=by):
        lay_routing(
            referral,
            case_id=referral.case_id,
            agency_id=referral.from_agency_id,
            by=by,
            now=now,
            step=int(referral.number.rpartition("/")[2]),
        )
