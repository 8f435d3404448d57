"""What shows only later that a parent may be the one complained of: the authority is told in that second, he never."""

from datetime import datetime, timedelta

import pytest

from qorgan.base.scope import Actor
from qorgan.cases import actions, queries
from qorgan.cases.models import Case, Parenthood, Referral, Telling
from qorgan.cases.terms import Bond, Ground, Parent, Role
from qorgan.messages.rules import NotToHim, check_may_leave
from qorgan.people import actions as people
from qorgan.people.actions import Named
from qorgan.people.models import Person
from qorgan.risk.terms import Gate
from tests import factories
from tests.cases import shared
from tests.risk import made

FATHER = Named(written="Бекжанов Ерлан Маратұлы", iin="", phone="")


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    return factories.case(by=owner, now=now)


def child(case: Case, *, by: Actor, now: datetime) -> Person:
    return shared.child(case, by=by, now=now)


def father(case: Case, *, by: Actor, now: datetime) -> Person:
    """A father by his document, of whom nobody complains yet."""
    return actions.add_person(case=case, named=FATHER, role=Role.REPRESENTATIVE, by=by, now=now)


def by_document(case: Case, young: Person, man: Person, *, by: Actor, now: datetime) -> None:
    document = actions.Document(
        person_id=young.id,
        speaker_id=man.id,
        bond=Bond.PARENT,
        evidence="туу туралы куәлік",
        valid_from=now.date() - timedelta(days=9),
    )
    actions.represent(case=case, document=document, by=by, now=now)


def test_answers_that_he_harmed_children_tell_the_authority_in_that_second(
    owner: Actor, case: Case, now: datetime
) -> None:
    young = child(case, by=owner, now=now)
    assert not Telling.objects.exists()
    made.assessed("children", by=owner, now=now, case=case)
    word = Parenthood.objects.get()
    assert (word.child_id, word.offender_id, word.word) == (young.id, shared.person(case, Role.OFFENDER).id, "may_be")
    assert Telling.objects.get().told_at == now
    assert Referral.objects.get().ground == Ground.CHILD_TONIGHT


@pytest.mark.parametrize("answers", [(), ("leaving",)])
def test_other_answers_tell_nobody(owner: Actor, case: Case, now: datetime, answers: tuple[str, ...]) -> None:
    child(case, by=owner, now=now)
    made.assessed(*answers, by=owner, now=now, case=case)
    assert not Telling.objects.exists()


def test_where_it_was_not_safe_to_ask_nothing_is_said_of_a_parent(owner: Actor, case: Case, now: datetime) -> None:
    child(case, by=owner, now=now)
    made.assessed("children", by=owner, now=now, case=case, gate=Gate(is_safe=False))
    assert not Parenthood.objects.exists()


def test_what_a_person_said_of_him_stands_whatever_is_answered_later(owner: Actor, case: Case, now: datetime) -> None:
    young, him = child(case, by=owner, now=now), shared.person(case, Role.OFFENDER)
    told = {"child_id": young.id, "offender_id": him.id, "word": Parent.IS_NOT, "why": "әкесі басқа"}
    actions.say_parent(case=case, **told, by=owner, now=now)
    made.assessed("children", by=owner, now=now, case=case)
    assert [one.word for one in Parenthood.objects.all()] == ["is_not"]
    assert not Telling.objects.exists()


def test_only_those_are_meant_whom_the_answers_are_about(owner: Actor, case: Case, now: datetime) -> None:
    child(case, by=owner, now=now)
    other = actions.add_person(case=case, named=FATHER, role=Role.OFFENDER, by=owner, now=now)
    made.assessed("children", by=owner, now=now, case=case, offenders=(other.id,))
    assert [one.offender_id for one in Parenthood.objects.all()] == [other.id]


def test_a_parent_who_is_complained_of_only_later_was_told_nothing_and_the_authority_is_told(
    owner: Actor, case: Case, now: datetime
) -> None:
    young, man = child(case, by=owner, now=now), father(case, by=owner, now=now)
    by_document(case, young, man, by=owner, now=now)
    assert not Telling.objects.exists()
    later = now + timedelta(days=2)
    actions.add_person(case=case, named=FATHER, role=Role.OFFENDER, by=owner, now=later)
    assert Telling.objects.get().told_at == later
    with pytest.raises(NotToHim):
        check_may_leave(queries.safe_contact(case, man.id, now=later), now=later)


def test_the_role_of_a_parent_that_was_unknown_at_first_tells_when_it_is_said(
    owner: Actor, case: Case, now: datetime
) -> None:
    young, him = child(case, by=owner, now=now), shared.person(case, Role.OFFENDER)
    assert [one.word for one in queries.parenthood(case, on=now.date())] == [None]
    assert not Telling.objects.exists()
    by_document(case, young, him, by=owner, now=now)
    assert Telling.objects.exists()


def test_a_further_report_that_complains_of_a_parent_tells_the_authority(
    owner: Actor, case: Case, now: datetime
) -> None:
    young, man = child(case, by=owner, now=now), father(case, by=owner, now=now)
    by_document(case, young, man, by=owner, now=now)
    further = factories.report(by=owner, now=now, suspect=FATHER)
    actions.join_report(case=case, report=further, by=owner, now=now)
    assert Telling.objects.exists()
    assert man.id in queries.barred(case)


def test_a_parent_who_is_held_to_be_the_one_complained_of_is_barred_and_the_authority_is_told(
    owner: Actor, case: Case, now: datetime
) -> None:
    young, man = child(case, by=owner, now=now), father(case, by=owner, now=now)
    by_document(case, young, man, by=owner, now=now)
    assert man.id not in queries.barred(case)
    him = shared.person(case, Role.OFFENDER)
    people.hold_same(person_id=man.id, other_id=him.id, why="бір адам екен", by=owner, now=now)
    actions.note_same(person_id=man.id, by=owner, now=now)
    assert Telling.objects.exists()
    assert man.id in queries.barred(case)
