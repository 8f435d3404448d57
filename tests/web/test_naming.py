"""Naming a person who came without a name, as whoever leads the case does it."""

from datetime import UTC, datetime

import pytest

from qorgan.base.scope import Actor
from qorgan.cases import actions, queries
from qorgan.cases.models import Case
from qorgan.people.actions import Named
from tests import factories
from tests.web.pages import signed_in

pytestmark = pytest.mark.django_db
NAME = "Әбдірахман Айша"


@pytest.fixture
def case(owner: Actor) -> Case:
    now = datetime.now(UTC)
    begun = factories.report(by=owner, now=now, victim=Named(phone="+7 701 000 00 77"))
    return actions.open_from_report(report=begun, by=owner, now=now)


def _address(case: Case) -> str:
    her = next(view.id for _role, view in queries.persons(case) if not view.name)
    return f"/cases/{case.id}/person/{her}/"


def test_she_is_named_from_the_page_of_the_case_and_it_is_taken_back(case: Case) -> None:
    browser, address = signed_in("inspector"), _address(case)
    assert address in browser.get(f"/cases/{case.id}/").content.decode()
    told = browser.post(address, {"written": NAME, "sex": "female", "seen": "1"})
    assert told.status_code == 303
    page = browser.get(f"/cases/{case.id}/").content.decode()
    assert NAME in page and "named later" in page
    assert "Take the name back" in browser.get(address).content.decode()
    assert browser.post(f"{address}take-back/", {"why": "Басқа қыз", "seen": "2"}).status_code == 303
    assert NAME not in browser.get(f"/cases/{case.id}/").content.decode()


def test_without_a_name_nothing_is_written_and_nothing_typed_is_lost(case: Case) -> None:
    told = signed_in("inspector").post(_address(case), {"written": "", "phone": "+7 701 000 00 99", "sex": "unknown"})
    assert told.status_code == 422
    assert "+7 701 000 00 99" in told.content.decode()


def test_who_named_her_meanwhile_is_shown_beside_what_was_typed(case: Case) -> None:
    browser, address = signed_in("inspector"), _address(case)
    browser.post(address, {"written": NAME, "sex": "female", "seen": "1"})
    told = browser.post(address, {"written": "Айша", "sex": "female", "seen": "1"})
    assert told.status_code == 409
    assert NAME in told.content.decode()


@pytest.mark.parametrize(("who", "status"), [("head", 200), ("prosecutor", 403), ("rudny", 404), ("press", 403)])
def test_each_is_told_what_is_theirs(case: Case, who: str, status: int) -> None:
    assert signed_in(who).get(_address(case)).status_code == status


def test_whoever_has_a_name_already_has_no_such_page(case: Case, owner: Actor) -> None:
    named = next(view.id for _role, view in queries.persons(case) if view.name)
    assert signed_in("inspector").get(f"/cases/{case.id}/person/{named}/").status_code == 404
