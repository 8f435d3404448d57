"""Consent withdrawn, as people live it in two agencies; and every screen of sharing without a fault that axe knows."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from qorgan.base.scope import Actor, acting
from qorgan.cases import actions
from qorgan.cases.terms import Aim, Bond, Ground, Role
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from tests import factories
from tests.cases import shared
from tests.conftest import actor
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
    "/cases/{case}/consent/",
    "/cases/{case}/consent/{consent}/withdraw/",
    "/cases/{case}/refer/",
    "/cases/{case}/transfer/",
    "/cases/{case}/speaker/",
    "/cases/{case}/looks/",
    "/cases/{case}/night/",
    "/cases/{case}/night/parent/",
    "/cases/{case}/night/told/",
    "/cases/{case}/military/",
    "/cases/{case}/death/",
    "/cases/recommendations/",
    "/cases/recommendations/{recommendation}/",
    "/referrals/{referral}/",
)
ANSWERED = ("/referrals/", "/referrals/{referral}/")


@pytest.fixture
def case(owner: Actor) -> str:
    """A case with an order, led by the inspector."""
    with transaction.atomic():
        return str(factories.served(by=owner, now=an_hour_ago()).case_id)


def _page(chromium: Any, live_server: Any, login: str, *, width: int = 1280) -> Any:
    session: SessionBase = signed_in(login).session
    context = chromium.new_context(viewport={"width": width, "height": 800})
    for name, value in (("sessionid", session.session_key), ("lang", "kk")):
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(8000)
    return page


def _ask(page: Any, until: str) -> None:
    """She is asked for a place in the crisis centre, and says yes."""
    page.select_option("[name=aim]", "refuge")
    page.select_option("[name=to]", f"agency:{actor('centre').agency}")
    page.check("[name=sections][value=persons]")
    page.fill("[name=until]", until)
    page.check("[name=answer][value=yes]")
    page.check("[name=giver][value=herself]")
    page.check("[name=how][value=in_person]")
    page.keyboard.press("Control+Enter")


def _offer(page: Any, until: str) -> None:
    page.select_option("[name=agency]", str(actor("centre").agency))
    page.select_option("[name=aim]", "refuge")
    page.check("[name=sections][value=persons]")
    page.fill("[name=until]", until)
    page.check("[name=urgency][value=now]")
    page.keyboard.press("Control+Enter")


def _open_first(page: Any, live_server: Any) -> None:
    """The first of what waits for an answer of the agency."""
    page.goto(f"{live_server.url}/referrals/")
    page.keyboard.press("1")
    page.wait_for_url("**/referrals/*-*/")


def test_consent_withdrawn(case: str, owner: Actor, chromium: Any, live_server: Any) -> None:
    officer, centre = (_page(chromium, live_server, login) for login in ("inspector", "centre"))
    file = f"{live_server.url}/cases/{case}/"
    until = f"{datetime.now(UTC) + timedelta(days=20):%d.%m.%Y} 18:00"

    officer.goto(file)
    officer.keyboard.press("c")
    officer.wait_for_url("**/consent/")
    _ask(officer, until)
    officer.wait_for_url("**/cases/*/#sharing")
    officer.keyboard.press("f")
    officer.wait_for_url("**/refer/")
    _offer(officer, until)
    officer.wait_for_url("**/cases/*/#sharing")

    _open_first(centre, live_server)
    assert "Әбдірахманова" not in centre.content()
    centre.keyboard.press("a")
    centre.wait_for_selector("form[action*='/enter/']")
    centre.keyboard.press("1")
    centre.wait_for_url("**/cases/*/")
    assert "Әбдірахманова" in centre.content()
    assert factories.WORDS not in centre.content()

    officer.goto(file)
    officer.click("a[href*='/withdraw/']")
    officer.wait_for_url("**/withdraw/")
    officer.check("[name=sure]")
    officer.keyboard.press("Control+Enter")
    officer.wait_for_url("**/cases/*/#sharing")

    assert centre.reload().status == 404
    assert "Әбдірахманова" not in centre.content()
    with acting(actor("cityhead")), transaction.atomic():
        assert Duty.objects.get(kind=Kind.STOP_USING).done_at is None
    _open_first(centre, live_server)
    centre.keyboard.press("s")
    centre.wait_for_selector("main :text-matches('расталды')")
    with acting(actor("cityhead")), transaction.atomic():
        assert Duty.objects.get(kind=Kind.STOP_USING).done_at is not None


@pytest.fixture
def things(owner: Actor) -> dict[str, str]:
    """A case with consent, a referral that was told to stop, one on another ground, a representative without rights."""
    now = an_hour_ago()
    with acting(owner), transaction.atomic():
        case = factories.served(by=owner, now=now).case
        consent = shared.consent(case, by=owner, now=now, agency_id=None, agency_kind="crisis_centre")
        referral = actions.refer(case=case, part=shared.part(now=now), by=owner, now=now)
        danger = shared.part(now=now, ground=Ground.CHILD_IN_DANGER, aim=Aim.PSYCHOLOGY)
        actions.refer(case=case, part=danger, by=owner, now=now)
        child, him = shared.child(case, by=owner, now=now), shared.person(case, Role.OFFENDER)
        document = actions.Document(
            person_id=child.id, speaker_id=him.id, bond=Bond.PARENT, evidence="№ 1", valid_from=now.date()
        )
        actions.represent(case=case, document=document, by=owner, now=now)
    with acting(head := actor("head")), transaction.atomic():
        review = actions.begin_death_review(case=case, by=head, now=now)
        advised = {"agency_id": head.agency, "words": "Түнде де оқу."}
        advice = actions.recommend(review=review, **advised, by=head, now=now)  # type: ignore[arg-type]  # by name
    found = {"case": case, "consent": consent, "referral": referral, "recommendation": advice}
    return {name: str(one.id) for name, one in found.items()}


@pytest.mark.parametrize("width", [1280, 360])
def test_no_screen_of_sharing_has_a_fault_or_scrolls_sideways(
    things: dict[str, str], chromium: Any, live_server: Any, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    faults = {}
    for login, screens in (("head", LED), ("centre", ANSWERED)):
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
