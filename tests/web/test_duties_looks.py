"""Late duties that were escalated, and the calendar, in a browser: no fault of accessibility, none scrolls sideways."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from qorgan.agencies import queries as offices
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.duties import jobs
from qorgan.duties.models import Escalation
from tests import factories
from tests.conftest import actor
from tests.roles import as_process
from tests.web.pages import signed_in

CHROMIUM = Path("/usr/bin/chromium")
PICTURES = os.environ.get("QORGAN_PICTURES", "")  # a folder, for whoever wants to see them
SCREENS = ("/", "/duties/escalated/", "/duties/escalated/{held}/", "/duties/{duty}/", "/duties/calendar/")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing"),
]


@pytest.fixture
def held(owner: Actor) -> Escalation:
    """A report of four days ago that nobody decided on, told to the head of the unit."""
    with transaction.atomic():
        factories.report(by=owner, now=datetime.now(UTC) - timedelta(days=4))
    with as_process(Process.WORKER):
        jobs.escalate_all(by=offices.system("duties.escalate"))
    with acting(actor("head")), transaction.atomic():
        return Escalation.objects.get(role="unit_head")


def _page(chromium: Any, live_server: Any, *, who: str, width: int) -> Any:
    session: SessionBase = signed_in(who).session
    context = chromium.new_context(viewport={"width": width, "height": 800})
    for name, value in (("sessionid", session.session_key), ("lang", "kk")):
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    return context.new_page()


@pytest.mark.parametrize("width", [1280, 360])
def test_no_screen_has_a_fault_or_scrolls_sideways(
    held: Escalation, chromium: Any, live_server: Any, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = _page(chromium, live_server, who="head", width=width)
    faults = {}
    for number, screen in enumerate(SCREENS):
        address = live_server.url + screen.format(held=held.id, duty=held.duty_id)
        assert page.goto(address).status == 200, screen
        found = [fault["id"] for fault in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        if found or wide:
            faults[screen] = (found, wide)
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/duties_{number}_{width}.png", full_page=True)
    assert faults == {}


def test_a_head_answers_and_makes_an_address_without_a_mouse(held: Escalation, chromium: Any, live_server: Any) -> None:
    page = _page(chromium, live_server, who="head", width=1280)
    page.goto(f"{live_server.url}/duties/escalated/{held.id}/")
    page.focus("[name=answer][value=noted]")
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert str(held.id) not in page.content()
    page.goto(f"{live_server.url}/duties/calendar/")
    with page.expect_navigation():
        page.keyboard.press("1")
    assert "/duties/feed/" in page.content()
