"""A checked text in a real browser: clean for axe at both widths, and the reasons open without JavaScript."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = Path("/usr/bin/chromium")
TEXT = (
    "Орталыққа 600 адам келді, оның 420-сы (65 %) әйел. Қазір елде 69 дағдарыс орталығы бар. "
    "Құқық бұзушылық 6 %-ға, оның ішінде кісі өлтіру 29 %-ға, ұрлық 19 %-ға азайды."
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing"),
]


@pytest.fixture
def public(transactional_db: None, settings: LazySettings, live_server: Any) -> str:
    """Where the public process is."""
    settings.PROCESS = "public"
    settings.ROOT_URLCONF = "qorgan.config.urls.public"
    return str(live_server.url)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_journalist_checks_a_text_and_no_fault_is_found(chromium: Any, public: str, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = chromium.new_context(viewport={"width": width, "height": 800}).new_page()
    page.goto(f"{public}/claims/")
    for step in ("empty", "checked", "opened"):
        if step == "checked":
            page.fill("#own", TEXT)
            page.click("form button.go")
            page.wait_for_selector("#c2")
        elif step == "opened":
            page.click("#c2 summary")
        assert [fault["id"] for fault in Axe().run(page).response["violations"]] == [], step
        assert page.evaluate("document.documentElement.scrollWidth") <= width, step
    page.context.close()


def test_a_press_officer_without_javascript_chooses_a_reading_and_shares_it(chromium: Any, public: str) -> None:
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(f"{public}/claims/")
    page.fill("#own", TEXT)
    page.click("form button.go")
    page.click("a.v-if >> nth=0")
    assert page.url.endswith("#c2")
    page.click("#c2 summary")
    assert page.locator("#c2 svg.iv").first.is_visible()
    page.select_option("select[name='choice:parts:t5']", "all")
    page.click("section form button.go >> nth=0")
    page.click("a.share")
    assert page.locator("a.v-no[href='#c2']").count() == 3
    assert page.input_value("select[name='choice:parts:t5']") == "all"
    page.context.close()


def test_on_paper_the_pictures_stand_open_and_nothing_to_press_is_left(chromium: Any, public: str) -> None:
    page = chromium.new_context(viewport={"width": 800, "height": 1100}).new_page()
    page.goto(f"{public}/claims/")
    page.fill("#own", TEXT)
    with page.expect_navigation():
        page.click("form button.go")
    page.emulate_media(media="print")
    pictures = page.locator("svg.iv")
    assert pictures.count() >= 2
    for place in range(pictures.count()):  # a browser shows print a moment after it is asked to
        playwright.expect(pictures.nth(place)).to_be_visible()
    pressed = page.locator("button:visible, textarea:visible, select:visible, a.share:visible")
    playwright.expect(pressed).to_have_count(0)
    playwright.expect(page.locator(".speech a.v-no").first).to_be_visible()
    page.context.close()
