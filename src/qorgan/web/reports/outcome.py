"""How a report ended, as pages show it: the reason, where it leads, what was taken back."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from qorgan.agencies import queries as agencies
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor
from qorgan.offences import access as offence_access
from qorgan.offences.models import Offence
from qorgan.reports import access, queries
from qorgan.reports.models import Report
from qorgan.reports.queries import outcomes
from qorgan.reports.terms import State
from qorgan.reports.terms.outcomes import Reason

TONES = {
    State.REGISTERED: "due",
    State.FORWARDED: "due",
    State.TAKEN_UP: "done",
    State.PRE_TRIAL: "done",
    State.ADMINISTRATIVE: "done",
    State.JOINED: "plan",
    State.WRITTEN_OFF: "plan",
}
TAKEN_BACK = frozenset({State.FORWARDED, State.JOINED, State.WRITTEN_OFF})  # by the office that decided


def fetched(report_id: UUID) -> Report:
    """The report in sight. Raises NotFound."""
    found = queries.find(report_id)
    if found is None:
        raise NotFound
    return found


def shown(held: Report, *, actor: Actor, language: str) -> dict[str, Any]:
    """The outcome that stands, what leads on from it, what is joined to it, and what no longer stands."""
    past = outcomes.history(held.id)
    staff = [held.decided_by, *(one.row.decided_by for one in past), *(one.row.back_by for one in past)]
    names = agencies.staff_names(staff, language=language)
    ids = {held.agency_id, held.forwarded_to_id, *(one.row.agency_id for one in past)}
    ids |= {one.row.forwarded_to_id for one in past}
    offices = agencies.agency_names(ids, language=language)
    return {
        "reason": Reason(held.reason).label if held.reason else "",
        "why": outcomes.why(held),
        "decided_by": names.get(held.decided_by) if held.decided_by else "",
        "office": offices.get(held.agency_id, ""),
        "forwarded_to": offices.get(held.forwarded_to_id) if held.forwarded_to_id else "",
        "leads_to": _leads_to(held, actor=actor),
        "joined": list(outcomes.joined_to(held.id)[:20]) if actor.can(access.SEE) else [],
        "history": [
            {
                "past": one,
                "by": names.get(one.row.decided_by),
                "back_by": names.get(one.row.back_by),
                "office": offices.get(one.row.agency_id, ""),
                "to": offices.get(one.row.forwarded_to_id) if one.row.forwarded_to_id else "",
            }
            for one in past
        ],
    }


def _leads_to(held: Report, *, actor: Actor) -> tuple[str, str] | None:
    """Address and number of what the outcome leads to: an offence, or the report that it is joined to."""
    if held.joined_to_id is not None and actor.can(access.SEE):
        found = queries.find(held.joined_to_id)
        return (reverse("reports:report", args=[found.id]), found.number) if found else None
    if held.offence_id is not None and actor.can(offence_access.SEE):
        offence = Offence.objects.filter(pk=held.offence_id).first()
        number = (offence.register_no or offence.number) if offence else ""
        return (reverse("offences:offence", args=[held.offence_id]), number) if offence else None
    return None
