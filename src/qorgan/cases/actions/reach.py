"""How a person of the case is reached: what she allows is kept, and only that is given out."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor
from qorgan.cases import queries
from qorgan.cases.models import Case
from qorgan.messages import actions as messages
from qorgan.messages.rules import NotToHim
from qorgan.messages.terms import SafeContact
from qorgan.people import access as people_access
from qorgan.people import actions as people
from qorgan.people.models import Contact, Person
from qorgan.places import queries as places


@transaction.atomic
def reach(*, case: Case, person_id: UUID, by: Actor, now: datetime) -> SafeContact:
    """Give out the number of a person of the case, with how it may be called, if it may be called now.

    Raises NotAllowed, NotFound, and what the gate refuses: no number is given out then.
    """
    people_access.check_may(by, people_access.CONTACT)
    _person(case, person_id)
    contact = queries.safe_contact(case, person_id, now=now)
    zone = places.zone(case.territory_id)
    return messages.call(contact=contact, thing="person", thing_id=person_id, zone=zone, by=by, now=now)


@transaction.atomic
def keep_reach(
    *, case: Case, person_id: UUID, contact: SafeContact, by: Actor, now: datetime, seen: int | None = None
) -> Contact:
    """Keep how a person of the case may be reached. Raises NotAllowed, NotFound, NotToHim, ChangedMeanwhile."""
    people_access.check_may(by, people_access.CONTACT)
    person = _person(case, person_id)
    if person_id in queries.barred(case):
        raise NotToHim
    return people.set_contact(person=person, contact=contact, by=by, now=now, seen=seen)


def _person(case: Case, person_id: UUID) -> Person:
    found = queries.of_case(case, person_id)
    if found is None:
        raise NotFound
    return found
