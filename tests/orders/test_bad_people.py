"""Orders against people of whom something is not as it should be: no name, no age, a minor, a colleague."""

from datetime import date, datetime, timedelta

import pytest

from qorgan.agencies import actions as agencies
from qorgan.agencies.models import Staff
from qorgan.agencies.terms import Relation
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.cases.terms import Role
from qorgan.orders import actions, rules
from qorgan.orders.models import Order
from qorgan.orders.terms import State
from qorgan.people.actions import Named
from qorgan.people.models import Person
from tests import factories
from tests.cases import shared
from tests.conftest import actor

HIS_IIN = "850101300303"


def _against(named: Named, *, by: Actor, now: datetime) -> Order:
    report = factories.report(by=by, now=now, suspect=named)
    case = cases.open_from_report(report=report, by=by, now=now)
    return actions.issue(order=factories.draft(by=by, now=now, held=case), by=by, now=now)


@pytest.mark.parametrize("written", ["Белгісіз", "Нұрлан, көрші үйден", "«Серый»"])
def test_a_man_known_only_by_what_he_is_called_is_ordered_to_keep_away(
    owner: Actor, now: datetime, written: str
) -> None:
    assert _against(Named(written=written), by=owner, now=now).state == State.ISSUED


def test_an_age_that_nobody_knows_hinders_no_order_and_one_that_is_known_does_with_its_article(
    owner: Actor, now: datetime
) -> None:
    assert _against(Named(written="Сәрсенбаев Асқар"), by=owner, now=now).state == State.ISSUED
    boy = Named(written="Сәрсенбаев Асхат", birth_date=(now - timedelta(days=15 * 365)).date())
    with pytest.raises(rules.AddresseeTooYoung, match=r"16.*245-VIII.*60"):
        _against(boy, by=owner, now=now)


def test_on_the_day_he_is_sixteen_an_order_may_be_issued(owner: Actor, now: datetime) -> None:
    for_sixteen = Named(written="Сәрсенбаев Әли", birth_date=date(now.year - 16, now.month, now.day))
    assert _against(for_sixteen, by=owner, now=now).state == State.ISSUED


def test_an_order_against_a_colleague_is_made_by_nobody_of_his_unit_and_no_answer_says_that_there_is_one(
    owner: Actor, colleague: Actor, now: datetime
) -> None:
    juvenile = actor("juvenile")
    staff = Staff.objects.get(pk=juvenile.staff)
    agencies.declare(staff=staff, relation=Relation.SELF, name="", iin=HIS_IIN, phone="", by=juvenile, now=now)
    case = factories.case(by=owner, now=now)
    order = factories.draft(by=owner, now=now, held=case)
    cases.add_person(case=case, named=Named(written="Белгісіз", iin=HIS_IIN), role=Role.OFFENDER, by=owner, now=now)
    for one in (owner, colleague, juvenile, actor("cityhead")):
        with acting(one):
            assert not Order.objects.exists()
            with pytest.raises(NotFound):
                actions.issue(order=order, by=one, now=now)


def test_a_child_who_hit_back_stays_a_child_at_stake_and_is_no_addressee(owner: Actor, now: datetime) -> None:
    case = factories.case(by=owner, now=now)
    child = shared.child(case, by=owner, now=now)
    her = shared.person(case)
    draft = actions.Draft(child.id, (her.id,), factories.WORDS, why_both="Анасын қорғаған.")
    with pytest.raises((rules.AddresseeTooYoung, rules.NoAddressee)):
        actions.issue(order=actions.draft(case=case, draft=draft, by=owner, now=now), by=owner, now=now)
    assert Person.objects.filter(pk=child.id).exists()
