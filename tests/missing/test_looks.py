"""The duty officer's minute in a browser, and each screen of a missing child as people see it."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from qorgan.base.scope import Actor, acting
from qorgan.missing import queries
from qorgan.missing.models import Alarm, Bulletin
from qorgan.missing.terms import Danger
from tests.conftest import actor
from tests.missing import made
from tests.web.pages import an_hour_ago, signed_in

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = Path("/usr/bin/chromium")
MOST = 250  # keystrokes of a minute's alarm, no mouse

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing"),
]
SCREENS = (
    "/missing/",
    "/missing/new/",
    "/missing/{alarm}/",
    "/missing/{alarm}/search/",
    "/missing/{alarm}/end/",
    "/missing/{alarm}/notice/",
    "/missing/{alarm}/mark/",
    "/missing/notices/{notice}/",
    "/missing/case/{case}/",
)


def _page(chromium: Any, live_server: Any, *, login: str, width: int) -> Any:
    session: SessionBase = signed_in(login).session
    context = chromium.new_context(viewport={"width": width, "height": 800})
    for name, value in (("sessionid", session.session_key), ("lang", "kk")):
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    return context.new_page()


class Keyboard:
    """A keyboard that counts."""

    def __init__(self, page: Any) -> None:
        self.page, self.strokes = page, 0

    def press(self, *keys: str) -> None:
        """Press each key once."""
        for key in keys:
            self.page.keyboard.press(key)
            self.strokes += 1

    def type(self, text: str) -> None:
        """Type a text."""
        self.page.keyboard.type(text)
        self.strokes += len(text)


def test_a_duty_officer_raises_the_alarm_within_250_strokes_and_no_mouse(
    owner: Actor, chromium: Any, live_server: Any
) -> None:
    page = _page(chromium, live_server, login="desk", width=1280)
    page.goto(live_server.url + "/missing/")
    keys = Keyboard(page)
    keys.press("n")
    page.wait_for_url("**/missing/new/")
    page.wait_for_function("document.activeElement.matches('textarea')")
    keys.type("Мектептен келмеді, телефоны өшірулі.")
    keys.press("Tab", "Space", "Tab")
    keys.type(made.CHILD)
    keys.press("Tab")
    keys.type("9")
    keys.press("F2")
    keys.type(made.PLACE)
    keys.press("F8")
    keys.type(made.WEARING)
    keys.press("Tab", "Space")
    keys.press("Control+Enter")
    page.wait_for_url("**/missing/*-*/")
    assert made.WEARING in page.content()
    assert keys.strokes <= MOST
    with acting(owner), transaction.atomic():
        (view,) = queries.opened([Alarm.objects.get()])
        assert (view.child.name if view.child else "", view.alarm.age) == (made.CHILD, 9)
        assert view.dangers == (Danger.SMALL,)
    with acting(actor("abai")), transaction.atomic():
        assert Bulletin.objects.count() == 1


@pytest.mark.parametrize("width", [1280, 360])
def test_no_screen_of_a_missing_child_has_a_fault_or_scrolls_sideways(
    owner: Actor, chromium: Any, live_server: Any, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with transaction.atomic():
        notice = made.proposed(by=owner, now=an_hour_ago())
        things = {"alarm": notice.alarm_id, "notice": notice.id, "case": notice.alarm.case_id}
    page, faults = _page(chromium, live_server, login="head", width=width), {}
    for screen in SCREENS:
        assert page.goto(live_server.url + screen.format(**things)).status == 200, screen
        found = [fault["id"] for fault in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        if found or wide:
            faults[screen] = (found, wide)
    assert faults == {}
