"""Every screen of records as people see it: no fault that axe knows, no side scroll on a phone, no mouse needed."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.base import SessionBase

from qorgan.base.scope import Actor
from qorgan.orders import actions as orders
from tests import factories
from tests.orders.test_breaches import told
from tests.web.pages import an_hour_ago, signed_in

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = Path("/usr/bin/chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing"),
]
SCREENS = (
    "/",
    "/duties/no-term/",
    "/duties/{duty}/",
    "/reports/",
    "/reports/new/",
    "/reports/import/",
    "/reports/{report}/",
    "/reports/{report}/triage/",
    "/reports/{report}/write-off/",
    "/cases/",
    "/cases/{case}/",
    "/cases/{case}/account/",
    "/cases/{case}/law/",
    "/cases/{case}/person/",
    "/cases/{case}/close/",
    "/offences/",
    "/offences/new/",
    "/offences/case/{case}/",
    "/offences/{offence}/",
    "/offences/{offence}/correct/",
    "/offences/{offence}/person/{involved}/",
    "/offences/{offence}/terminate/",
    "/orders/",
    "/orders/draft/{case}/",
    "/orders/{order}/",
    "/orders/{issued}/serve/",
    "/orders/{order}/check/1/",
    "/orders/{order}/cancel/",
    "/orders/{order}/annul/",
    "/orders/{order}/vary/",
    "/orders/{order}/appeal/",
    "/orders/{order}/appeal/outcome/",
    "/orders/{order}/correct/",
    "/orders/{order}/breach/",
    "/orders/called/{report}/",
    "/orders/breach/{breach}/",
    "/orders/breach/{breach}/follow/",
    "/orders/breach/{breach}/join/",
    "/courts/send/breach/{breach}/",
)


@pytest.fixture
def things(owner: Actor) -> dict[str, str]:
    """A waiting report, an order in force, one to be served, a duty, an offence."""
    from django.db import transaction

    from qorgan.duties.models import Duty

    with transaction.atomic():
        report = factories.report(by=owner, now=an_hour_ago())
        order = factories.served(by=owner, now=an_hour_ago())
        issued = factories.issued(by=owner, now=an_hour_ago())
        breached = told(an_hour_ago(), note="Есікті ұрып, телефонға қайта-қайта қоңырау шалды.")
        for _twice in range(2):
            breach = orders.note_breach(order=order, told=breached, by=owner, now=an_hour_ago())
        offence = factories.offence(by=owner, now=an_hour_ago(), case=order.case)
        duty = Duty.objects.filter(thing_id=issued.id, kind="verify_provision").get()
        involved = offence.persons.order_by("id")[0]
    made = {"report": report.id, "order": order.id, "case": order.case_id, "issued": issued.id, "duty": duty.id}
    made |= {"offence": offence.id, "breach": breach.id}
    return {name: str(id) for name, id in made.items()} | {"involved": str(involved.id)}


def _page(chromium: Any, live_server: Any, *, width: int) -> Any:
    session: SessionBase = signed_in("inspector").session
    context = chromium.new_context(viewport={"width": width, "height": 800})
    for name, value in (("sessionid", session.session_key), ("lang", "kk")):
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    return context.new_page()


@pytest.mark.parametrize("width", [1280, 360])
def test_no_screen_has_a_fault_or_scrolls_sideways(
    things: dict[str, str], chromium: Any, live_server: Any, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = _page(chromium, live_server, width=width)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    faults = {}
    for screen in SCREENS:
        page.emulate_media(color_scheme="light")
        assert page.goto(live_server.url + screen.format(**things)).status == 200, screen
        found = [fault["id"] for fault in Axe().run(page).response["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth") > width
        if width == 1280:  # dark changes colours and nothing else
            page.emulate_media(color_scheme="dark")
            contrast = Axe().run(page, options={"runOnly": ["color-contrast"]})
            found += [fault["id"] for fault in contrast.response["violations"]]
        if found or wide or said:
            faults[screen] = (found, wide, list(said))
        said.clear()
    assert faults == {}


def test_an_order_is_served_and_a_report_kept_without_a_mouse(
    things: dict[str, str], chromium: Any, live_server: Any
) -> None:
    page = _page(chromium, live_server, width=1280)
    page.goto(live_server.url + f"/orders/{things['issued']}/")
    page.keyboard.press("1")
    page.wait_for_url("**/serve/")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(f"**/orders/{things['issued']}/")
    page.goto(live_server.url)
    page.keyboard.press("n")
    page.wait_for_url("**/reports/new/")
    page.wait_for_function("document.activeElement.matches('textarea, input')")
    page.keyboard.type("Көршісі дауыс естіген.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/reports/*-*/")
    assert "Көршісі дауыс естіген." in page.content()
