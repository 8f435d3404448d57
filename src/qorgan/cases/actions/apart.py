"""A case that must be kept from staff whom a party may be: named now, or recognised in the night."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from qorgan.agencies import queries as offices
from qorgan.agencies.queries import Suspicion
from qorgan.base.scope import Actor, acting, beside
from qorgan.cases import queries
from qorgan.cases.actions import owners
from qorgan.cases.models import Case
from qorgan.people import actions as people
from qorgan.people.models import Person
from qorgan.people.queries import PersonView, opened
from qorgan.reports import actions as reports
from qorgan.reports import queries as begun
from qorgan.reports.models import Report

PARTIES = queries.PARTIES


def keep_apart(*, case: Case, suspicions: list[Suspicion], by: Actor, now: datetime) -> None:
    """Shut a case to the suspected; where a party certainly serves, seal it. The last write of its act."""
    if not suspicions:
        return
    report = begun.of_thread(case.thread_id)
    _shut(**beside(case), report=report, suspicions=suspicions, by=by, now=now)
    system = offices.system("cases.keep_apart")
    with acting(system):
        owners.keep_owned(by=by, now=now)


def _shut(
    *,
    thread_id: UUID,
    territory_id: int,
    report: Report | None,
    suspicions: list[Suspicion],
    by: Actor,
    now: datetime,
) -> None:
    if report is not None and not offices.is_sealed(thread_id):
        reports.seal_where_one_serves(report=report, suspicions=suspicions, by=by, now=now)
    people.keep_apart(suspicions=suspicions, territory_id=territory_id, thread_id=thread_id, by=by, now=now)


@transaction.atomic
def match_staff(*, persons: Iterable[Person], by: Actor, now: datetime) -> int:
    """Compare persons of records with what staff declared, also after they were written down; how many were shut.

    `by` sees every place. Persons who only reported, or witnessed, are no parties and are left out.
    No permission of its own: a job of the night asks for it.
    """
    held = {person.id: person for person in persons}
    parties = begun.parties_among(held) | queries.parties_among(held, roles=PARTIES)
    views = opened(held[found] for found in sorted(parties))
    named = {found: _named(view) for found, view in views.items()}
    known = offices.recognisable({found: people.party_of(one) for found, one in named.items()})
    shut = 0
    for found in sorted(known):
        person, place = held[found], beside(held[found])
        suspicions = people.suspected([named[found]], territory_id=person.territory_id, now=now)
        if suspicions:
            _shut(**place, report=begun.of_thread(person.thread_id), suspicions=suspicions, by=by, now=now)
            shut += 1
    return shut


def _named(view: PersonView) -> people.Named:
    return people.Named(view.written, view.surname, view.given, view.patronymic, view.iin, view.phone)
