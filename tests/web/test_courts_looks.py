"""The pages of courts as people see them, and two days in a browser: a clerk's without a mouse, a prosecutor's."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from qorgan.base.scope import Actor, acting
from qorgan.courts import actions
from qorgan.courts.models import CourtCase, Decision, Hearing
from qorgan.courts.terms import Party, State
from qorgan.reports import actions as reports
from qorgan.reports.terms import State as Written
from qorgan.reports.terms.outcomes import Reason
from tests import factories
from tests.courts import made
from tests.web.pages import an_hour_ago, signed_in

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = Path("/usr/bin/chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing"),
]
SCREENS: dict[str, tuple[str, tuple[str, ...]]] = {
    "what a clerk reads": (
        "clerk",
        ("/", "/courts/", "/courts/{waiting}/", "/courts/{decided}/", "/courts/{waiting}/decide/"),
    ),
    "what a clerk fills in": (
        "clerk",
        (
            "/courts/{waiting}/schedule/",
            "/courts/{waiting}/return/",
            "/courts/{waiting}/decide/special_requirements/",
        ),
    ),
    "what a clerk fills in later": (
        "clerk",
        (
            "/courts/hearings/{hearing}/",
            "/courts/decisions/{decision}/appeal/",
            "/courts/decisions/{decision}/force/",
            "/courts/appeals/{appeal}/",
        ),
    ),
    "what a prosecutor reads": ("prosecutor", ("/", "/courts/late/?agency={agency}&kind=check_order")),
    "what a prosecutor judges": ("prosecutor", ("/courts/write-offs/", "/courts/write-offs/{off}/")),
    "what an inspector sends": ("inspector", ("/courts/send/order/{order}/", "/courts/decisions/{bound}/breach/")),
}


@pytest.fixture
def things(owner: Actor) -> dict[str, str]:
    """Materials that wait, a hearing on another day, a decision, an appeal; an order whose check is late."""
    then = an_hour_ago()
    with transaction.atomic():
        factories.served(by=owner, now=then - timedelta(days=9))
        waiting = made.sent(by=owner, now=then)
        made.scheduled(by=owner, now=then, at=then + timedelta(days=2))
        decision, other = made.decided(by=owner, now=then), made.decided(by=owner, now=then)
        hearing = Hearing.objects.get()
        report, wanted = factories.report(by=owner, now=then), Written.WRITTEN_OFF
        off = reports.decide(report_id=report.id, state=wanted, reason=Reason.CIVIL, by=owner, now=then)
        with acting(made.clerk()):
            appeal = actions.appeal(decision=other, filed_by=Party.OFFENDER, at=then, by=made.clerk(), now=then)
        with acting(made.clerk()):
            bound = made.decided(by=owner, now=then)
            actions.enter_into_force(decision=bound, at=then, by=made.clerk(), now=then)
    made_ = {
        "bound": bound.id,
        "off": off.id,
        "waiting": waiting.id,
        "order": waiting.order_id,
        "decided": decision.court_case_id,
        "hearing": hearing.id,
        "decision": decision.id,
        "appeal": appeal.id,
        "agency": owner.agency_id,
    }
    return {name: str(id) for name, id in made_.items()}


def _page(chromium: Any, live_server: Any, login: str, *, width: int = 1280) -> Any:
    session: SessionBase = signed_in(login).session
    context = chromium.new_context(viewport={"width": width, "height": 800})
    for name, value in (("sessionid", session.session_key), ("lang", "kk")):
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    return context.new_page()


def _faults(page: Any, address: str, *, width: int, said: list[str]) -> tuple[list[str], bool, list[str]] | None:
    from axe_playwright_python.sync_playwright import Axe

    assert page.goto(address).status == 200, address
    found = [fault["id"] for fault in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth") > width
    told = list(said)
    said.clear()
    return (found, wide, told) if found or wide or told else None


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("what", SCREENS)
def test_no_screen_has_a_fault_or_scrolls_sideways(
    things: dict[str, str], chromium: Any, live_server: Any, what: str, width: int
) -> None:
    login, addresses = SCREENS[what]
    page = _page(chromium, live_server, login, width=width)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    faults = {}
    for screen in addresses:
        found = _faults(page, live_server.url + screen.format(**things), width=width, said=said)
        if found:
            faults[screen] = found
    assert faults == {}


def test_a_clerk_sets_a_hearing_and_writes_a_decision_without_a_mouse(
    things: dict[str, str], chromium: Any, live_server: Any
) -> None:
    page = _page(chromium, live_server, "clerk")
    page.goto(live_server.url)
    page.keyboard.press("1")
    page.wait_for_url("**/schedule/")
    page.wait_for_function("document.querySelector('[name=at]')")
    page.focus("[name=at]")
    page.keyboard.type(f"{datetime.now(UTC) + timedelta(days=3):%d.%m.%Y} 10:00")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/courts/{things['waiting']}/")
    page.keyboard.press("1")
    page.wait_for_url("**/decide/")
    page.keyboard.press("1")
    page.wait_for_url("**/decide/special_requirements/")
    page.focus("[name=months]")
    page.keyboard.type("6")
    page.focus("[name=prohibitions][value=alcohol]")
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/courts/{things['waiting']}/")
    with transaction.atomic(), acting(made.clerk()):
        held = CourtCase.objects.get(pk=things["waiting"])
        decision = Decision.objects.get(court_case=held)
    assert (held.state, decision.months, decision.prohibitions) == (State.DECIDED, 6, ["alcohol"])
    assert decision.number in page.content()


def test_a_prosecutor_goes_from_a_count_to_the_order_whose_check_is_late(
    things: dict[str, str], chromium: Any, live_server: Any
) -> None:
    page = _page(chromium, live_server, "prosecutor")
    page.goto(live_server.url)
    page.click("a[href*='kind=check_order']")
    page.wait_for_url("**/courts/late/**")
    page.click("main table td.act a")
    page.wait_for_url("**/orders/*-*/")
    assert page.query_selector("main form[method=post]") is None
    page.goto(live_server.url)
    page.click(f"main a[href='/courts/{things['waiting']}/']")
    page.wait_for_url(f"**/courts/{things['waiting']}/")
    assert page.query_selector("main a.btn:not([href*='forbidden'])") is None
