"""The pages of sign-in and of the administrator as people see them: no fault that axe knows, no side scroll."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.web.pages import proven

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = Path("/usr/bin/chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing"),
]
STRANGERS = ("/sign-in/", "/invitation/")
OWN = (
    "/account/",
    "/account/protect/",
    "/account/webauthn/add/",
    "/account/totp/activate/",
    "/account/sessions/others/",
    "/account/password/",
)
ADMINISTRATORS = (
    "/staff/",
    "/staff/new/",
    "/staff/people/inspector/",
    "/staff/people/inspector/mandate/",
    "/staff/people/inspector/ask/",
    "/staff/channels/",
    "/staff/channels/new/",
)


def _page(chromium: Any, url: str, who: Client | None, *, width: int) -> Any:
    context = chromium.new_context(viewport={"width": width, "height": 800}, base_url=url)
    cookies = {"lang": "kk"} | ({"sessionid": who.cookies["sessionid"].value} if who else {})
    context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items()])
    return context.new_page()


def _faults(page: Any, address: str, *, width: int) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    assert page.goto(address).status == 200, address
    assert not page.is_visible("#passkey_failed"), "nothing has failed yet"
    found = [str(fault["id"]) for fault in Axe().run(page).response["violations"]]
    return found + ["wide"] * (page.evaluate("document.documentElement.scrollWidth") > width)


@pytest.mark.parametrize("width", [1280, 360])
def test_no_screen_of_sign_in_and_staff_has_a_fault_or_scrolls_sideways(
    chromium: Any, live_server: Any, settings: Any, width: int
) -> None:
    admin = proven("admin")
    admin.post("/staff/channels/new/", {"login": "desk", "label": "Кезекші пульті"})
    told: list[str] = []
    faults = {}
    for who, addresses in ((None, STRANGERS), (admin, OWN + ADMINISTRATORS)):
        page = _page(chromium, live_server.url, who, width=width)
        page.on("console", lambda message: told.append(message.text))
        for address in addresses:
            settings.SECOND_FACTOR = "everyone" if address == "/account/protect/" else "nobody"
            found = _faults(page, address, width=width)
            if found:
                faults[address] = found
    assert faults == {}
    assert told == [], "a script or a style that the policy stopped says so here"
