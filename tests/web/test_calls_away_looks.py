"""The call screen while the database is away, in a real browser: clean for axe, no side scroll, told by keys alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import LazySettings
from django.db import OperationalError

from qorgan.base import spool
from qorgan.base.keys.vault import vault
from qorgan.web import access, middleware
from tests.web.pages import signed_in

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = Path("/usr/bin/chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing"),
]


@pytest.fixture
def opened(
    chromium: Any, live_server: Any, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """The page of a call-taker whose database has just gone away."""

    def away(*_asked: object) -> None:
        raise OperationalError

    def open_(*, width: int, script: bool = True) -> Any:
        vault.cache_clear()
        settings.DOOR_SEALS = X25519PrivateKey.generate().public_key().public_bytes_raw()
        settings.SPOOL = str(tmp_path / "spool")
        spool.here().reserve()
        context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
        for name, value in (("sessionid", signed_in("calltaker").session.session_key), ("lang", "kk")):
            context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        page = context.new_page()
        assert page.goto(f"{live_server.url}/calls/").status == 200
        monkeypatch.setattr(middleware, "_mandates", away)
        monkeypatch.setattr(access, "_elsewhere", away)
        assert page.reload().status == 200
        return page

    return open_


def kinds() -> dict[str, int]:
    return spool.here().standing().kinds


@pytest.mark.parametrize("width", [360, 1280])
def test_the_sheet_is_clean_for_axe_and_never_scrolls_sideways(opened: Callable[..., Any], width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened(width=width)
    for _state in ("new", "taken", "said"):
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if _state == "new":
            page.locator("input[name=number]").fill("87010000041")
            page.locator("[data-key=N]").click()
        else:
            page.locator("[data-key='1']").click()
    page.locator("[data-key='4']").click()
    assert Axe().run(page).response["violations"] == []
    assert "+7" not in page.content()


def test_a_contact_is_told_by_keys_alone_and_each_pause_is_kept(opened: Callable[..., Any]) -> None:
    page = opened(width=1280)
    for key in ("n", "1"):
        with page.expect_navigation():
            page.keyboard.press(key)
    page.keyboard.press("F8")
    page.keyboard.type("Мас күйде келіп, итерген.")
    page.locator("#saved .done").wait_for()
    assert kinds()["calls"] >= 3
    page.keyboard.press("Control+Enter")
    page.locator(".notice.done").wait_for()
    assert "Мас күйде" not in page.content()


def test_without_a_script_every_key_is_a_button(opened: Callable[..., Any]) -> None:
    page = opened(width=360, script=False)
    page.locator("[name=disposition][value=silent]").click()
    assert kinds() == {"calls": 1}
    page.locator("[data-key=Z]").click()
    assert kinds() == {"calls": 2}
