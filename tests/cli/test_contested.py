"""The demonstration shows an order breached and answered, one varied, one annulled; run again it adds nothing."""

from datetime import timedelta

import pytest

from qorgan.base import clock, country
from qorgan.base.scope import Actor
from qorgan.cli.contested import contest
from qorgan.courts import queries as courts
from qorgan.courts.terms import DecisionKind
from qorgan.orders import queries
from qorgan.orders.models import Breach, Order
from qorgan.orders.terms import Followed, Mark, Noticed, State
from tests import factories

pytestmark = pytest.mark.django_db


def test_three_orders_meet_with_more_and_a_second_run_adds_nothing(owner: Actor) -> None:
    now = clock.now()
    followed, *_others = [factories.served(by=owner, now=now - timedelta(days=2)) for _each in range(4)]
    told = country.toml("demo/desk.toml")["contested"]
    given = contest(followed, told=told, now=now)
    assert set(given) == {"breach", "varied", "annulled"}
    breach = Breach.objects.select_related("order").get()
    assert breach.noticed == Noticed.REPORT
    assert {one.kind for one in breach.outcomes.all()} == {Followed.DETAINED, Followed.PROTOCOL}
    ((_sent, decisions),) = courts.of_breaches([breach.id])
    assert [one.kind for one in decisions] == [DecisionKind.WARNING]
    views = {view.order.number: view for view in queries.opened_orders(Order.objects.all())}
    assert Mark.BREACHED in views[given["breach"]["number"]].marks
    assert Mark.VARIED in views[given["varied"]["number"]].marks
    assert views[given["annulled"]["number"]].order.state == State.ANNULLED
    assert contest(followed, told=told, now=now) == {}
