"""The call screen in a real browser: told from the keyboard alone, clean for axe, no side scroll on a phone."""

from pathlib import Path
from typing import Any

import pytest

from qorgan.base.keys.vault import vault
from qorgan.base.scope import acting
from qorgan.reports.models import Contact, Report
from qorgan.reports.queries import contacts as queries
from tests.conftest import actor
from tests.web.pages import signed_in

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = Path("/usr/bin/chromium")
MOST_KEYS = 250  # a scripted call, whole

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing"),
]
TOLD = {
    "children": "екеуі жанында",
    "written": "Нұрғалиева Айгер",
    "birth_year": "1991",
    "address": "Шымкент, Еңбекші ауданы",
    "narrative": "Мас күйде келіп, балалар көзінше итерген.",
    "suspect": "Нұрғалиев Серік",
}


def opened(chromium: Any, live_server: Any, *, width: int = 1280, script: bool = True) -> Any:
    """A page of the call-taker, at the list of calls."""
    vault.cache_clear()
    context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    for name, value in (("sessionid", signed_in("calltaker").session.session_key), ("lang", "kk")):
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    page = context.new_page()
    assert page.goto(f"{live_server.url}/calls/").status == 200
    return page


class Keyboard:
    """Keys alone, counted: a chord is as many keys as are held."""

    def __init__(self, page: Any) -> None:
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += len(key.split("+"))

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.count += len(text)

    def to(self, name: str) -> None:
        """Tab on until a field has the focus."""
        for _step in range(40):
            if self.page.evaluate("document.activeElement.name") == name:
                return
            self.press("Tab")
        raise AssertionError(f"{name} is not reached by Tab")


def kept() -> tuple[list[Contact], int]:
    with acting(actor("calltaker")):
        from django.db import transaction

        with transaction.atomic():
            return list(Contact.objects.all()), Report.objects.count()


def test_a_call_is_told_without_a_mouse_and_in_few_keys(
    transactional_db: None, chromium: Any, live_server: Any
) -> None:
    page = opened(chromium, live_server)
    keys = Keyboard(page)
    keys.press("KeyN")
    page.wait_for_selector("#told")
    keys.press("Digit1")
    page.wait_for_selector("button[aria-pressed]")
    keys.to("talk")
    keys.press("Space")
    keys.to("serving")
    keys.press("ArrowDown")
    keys.to("where")
    keys.press("Space")
    for name, text in TOLD.items():
        keys.to(name)
        keys.type(text)
    keys.to("topic")
    keys.press("ArrowDown")
    keys.press("Control+Enter")
    page.wait_for_url("**/calls/")
    contacts, reports = kept()
    assert reports == 1
    assert [(one.disposition, one.topics, one.serving) for one in contacts] == [("self", ["violence/physical"], "no")]
    assert keys.count <= MOST_KEYS, keys.count
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.context.close()


def test_what_is_typed_is_saved_in_a_pause_without_a_key(
    transactional_db: None, chromium: Any, live_server: Any
) -> None:
    page = opened(chromium, live_server)
    page.keyboard.press("KeyN")
    page.wait_for_selector("#told")
    page.focus("#id_narrative")
    page.keyboard.type("Есік қағып тұр")
    page.wait_for_selector("#saved .done")
    contacts, _reports = kept()
    from django.db import transaction

    with acting(actor("calltaker")), transaction.atomic():
        assert queries.draft_of(contacts[0].id).said["narrative"] == "Есік қағып тұр"
    page.reload()
    assert page.input_value("#id_narrative") == "Есік қағып тұр"
    page.context.close()


def test_a_silent_call_is_two_keys_and_one_more_takes_it_back(
    transactional_db: None, chromium: Any, live_server: Any
) -> None:
    page = opened(chromium, live_server)
    page.keyboard.press("KeyN")
    page.wait_for_selector("#told")
    page.keyboard.press("Digit4")
    page.wait_for_selector("[data-lasts]")
    assert kept()[0][0].disposition == "silent"
    page.keyboard.press("Alt+KeyZ")
    page.wait_for_selector("#told")
    assert kept()[0][0].disposition == ""
    page.context.close()


def test_without_javascript_a_call_is_taken_told_and_completed(
    transactional_db: None, chromium: Any, live_server: Any
) -> None:
    page = opened(chromium, live_server, script=False)
    page.click("form[action='/calls/take/'] button")
    page.click("button[value=self]")
    page.fill("#id_narrative", TOLD["narrative"])
    page.click("button[data-key='Ctrl Enter']")
    assert page.url.endswith("/calls/")
    assert kept()[1] == 1
    page.context.close()


@pytest.mark.parametrize("width", [1280, 360])
def test_no_screen_of_a_call_has_a_fault_or_scrolls_sideways(
    transactional_db: None, chromium: Any, live_server: Any, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    faults = {}
    page = opened(chromium, live_server, width=width)

    def look(name: str) -> None:
        found = [fault["id"] for fault in Axe().run(page).response["violations"]]
        if found or page.evaluate("document.documentElement.scrollWidth") > width:
            faults[name] = found

    page.fill("#id_number", "+7 701 000 00 41")
    page.click("form[action='/calls/take/'] button")
    page.wait_for_selector("#told")
    look("told")
    screen = page.url
    page.click("button[value=abusive]")
    page.wait_for_url("**/calls/")
    look("list")
    page.goto(screen)
    look("over")
    page.context.close()
    assert faults == {}
