"""The screens of destroying as people see them: no fault that axe knows, no side scroll on a phone."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from qorgan.agencies import queries as agencies
from qorgan.base.keys.vault import vault
from qorgan.base.scope import acting
from qorgan.shredding import actions, queries
from tests.conftest import actor
from tests.shredding import made
from tests.web.pages import an_hour_ago, signed_in

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = Path("/usr/bin/chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing"),
]
PERSONS = [("head", "/shredding/case/{case}/"), ("head", "/shredding/"), ("prosecutor", "/shredding/{asked}/")]
SCREENS = [*PERSONS, ("prosecutor", "/shredding/{done}/"), ("head", "/cases/{case}/")]
SCREENS += [
    ("head", "/shredding/forbidden/{case}/"),
    ("head", "/shredding/forbidden/{hold}/allow/"),
    ("prosecutor", "/"),
]


@pytest.fixture
def things(transactional_db: None) -> dict[str, str]:
    """A case at its end: one person of it is destroyed, its words are asked for and forbidden."""
    inspector, head, now = actor("inspector"), actor("head"), an_hour_ago()
    with acting(inspector), transaction.atomic():
        case = made.closed(by=inspector, now=now)
        system = agencies.system("tests")
        done = made.destroyed(made.victim(case), asks=head, confirms=actor("prosecutor"), system=system, now=now)
        asked = made.asked(queries.of_case(case), by=head, now=now)
        hold = actions.hold(case=case, reason="Апелляция, № 3-114", until=None, by=head, now=now)
        vault.cache_clear()
    return {"case": str(case.id), "done": str(done.id), "asked": str(asked.id), "hold": str(hold.id)}


@pytest.mark.parametrize("width", [1280, 360])
def test_no_screen_has_a_fault_or_scrolls_sideways(
    things: dict[str, str], chromium: Any, live_server: Any, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    faults = {}
    for login, screen in SCREENS:
        context = chromium.new_context(viewport={"width": width, "height": 800})
        for name, value in (("sessionid", signed_in(login).session.session_key), ("lang", "kk")):
            context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        page = context.new_page()
        assert page.goto(live_server.url + screen.format(**things)).status == 200, screen
        found = [fault["id"] for fault in Axe().run(page).response["violations"]]
        if found or page.evaluate("document.documentElement.scrollWidth") > width:
            faults[screen] = found
        context.close()
    assert faults == {}
