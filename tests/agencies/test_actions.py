"""Mandates: who acts, where, and for how long."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from qorgan.agencies import actions, queries
from qorgan.agencies.models import Agency, Mandate, Staff
from qorgan.agencies.terms import ROLES, Kind
from qorgan.base.processes import Process
from qorgan.base.scope import Actor
from tests.roles import as_process

SYSTEM = Actor(name="tests", role="system", permissions=frozenset({"agencies.staff.keep"}))


def _mandate(login: str, now: datetime) -> Mandate:
    return queries.mandates_of(Staff.objects.get(login=login), now=now).get()


def test_loading_the_country_again_changes_nothing(db: None, now: datetime) -> None:
    before = list(Agency.objects.order_by("pk").values())
    with as_process(Process.MIGRATOR):
        assert actions.load_country(by=SYSTEM, now=now) == len(before)
        actions.load_demo_staff(password="another", by=SYSTEM, now=now)
    assert list(Agency.objects.order_by("pk").values()) == before
    assert Staff.objects.get(login="inspector").check_password("synthetic-pass-2026")


def test_every_agency_is_of_a_known_kind_and_every_mandate_of_a_known_role(db: None) -> None:
    assert {agency.kind for agency in Agency.objects.all()} <= {kind.value for kind in Kind}
    assert {mandate.role for mandate in Mandate.objects.all()} <= set(ROLES)


def test_an_actor_has_the_rights_of_the_role_and_the_places_below_the_mandate(db: None, now: datetime) -> None:
    inspector, city = queries.actor_of(_mandate("inspector", now)), queries.actor_of(_mandate("cityhead", now))
    assert inspector.territories == (7903,)
    assert {79, 7901, 7903} <= set(city.territories)
    assert 3905 not in city.territories
    assert inspector.permissions == ROLES["district_inspector"].permissions
    assert not inspector.can("cases.case.assign")
    assert city.can("cases.case.assign")


def test_the_system_sees_every_place_and_may_only_what_it_is_told(db: None) -> None:
    system = queries.system("tests", "reports.report.see")
    assert {7903, 3905, 79} <= set(system.territories)
    assert system.permissions == {"reports.report.see"}
    assert system.staff_id is None


def test_a_mandate_counts_from_its_first_moment_until_its_last(db: None, now: datetime) -> None:
    mandate = _mandate("inspector", now)
    with as_process(Process.MIGRATOR):
        Mandate.objects.filter(pk=mandate.pk).update(valid_from=now, valid_until=now + timedelta(days=1))
    moments = {seconds: now + timedelta(seconds=seconds) for seconds in (-1, 0, 86399, 86400)}
    counts = {seconds: queries.mandates_of(mandate.staff, now=moment).count() for seconds, moment in moments.items()}
    assert counts == {-1: 0, 0: 1, 86399: 1, 86400: 0}


def test_a_mandate_cannot_end_before_it_begins(db: None, now: datetime) -> None:
    mandate = _mandate("inspector", now)
    with as_process(Process.MIGRATOR), pytest.raises(IntegrityError, match="mandate_ends"), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(valid_until=mandate.valid_from)


def test_who_left_the_service_has_no_mandate(db: None, now: datetime) -> None:
    mandate = _mandate("inspector", now)
    Staff.objects.filter(pk=mandate.staff_id).update(is_active=False)
    assert not queries.mandates_of(Staff.objects.get(pk=mandate.staff_id), now=now).exists()


def test_the_agency_that_answers_is_the_nearest_one_up(db: None) -> None:
    own = queries.agency_for(7903, Kind.POLICE_DISTRICT)
    above = queries.agency_for(7903, Kind.LEGAL_STATISTICS)
    assert own is not None
    assert own.territory_id == 7903
    assert above is not None
    assert above.territory_id == 1
    assert queries.agency_for(1, Kind.POLICE_DISTRICT) is None
