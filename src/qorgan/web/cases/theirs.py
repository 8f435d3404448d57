"""What someone else wrote into a case meanwhile, by the field of the form it is read beside."""

from uuid import UUID

from django.utils.translation import get_language

from qorgan.base import words
from qorgan.cases import queries
from qorgan.cases.models import Case
from qorgan.cases.terms import State
from qorgan.places import queries as places


def _open(case_id: UUID) -> Case | None:
    found = queries.find(case_id)
    return found if found is not None and found.state == State.OPEN else None


def said(case_id: UUID) -> dict[str, object]:
    """The account that was written down last."""
    case = _open(case_id)
    accounts = queries.accounts(case) if case else []
    if case is None or not accounts:
        return {}
    newest = max(accounts, key=lambda account: account.id)
    moment = words.moment(newest.said_at, places.zone(case.territory_id), get_language() or "")
    return {"speaker": newest.speaker.label, "said_at": moment, "source": newest.source, "words": newest.words}


def named(case_id: UUID) -> dict[str, object]:
    """The person who was named last."""
    case = _open(case_id)
    people = queries.persons(case) if case else []
    if not people:
        return {}
    role, person = people[-1]
    return {"role": role.label, "written": person.name}
