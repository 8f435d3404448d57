"""Access in the browser: a record sealed from its first second, a block that is lifted, an emergency and its review."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from shutil import which
from typing import Any

import pytest

from qorgan.cli.demo import PASSWORD
from qorgan.cli.serve import answers, free_port
from tests.journeys.places import Place
from tests.journeys.test_release_room import browser, clean

__all__ = ["browser"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(which("chromium") is None, reason="Chromium is not installed"),
]
WORDS = "Күйеуі ішіп келіп, балаларының көзінше итеріп, қолын бұраған."
HER, HER_IIN = "Есімханова Сая Болатқызы", "880202400404"


@pytest.fixture(scope="module")
def staff(kazakhstan: Place) -> Iterator[str]:
    """The pages of staff of a place without a record."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QORGAN_", "DJANGO_"))}
    environment = kept | {"QORGAN_HOME": str(kazakhstan.home), "QORGAN_COUNTRY": kazakhstan.country}
    port = free_port(8340)
    command = [sys.executable, "-m", "qorgan.cli.main", "serve", "staff", "--port", str(port)]
    running = subprocess.Popen(command, env=environment)
    try:
        assert answers(f"http://127.0.0.1:{port}/", within=60)
        yield f"http://127.0.0.1:{port}/"
    finally:
        running.terminate()
        running.wait(20)


class Desk:
    """One person at one machine."""

    def __init__(self, browser: Any, staff: str, login: str) -> None:
        self.staff = staff
        self.page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en").new_page()
        self.page.context.add_cookies([{"name": "lang", "value": "en", "url": staff}])
        self.page.goto(staff + "kin/")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("nav[aria-label=Sections]")

    def to(self, path: str) -> Any:
        self.page.goto(self.staff + path)
        return self.page

    def press(self, button: str) -> None:
        """Press it and see the page that follows: a click alone comes back while the old page still stands."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button).first.click()

    def follow(self, link: str, *, exact: bool = False) -> None:
        """Go where the link leads, and see that page."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=link, exact=exact).first.click()

    def choose(self, name: str, value: str) -> None:
        self.page.check(f"input[name={name}][value={value}]", force=True)

    def writes(self, serving: str, **said: str) -> str:
        """Write a report down; its number."""
        page = self.to("reports/new/")
        self.choose("serving", serving)
        page.fill("textarea[name=narrative]", WORDS)
        for name, text in said.items():
            page.fill(f"input[name={name}]", text)
        self.press("Keep the report")
        found = re.search(r"[А-ЯA-Z]{3}-\d\d-\d{6}", page.inner_text("main"))
        assert found, page.inner_text("main")
        return found.group()

    def finds(self, number: str) -> bool:
        """Whether the number, typed into the list of reports, leads to a record."""
        page = self.to(f"reports/?number={number}")
        return page.get_by_text("lies in your sight").count() == 0


def test_record_is_sealed_from_its_first_second_and_opens_only_to_whom_it_was_routed(browser: Any, staff: str) -> None:
    inspector = Desk(browser, staff, "inspector")
    number = inspector.writes("police", victim=HER)
    head, abai, prosecutor = (Desk(browser, staff, login) for login in ("head", "abai", "prosecutor"))
    assert not head.finds(number)
    assert not abai.finds(number)
    prosecutor.to("")
    prosecutor.follow("Say who takes it on")
    clean(prosecutor.page)
    prosecutor.page.select_option("select[name=agency]", label="Abai district police, Shymkent")
    prosecutor.press("Entrust it to them")
    abai.to("entrusted/")
    abai.press("Enter")
    assert abai.page.get_by_text(WORDS[:20]).count() >= 1
    assert not head.finds(number)


def test_block_is_made_in_silence_lifted_elsewhere_and_the_record_is_in_sight_again(browser: Any, staff: str) -> None:
    inspector = Desk(browser, staff, "juvenile")
    clean(inspector.page)
    inspector.page.select_option("select[name=relation]", "sibling")
    inspector.page.fill("input[name=iin]", HER_IIN)
    inspector.press("Declare")
    clean(inspector.page)
    number = Desk(browser, staff, "desk").writes("no", victim=HER, iin=HER_IIN)
    assert not inspector.finds(number)
    reviewer = Desk(browser, staff, "abaihead")
    clean(reviewer.to("reviews/"))
    reviewer.follow("Review", exact=True)
    assert reviewer.page.get_by_text(HER).count() >= 1
    clean(reviewer.page)
    reviewer.choose("answer", "lift")
    reviewer.page.fill("textarea[name=why]", "A namesake: she has no sister.")
    reviewer.press("Decide")
    assert reviewer.page.get_by_text("The block is lifted").count() == 1
    assert inspector.finds(number)


def test_record_opened_in_an_emergency_is_told_reviewed_and_shut_again(browser: Any, staff: str) -> None:
    number = Desk(browser, staff, "desk").writes("no", victim="Қалиева Айша Серікқызы")
    rudny = Desk(browser, staff, "rudny")
    assert not rudny.finds(number)
    clean(rudny.to("urgent/"))
    rudny.page.fill("input[name=number]", number)
    rudny.choose("reason", "call")
    rudny.page.fill("textarea[name=why]", "She is at our desk with a child.")
    rudny.press("Open the record")
    clean(rudny.page)
    rudny.press("Enter")
    assert rudny.page.get_by_text(WORDS[:20]).count() >= 1
    rudny.press("Leave the file")
    head = Desk(browser, staff, "head")
    assert head.to("").get_by_text("opened in an emergency").count() >= 1
    reviewer = Desk(browser, staff, "abaihead")
    reviewer.to("reviews/")
    reviewer.follow("Decide", exact=True)
    assert reviewer.page.get_by_text("She is at our desk with a child.").count() == 1
    clean(reviewer.page)
    reviewer.choose("answer", "no")
    reviewer.page.fill("textarea[name=why]", "Nobody was at the desk: the desk was asked.")
    reviewer.press("Decide")
    assert rudny.to("entrusted/").get_by_text(number).count() == 0
