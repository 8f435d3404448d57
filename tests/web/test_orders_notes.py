"""Notes of checks and the ground of a cancellation: on the page of the order for those who may, nowhere else."""

from datetime import UTC, datetime, timedelta

import pytest

from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor
from qorgan.orders import actions, queries
from qorgan.orders.models import Order
from qorgan.orders.terms import Finding
from qorgan.web.orders.papers import compose
from tests import factories
from tests.roles import as_process
from tests.web.pages import signed_in

NOTE = "Жеке сөйлестім, қорқатынын айтты"
WHY = "прокурордың № 7 қаулысы"


@pytest.fixture
def checked(owner: Actor) -> Order:
    now = datetime.now(UTC)
    order = factories.served(by=owner, now=now - timedelta(days=8))
    actions.check(order=order, step=1, finding=Finding.NO_BREACH, note=NOTE, by=owner, now=now)
    return actions.cancel(order=order, why=WHY, by=owner, now=now)


def test_the_note_of_a_check_stands_on_the_page_of_the_order(checked: Order) -> None:
    page = signed_in("inspector").get(f"/orders/{checked.id}/").content.decode()
    assert NOTE in page
    assert WHY in page


def test_who_may_not_see_people_reads_what_was_found_and_no_note(checked: Order) -> None:
    page = signed_in("prosecutor").get(f"/orders/{checked.id}/").content.decode()
    assert "no breach seen" in page
    assert NOTE not in page


def test_the_note_is_on_no_other_page_no_paper_and_not_in_the_journal(checked: Order) -> None:
    browser = signed_in("inspector")
    for address in ("/orders/", f"/cases/{checked.case_id}/", "/"):
        assert NOTE not in browser.get(address).content.decode(), address
    assert NOTE not in str(compose(queries.opened_orders([checked])[0], now=datetime.now(UTC)))
    with as_process(Process.WORKER):
        told = str([entry.detail for entry in JournalEntry.objects.all()])
    assert NOTE not in told
    assert WHY not in told


def test_a_note_is_opened_only_where_it_is_asked_for(checked: Order) -> None:
    assert [one.note for one in queries.opened_orders([checked])[0].checks] == ["", "", "", ""]
    assert queries.opened_orders([checked], notes=True)[0].checks[0].note == NOTE
