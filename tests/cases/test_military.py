"""A suspect in uniform: military police investigate by their receipt; her safety stays with the police of her place."""

from datetime import datetime, timedelta

import pytest

from qorgan.agencies.models import Agency
from qorgan.base.errors import ChangedMeanwhile, NotAllowed
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions, queries, rules
from qorgan.cases.models import Case, Referral
from qorgan.cases.rules import children
from qorgan.cases.terms import Aim, Decline, Ground, Role, Standing
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.orders import actions as orders
from qorgan.reports.models import Report
from tests import factories
from tests.cases import shared
from tests.conftest import actor


@pytest.fixture
def case(owner: Actor, now: datetime) -> Case:
    return factories.case(by=owner, now=now)


def uniform(case: Case, **changes: object) -> actions.Uniform:
    said = {
        "offender_id": shared.person(case, Role.OFFENDER).id,
        "agency_id": Agency.objects.get(code="shymkent-military-police").id,
        "why": "Гарнизонда қызмет етеді",
    }
    return actions.Uniform(**{**said, **changes})  # type: ignore[arg-type]  # the changes name fields of Uniform


def routed(case: Case, *, by: Actor, now: datetime) -> Referral:
    return actions.route_suspect(case=case, uniform=uniform(case), by=by, now=now)


def test_a_named_person_routes_with_a_reason_where_the_law_on_record_is_silent(
    owner: Actor, case: Case, now: datetime
) -> None:
    with pytest.raises(children.SayWhy, match=r"\(.+\)\."):
        actions.route_suspect(case=case, uniform=uniform(case, why=" "), by=owner, now=now)
    made = routed(case, by=owner, now=now)
    assert (made.ground, made.asked, made.made_by, made.until) == (
        Ground.MILITARY,
        Aim.INVESTIGATION,
        owner.staff,
        None,
    )
    assert queries.note_of(made) == "Гарнизонда қызмет етеді"


def test_only_one_who_is_complained_of_is_routed_and_only_to_military_police(
    owner: Actor, case: Case, now: datetime
) -> None:
    with pytest.raises(children.NotComplainedOf):
        her = shared.person(case).id
        actions.route_suspect(case=case, uniform=uniform(case, offender_id=her), by=owner, now=now)
    with pytest.raises(rules.NotThisAgency):
        abai = actor("abai").agency
        actions.route_suspect(case=case, uniform=uniform(case, agency_id=abai), by=owner, now=now)
    with pytest.raises(rules.NotThisAgency):
        part = shared.part(now=now, aim=Aim.INVESTIGATION, agency_id=uniform(case).agency_id, ground=Ground.MILITARY)
        actions.refer(case=case, part=part, by=owner, now=now)


def test_the_nearest_office_of_military_police_is_offered_first(case: Case) -> None:
    assert [one.kind for one in actions.military_offices(case)] == ["military_police"]


def test_the_case_its_order_and_what_is_due_for_her_stay_with_the_police_of_her_place(
    owner: Actor, now: datetime
) -> None:
    order = orders.issue(order=factories.draft(by=owner, now=now), by=owner, now=now)
    held = Case.objects.get(pk=order.case_id)
    due = set(Duty.objects.filter(case_id=held.id, done_at__isnull=True).values_list("id", "agency_id"))
    routed(held, by=owner, now=now)
    held.refresh_from_db()
    assert (held.agency_id, held.owner_id) == (owner.agency, owner.staff)
    assert due
    assert due <= set(Duty.objects.filter(case_id=held.id, done_at__isnull=True).values_list("id", "agency_id"))
    assert not {one for one in Referral.objects.get().sections if one in ("orders",)}


def test_taken_back_it_is_to_be_said_anew_who_investigates(owner: Actor, case: Case, now: datetime) -> None:
    made = routed(case, by=owner, now=now)
    actions.take_back(case=case, referral_id=made.id, by=owner, now=now)
    made.refresh_from_db()
    assert made.standing == Standing.WITHDRAWN
    duty = Duty.objects.get(kind=Kind.ROUTE_SUSPECT, done_at__isnull=True)
    assert (duty.agency_id, duty.due_at, duty.to_verify) == (case.agency_id, None, True)
    routed(case, by=owner, now=now)
    duty.refresh_from_db()
    assert duty.done_at == now


def test_a_case_of_a_report_in_which_he_serves_asks_who_investigates(owner: Actor, now: datetime) -> None:
    report = factories.report(by=owner, now=now)
    Report.objects.filter(pk=report.pk).update(serving="army")
    found = actions.open_from_report(report=Report.objects.get(pk=report.pk), by=owner, now=now)
    assert Duty.objects.get(kind=Kind.ROUTE_SUSPECT).case_id == found.id


def watcher() -> Agency:
    return Agency.objects.get(code="shymkent-military-prosecutor")


def open_duties(case: Case) -> set[tuple[object, ...]]:
    found = Duty.objects.filter(case_id=case.id, done_at__isnull=True, dropped_at__isnull=True)
    return set(found.exclude(kind=Kind.ROUTE_SUSPECT).values_list("id", "agency_id", "since", "due_at"))


