"""A missing child in the browser: the desk officer's night, the office next door, a passer-by with the address.

The real processes serve: pages of staff, and those of the public, which see approved words and no record.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from shutil import which
from typing import Any

import pytest

from qorgan.cli.serve import answers, free_port
from tests.journeys.places import Place
from tests.journeys.test_access import Desk
from tests.journeys.test_release_room import browser, clean

__all__ = ["browser"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(which("chromium") is None, reason="Chromium is not installed"),
]
CHILD, WEARING = "Рахымжанов Алдияр Ерболұлы", "Көк күрте, сары рюкзак"
PAGE = {"kk": "Алдияр, 11 жаста. Көк күрте.", "ru": "Алдияр, 11 лет. Синяя куртка.", "en": "Aldiyar, 11. Blue jacket."}


@dataclass(frozen=True)
class Pages:
    """Where the pages of staff and those of the public are."""

    staff: str
    public: str


@pytest.fixture(scope="module")
def pages(kazakhstan: Place) -> Iterator[Pages]:
    """Both, of a place without a record."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QORGAN_", "DJANGO_"))}
    environment = kept | {"QORGAN_HOME": str(kazakhstan.home), "QORGAN_COUNTRY": kazakhstan.country}
    ports = [free_port(8360)]
    ports.append(free_port(8360, taken=ports))
    command = [sys.executable, "-m", "qorgan.cli.main", "serve"]
    running = [
        subprocess.Popen([*command, part, "--port", str(port)], env=environment)
        for part, port in zip(("staff", "public"), ports, strict=True)
    ]
    found = Pages(*(f"http://127.0.0.1:{port}/" for port in ports))
    try:
        assert answers(found.staff, within=60)
        assert answers(found.public, within=60)
        yield found
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)


def _raised(desk: Desk) -> str:
    """The alarm, by the keys of the screen alone; the address of its page."""
    page = desk.to("missing/")
    page.keyboard.press("n")
    page.wait_for_url("**/missing/new/")
    clean(page)
    page.wait_for_function("document.activeElement.matches('textarea')")
    page.keyboard.type("Did not come home from school.")
    for key in ("Tab", "Space", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type(CHILD)
    page.keyboard.press("F8")
    page.keyboard.type(WEARING)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/missing/*-*/")
    clean(page)
    return str(page.url.removeprefix(desk.staff))


def _published(desk: Desk, head: Desk, alarm: str) -> str:
    """The page that one proposes and another lets stand; its address on the public site."""
    page = desk.to(f"{alarm}notice/")
    clean(page)
    for code, text in PAGE.items():
        page.fill(f"textarea[name=words_{code}]", text)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=Someone else approves these words.")
    notice = page.url.removeprefix(desk.staff)
    head.to(notice)
    clean(head.page)
    head.press("Approve: let it stand")
    clean(head.page)
    return str(head.page.inner_text("main code")).removeprefix("/")


def _next_door(abai: Desk) -> None:
    """The office next door finds the child in its own list, and answers."""
    abai.to("")
    abai.page.get_by_role("link", name="Our patrols know").or_(abai.page.get_by_text(CHILD)).first.wait_for()
    abai.to("missing/")
    abai.follow("Рахымжанов")
    assert abai.page.get_by_text(WEARING).count() == 1
    clean(abai.page)
    abai.press("Our patrols know")


def _searched(desk: Desk, alarm: str) -> None:
    page = desk.to(alarm)
    page.keyboard.press("1")
    page.wait_for_url("**/search/")
    clean(page)
    page.fill("input[name=place]", "The path to the river")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=The place is written down.")
    assert page.get_by_text("The path to the river").count() >= 1


def test_a_child_is_sought_by_the_whole_town_and_unknown_to_it_the_second_it_is_found(
    browser: Any, pages: Pages
) -> None:
    desk, head, abai = (Desk(browser, pages.staff, login) for login in ("desk", "head", "abai"))
    alarm = _raised(desk)
    _next_door(abai)
    _searched(desk, alarm)
    address = _published(desk, head, alarm)
    passer_by = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=True).new_page()
    assert passer_by.goto(pages.public + address).status == 200
    assert all(passer_by.get_by_text(text).count() == 1 for text in PAGE.values())
    clean(passer_by)
    page = desk.to(alarm)
    page.keyboard.press("2")
    page.wait_for_url("**/end/")
    desk.choose("how", "found_alive")
    page.fill("input[name=place]", "At a friend's house")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=No public page stands any more")
    assert passer_by.reload().status == 410
    clean(passer_by)
    passer_by.goto(pages.public)
    passer_by.go_back()  # nothing of it is kept for the way back either
    assert not any(passer_by.get_by_text(text).count() for text in PAGE.values())
    abai.to("missing/")
    assert abai.page.get_by_text("Рахымжанов").count() == 0


def test_the_public_reads_the_page_without_javascript_too_and_never_after_the_mark(browser: Any, pages: Pages) -> None:
    desk, head = (Desk(browser, pages.staff, login) for login in ("desk", "head"))
    alarm = _raised(desk)
    address = _published(desk, head, alarm)
    passer_by = browser.new_context(java_script_enabled=False).new_page()
    assert passer_by.goto(pages.public + address).status == 200
    assert passer_by.get_by_text(PAGE["kk"]).count() == 1
    page = desk.to(f"{alarm}mark/")
    page.check("input[name=sure]")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=This child is never named to the public.")
    clean(page)
    assert page.get_by_text("Propose a public page").count() == 0
    assert passer_by.reload().status == 410
