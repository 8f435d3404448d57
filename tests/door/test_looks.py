"""The door in a real browser, on a phone, with JavaScript and without: told, left in a moment, clean for axe."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import connections

from qorgan.base.processes import CHARTERS, Process
from qorgan.web.door import crowds, limits

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = Path("/usr/bin/chromium")
ELSEWHERE = "https://www.kazhydromet.kz/"
WORDS = "Күйеуім ұрды"

browser = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for all pages."""
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()
    asyncio.set_event_loop(None)


@pytest.fixture
def door(
    transactional_db: None, keys: None, settings: LazySettings, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> str:
    """Where the door is; its server has the rights of the door."""
    rights = {"options": f"-c role={CHARTERS[Process.DOOR].login}"}
    monkeypatch.setitem(connections.settings["default"], "OPTIONS", rights)
    settings.PROCESS = "door"
    settings.ROOT_URLCONF = "qorgan.config.urls.door"
    return str(live_server.url)


def opened(chromium: Any, *, script: bool = True, width: int = 360) -> Any:
    """A page of a phone; what lies elsewhere is a blank sheet."""
    context = chromium.new_context(viewport={"width": width, "height": 740}, java_script_enabled=script)
    context.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body="weather", content_type="text/plain"))
    return context.new_page()


@browser
@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_frightened_woman_tells_keeps_her_code_and_leaves(chromium: Any, door: str, script: bool) -> None:
    page = opened(chromium, script=script)
    page.goto(f"{door}/")
    page.click("a[href='/new/']")
    page.fill("textarea", WORDS)
    page.click("form.stack button.go")
    page.wait_for_url("**/sent/")
    code = page.inner_text(".code")
    assert len(code.split()) == 5
    assert WORDS not in page.content()
    page.click("a[data-leave]")
    page.wait_for_url(f"{ELSEWHERE}**")
    page.goto(f"{door}/back/")
    page.fill("input[name=code]", code)
    page.click("form.stack button.go")
    assert page.locator("h1").inner_text() == "Хабарламаңыз бізде"
    assert WORDS not in page.content()
    page.context.close()


@browser
def test_three_times_shift_alone_leaves_and_back_shows_nothing_told(chromium: Any, door: str) -> None:
    page = opened(chromium)
    page.goto(f"{door}/")
    page.click("a[href='/new/']")
    page.wait_for_url("**/new/")
    page.fill("textarea", WORDS)
    for _time in range(3):
        page.keyboard.press("Shift+A")  # a capital letter is no way out
    assert page.url.endswith("/new/")
    for _time in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(f"{ELSEWHERE}**")
    page.go_back()
    assert page.url == "about:blank" or WORDS not in page.content()
    assert not page.url.endswith("/new/")
    page.context.close()


@browser
def test_the_page_is_blank_before_it_leaves_and_the_beacon_goes_first(chromium: Any, door: str) -> None:
    page = opened(chromium)
    page.goto(f"{door}/about/")
    said: list[tuple[str, str]] = []
    page.on("request", lambda request: said.append((request.method, request.url)))
    at_once = "document.getElementById('exit').click(); getComputedStyle(document.documentElement).display"
    assert page.evaluate(at_once) == "none"
    page.wait_for_url(f"{ELSEWHERE}**")
    assert said[0] == ("POST", f"{door}/leave/")
    page.context.close()


@browser
def test_a_child_tells_without_javascript_and_in_five_pages(chromium: Any, door: str) -> None:
    page = opened(chromium, script=False)
    page.goto(f"{door}/q/1/")
    page.check("input[value=scares]")
    for number in range(2, 6):
        page.click("form.stack button")
        page.wait_for_url(f"**/q/{number}/")
    page.click("form.stack button")
    page.wait_for_url("**/sent/")
    assert len(page.inner_text(".code").split()) == 5
    page.context.close()


@browser
@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_of_the_door_has_a_fault_or_scrolls_sideways(chromium: Any, door: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened(chromium, width=width)
    faults = {}

    def look() -> None:
        found = [fault["id"] for fault in Axe().run(page).response["violations"]]
        if found or page.evaluate("document.documentElement.scrollWidth") > width:
            faults[page.url] = found

    for path in ("/", "/about/", "/near/", "/back/", "/again/", "/q/2/", "/nowhere/", "/q/1/"):
        page.goto(f"{door}{path}")
        look()
    for _step in range(3):
        page.click("form.stack button")
        page.wait_for_load_state()
        look()
    page.goto(f"{door}/new/")
    page.click("form.stack button.go")
    look()
    page.click("summary")
    look()
    page.fill("textarea", WORDS)
    page.click("form.stack button.go")
    page.wait_for_url("**/sent/")
    look()
    cache.set(limits.ALL, crowds.ALL_FREE, limits.WINDOW_SECONDS)
    page.goto(f"{door}/near/")
    page.fill("textarea", WORDS)
    page.click("form.stack button.go")
    page.wait_for_selector("input[name=sum]")
    look()
    page.context.close()
    assert faults == {}