def test_the_military_prosecutor_watches_by_his_receipt_and_sees_what_was_granted(
    owner: Actor, case: Case, now: datetime
) -> None:
    actions.route_suspect(case=case, uniform=uniform(case, watcher_id=watcher().id), by=owner, now=now)
    made = Referral.objects.get(asked=Aim.WATCH)
    assert (made.ground, made.to_agency_id, made.standing) == (Ground.MILITARY, watcher().id, Standing.PROPOSED)
    with acting(actor("cityhead")):
        duty = Duty.objects.get(kind=Kind.ANSWER_REFERRAL, agency_id=watcher().id)
    with acting(actor("watch")):
        assert not Case.objects.exists()
    shared.answered(made, "watch", now=now)
    with acting(actor("cityhead")):
        duty.refresh_from_db()
    assert duty.done_at == now
    with acting(inside := shared.inside("watch", now=now)):
        assert Case.objects.get() == case
        assert inside.can("offences.offence.see")
        assert not inside.can("orders.order.see")


def test_routed_anew_the_prosecutor_who_watches_is_not_asked_twice(owner: Actor, case: Case, now: datetime) -> None:
    what = uniform(case, watcher_id=watcher().id)
    made = actions.route_suspect(case=case, uniform=what, by=owner, now=now)
    actions.take_back(case=case, referral_id=made.id, by=owner, now=now)
    actions.route_suspect(case=case, uniform=what, by=owner, now=now)
    assert Referral.objects.filter(asked=Aim.WATCH).count() == 1


def test_a_prosecutor_who_declines_leaves_the_investigation_where_it_is(
    owner: Actor, case: Case, now: datetime
) -> None:
    actions.route_suspect(case=case, uniform=uniform(case, watcher_id=watcher().id), by=owner, now=now)
    with acting(who := actor("watch")):
        made = Referral.objects.get(asked=Aim.WATCH)
        actions.decline(referral_id=made.id, why=Decline.NOT_OURS, by=who, now=now)
    assert not Duty.objects.filter(kind=Kind.ROUTE_SUSPECT, done_at__isnull=True).exists()
    assert Referral.objects.get(asked=Aim.INVESTIGATION).standing == Standing.PROPOSED


def test_nobody_asks_the_military_prosecutor_by_an_ordinary_referral(owner: Actor, case: Case, now: datetime) -> None:
    part = shared.part(now=now, aim=Aim.WATCH, agency_id=watcher().id, ground=Ground.MILITARY)
    with pytest.raises(rules.NotThisAgency):
        actions.refer(case=case, part=part, by=owner, now=now)


@pytest.mark.parametrize("answered", [True, False])
def test_one_who_proves_not_to_serve_is_routed_back_and_no_clock_is_lost(
    owner: Actor, now: datetime, answered: bool
) -> None:
    order = orders.issue(order=factories.draft(by=owner, now=now), by=owner, now=now)
    case = Case.objects.get(pk=order.case_id)
    before = open_duties(case)
    made = actions.route_suspect(case=case, uniform=uniform(case, watcher_id=watcher().id), by=owner, now=now)
    if answered:
        shared.answered(made, "garrison", now=now)
    assert before <= open_duties(case)
    later = now + timedelta(hours=5)
    with pytest.raises(children.SayWhy):
        actions.route_back(case=case, why=" ", by=owner, now=later)
    actions.route_back(case=case, why="Жауынгерлік билеті жоқ", by=owner, now=later)
    assert open_duties(case) == before
    assert {one.standing for one in Referral.objects.all()} <= {Standing.ENDED, Standing.WITHDRAWN}
    assert not Duty.objects.filter(kind=Kind.ROUTE_SUSPECT, done_at__isnull=True, dropped_at__isnull=True).exists()
    case.refresh_from_db()
    assert case.agency_id == owner.agency
    if answered:
        with acting(actor("cityhead")):
            assert Duty.objects.get(kind=Kind.STOP_USING).agency_id == uniform(case).agency_id


def test_one_who_is_found_to_serve_only_later_is_routed_and_the_clocks_of_the_case_run_on(
    owner: Actor, now: datetime
) -> None:
    order = orders.issue(order=factories.draft(by=owner, now=now), by=owner, now=now)
    case = Case.objects.get(pk=order.case_id)
    before = open_duties(case)
    routed(case, by=owner, now=now + timedelta(days=2))
    assert open_duties(case) == before


def test_what_was_never_routed_is_not_routed_back(owner: Actor, case: Case, now: datetime) -> None:
    with pytest.raises(children.NotRouted):
        actions.route_back(case=case, why="Азаматтық адам", by=owner, now=now)


def test_two_who_route_back_at_once_are_told(owner: Actor, case: Case, now: datetime) -> None:
    seen = queries.sharing_stands(case)
    routed(case, by=owner, now=now)
    with pytest.raises(ChangedMeanwhile):
        actions.route_back(case=case, why="Азаматтық адам", by=owner, now=now, seen=seen)


@pytest.mark.parametrize("login", ["prosecutor", "desk"])
def test_who_may_not_refer_routes_nobody(owner: Actor, case: Case, now: datetime, login: str) -> None:
    what = uniform(case)
    with acting(who := actor(login)), pytest.raises(NotAllowed):
        actions.route_suspect(case=case, uniform=what, by=who, now=now)
