"""The step of the demonstration in which a child's night is decided: told once, however often it is run."""

from datetime import datetime

from qorgan.base import country
from qorgan.base.scope import Actor
from qorgan.cases.models import Night, Telling
from qorgan.cli.slept import sleep
from tests.conftest import actor


def test_the_authority_is_told_and_decides_the_night_of_the_demonstration_once(owner: Actor, now: datetime) -> None:
    told = country.toml("demo/desk.toml")["night"]
    first = sleep(told, now=now)["night"]
    assert Night.objects.get().decided_by == actor("guardian").staff
    assert Telling.objects.get().told_at == now
    assert sleep(told, now=now)["night"]["number"] == first["number"]
    assert Night.objects.count() == 1
