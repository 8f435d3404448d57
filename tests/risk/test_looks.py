"""An assessment in a browser: by keyboard alone, without a fault, in Kazakh, on a phone."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from qorgan.base.scope import Actor, acting
from qorgan.risk import queries
from tests import factories
from tests.risk import made
from tests.web.pages import an_hour_ago, signed_in

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = Path("/usr/bin/chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing"),
]
SCREENS = (
    "/risk/instruments/kz.triage/",
    "/risk/case/{case}/",
    "/risk/case/{case}/kz.triage/",
    "/risk/{assessment}/",
    "/risk/{assessment}/lower/",
    "/risk/lowerings/{lowering}/",
)


def _page(chromium: Any, live_server: Any, *, width: int) -> Any:
    session: SessionBase = signed_in("inspector").session
    context = chromium.new_context(viewport={"width": width, "height": 800})
    for name, value in (("sessionid", session.session_key), ("lang", "kk")):
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    return context.new_page()


def test_an_inspector_assesses_by_the_keyboard_alone(owner: Actor, chromium: Any, live_server: Any) -> None:
    with transaction.atomic():
        case = factories.case(by=owner, now=an_hour_ago())
    page = _page(chromium, live_server, width=1280)
    page.goto(f"{live_server.url}/cases/{case.id}/")
    page.keyboard.press("d")
    page.wait_for_url(f"**/risk/case/{case.id}/")
    page.keyboard.press("1")
    page.wait_for_url("**/kz.triage/")
    page.locator("input[name=safe]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("input[name=q_fears]")
    page.locator("input[name=q_fears]").first.focus()
    for _question in range(3):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/risk/*-*/")
    with acting(owner), transaction.atomic():
        (view,) = queries.for_cases([case.id])
        assert (view.result.code, len(view.answers)) == ("grave", 3)


@pytest.mark.parametrize("width", [1280, 360])
def test_no_screen_of_risk_has_a_fault_or_scrolls_sideways(
    owner: Actor, chromium: Any, live_server: Any, width: int, tmp_path: Path
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with transaction.atomic():
        lowering = made.lowering(by=owner, now=an_hour_ago())
    held = lowering.assessment
    ids = {"case": held.case_id, "assessment": held.id, "lowering": lowering.id}
    page = _page(chromium, live_server, width=width)
    for screen in SCREENS:
        page.goto(live_server.url + screen.format_map(ids))
        _looked_at(page, Axe(), screen, tmp_path / f"{width}{screen.strip('/').replace('/', '_')}.png")
    page.goto(f"{live_server.url}/risk/case/{held.case_id}/kz.triage/")
    page.locator("input[name=safe]").first.check()
    page.locator("form.panel button").click()
    page.wait_for_selector("input[name=q_fears]")
    _looked_at(page, Axe(), "questions", tmp_path / f"{width}_questions.png")


def _looked_at(page: Any, axe: Any, screen: str, picture: Path) -> None:
    found = axe.run(page)
    assert found.violations_count == 0, f"{screen}: {found.generate_report()}"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{screen} scrolls sideways by {wide}"
    page.screenshot(path=str(picture), full_page=True)
