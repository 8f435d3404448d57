"""`qorgan order show --json` lists every clock with its provision, its value and what it showed before."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from qorgan.base.scope import Actor
from qorgan.cli import order as command
from qorgan.orders import actions, queries
from qorgan.orders.models import Order
from qorgan.orders.terms import Followed
from tests import factories
from tests.orders.test_breaches import told as told_of

ALMATY = ZoneInfo("Asia/Almaty")


def _shown(order: Order, now: datetime) -> dict[str, object]:
    view = queries.opened_orders([order])[0]
    shown = command._shown(view, queries.clocks(order), zone=ALMATY, now=now)
    told: dict[str, object] = json.loads(json.dumps(shown))
    return told


def test_every_clock_is_told_with_provision_value_and_history(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    later = now + timedelta(hours=2)
    held = actions.correct_service(order=order, at=now + timedelta(hours=1), why="№ 3", by=owner, now=later)
    clocks = _shown(held, later)["clocks"]
    assert isinstance(clocks, list)
    end, checks = clocks[0], [one for one in clocks if one["clock"] == "check_order"]
    assert (end["clock"], end["act"], end["article"], end["value"]) == ("ends_at", "245-VIII", "60", 30)
    assert end["to_verify"] and end["unit"] == "days"
    assert [(one["cause"], one["why"]) for one in end["history"]] == [("event", "№ 3")]
    assert [one["step"] for one in checks] == [1, 2, 3, 4]
    assert all(one["value"] == 7 and one["article"] == "60" and len(one["history"]) == 1 for one in checks)
    silent = next(one for one in clocks if one["clock"] == "copy_to_prosecutor")
    assert (silent["at"], silent["value"], silent["standing"]) == (None, None, "verify_first")


def test_a_name_is_not_among_what_is_told(owner: Actor, now: datetime) -> None:
    told = json.dumps(_shown(factories.served(by=owner, now=now), now), ensure_ascii=False)
    assert "Сәрсенбаев" not in told and "Әбдірахманова" not in told


def test_an_order_of_2013_and_one_of_2019_tell_their_own_provisions(owner: Actor, now: datetime) -> None:
    for day, value in (("2013-05-01", 10), ("2019-07-23", 30)):
        order = factories.served(by=owner, now=datetime.fromisoformat(f"{day}T04:15:00+00:00"))
        clocks = _shown(order, now)["clocks"]
        assert isinstance(clocks, list)
        assert (clocks[0]["act"], clocks[0]["article"], clocks[0]["value"]) == ("214-IV", "20", value)
        assert not [one for one in clocks if one["clock"] == "check_order"]


def test_a_breach_is_told_with_what_followed_and_its_clock(owner: Actor, now: datetime) -> None:
    order = factories.served(by=owner, now=now)
    later = now + timedelta(days=1)
    breach = actions.note_breach(order=order, told=told_of(later), by=owner, now=later)
    actions.follow_breach(breach=breach, followed=actions.Consequence(Followed.DETAINED, later), by=owner, now=later)
    (told,) = _shown(Order.objects.get(pk=order.pk), later)["breaches"]  # type: ignore[misc]  # a list of one
    assert (told["noticed"], told["breached"], told["counts"]) == ("officer", ["contact"], True)
    (followed,) = told["followed"]
    assert (followed["kind"], followed["rule"]) == ("detained", "detention.abuser_limit")
    assert followed["due_at"] == (later + timedelta(days=1)).astimezone(ALMATY).isoformat(timespec="minutes")
