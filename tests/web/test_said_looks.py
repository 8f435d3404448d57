"""A dispute as people live it, from the mother's words to the ombudsman's answer; every screen without a fault."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from qorgan.base.scope import Actor, acting
from qorgan.cases import actions
from qorgan.cases.models import Contradiction, Review
from tests import factories
from tests.cases import disputed
from tests.web.pages import an_hour_ago, signed_in

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = Path("/usr/bin/chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing"),
]
LED = (
    "/cases/{case}/",
    "/cases/{case}/account/",
    "/cases/{case}/said/",
    "/cases/{case}/finding/",
    "/cases/{case}/contradiction/",
    "/cases/{case}/contradiction/{mark}/",
    "/cases/{case}/review/",
    "/cases/reviews/{review}/",
)
ASKED = ("/cases/reviews/", "/cases/reviews/{review}/", "/referrals/")


@pytest.fixture
def things(owner: Actor) -> dict[str, str]:
    """A case with a marked pair, one that was withdrawn, one that differs, and a review."""
    now = an_hour_ago()
    with acting(owner), transaction.atomic():
        case = factories.case(by=owner, now=now)
        gone = disputed.contradiction(case, by=owner, now=now)
        actions.unmark(case=case, contradiction_id=gone.id, why="басқа күн туралы", by=owner, now=now)
        mark = disputed.contradiction(case, by=owner, now=now)
        review = disputed.review(case, by=owner, now=now)
    return {"case": str(case.id), "mark": str(mark.id), "review": str(review.id)}


def _page(chromium: Any, live_server: Any, login: str, *, width: int = 1280) -> Any:
    session: SessionBase = signed_in(login).session
    context = chromium.new_context(viewport={"width": width, "height": 800})
    for name, value in (("sessionid", session.session_key), ("lang", "kk")):
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    return page


@pytest.mark.parametrize("width", [1280, 360])
def test_no_screen_of_what_is_said_has_a_fault_or_scrolls_sideways(
    things: dict[str, str], chromium: Any, live_server: Any, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    faults = {}
    for login, screens in (("inspector", LED), ("ombudsman", ASKED)):
        page = _page(chromium, live_server, login, width=width)
        said: list[str] = []
        page.on("console", lambda message, said=said: said.append(message.text))
        for screen in screens:
            assert page.goto(live_server.url + screen.format(**things)).status == 200, screen
            found = [fault["id"] for fault in Axe().run(page).response["violations"]]
            wide = page.evaluate("document.documentElement.scrollWidth") > width
            if found or wide or said:
                faults[screen] = (found, wide, list(said))
            said.clear()
    assert faults == {}


def test_what_differs_is_marked_by_a_person_and_reviewed_without_a_mouse(
    owner: Actor, chromium: Any, live_server: Any
) -> None:
    now = an_hour_ago()
    with acting(owner), transaction.atomic():
        case = factories.case(by=owner, now=now)
        disputed.account(case, by=owner, now=now)
        disputed.finding(case, by=owner, now=now)
        mother = disputed.mother(case, by=owner, now=now)
    officer, office = (_page(chromium, live_server, login) for login in ("inspector", "ombudsman"))
    officer.goto(f"{live_server.url}/cases/{case.id}/said/")
    officer.focus("a[href*='topic=death_cause']")
    with officer.expect_navigation():
        officer.keyboard.press("Enter")
    with officer.expect_navigation():
        officer.keyboard.press("Control+Enter")
    with acting(owner), transaction.atomic():
        assert Contradiction.objects.get(case=case).withdrawn_at is None
    officer.goto(f"{live_server.url}/cases/{case.id}/review/")
    officer.select_option("[name=asker]", str(mother.id))
    officer.check("[name=kin][value=parent]")
    officer.fill("[name=words]", "Қайта қаралсын")
    with officer.expect_navigation():
        officer.keyboard.press("Control+Enter")
    with acting(owner), transaction.atomic():
        review = Review.objects.get(case=case)
    office.goto(f"{live_server.url}/cases/reviews/{review.id}/")
    assert "Қайта қаралсын" not in office.content()
    office.check("[name=outcome][value=not_ours]")
    office.fill("[name=answer]", "Сотқа шағымдануға болады.")
    with office.expect_navigation():
        office.keyboard.press("Control+Enter")
    officer.reload()
    assert "Сотқа шағымдануға болады." in officer.content()
