"""No case without someone who can open it: where its owner no longer can, the nearest who may lead it takes it over."""

from datetime import datetime

from django.db import transaction

from qorgan.agencies import queries as agencies
from qorgan.agencies.models import Mandate
from qorgan.agencies.terms import ROLES
from qorgan.base import journal
from qorgan.base.scope import Actor
from qorgan.cases import access, queries
from qorgan.cases.actions.move import pass_on
from qorgan.cases.models import Case
from qorgan.cases.terms import State


@transaction.atomic
def keep_owned(*, by: Actor, now: datetime, limit: int = 500) -> int:
    """Hand over the open cases whose owner can no longer open them; how many. `by` sees every place.

    To the head of the office that leads the case, else to the nearest who may lead it; of a sealed one, to whom it was
    routed. Where that is another office, what is due in the case is that office's from then on. Where nobody can take
    it over yet, it stays with its owner's name and the routing stands in a list.
    No permission of its own: a block, a seal, or the end of a mandate has taken the case from its owner.
    """
    handed = 0
    for case in queries.without_owner(now=now)[:limit]:
        handed += _handed_over(case, by=by, now=now)
    return handed


def _handed_over(case: Case, *, by: Actor, now: datetime) -> bool:
    held = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    seers = agencies.seers(access.LEAD, thread_id=held.thread_id, territory_id=held.territory_id, now=now)
    mandates = [seer.mandate for seer in seers]
    if held.state != State.OPEN or not mandates or held.owner_id in {mandate.staff_id for mandate in mandates}:
        return False
    heir = min(mandates, key=lambda mandate: _turn(mandate, held))
    detail: dict[str, str | int] = {"from": str(held.owner_id), "to": str(heir.staff_id), "version": held.version + 1}
    if heir.agency_id != held.agency_id:
        threads = list(queries.threads(held))
        detail["duties"] = pass_on(threads, old=held.agency_id, new=heir.agency_id, by=by, now=now)
    held.owner_id, held.agency_id = heir.staff_id, heir.agency_id
    held.version += 1
    held.save(update_fields=["owner_id", "agency_id", "version"])
    journal.write(kind="cases.case.taken_over", thing="case", thing_id=held.id, by=by, now=now, detail=detail)
    return True


def _turn(mandate: Mandate, case: Case) -> tuple[bool, bool]:
    """Heads before others, the own office before others; the order of nearness stays within each."""
    heads = access.ASSIGN in ROLES[mandate.role].permissions
    return (mandate.agency_id != case.agency_id, not heads)
