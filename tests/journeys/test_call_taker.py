"""A shift of a call-taker of line 150 in the browser, from signing in to signing out, without a mouse.

The real process serves. What a machine of a line would keep is looked for where browsers keep things.
"""

from collections.abc import Iterator
from shutil import which
from typing import Any

import pytest

from tests.journeys.places import Place
from tests.journeys.serving import Keyboard, Served, served
from tests.journeys.test_release_room import browser, clean

__all__ = ["browser"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(which("chromium") is None, reason="Chromium is not installed"),
]
MOST_KEYS = 250  # of a scripted call, whole
TRIES = 4  # of a key that is taken back within seconds: a machine may be slower than that
NUMBER = "87010000041"
TOLD = {
    "children": "екеуі жанында",
    "written": "Нұрғалиева Айгер",
    "birth_year": "1991",
    "address": "Шымкент, Еңбекші ауданы",
    "narrative": "Мас күйде келіп, балалар көзінше итерген.",
    "suspect": "Нұрғалиев Серік",
}
KEPT = """async () => ({
  local: localStorage.length, session: sessionStorage.length, cookies: document.cookie,
  bases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"local": 0, "session": 0, "bases": 0, "caches": 0, "workers": 0}


@pytest.fixture(scope="module")
def staff(kazakhstan: Place) -> Iterator[Served]:
    """The pages of staff of a place without a record."""
    with served(kazakhstan, "staff", first=8420) as (pages,):
        yield pages


def nothing_is_kept(page: Any) -> None:
    """The browser holds nothing of a page; cookies that a script can read say the language and guard forms."""
    kept = page.evaluate(KEPT)
    assert {one.partition("=")[0].strip() for one in kept.pop("cookies").split(";")} <= {"", "lang", "csrftoken"}
    assert kept == NOTHING


def takes(desk: Keyboard, number: str = "") -> Any:
    """A call is taken from the list of calls, by keys; its screen."""
    page = desk.open("calls/")
    if number:
        desk.to("number")
        desk.type(number)
        desk.press("Enter")
    else:
        desk.press("KeyN")
    page.wait_for_selector("#told")
    return page


def closed(desk: Keyboard, key: str, word: str) -> None:
    """One key ends the call."""
    desk.press(key)
    desk.page.wait_for_url("**/calls/")
    assert word in desk.page.inner_text("table[data-rows]")


def closed_and_taken_back(desk: Keyboard, key: str) -> None:
    """One key ends a call, and another takes that back: then the screen of the call is there again."""
    for _time in range(TRIES):
        takes(desk)
        desk.press(key)
        desk.page.wait_for_url("**/calls/")
        desk.press("Alt+KeyZ")
        desk.page.wait_for_selector("#told, h1:has-text('Calls') ~ *, main:has-text('five seconds')")
        if desk.page.query_selector("#told"):
            return
    raise AssertionError("nothing was taken back in time")


def told(desk: Keyboard) -> None:
    """What a woman tells about herself is written down; the question before the names is answered first."""
    page = desk.page
    desk.press("Digit1")
    page.wait_for_selector("button[aria-pressed]")
    desk.to("talk")
    desk.press("Space")
    desk.to("serving")
    desk.press("ArrowDown")
    desk.to("where")
    desk.press("Space")
    for name, text in TOLD.items():
        desk.to(name)
        desk.type(text)
    desk.to("topic")
    desk.press("ArrowDown")


def test_silence_and_pranks_are_one_key_and_a_second_silence_asks_whether_its_caller_is_safe(
    browser: Any, staff: Served
) -> None:
    desk = Keyboard(browser, staff.address, "calltaker")
    closed_and_taken_back(desk, "Digit4")
    closed(desk, "Digit6", "Prank")
    for _time in range(2):
        takes(desk, NUMBER)
        desk.press("Alt+Digit4")
        desk.page.wait_for_url("**/calls/")
    clean(desk.page)
    assert NUMBER not in desk.page.content()
    page = desk.open("")
    assert page.get_by_text("Find out whether a silent caller is safe").count() == 1
    nothing_is_kept(page)
    page.context.close()


def test_a_call_that_tells_is_complete_in_few_keys_and_nothing_of_it_stays_on_the_machine(
    browser: Any, staff: Served
) -> None:
    desk = Keyboard(browser, staff.address, "calltaker")
    page = desk.open("calls/")
    desk.count = 0
    desk.press("KeyN")
    page.wait_for_selector("#told")
    told(desk)
    desk.press("Control+Enter")
    page.wait_for_url("**/calls/")
    assert desk.count <= MOST_KEYS, desk.count
    assert page.get_by_text("is kept").count() == 1
    nothing_is_kept(page)
    desk.on("Sign out")
    page.wait_for_selector("input[name=login], button:has-text('Sign out')")
    page.go_back()
    assert TOLD["narrative"] not in page.content()
    page.context.close()


def test_102_is_told_by_one_key_with_her_answer_beside_it_and_it_is_taken_back_in_time(
    browser: Any, staff: Served
) -> None:
    desk = Keyboard(browser, staff.address, "calltaker")
    page = takes(desk)
    told(desk)
    desk.press("F9")
    page.wait_for_selector("text=First say what she answered")
    desk.to("consent")
    desk.press("ArrowDown")
    for _time in range(TRIES):
        desk.press("F9")
        page.wait_for_selector("text=kept for 102")
        words = page.inner_text(".hot")
        assert TOLD["address"] in words
        assert TOLD["written"] not in words
        desk.press("Alt+KeyZ")
        page.wait_for_selector("button.alarm, .hot:has-text('kept for 102')")
        if page.query_selector("button.alarm"):
            break
    panel = page.inner_text(".hot")
    assert "question 2 is answered" in panel
    clean(page)
    assert page.input_value("#id_narrative") == TOLD["narrative"]
    page.context.close()


def test_what_she_typed_outlives_a_page_that_dies(browser: Any, staff: Served) -> None:
    desk = Keyboard(browser, staff.address, "calltaker")
    page = takes(desk)
    desk.press("Digit1")
    page.wait_for_selector("button[aria-pressed]")
    desk.to("narrative")
    with page.expect_response("**/draft/"):
        desk.type(TOLD["narrative"])
    screen = page.url
    page.close(run_before_unload=False)
    desk.page = desk.page.context.new_page()
    desk.open("calls/")
    desk.press("KeyJ", "Enter")
    desk.page.wait_for_url(screen)
    assert desk.page.input_value("#id_narrative") == TOLD["narrative"]
    nothing_is_kept(desk.page)
    desk.page.context.close()


def test_what_she_typed_stays_while_the_server_is_gone_and_is_saved_when_it_comes_back(
    browser: Any, staff: Served
) -> None:
    desk = Keyboard(browser, staff.address, "calltaker")
    page = takes(desk)
    desk.press("Digit1")
    page.wait_for_selector("button[aria-pressed]")
    desk.to("narrative")
    staff.kill()
    try:
        desk.type(TOLD["narrative"])
        page.wait_for_selector("#saved .unheard")
        desk.press("Control+Enter")
        page.wait_for_selector("#told .unheard")
        clean(page)
        assert page.input_value("#id_narrative") == TOLD["narrative"]
    finally:
        staff.start()
    page.wait_for_selector("#saved .done")
    desk.press("Control+Enter")
    page.wait_for_url("**/calls/")
    assert page.get_by_text("is kept").count() == 1
    nothing_is_kept(page)
    page.context.close()


def test_a_report_written_at_a_desk_waits_on_its_page_for_a_server_that_was_killed(browser: Any, staff: Served) -> None:
    desk = Keyboard(browser, staff.address, "desk")
    page = desk.open("reports/new/")
    desk.to("narrative")
    desk.type(TOLD["narrative"])
    staff.kill()
    try:
        desk.press("Control+Enter")
        page.wait_for_selector(".unheard")
    finally:
        staff.start()
    desk.press("Control+Enter")
    page.wait_for_url("**/reports/*-*/")
    assert TOLD["narrative"] in page.inner_text("main")
    page.context.close()
