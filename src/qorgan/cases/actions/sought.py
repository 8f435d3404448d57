"""Search without stalking: a match out of the searcher's sight is told to those who lead it, and never to him."""

from datetime import datetime, timedelta

from django.db import transaction

from qorgan.agencies import queries as offices
from qorgan.agencies.models import Mandate
from qorgan.base import ids, journal
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases import queries
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.law import queries as law
from qorgan.people.models import Person, Sought
from qorgan.people.queries import by_index
from qorgan.places import queries as places
from qorgan.reports import queries as begun

TERM = "people.found_elsewhere_answer"  # a rule of the house
AGAIN = timedelta(days=1)  # the same search by the same person tells nothing new


@transaction.atomic
def tell_elsewhere(*, index: bytes, number: str, searcher: Mandate, by: Actor, now: datetime) -> int:
    """Tell those who lead records with a person of this exact number that `searcher` seeks her; how many were told.

    What lies in the searcher's own sight was shown to him and is left out; what is shut to him is told like what lies
    elsewhere. `index`: the keyed digest of the number; `number`: `iin` or `phone`. `by` sees every place.
    No permission of its own: the search has asked for its own.
    """
    found = {person.id: person for person in by_index(number, index)}
    with acting(offices.actor_of(searcher)):
        seen = {person.id for person in by_index(number, index)}
    parties = begun.parties_among(found) | queries.parties_among(found, roles=queries.PARTIES)
    told = 0
    for person_id in sorted(parties - seen):
        told += _told(found[person_id], number, searcher, by=by, now=now)
    return told


def _told(person: Person, number: str, searcher: Mandate, *, by: Actor, now: datetime) -> bool:
    lately = Sought.objects.filter(thread_id=person.thread_id, staff_id=searcher.staff_id, sought_at__gt=now - AGAIN)
    case, report = queries.of_thread(person.thread_id), begun.of_thread(person.thread_id)
    record = case or report
    if record is None or lately.exists():
        return False
    made = Sought(
        id=ids.new(),
        person=person,
        **beside(person),
        number=number,
        staff_id=searcher.staff_id,
        agency_id=searcher.agency_id,
        sought_at=now,
    )
    made.save(force_insert=True)
    term = law.deadline(TERM, start=now, zone=places.zone(person.territory_id))
    duties.lay(
        laid=[duties.Laid(DutyKind.FOUND_ELSEWHERE, TERM, since=now, due_at=term.due_at, to_verify=term.to_verify)],
        thing="sought",
        thing_id=made.id,
        case_id=case.id if case else None,
        **beside(person),
        agency_id=record.agency_id,
        by=by,
        now=now,
    )
    detail = {"number": number, "staff": str(searcher.staff_id)}
    journal.write(kind="cases.person.sought", thing="thread", thing_id=person.thread_id, by=by, now=now, detail=detail)
    return True
