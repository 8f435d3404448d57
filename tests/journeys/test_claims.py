"""Statements in the browser: a journalist checks one, a press officer her own draft, an ombudsman keeps one.

The real processes serve; the later release is built, checked and published by those whose work it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from shutil import which
from typing import Any

import pytest

from qorgan.cli.demo import PASSWORD
from tests.journeys.places import Place
from tests.journeys.serving import served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(which("chromium") is None, reason="Chromium is not installed"),
]
TEXT = (
    "Орталыққа 600 адам келді, оның 420-сы (65 %) әйел. Қазір елде 69 дағдарыс орталығы бар. "
    "«Құқық бұзушылық 6 %-ға, оның ішінде кісі өлтіру 29 %-ға, ұрлық 19 %-ға азайды», – деді өкіл."
)
DRAFT = "2024 жылы 80 мың қорғау нұсқамасы шығарылды."
RIGHT = "2024 жылы 72 мың қорғау нұсқамасы шығарылды."
SAID = (
    "Число правонарушений сократилось на 6 %, в том числе убийств – на 29 %, краж – на 19 %. "
    "В октябре 2026 года вынесено 900 защитных предписаний."
)
PERIOD, RELEASE = "2026-10", "2026-10-1"


@dataclass(frozen=True)
class Pages:
    """Where the pages of a place are."""

    place: Place
    staff: str
    public: str


@pytest.fixture(scope="module")
def pages(kazakhstan: Place) -> Iterator[Pages]:
    """A small part of a synthetic year, collected, and no release of it yet."""
    kazakhstan.run("simulation", "settle")
    kazakhstan.run("simulation", "make", "--year", "2026", "--scale", "0.002")
    kazakhstan.run("facts", "collect")
    with served(kazakhstan, "staff", "public", first=8460) as (staff, public):
        yield Pages(kazakhstan, staff.address, public.address)


def clean(page: Any) -> None:
    """No fault of accessibility on the page as it stands, and it does not scroll sideways."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def press(page: Any, name: str) -> None:
    """Press a button and see the page that follows."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def follow(page: Any, name: str) -> None:
    """Go where a link leads."""
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def reader(chromium: Any, pages: Pages, *, width: int = 360, **given: Any) -> Any:
    """Someone without an account."""
    context = chromium.new_context(viewport={"width": width, "height": 760}, locale="en", **given)
    context.add_cookies([{"name": "lang", "value": "en", "url": pages.public}])
    return context.new_page()


def at_desk(chromium: Any, pages: Pages, login: str) -> Any:
    """Someone of the staff, signed in."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en")
    context.add_cookies([{"name": "lang", "value": "en", "url": pages.staff}])
    page = context.new_page()
    page.goto(pages.staff + "statements/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("nav[aria-label=Sections]")
    return page


def brings(page: Any, pages: Pages, text: str, language: str, **said: str) -> None:
    """Put a statement into the register."""
    page.goto(pages.staff + "statements/new/")
    page.fill("textarea[name=text]", text)
    page.select_option("select[name=language]", language)
    for name, words in said.items():
        page.fill(f"input[name={name}]", words)
    press(page, "Check and keep it")


@pytest.mark.parametrize("scripts", [True, False])
def test_journalist_without_an_account_checks_mends_and_shares(chromium: Any, pages: Pages, scripts: bool) -> None:
    page = reader(chromium, pages, java_script_enabled=scripts)
    page.goto(pages.public)
    page.fill("#own", TEXT)
    press(page, "Check its figures")
    marked = page.locator(".speech a.v")
    assert [marked.nth(place).get_attribute("class") for place in range(3)] == ["v v-no"] * 3
    assert page.locator(".speech a.v-if").count() == 3
    marked.first.click()
    assert page.url.endswith("#c1")
    page.locator("#c1 summary").first.click()
    assert page.locator("#c1 svg.iv").first.is_visible()
    assert "These figures cannot all be true" in page.locator("#c1").inner_text()
    if scripts:
        clean(page)
    page.locator("summary", has_text="Mend the reading itself").click()
    reading = page.input_value("#mend")
    assert "420" in reading
    page.fill("#mend", reading.replace("420", "390"))
    press(page, "Reckon again")
    assert page.get_by_text("a reading that a person has mended").count() == 1
    assert page.locator(".speech a.v-no").count() == 0
    shared = str(page.locator("a.share").get_attribute("href"))
    page.context.close()
    other = reader(chromium, pages, width=1280, java_script_enabled=scripts)
    other.goto(pages.public.rstrip("/") + shared)
    assert other.get_by_text("a reading that a person has mended").count() == 1
    assert "390" in other.input_value("#mend")
    if scripts:
        clean(other)
    other.context.close()


def test_press_officer_finds_the_conflict_in_her_draft_and_corrects_it_before_anyone_reads_it(
    chromium: Any, pages: Pages
) -> None:
    page = at_desk(chromium, pages, "press")
    brings(page, pages, DRAFT, "kk", speaker="Баспасөз қызметі")
    assert page.get_by_text("Differs from the record").count() >= 1
    told = page.locator(".verdicts").inner_text()
    assert "our own release 2024-1" in told and "fewer" in told
    clean(page)
    kept = page.url.rsplit("/", 2)[-2]
    follow(page, "Correct")
    page.fill("textarea[name=text]", RIGHT)
    page.fill("textarea[name=reason]", "жоба қате еді")
    press(page, "Check and keep it")
    assert page.locator(".pagehead").get_by_text("Agrees with the record").count() == 1
    assert page.get_by_text("жоба қате еді").count() == 1
    clean(page)
    assert page.request.get(f"{pages.public}claims/statements/{kept}/").status == 404
    assert page.get_by_role("link", name="Publish").count() == 0
    page.context.close()


def test_ombudsman_keeps_a_statement_chooses_a_reading_and_a_later_release_says_what_changed(
    chromium: Any, pages: Pages
) -> None:
    page = at_desk(chromium, pages, "ombudsman")
    more = {"said_on": "05.11.2026", "speaker": "Ведомство", "relay": "Дала газеті"}
    brings(page, pages, SAID, "ru", address="https://example.org/news/1", **more)
    address = page.url
    shown = page.locator("dl.pairs").inner_text()
    assert all(words in shown for words in ("Ведомство", "Дала газеті", "https://example.org/news/1", "11"))
    assert page.get_by_role("link", name="https://example.org/news/1").count() == 0
    follow(page, "Read it otherwise")
    page.select_option("select[name='choice:parts:t1']", "all")
    press(page, "Reckon again")
    assert page.get_by_text("read otherwise by a person").count() == 1
    assert page.locator(".speech .v-no").count() == 3
    for step in (("build", "--period", PERIOD), ("check", RELEASE), ("publish", RELEASE)):
        pages.place.run("release", *step)
    assert pages.place.json("claim", "check-again")["checked"] >= 1
    page.goto(address)
    assert page.get_by_text("checked again with new data").count() == 1
    assert "nothing on record" in page.locator("ol[reversed]").inner_text().lower()
    assert page.locator(".speech .v-no").count() == 3, "the reading that she chose is kept"
    assert "release 2026-10" in page.locator(".verdicts").inner_text()
    clean(page)
    page.goto(f"{address}?check=1")
    assert page.get_by_text("This is an earlier check.").count() == 1
    page.context.close()
