"""The law in life in a browser: no fault of accessibility, none scrolls sideways, for staff and for the public."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from qorgan.base import clock
from qorgan.law import actions, rules
from tests.conftest import actor
from tests.law.test_life import LETTER, USE
from tests.web.pages import signed_in

CHROMIUM = Path("/usr/bin/chromium")
SCREENS = ("", f"{USE}/", f"{USE}/report/", "reports/{held}/withdraw/")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing"),
]


def _faults(page: Any, addresses: list[str], width: int) -> dict[str, Any]:
    from axe_playwright_python.sync_playwright import Axe

    found = {}
    for address in addresses:
        assert page.goto(address).status == 200, address
        faults = [fault["id"] for fault in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        if faults or wide:
            found[address] = (faults, wide)
    return found


@pytest.mark.parametrize("width", [1280, 360])
def test_no_screen_of_staff_has_a_fault_or_scrolls_sideways(chromium: Any, live_server: Any, width: int) -> None:
    with transaction.atomic():
        told = rules.Report(**vars(LETTER))
        held = actions.enter_report(key=USE, told=told, by=actor("ombudsman"), now=clock.now())
    session: SessionBase = signed_in("ombudsman").session
    context = chromium.new_context(viewport={"width": width, "height": 800})
    for name, value in (("sessionid", session.session_key), ("lang", "kk")):
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    addresses = [f"{live_server.url}/law/life/{one.format(held=held.id)}" for one in SCREENS]
    assert _faults(context.new_page(), addresses, width) == {}


@pytest.mark.parametrize("width", [1280, 360])
def test_the_public_page_has_no_fault(chromium: Any, live_server: Any, settings: LazySettings, width: int) -> None:
    settings.PROCESS, settings.ROOT_URLCONF = "public", "qorgan.config.urls.public"
    context = chromium.new_context(viewport={"width": width, "height": 800})
    context.add_cookies([{"name": "lang", "value": "kk", "url": live_server.url}])
    addresses = [f"{live_server.url}/law/life/", f"{live_server.url}/law/life/?show=never"]
    assert _faults(context.new_page(), addresses, width) == {}
