"""Pages of the register of statements in a browser: no fault of accessibility, none scrolls sideways."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from qorgan.base import clock
from tests.claims import brought
from tests.web.pages import signed_in

CHROMIUM = Path("/usr/bin/chromium")
SCREENS = ("", "new/", "{held}/", "{held}/read/", "{held}/correct/", "{held}/withdraw/")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing"),
]


@pytest.mark.parametrize("width", [1280, 360])
def test_no_screen_has_a_fault_or_scrolls_sideways(chromium: Any, live_server: Any, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with transaction.atomic():
        held = brought.statement(now=clock.now(), text=brought.ORDERS, language="kk")
    session: SessionBase = signed_in("ombudsman").session
    context = chromium.new_context(viewport={"width": width, "height": 800})
    for name, value in (("sessionid", session.session_key), ("lang", "kk")):
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    page = context.new_page()
    faults = {}
    for screen in SCREENS:
        assert page.goto(f"{live_server.url}/statements/{screen.format(held=held.id)}").status == 200, screen
        found = [fault["id"] for fault in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        if found or wide:
            faults[screen] = (found, wide)
    assert faults == {}
