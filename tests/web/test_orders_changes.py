"""An order varied, complained of, annulled, corrected, by its pages; its clocks beside their provisions."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from qorgan.base.scope import Actor
from qorgan.cases import queries as case_queries
from qorgan.cases.terms import Role
from qorgan.orders import actions
from qorgan.orders.models import Appeal, Order
from qorgan.orders.terms import AppealResult, Appellant, Body, State
from tests import factories
from tests.web.pages import an_hour_ago, signed_in

WHY = "сот, 2026 жылғы 20 қараша, № 14"


def _local(at: datetime) -> str:
    return f"{at + timedelta(hours=5):%d.%m.%Y %H:%M}"


@pytest.fixture
def order(owner: Actor) -> Order:
    return factories.served(by=owner, now=an_hour_ago())


def _sent(browser: Client, order: Order, name: str, **typed: object) -> int:
    address = f"/orders/{order.id}/{name}/"
    shown = browser.get(address).context["form"]["seen"].value()
    return browser.post(address, {"seen": shown, **typed}).status_code


@pytest.mark.parametrize(
    ("name", "typed", "state"),
    [
        ("vary", {"prohibitions": ["violence"], "body": "court", "why": WHY}, State.SERVED),
        ("annul", {"why": WHY}, State.ANNULLED),
        ("appeal", {"filed_by": "addressee", "body": "court"}, State.SERVED),
    ],
)
def test_a_change_is_typed_and_carried_out(order: Order, name: str, typed: dict[str, object], state: State) -> None:
    browser = signed_in("inspector")
    assert _sent(browser, order, name, decided_at=_local(an_hour_ago() + timedelta(minutes=5)), **typed) == 303
    assert Order.objects.get(pk=order.pk).state == state
    assert browser.get(f"/orders/{order.id}/").status_code == 200


def test_a_complaint_is_decided_on_its_page(owner: Actor, order: Order) -> None:
    at = an_hour_ago()
    actions.appeal(order=order, filed_by=Appellant.ADDRESSEE, body=Body.COURT, filed_at=at, by=owner, now=at)
    browser = signed_in("inspector")
    told = {"result": "cancelled", "why": WHY, "decided_at": _local(at + timedelta(minutes=5))}
    assert _sent(browser, order, "appeal/outcome", **told) == 303
    assert Order.objects.get(pk=order.pk).state == State.CANCELLED
    assert Appeal.objects.get(order=order).result == AppealResult.CANCELLED
    assert WHY in browser.get(f"/orders/{order.id}/").content.decode()


def test_a_corrected_minute_is_seen_beside_what_the_clock_showed(owner: Actor, order: Order) -> None:
    browser = signed_in("inspector")
    at = an_hour_ago() + timedelta(minutes=20)
    assert _sent(browser, order, "correct", served_at=_local(at), why="хаттама бойынша") == 303
    page = browser.get(f"/orders/{order.id}/").content.decode()
    assert page.count("хаттама бойынша") == 5, "its end and its four checks"
    assert "60" in page and "245-VIII" in page


def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(order: Order) -> None:
    browser = signed_in("inspector")
    tomorrow = _local(an_hour_ago() + timedelta(days=1))
    address = f"/orders/{order.id}/annul/"
    page = browser.post(address, {"seen": order.version, "decided_at": tomorrow, "why": WHY})
    assert (page.status_code, Order.objects.get(pk=order.pk).state) == (422, State.SERVED)
    assert WHY in page.content.decode()
    assert "decided_at" in page.context["form"].errors


def test_a_second_draft_names_its_new_fact(owner: Actor, order: Order) -> None:
    parts = {role: str(person.id) for role, person in case_queries.persons(order.case)}
    typed = {
        "addressee": parts[Role.OFFENDER],
        "protected": [parts[Role.VICTIM]],
        "circumstances": "Тағы келді.",
        "prohibitions": ["contact"],
        "happened_at": _local(an_hour_ago() + timedelta(minutes=30)),
        "seen": "1",
    }
    browser = signed_in("inspector")
    assert browser.post(f"/orders/draft/{order.case_id}/", typed).status_code == 303
    second = Order.objects.exclude(pk=order.pk).get(case=order.case_id)
    assert second.incident_id != order.incident_id
    browser.post(f"/orders/{second.id}/issue/", {"seen": second.version})
    assert order.number in browser.get(f"/orders/{second.id}/").content.decode()
