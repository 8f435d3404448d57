"""The review of a death, letters and the way back from military jurisdiction: no fault that axe knows, on any width."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from qorgan.base import clock, country
from qorgan.base.scope import Actor, acting
from qorgan.cases.models import Recommendation, Referral
from qorgan.cli import reviewed
from tests.conftest import actor
from tests.web.pages import signed_in

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = Path("/usr/bin/chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing"),
]
SCREENS = (
    "/cases/{death}/death/",
    "/cases/recommendations/",
    "/cases/recommendations/unanswered/",
    "/cases/recommendations/{late}/",
    "/cases/recommendations/{answered}/",
    "/cases/{routed}/military/",
    "/cases/{routed}/military/back/",
)


@pytest.fixture
def things(owner: Actor) -> dict[str, str]:
    """What the demonstration shows of it, made as the demonstration makes it."""
    told = country.toml("demo/desk.toml")
    reviewed.review(told["reviewed"], now=clock.now())
    reviewed.route(told["uniform"], now=clock.now())
    with acting(actor("head")), transaction.atomic():
        answered, late = Recommendation.objects.order_by("number").select_related("review")
        routed = Referral.objects.order_by("number").first()
        assert routed is not None
        return {
            "death": str(answered.review.case_id),
            "answered": str(answered.id),
            "late": str(late.id),
            "routed": str(routed.case_id),
        }


@pytest.mark.parametrize("width", [1280, 360])
def test_no_screen_of_it_has_a_fault_or_scrolls_sideways(
    things: dict[str, str], chromium: Any, live_server: Any, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    session: SessionBase = signed_in("head").session
    context = chromium.new_context(viewport={"width": width, "height": 800})
    for name, value in (("sessionid", session.session_key), ("lang", "kk")):
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    page = context.new_page()
    said: list[str] = []
    faults = {}
    page.on("console", lambda message: said.append(message.text))
    for screen in SCREENS:
        assert page.goto(live_server.url + screen.format(**things)).status == 200, screen
        found = [fault["id"] for fault in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        if found or wide or said:
            faults[screen] = (found, wide, list(said))
        said.clear()
    assert faults == {}
