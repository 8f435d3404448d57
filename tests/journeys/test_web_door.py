"""The web door in the browser: a frightened woman on her telephone, a child, a teacher, a doctor; and who answers them.

The real processes serve, and the worker's own command takes in what came. Nobody here has an account but the officer.
"""

import json
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
ELSEWHERE = "https://www.kazhydromet.kz/"
ANSWER = "Ертең сағат 18-ден кейін қоңырау шаламыз."
NUMBER = "8 701 000 00 41"
READING = 3_100  # milliseconds: sooner than anyone reads a page it would be taken for a machine
SHYMKENT = "Шымкент, Еңбекші ауданы"


@dataclass(frozen=True)
class Pages:
    """Where the pages of staff and the door are, and the place behind them."""

    place: Place
    staff: str
    door: str

    def taken_in(self) -> list[str]:
        """Let the worker take in what waits; the numbers of the reports."""
        return list(json.loads(self.place.run("heard", "take-in").stdout)["taken_in"])


@pytest.fixture(scope="module")
def pages(kazakhstan: Place) -> Iterator[Pages]:
    """Both, of a place without a record."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QORGAN_", "DJANGO_"))}
    environment = kept | {"QORGAN_HOME": str(kazakhstan.home), "QORGAN_COUNTRY": kazakhstan.country}
    ports = [free_port(8380)]
    ports.append(free_port(8380, taken=ports))
    command = [sys.executable, "-m", "qorgan.cli.main", "serve"]
    running = [
        subprocess.Popen([*command, part, "--port", str(port)], env=environment)
        for part, port in zip(("staff", "door"), ports, strict=True)
    ]
    found = Pages(kazakhstan, *(f"http://127.0.0.1:{port}/" for port in ports))
    try:
        assert answers(found.staff, within=60)
        assert answers(found.door, within=60)
        yield found
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)


def visitor(browser: Any, *, script: bool = True, width: int = 360) -> Any:
    """A browser of someone without an account; the page to which one leaves is a blank sheet."""
    context = browser.new_context(viewport={"width": width, "height": 740}, java_script_enabled=script)
    context.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body="weather", content_type="text/plain"))
    return context.new_page()


def sent(page: Any) -> str:
    """Send the form that is open, as slowly as a person; the code."""
    page.wait_for_timeout(READING)
    page.click("form.stack button.go")
    page.wait_for_url("**/sent/")
    return str(page.inner_text(".code"))


def answered(browser: Any, pages: Pages, *words: str) -> Desk:
    """The inspector finds the report of the door, reads its words and answers it."""
    [number] = pages.taken_in()
    desk = Desk(browser, pages.staff, "inspector")
    page = desk.to("reports/")
    desk.follow(number)
    page.wait_for_selector("text=Answer through the web door")
    assert all(one in page.inner_text("main") for one in words), page.inner_text("main")
    clean(page)
    desk.follow("Answer through the web door")
    clean(page)
    page.fill("textarea", ANSWER)
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=She reads it when she comes back with her code.")
    desk.follow("Back to the report")
    page.wait_for_selector("text=Answer through the web door")
    return desk


def read(page: Any, door: str, path: str, code: str, word: str = "") -> None:
    """Come back with a code, and read the answer."""
    page.goto(door + path)
    page.fill("input[name=code]", code)
    page.fill("input[name=word]", word)
    page.click("form.stack button.go")
    page.wait_for_selector(f"text={ANSWER}")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
def test_a_frightened_woman_tells_leaves_and_comes_back_for_her_answer(
    browser: Any, pages: Pages, script: bool
) -> None:
    page = visitor(browser, script=script)
    page.goto(pages.door)
    page.click("a[href='/new/']")
    page.fill("textarea", "Күйеуім ұрды, үйде екі бала")
    page.fill("input[name=place]", SHYMKENT)
    page.fill("input[name=phone]", NUMBER)
    page.click("summary")
    page.select_option("select[name=opens]", "18")
    page.select_option("select[name=closes]", "21")
    page.fill("input[name=code_word]", "кітапхана")
    code = sent(page)
    page.fill("input[name=word]", "Тасбақа")
    page.click("form.stack button")
    page.wait_for_load_state()
    page.click("a[data-leave]")
    page.wait_for_url(f"{ELSEWHERE}**")
    desk = answered(browser, pages, "Күйеуім ұрды, үйде екі бала", "18:00–21:00")
    read(page, pages.door, "back/", code, "тасбақа")
    assert "Күйеуім" not in page.content()
    page.context.close()
    _safely_reached(desk)


def _safely_reached(desk: Desk) -> None:
    """Her case says how she may be reached, and no number before the gate lets it through."""
    desk.press("Open a case")
    desk.page.wait_for_url("**/cases/**")
    desk.follow("how to reach")
    desk.page.wait_for_url("**/reach/**")
    shown = desk.page.inner_text("main")
    assert "18:00–21:00" in shown
    assert not any(secret in shown for secret in ("кітапхана", "000 00 41", "0000041"))
    clean(desk.page)
    desk.page.context.close()


def test_a_child_tells_on_a_telephone_in_five_pages_and_reads_the_answer(browser: Any, pages: Pages) -> None:
    page = visitor(browser)
    page.goto(pages.door)
    page.click("a[href='/q/1/']")
    page.check("input[value=scares]", force=True)
    for number in range(2, 6):
        page.click("form.stack button.go")
        page.wait_for_url(f"**/q/{number}/")
        clean(page)
        if number == 3:
            page.fill("textarea", "Үйге барғым келмейді")
        if number == 4:
            page.fill("input[name=text]", SHYMKENT)
    code = sent(page)
    clean(page)
    desk = answered(browser, pages, "Үйге барғым келмейді")
    desk.page.context.close()
    read(page, pages.door, "again/", code)
    clean(page)
    page.context.close()


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("a teacher", "Мен мұғаліммін, 7-сынып оқушысының қолында көгерген іздер бар. № 17 мектеп."),
        ("a doctor", "Қабылдау бөлімі: әйелдің қолы сынған, құлап түстім дейді, күйеуі қасынан кетпейді."),
    ],
)
def test_whoever_sees_it_at_work_tells_it_from_a_desk_without_an_account(
    browser: Any, pages: Pages, who: str, words: str
) -> None:
    page = visitor(browser, width=1280)
    page.goto(pages.door)
    page.click("a[href='/near/']")
    page.fill("textarea", words)
    page.fill("input[name=place]", SHYMKENT)
    page.fill("input[name=phone]", NUMBER)
    clean(page)
    code = sent(page)
    desk = answered(browser, pages, words)
    desk.page.context.close()
    read(page, pages.door, "back/", code)
    page.context.close()
