"""What becomes of reports, in the browser and without a mouse: the desk, the office next door, a prosecutor.

What was handed on lies in the list of the desk, each way of ending it is a digit, and what is written off comes back
where the prosecutor cancels that.
"""

import re
from collections.abc import Iterator
from shutil import which
from typing import Any

import pytest

from tests.journeys.places import Place
from tests.journeys.serving import Keyboard, served
from tests.journeys.test_release_room import browser, clean

__all__ = ["browser"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(which("chromium") is None, reason="Chromium is not installed"),
]
NUMBER = re.compile(r"[А-ЯA-Z]{3}-\d\d-\d{6}")
SHYMKENT = "Шымкент, Еңбекші ауданы"
TOLD = "Көрші пәтерден айқай естіледі, бала жылап тұр."
AGAIN = "Сол пәтерде тағы айқай шықты."
WHY = "Көршіден жауап алынбаған: үйге бару керек."


@pytest.fixture(scope="module")
def staff(kazakhstan: Place) -> Iterator[str]:
    """The pages of staff of a place without a record."""
    with served(kazakhstan, "staff", first=8440) as (pages,):
        yield pages.address


def numbered(page: Any) -> str:
    """The number of the report that the page speaks of first."""
    found = NUMBER.search(page.inner_text("body"))
    assert found, page.inner_text("body")
    return found.group()


def handed_on(browser: Any, staff: str) -> str:
    """Someone calls line 150, which hands on what it was told; the number of the report."""
    line = Keyboard(browser, staff, "calltaker")
    page = line.open("calls/")
    line.press("KeyN")
    page.wait_for_selector("#told")
    line.press("Digit2")
    page.wait_for_selector("button[aria-pressed]")
    for name, text in (("address", SHYMKENT), ("narrative", TOLD)):
        line.to(name)
        line.type(text)
    line.press("Control+Enter")
    page.wait_for_url("**/calls/")
    number = numbered(page)
    page.context.close()
    return number


def written(desk: Keyboard, words: str) -> str:
    """A report is written down at the desk; its number."""
    page = desk.open("reports/new/")
    desk.to("narrative")
    desk.type(words)
    desk.press("Control+Enter")
    page.wait_for_url("**/reports/*-*/")
    return numbered(page)


def decides(desk: Keyboard, number: str) -> Any:
    """The page of the ways a report may end, found by its number and opened by a key."""
    page = desk.open(f"reports/?number={number}")
    page.wait_for_url("**/reports/*-*/")
    desk.press("Digit2")
    page.wait_for_url("**/triage/")
    return page


def kept(desk: Keyboard, said: str) -> None:
    """The form that is open is kept; the page that follows says so."""
    desk.press("Control+Enter")
    desk.page.get_by_text(said).wait_for()


def test_what_was_handed_on_has_a_clock_and_is_forwarded_and_accepted_next_door(browser: Any, staff: str) -> None:
    number = handed_on(browser, staff)
    desk = Keyboard(browser, staff, "desk")
    page = decides(desk, number)
    assert page.query_selector("main .clock"), page.inner_text("main")
    assert "CPC" in page.inner_text("main")
    clean(page)
    desk.press("Digit3")
    desk.to("agency")
    desk.type("Abai")
    desk.to("reason")
    desk.press("Space")
    kept(desk, f"Report {number} is forwarded; the other office answers.")
    page.context.close()
    abai = Keyboard(browser, staff, "abai")
    page = abai.open("duties/tomorrow/")
    page.locator(f"tr:has-text('{number}') a[href$='/triage/']").focus()
    abai.press("Enter")
    page.wait_for_url("**/triage/")
    assert TOLD in page.inner_text("main")
    abai.press("Digit1")
    page.get_by_text(f"Report {number} is yours; its clock starts now.").wait_for()
    assert page.query_selector("main .clock")
    clean(page)
    page.context.close()


def test_a_second_report_of_one_event_is_joined_to_the_first(browser: Any, staff: str) -> None:
    desk = Keyboard(browser, staff, "desk")
    first, second = written(desk, TOLD), written(desk, AGAIN)
    decides(desk, second)
    desk.press("Digit4")
    desk.to("number")
    desk.type(first)
    desk.to("reason")
    desk.press("Space")
    kept(desk, f"Report {second} is joined.")
    page = desk.open(f"reports/?number={first}")
    assert page.get_by_role("link", name=second).count() == 1
    clean(page)
    page.context.close()


def test_a_write_off_is_before_the_prosecutor_at_once_and_comes_back_to_the_desk_with_a_duty(
    browser: Any, staff: str
) -> None:
    desk = Keyboard(browser, staff, "desk")
    number = written(desk, TOLD)
    decides(desk, number)
    desk.press("Digit5")
    desk.to("reason")
    desk.press("Space")
    desk.to("read")
    desk.press("Space")
    kept(desk, f"Report {number} is written off.")
    prosecutor = Keyboard(browser, staff, "prosecutor")
    page = prosecutor.open("")
    assert page.get_by_text("no signs of an offence were found").count() >= 1
    clean(page)
    prosecutor.open("courts/write-offs/")
    prosecutor.on(number)
    page.wait_for_url("**/write-offs/*-*/")
    clean(page)
    prosecutor.to("why")
    prosecutor.type(WHY)
    kept(prosecutor, f"The write-off of report {number} is cancelled")
    page.context.close()
    owed = desk.open("duties/tomorrow/").locator(f"tr:has-text('{number}') a[href$='/triage/']")
    assert owed.count() == 1  # a day from now, on whatever day that is
    owed.focus()
    desk.press("Enter")
    page = desk.page
    page.wait_for_url("**/triage/")
    assert WHY in page.inner_text("main")
    assert page.query_selector("main .clock")
    page.context.close()
