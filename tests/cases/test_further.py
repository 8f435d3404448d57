"""A further report has a thread of its own, and goes where its case goes: to whoever is let in, or takes it over."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from qorgan.agencies import queries as offices
from qorgan.agencies.models import Admission
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions
from qorgan.cases.actions.move import placed, rows_of
from qorgan.cases.models import Case
from qorgan.reports.models import Report
from tests import factories
from tests.cases import shared
from tests.conftest import actor


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    return factories.served(by=owner, now=now).case


def joined(case: Case, *, by: Actor, now: datetime) -> Report:
    further = factories.report(by=by, now=now)
    actions.join_report(case=case, report=further, by=by, now=now)
    assert further.thread_id != case.thread_id
    return further


def let_into(*, now: datetime) -> set[UUID]:
    """The threads that the crisis centre is let into at a moment."""
    held = Admission.objects.filter(agency_id=actor("centre").agency, ended_at=None, until__gt=now)
    return set(held.values_list("thread_id", flat=True))


def test_a_transfer_takes_the_further_reports_along(owner: Actor, colleague: Actor, case: Case, now: datetime) -> None:
    further = joined(case, by=owner, now=now)
    shared.answered(shared.transfer(case, by=colleague, now=now), "abai", now=now)
    with acting(owner):
        assert not Report.objects.filter(pk=further.pk).exists()
    with acting(actor("abai")):
        assert Report.objects.filter(pk=further.pk).exists()
    with acting(offices.system("tests")):
        for model in placed():
            assert set(rows_of(model, threads=[further.thread_id]).values_list("territory_id", flat=True)) <= {7901}


def test_whoever_accepts_is_let_into_the_reports_that_joined_before(owner: Actor, case: Case, now: datetime) -> None:
    further = joined(case, by=owner, now=now)
    shared.answered(shared.referred(case, by=owner, now=now), "centre", now=now)
    assert let_into(now=now) == {case.thread_id, further.thread_id}


def test_whoever_accepted_is_let_into_a_report_that_joins_later_and_no_longer_than_into_the_case(
    owner: Actor, case: Case, now: datetime
) -> None:
    referral = shared.referred(case, by=owner, now=now)
    shared.answered(referral, "centre", now=now)
    further = joined(case, by=owner, now=now + timedelta(hours=1))
    assert let_into(now=now) == {case.thread_id, further.thread_id}
    assert let_into(now=now + shared.MONTH) == set()
    actions.take_back(case=case, referral_id=referral.id, by=owner, now=now + timedelta(hours=2))
    assert let_into(now=now) == set()


def test_a_report_that_joins_opens_to_nobody_whose_way_has_ended(owner: Actor, case: Case, now: datetime) -> None:
    referral = shared.referred(case, by=owner, now=now)
    shared.answered(referral, "centre", now=now)
    joined(case, by=owner, now=now + shared.MONTH)
    assert Admission.objects.filter(agency_id=actor("centre").agency).count() == 1
