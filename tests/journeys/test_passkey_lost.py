"""A passkey lost: in a real browser with an authenticator of its own, from the first key to the one that follows it."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import LazySettings
from django.core.cache import cache

from qorgan.agencies.models import Staff
from qorgan.base.models import JournalEntry
from tests.conftest import PASSWORD

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = Path("/usr/bin/chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing"),
]
# Built into a machine, asks its owner who she is, and holds passkeys.
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """One browser for all journeys."""
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
    asyncio.set_event_loop(None)


@pytest.fixture
def visit(chromium: Any, live_server: Any) -> Any:
    """Opens a browser of its own for someone who reads English; its pages lie under the address of the server."""
    cache.clear()

    def opened(**options: Any) -> Any:
        context = chromium.new_context(base_url=live_server.url, **options)
        context.add_cookies([{"name": "lang", "value": "en", "url": live_server.url}])
        return context.new_page()

    return opened


def _by_password(page: Any) -> None:
    page.goto("/sign-in/")
    page.fill("#id_login", "inspector")
    page.fill("#id_password", PASSWORD)
    page.click("form.panel button")


def _out(page: Any) -> None:
    page.goto("/account/")
    page.click("footer button:has-text('Sign out')")


def _added(page: Any, name: str) -> list[str]:
    """Add a passkey; the recovery codes that come with the first."""
    page.goto("/account/webauthn/add/")
    page.fill("#id_name", name)
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/account/recovery-codes/")
    return str(page.inner_text("pre")).split()


def _clean(page: Any) -> None:
    """No fault that axe knows on the page that is open, and no side scroll."""
    from axe_playwright_python.sync_playwright import Axe

    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def _by_passkey(page: Any) -> None:
    page.goto("/sign-in/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: not url.endswith("/sign-in/"))


def test_a_passkey_is_made_used_lost_and_followed_by_another(visit: Any) -> None:
    page = visit(viewport={"width": 360, "height": 800})
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    first = device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})["authenticatorId"]
    _by_password(page)
    codes = _added(page, "key")
    assert len(codes) == 10
    _clean(page)
    _renamed(page, "telephone")
    _out(page)
    _by_passkey(page)
    assert page.url.endswith("/"), "no password was asked for"

    device.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": first})
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    _out(page)
    page.goto("/sign-in/")
    page.click("#passkey_login")
    page.wait_for_selector("#passkey_failed", timeout=15_000)

    _by_password(page)
    page.wait_for_url("**/account/authenticate/")
    _clean(page)
    page.fill("#id_code", codes[0])
    page.click("form.panel button")
    page.goto("/account/")
    _clean(page)
    assert "telephone" in page.inner_text("main")
    page.click("main a:has-text('Remove')")
    _clean(page)
    page.click("main button:has-text('Remove')")
    page.wait_for_url("**/account/")
    assert "telephone" not in page.inner_text("main")
    assert _added(page, "new telephone") != codes
    _out(page)
    _by_passkey(page)
    page.goto("/account/")
    assert "new telephone" in page.inner_text("main")
    _told()


def _renamed(page: Any, name: str) -> None:
    page.goto("/account/")
    page.click("main a:has-text('Rename')")
    _clean(page)
    page.fill("#id_name", name)
    page.click("main form button")
    page.wait_for_url("**/account/")
    assert name in page.inner_text("main")


def _told() -> None:
    """What the journal says of it, by whom, about whom."""
    inspector = Staff.objects.get(login="inspector").pk
    rows = JournalEntry.objects.filter(kind__contains="factor").order_by("id")
    assert [(row.kind.removeprefix("web.staff."), row.detail.get("means")) for row in rows] == [
        ("factor_added", "passkey"),
        ("factor_renamed", "passkey"),
        ("factor_used", "passkey"),
        ("factor_used", "recovery_codes"),
        ("factor_removed", "passkey"),
        ("factor_added", "passkey"),
        ("factor_used", "passkey"),
    ]
    assert {(row.staff_id, row.thing_id) for row in rows} == {(inspector, str(inspector))}


def test_a_passkey_of_another_site_is_never_offered(visit: Any, live_server: Any) -> None:
    page = visit()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    held = device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})["authenticatorId"]
    _by_password(page)
    _added(page, "telephone")
    stored = device.send("WebAuthn.getCredentials", {"authenticatorId": held})["credentials"]
    assert [one["rpId"] for one in stored] == ["localhost"]
    _out(page)
    false = live_server.url.replace("localhost", "127.0.0.1")  # the same pages under another name
    page.goto(f"{false}/sign-in/")
    page.click("#passkey_login")
    page.wait_for_selector("#passkey_failed", timeout=15_000)


def test_a_disabled_persons_passkey_is_answered_like_one_that_nobody_knows(visit: Any) -> None:
    page = visit()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    _by_password(page)
    _added(page, "telephone")
    _out(page)
    staff = Staff.objects.filter(login="inspector")
    staff.update(is_active=False)
    try:
        page.goto("/sign-in/")
        page.click("#passkey_login")
        page.wait_for_selector("[role=status]:has-text('Incorrect code.')")
        page.goto("/")
        assert "/sign-in/" in page.url
    finally:
        staff.update(is_active=True)
    assert not JournalEntry.objects.filter(kind="web.staff.factor_used").exists()


def test_without_javascript_password_and_app_open_the_pages(visit: Any, settings: LazySettings) -> None:
    settings.MFA_TOTP_TOLERANCE = 1  # a code read in the last instant of its half minute is still taken
    page = visit(java_script_enabled=False)
    _by_password(page)
    page.goto("/account/totp/activate/")
    secret = page.inner_text("code")
    page.fill("#id_code", _code(secret))
    page.click("form.panel button")
    assert Authenticator.objects.filter(type="totp").count() == 1
    _out(page)
    cache.clear()  # a code is good once; the next half minute would be too long to wait for
    _by_password(page)
    page.fill("#id_code", _code(secret))
    page.click("form.panel button")
    page.goto("/cases/")
    assert page.url.endswith("/cases/")


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
