"""How a person may be reached, in a real browser: clean for axe, no side scroll on a phone, one press to the number."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from qorgan.base.keys.vault import vault
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.cases import queries
from qorgan.cases.terms import Role
from qorgan.messages.terms import SafeContact, Voice
from tests import factories
from tests.conftest import actor
from tests.web.pages import signed_in

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = Path("/usr/bin/chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing"),
]


def address(owner: Actor) -> str:
    """The page of a woman who said how she may be called, a little ago."""
    now = datetime.now(UTC)
    case = factories.case(by=owner, now=now - timedelta(hours=2))
    her = next(view.id for part, view in queries.persons(case) if part is Role.VICTIM)
    safe = SafeContact(Voice.CALL, "+77010000041", "кітапхана", time(0), time(0), verified_at=now, answers="тек өзі")
    cases.keep_reach(case=case, person_id=her, contact=safe, by=owner, now=now)
    return reverse("cases:reach", args=[case.id, her])


def test_the_page_has_no_fault_and_one_press_shows_the_number(
    transactional_db: None, chromium: Any, live_server: Any
) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from django.db import transaction

    vault.cache_clear()
    owner = actor("inspector")
    with acting(owner), transaction.atomic():
        path = address(owner)
    page = chromium.new_context(viewport={"width": 360, "height": 900}).new_page()
    for name, value in (("sessionid", signed_in("inspector").session.session_key), ("lang", "kk")):
        page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    assert page.goto(f"{live_server.url}{path}").status == 200
    for step in ("asked", "told"):
        assert [fault["id"] for fault in Axe().run(page).response["violations"]] == [], step
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert ("+77010000041" in page.content()) is (step == "told")
        if step == "asked":
            page.click("form[action*='/call/'] button")
            page.wait_for_selector("[role=status]")
