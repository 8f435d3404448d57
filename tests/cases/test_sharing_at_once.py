"""Withdrawn while it is accepted, accepted by two, read while it is revoked: on connections of one's own."""

from datetime import datetime

import pytest
from django.db import transaction

from qorgan.agencies.models import Admission
from qorgan.base.scope import acting
from qorgan.cases import actions
from qorgan.cases.models import Case, Referral
from qorgan.cases.rules import AlreadyAnswered
from qorgan.cases.terms import Standing
from tests import factories
from tests.cases import shared
from tests.conftest import actor
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.older_server]
ROUNDS = 4


def _referred(now: datetime) -> list[Referral]:
    inspector = actor("inspector")
    with acting(inspector), transaction.atomic():
        return [
            shared.referred(factories.case(by=inspector, now=now), by=inspector, now=now) for _round in range(ROUNDS)
        ]


def test_whoever_is_first_after_a_withdrawal_nothing_is_open(now: datetime) -> None:
    inspector, centre = actor("inspector"), actor("centre")

    def withdraw(referral: Referral) -> object:
        with acting(inspector):
            return actions.withdraw(case=referral.case, consent_id=referral.consent_id, by=inspector, now=now)  # type: ignore[arg-type]  # by consent

    def accept(referral: Referral) -> object:
        with acting(centre):
            return actions.accept(referral_id=referral.id, by=centre, now=now)

    for held in _referred(now):
        done, answer = at_once(lambda one=held: withdraw(one), lambda one=held: accept(one))  # type: ignore[misc]  # bound in the loop
        assert isinstance(done, actions.Withdrawal), done
        assert isinstance(answer, Referral | AlreadyAnswered), answer
        assert not Admission.objects.filter(basis=held.id, ended_at=None).exists()
        with acting(inspector), transaction.atomic():
            stands = Referral.objects.get(pk=held.pk)
        assert stands.standing in (Standing.WITHDRAWN, Standing.ENDED)
        assert (stands.recalled_at is not None) == isinstance(answer, Referral)


def test_of_two_who_accept_one_offer_one_does(now: datetime) -> None:
    centre = actor("centre")

    def accept(referral: Referral) -> object:
        with acting(centre):
            return actions.accept(referral_id=referral.id, by=centre, now=now)

    for held in _referred(now):
        answers = at_once(lambda one=held: accept(one), lambda one=held: accept(one))  # type: ignore[misc]  # as above
        assert sum(isinstance(answer, Referral) for answer in answers) == 1, answers
        assert sum(isinstance(answer, AlreadyAnswered) for answer in answers) == 1
        assert Admission.objects.filter(basis=held.id, ended_at=None).count() == 1


def test_a_reader_in_the_middle_of_a_request_sees_nothing_after_the_revocation_commits(now: datetime) -> None:
    referral = _referred(now)[0]
    inspector = actor("inspector")
    shared.answered(referral, "centre", now=now)
    inside = shared.inside("centre", now=now)

    def withdraw() -> object:
        with acting(inspector):
            return actions.withdraw(case=referral.case, consent_id=referral.consent_id, by=inspector, now=now)  # type: ignore[arg-type]  # by consent

    with acting(inside), transaction.atomic():
        assert Case.objects.filter(pk=referral.case_id).exists()
        (done,) = at_once(withdraw)
        assert isinstance(done, actions.Withdrawal)
        assert not Case.objects.filter(pk=referral.case_id).exists()
