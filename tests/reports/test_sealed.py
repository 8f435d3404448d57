"""A record that is sealed from its first second, and who takes it on."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from qorgan.agencies import queries as offices
from qorgan.agencies.models import Admission, Mandate
from qorgan.base import clock
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.cases.models import Case
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.reports import actions
from qorgan.reports.models import Report
from qorgan.reports.rules import NotSealed, OwnUnit, SameNumberOtherContent
from qorgan.reports.terms import Serving
from tests import factories
from tests.conftest import actor

SEALS = [one for one in Serving if one.seals]
LATER = timedelta(hours=2)


def told(serving: Serving, *, by: Actor, now: datetime) -> Report:
    return factories.report(by=by, now=now, serving=serving)


def sees(who: Actor, report: Report, *, at: datetime) -> bool:
    with clock.frozen(at), acting(who):
        return Report.objects.filter(pk=report.pk).exists()


@pytest.fixture
def prosecutor(db: None) -> Actor:
    return actor("prosecutor")


@pytest.mark.parametrize("serving", SEALS)
def test_yes_seals_the_record_from_its_first_second(
    owner: Actor, colleague: Actor, now: datetime, serving: Serving
) -> None:
    report = told(serving, by=owner, now=now)
    assert not sees(colleague, report, at=now)
    assert not sees(actor("cityhead"), report, at=now)
    assert not sees(actor("duty"), report, at=now)


@pytest.mark.parametrize("serving", [one for one in Serving if not one.seals])
def test_no_unknown_refused_and_not_asked_seal_nothing_and_stay_four_answers(
    owner: Actor, colleague: Actor, now: datetime, serving: Serving
) -> None:
    report = told(serving, by=owner, now=now)
    assert sees(colleague, report, at=now)
    assert Report.objects.get(pk=report.pk).serving == serving


def test_author_sees_it_for_an_hour_and_sending_again_is_the_same_report(owner: Actor, now: datetime) -> None:
    signal = factories.signal(at=now, serving=Serving.POLICE)
    report = actions.accept(signal=signal, by=owner, now=now).report
    with clock.frozen(now + timedelta(minutes=20)), acting(owner):
        again = actions.accept(signal=signal, by=owner, now=now + timedelta(minutes=20))
    assert (again.report.pk, again.is_new) == (report.pk, False)
    assert sees(owner, report, at=now + timedelta(minutes=59))
    assert not sees(owner, report, at=now + LATER)


def test_prosecutor_is_told_that_someone_must_take_it_on_and_sees_no_more_than_the_record(
    owner: Actor, prosecutor: Actor, now: datetime
) -> None:
    report = told(Serving.POLICE, by=owner, now=now)
    with acting(prosecutor):
        laid = {duty.kind: duty for duty in Duty.objects.filter(thing_id=report.id)}
    assert laid.keys() == {Kind.ROUTE_REPORT, Kind.DECIDE_REPORT}
    assert {duty.agency_id for duty in laid.values()} == {prosecutor.agency}
    assert laid[Kind.ROUTE_REPORT].to_verify
    assert sees(prosecutor, report, at=now + LATER)


def test_unit_of_the_place_and_those_above_it_are_no_takers_where_he_serves_in_the_police(
    owner: Actor, now: datetime
) -> None:
    takers = {one.code for one in actions.takers(told(Serving.POLICE, by=owner, now=now))}
    assert "shymkent-abai-police" in takers
    assert not takers & {"shymkent-enbekshi-police", "shymkent-dp", "mvd"}
    assert {"shymkent-enbekshi-police", "shymkent-dp"} <= {
        one.code for one in actions.takers(told(Serving.COURT, by=owner, now=now))
    }


def test_nearest_office_stands_first_among_the_takers(owner: Actor, now: datetime) -> None:
    takers = [one.code for one in actions.takers(told(Serving.POLICE, by=owner, now=now))]
    assert takers.index("shymkent-abai-police") < takers.index("kostanay-rudny-police")


def test_office_that_takes_it_on_enters_the_file_and_leads_it_to_a_case(
    owner: Actor, prosecutor: Actor, now: datetime
) -> None:
    report = told(Serving.POLICE, by=owner, now=now)
    abai = actor("abai")
    with acting(prosecutor):
        actions.route(report_id=report.id, agency_id=abai.agency, by=prosecutor, now=now)
        assert {duty.agency_id for duty in Duty.objects.filter(done_at=None)} == {abai.agency}
    mandate = Mandate.objects.get(pk=abai.mandate_id)
    entrusted = offices.admissions_of(mandate, now=now).get()
    assert not sees(abai, report, at=now)
    inside = offices.entered(mandate, entrusted)
    with clock.frozen(now + LATER), acting(inside):
        case = cases.open_from_report(report=Report.objects.get(), by=inside, now=now + LATER)
        order = factories.draft(by=inside, now=now + LATER, held=case)
        assert (case.agency_id, case.owner_id) == (abai.agency, abai.staff)
        assert {case.thread_id, order.thread_id} == {report.thread_id}
    for other in (owner, actor("head"), actor("cityhead"), actor("rudny")):
        with clock.frozen(now + LATER), acting(other):
            assert not Case.objects.exists()


def test_routing_to_the_own_unit_is_refused(owner: Actor, prosecutor: Actor, now: datetime) -> None:
    report = told(Serving.POLICE, by=owner, now=now)
    with acting(prosecutor), pytest.raises(OwnUnit):
        actions.route(report_id=report.id, agency_id=owner.agency, by=prosecutor, now=now)
    assert not Admission.objects.filter(agency_id=owner.agency).exists()


def test_routing_is_for_who_may_and_for_what_is_sealed(owner: Actor, prosecutor: Actor, now: datetime) -> None:
    sealed, plain = told(Serving.ARMY, by=owner, now=now), told(Serving.NO, by=owner, now=now)
    abai = actor("abai").agency
    with pytest.raises(NotAllowed):
        actions.route(report_id=sealed.id, agency_id=abai, by=owner, now=now)
    with acting(prosecutor), pytest.raises(NotSealed):
        actions.route(report_id=plain.id, agency_id=abai, by=prosecutor, now=now)
    elsewhere = actor("prosecutor")
    with acting(actor("rudny")), pytest.raises(NotFound):
        actions.route(report_id=sealed.id, agency_id=abai, by=elsewhere, now=now)


def test_refused_half_way_nothing_is_sealed_and_nothing_is_kept(owner: Actor, now: datetime) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        told(Serving.POLICE, by=owner, now=now)
        raise RuntimeError
    assert not Report.objects.exists()
    assert not Admission.objects.exists()


def test_no_other_report_names_a_sealed_one(owner: Actor, now: datetime) -> None:
    sealed = told(Serving.POLICE, by=owner, now=now)
    other = factories.report(by=owner, now=now)
    system = offices.system("tests")
    with acting(system):
        assert actions.mark_possible_repeats(report_id=other.id, by=system, now=now) == 0
        assert actions.mark_possible_repeats(report_id=sealed.id, by=system, now=now) == 1
        assert Report.objects.get(pk=other.pk).notes == []


def test_an_answer_that_comes_later_is_no_repeat_of_the_words_without_it(owner: Actor, now: datetime) -> None:
    signal = factories.signal(at=now)
    actions.accept(signal=signal, by=owner, now=now)
    with pytest.raises(SameNumberOtherContent):
        actions.accept(signal=replace(signal, serving=Serving.POLICE), by=owner, now=now)


@pytest.mark.parametrize("serving", [Serving.COURT, Serving.HERE])
def test_where_he_may_serve_in_prosecution_that_of_the_place_is_not_told(
    owner: Actor, prosecutor: Actor, now: datetime, serving: Serving
) -> None:
    report = told(serving, by=owner, now=now)
    assert not sees(prosecutor, report, at=now + LATER)
    admitted = Admission.objects.select_related("agency").get(agency__isnull=False).agency
    assert admitted is not None
    assert admitted.code == "general-prosecutor"
