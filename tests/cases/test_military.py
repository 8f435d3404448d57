"""A suspect in uniform: military police investigate by their receipt; her safety stays with the police of her place."""

from datetime import datetime

import pytest

from qorgan.agencies.models import Agency
from qorgan.base.errors import NotAllowed
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions, queries, rules
from qorgan.cases.models import Case, Referral
from qorgan.cases.rules import children
from qorgan.cases.terms import Aim, Ground, Role, Standing
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


@pytest.mark.parametrize("login", ["prosecutor", "desk"])
def test_who_may_not_refer_routes_nobody(owner: Actor, case: Case, now: datetime, login: str) -> None:
    what = uniform(case)
    with acting(who := actor(login)), pytest.raises(NotAllowed):
        actions.route_suspect(case=case, uniform=what, by=who, now=now)
