"""A person who came without a name is named in her own row; that can be taken back, and nothing said is lost."""

from datetime import datetime

import pytest

from qorgan.agencies import queries as offices
from qorgan.base.errors import ChangedMeanwhile, NotAllowed, NotFound
from qorgan.base.keys import vault
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions, queries
from qorgan.cases import rules as case_rules
from qorgan.cases.models import Case
from qorgan.cases.terms import Role
from qorgan.orders import queries as orders
from qorgan.people import jobs, rules
from qorgan.people import queries as people
from qorgan.people.actions import Named
from qorgan.people.models import Naming, Person, Proposal
from tests import factories
from tests.conftest import actor
from tests.roles import as_process

SAID = Named(written="Әбдірахман Айша Нұрланқызы", iin="150305600128")
PHONE = "+7 701 000 00 77"
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    """A report of the web door: she left a telephone and no name."""
    begun = factories.report(by=owner, now=now, victim=Named(phone=PHONE))
    return actions.open_from_report(report=begun, by=owner, now=now)


def _her(case: Case) -> Person:
    return next(Person.objects.get(pk=view.id) for role, view in queries.persons(case) if role is Role.VICTIM)


def test_a_nameless_person_is_named_in_her_own_row(case: Case, owner: Actor, now: datetime) -> None:
    before, count = _her(case), Person.objects.count()
    actions.name_person(case=case, person_id=before.id, named=SAID, by=owner, now=now)
    view = people.by_ids({before.id})[before.id]
    assert (view.name, view.iin, view.phone) == (SAID.written, SAID.iin, PHONE), "what was said before stays"
    assert Person.objects.count() == count
    assert before.id in {match.view.id for match in people.known("Әбдірахман Айша").matches}, "she is found by it"


def test_an_order_drafted_before_protects_the_named_person(case: Case, owner: Actor, now: datetime) -> None:
    factories.draft(by=owner, now=now, held=case)
    her = _her(case)
    actions.name_person(case=case, person_id=her.id, named=SAID, by=owner, now=now)
    (view,) = orders.for_cases([case.id])
    assert [person.name for person in view.protected] == [SAID.written]


def test_taken_back_she_is_as_at_first_and_the_name_is_kept(case: Case, owner: Actor, now: datetime) -> None:
    her = _her(case)
    actions.name_person(case=case, person_id=her.id, named=SAID, by=owner, now=now)
    naming = actions.unname_person(case=case, person_id=her.id, why="Басқа қыз екен", by=owner, now=now)
    view = people.by_ids({her.id})[her.id]
    assert (view.name, view.iin, view.phone, view.birth_date) == ("", "", PHONE, None)
    assert SAID.written in vault.open(naming.taken_back, at="people.naming.taken_back")
    assert her.id not in {match.view.id for match in people.known("Әбдірахман Айша").matches}
    actions.name_person(case=case, person_id=her.id, named=SAID, by=owner, now=now)
    assert Naming.objects.filter(person=her.id).count() == 2


def test_nothing_named_stands_in_the_journal(case: Case, owner: Actor, now: datetime) -> None:
    her = _her(case)
    actions.name_person(case=case, person_id=her.id, named=SAID, by=owner, now=now)
    entry = JournalEntry.objects.get(kind="people.person.named", thing_id=str(her.id))
    assert entry.detail == {"version": 2}


def test_a_name_that_stands_is_not_written_over(case: Case, owner: Actor, now: datetime) -> None:
    her = _her(case)
    actions.name_person(case=case, person_id=her.id, named=SAID, by=owner, now=now)
    with pytest.raises(rules.NamedAlready):
        actions.name_person(case=case, person_id=her.id, named=Named(written="Басқа"), by=owner, now=now)
    with pytest.raises(ChangedMeanwhile):
        actions.name_person(case=case, person_id=her.id, named=SAID, by=owner, now=now, seen=1)


def test_a_name_is_needed_and_a_reason_to_take_it_back(case: Case, owner: Actor, now: datetime) -> None:
    her = _her(case)
    with pytest.raises(rules.NoName):
        actions.name_person(case=case, person_id=her.id, named=Named(written=" "), by=owner, now=now)
    with pytest.raises(rules.NotNamedHere):
        actions.unname_person(case=case, person_id=her.id, why="жоқ", by=owner, now=now)
    actions.name_person(case=case, person_id=her.id, named=SAID, by=owner, now=now)
    with pytest.raises(rules.NoReason):
        actions.unname_person(case=case, person_id=her.id, why=" ", by=owner, now=now)


def test_whoever_does_not_lead_the_case_names_nobody(case: Case, owner: Actor, now: datetime) -> None:
    her, reader = _her(case), actor("prosecutor")
    with acting(reader), pytest.raises(NotAllowed):
        actions.name_person(case=case, person_id=her.id, named=SAID, by=reader, now=now)
    stranger = actor("rudny")
    with acting(stranger), pytest.raises(NotFound):
        actions.name_person(case=case, person_id=her.id, named=SAID, by=stranger, now=now)


def test_a_person_of_another_case_is_not_there(case: Case, owner: Actor, now: datetime) -> None:
    other = factories.case(by=owner, now=now)
    with pytest.raises(NotFound):
        actions.name_person(case=other, person_id=_her(case).id, named=SAID, by=owner, now=now)


def test_nobody_is_named_in_a_closed_case(case: Case, owner: Actor, now: datetime) -> None:
    actions.close(case=case, by=owner, now=now)
    with pytest.raises(case_rules.CaseClosed):
        actions.name_person(case=case, person_id=_her(case).id, named=SAID, by=owner, now=now)


def test_who_was_written_down_once_more_beside_her_is_proposed_as_a_pair(
    case: Case, owner: Actor, now: datetime
) -> None:
    her = _her(case)
    beside = actions.add_person(case=case, named=SAID, role=Role.CHILD, by=owner, now=now)
    actions.name_person(case=case, person_id=her.id, named=SAID, by=owner, now=now)
    system = offices.system("tests")
    with as_process(Process.WORKER):
        assert jobs.compare_one(person_id=her.id, by=system, now=now) >= 1
    assert Proposal.objects.filter(person=her.id, other=beside.id).count() == 1
    actions.unname_person(case=case, person_id=her.id, why="басқа адам", by=owner, now=now)
    with as_process(Process.WORKER):
        assert jobs.compare_one(person_id=her.id, by=system, now=now) == 0
    assert not Proposal.objects.filter(person=her.id).exists()
