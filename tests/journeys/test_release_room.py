"""A release in the browser: the statistician asks, the press officer reads, the checker decides, the public looks.

The real processes serve: pages of staff without facts or key, the process `statistics` that builds and signs, the
pages of the public that see no draft.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from shutil import which
from typing import Any

import pytest

from qorgan.cli.demo import PASSWORD
from qorgan.cli.serve import answers, free_port
from tests.journeys.places import Place

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(which("chromium") is None, reason="Chromium is not installed"),
]
PERIOD, NUMBER = "2026-10", "2026-10-1"


@dataclass(frozen=True)
class Served:
    """Where the pages of a place are."""

    staff: str
    public: str


@pytest.fixture(scope="module")
def served(kazakhstan: Place) -> Iterator[Served]:
    """A small part of a synthetic year, its pages, and the process that builds releases."""
    kazakhstan.run("simulation", "settle")
    kazakhstan.run("simulation", "make", "--year", "2026", "--scale", "0.002")
    kazakhstan.run("facts", "collect")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QORGAN_", "DJANGO_"))}
    environment = kept | {"QORGAN_HOME": str(kazakhstan.home), "QORGAN_COUNTRY": kazakhstan.country}
    ports = [free_port(8300)]
    ports.append(free_port(8300, taken=ports))
    parts = [["staff", "--port", str(ports[0])], ["public", "--port", str(ports[1])], ["statistics"]]
    command = [sys.executable, "-m", "qorgan.cli.main", "serve"]
    running = [subprocess.Popen([*command, *part], env=environment) for part in parts]
    found = Served(*(f"http://127.0.0.1:{port}/" for port in ports))
    try:
        assert answers(found.staff, within=60)
        assert answers(found.public, within=60)
        yield found
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


def clean(page: Any) -> None:
    """No fault of accessibility on the page as it stands."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def signed_in(browser: Any, served: Served, login: str) -> Any:
    page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en").new_page()
    page.context.add_cookies([{"name": "lang", "value": "en", "url": served.staff}])
    page.goto(served.staff + "figures/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("nav[aria-label=Sections]")
    return page


def passer_by(browser: Any, served: Served) -> Any:
    """Someone with a telephone who reads English."""
    page = browser.new_context(viewport={"width": 360, "height": 740}, locale="en").new_page()
    page.context.add_cookies([{"name": "lang", "value": "en", "url": served.public}])
    return page


@pytest.fixture(scope="module")
def drawn_up(browser: Any, served: Served) -> str:
    """The statistician asks for a month and waits until it is there."""
    page = signed_in(browser, served, "statistician")
    clean(page)
    with page.expect_navigation():
        page.get_by_role("link", name="Draw up a release").click()
    page.fill("input[name=period]", PERIOD)
    clean(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Draw it up").click()
    for _look in range(120):
        if NUMBER in page.url:
            break
        assert page.get_by_text("is being drawn up").count() == 1
        page.wait_for_timeout(1000)
        with page.expect_navigation():
            page.get_by_role("link", name="Look again").click()
    assert page.get_by_text("Not published: nobody outside this house sees it.").count() == 1
    clean(page)
    return str(page.url)


def test_press_officer_reads_the_draft_and_takes_its_paper_while_the_public_knows_nothing_of_it(
    browser: Any, served: Served, drawn_up: str
) -> None:
    page = signed_in(browser, served, "press")
    assert page.get_by_role("link", name="Draw up a release").count() == 0
    with page.expect_navigation():
        page.get_by_role("link", name="2026-10/1").first.click()
    assert page.get_by_text("There is nothing for you to decide here.").count() == 1
    paper = page.request.get(served.staff + f"figures/releases/{NUMBER}/files/paper/kk.pdf")
    assert paper.body().startswith(b"%PDF")
    assert page.request.get(served.public + f"releases/{NUMBER}/").status == 404


def test_second_person_checks_publishes_and_later_withdraws_and_the_public_reads_each(
    browser: Any, served: Served, drawn_up: str
) -> None:
    page = signed_in(browser, served, "checker")
    clean(page)
    page.goto(drawn_up)
    for button in ("It is right", "Publish"):
        with page.expect_navigation():
            page.get_by_role("link", name=button, exact=True).click()
        clean(page)
        with page.expect_navigation():
            page.get_by_role("button", name=button).click()
    reader = passer_by(browser, served)
    for address in (
        "",
        "releases/",
        f"releases/{NUMBER}/",
        f"releases/{NUMBER}/orders_issued/",
        "definitions/",
        "verify/",
    ):
        assert reader.goto(served.public + address).status == 200
        clean(reader)
        wide = reader.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, (address, wide)
    with page.expect_navigation():
        page.get_by_role("link", name="Withdraw", exact=True).click()
    page.fill("textarea[name=reason]", "One desk sent its file twice")
    with page.expect_navigation():
        page.get_by_role("button", name="Withdraw").click()
    page.get_by_text("Release 2026-10/1 is withdrawn.").wait_for()
    reader = passer_by(browser, served)  # the first one's browser keeps a page for a minute
    notice = reader.goto(served.public + f"releases/{NUMBER}/")
    assert notice.status == 410
    assert reader.get_by_text("One desk sent its file twice").count() == 1
    clean(reader)


def test_release_shown_on_the_front_page_is_the_file_that_verifies(
    browser: Any, served: Served, kazakhstan: Place, drawn_up: str, tmp_path: Any
) -> None:
    reader = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    reader.goto(served.public)
    assert reader.get_attribute("html", "lang") == "kk"
    with reader.expect_download() as taken:
        reader.get_by_role("link", name=".zip").first.click()
    taken.value.save_as(tmp_path / "box.zip")
    kazakhstan.run("release", "verify", str(tmp_path / "box.zip"))
