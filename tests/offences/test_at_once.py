"""Two people, one offence, one moment."""

from datetime import datetime

import pytest
from django.db import transaction

from qorgan.base import ids
from qorgan.base.errors import ChangedMeanwhile
from qorgan.base.scope import acting
from qorgan.offences import actions, rules
from qorgan.offences.models import Offence
from qorgan.offences.terms import Part
from tests import factories
from tests.conftest import actor
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.older_server]


def test_a_sending_pressed_twice_at_once_is_one_offence(now: datetime) -> None:
    inspector = actor("inspector")

    def press(id: object) -> Offence:
        with acting(inspector):
            return factories.offence(by=inspector, now=now, id=id)

    for _time in range(4):
        id = ids.new()
        answers = at_once(lambda one=id: press(one), lambda one=id: press(one))  # type: ignore[misc]  # bound in the loop
        assert all(isinstance(answer, Offence | rules.SentTwice) for answer in answers), answers
        with acting(inspector), transaction.atomic():
            assert Offence.objects.filter(pk=id).count() == 1
            assert Offence.objects.get(pk=id).persons.count() == 2


def test_a_number_of_the_register_that_two_desks_take_at_once_belongs_to_one(now: datetime) -> None:
    inspector, rudny = actor("inspector"), actor("rudny")

    def take(number: str, login: str) -> Offence:
        by = inspector if login == "inspector" else rudny
        with acting(by):
            return factories.offence(by=by, now=now, register_no=number)

    for number in ("267910031000001", "267910031000002", "267910031000003"):
        answers = at_once(lambda one=number: take(one, "inspector"), lambda one=number: take(one, "rudny"))  # type: ignore[misc]  # as above
        assert {type(answer) for answer in answers} == {Offence, rules.NumberTaken}, answers


def test_of_two_who_saw_the_same_offence_only_the_first_adds_a_person(now: datetime) -> None:
    inspector, head = actor("inspector"), actor("head")
    with acting(inspector):
        held = factories.offence(by=inspector, now=now, persons=())

    def add(login: str) -> object:
        by = inspector if login == "inspector" else head
        boy = actions.Involved(part=Part.SUSPECT, age=16)
        with acting(by):
            return actions.add_person(offence=held, involved=boy, by=by, now=now, seen=1)

    answers = at_once(lambda: add("inspector"), lambda: add("head"))
    assert sum(isinstance(answer, ChangedMeanwhile) for answer in answers) == 1, answers
    with acting(inspector), transaction.atomic():
        assert Offence.objects.get().persons.count() == 1
