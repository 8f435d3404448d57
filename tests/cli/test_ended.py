"""How reports of the demonstration end: whatever chance brings, a write-off is cancelled and another one stands."""

from datetime import datetime, timedelta

import pytest

from qorgan.base import country
from qorgan.base.scope import Actor, acting
from qorgan.cli import ended
from qorgan.reports.models import Report
from qorgan.reports.terms import State
from tests import factories
from tests.conftest import actor


@pytest.mark.parametrize("here", [0, 1, 3])
def test_the_prosecutor_has_a_write_off_to_weigh_beside_the_one_that_was_cancelled(
    owner: Actor, now: datetime, here: int
) -> None:
    duty = actor("duty")
    with acting(duty):
        told = now - timedelta(hours=30)
        away = [factories.report(by=duty, now=told, address="Қостанай обл., Рудный қ.") for _one in range(4)]
        near = [factories.report(by=duty, now=told) for _one in range(here)]
        given = ended.end([*near, *away], duty, told=country.toml("demo/desk.toml")["ended"], now=now)
    assert given["write_off_cancelled"]["number"]
    with acting(actor("prosecutor")):
        states = [one.state for one in Report.objects.all()]
    assert states.count(State.WRITTEN_OFF) >= 1
    assert states.count(State.REGISTERED) >= 1
