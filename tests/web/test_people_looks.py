"""The screens of finding a person as people see them: no fault that axe knows, no side scroll on a phone."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from qorgan.agencies import queries as agencies
from qorgan.base.processes import Process
from qorgan.base.scope import acting, beside
from qorgan.people import actions, queries
from qorgan.people.actions import Named
from qorgan.people.engine.ranking import Why
from qorgan.people.models import Proposal
from tests import factories
from tests.conftest import actor
from tests.roles import as_process
from tests.web.pages import an_hour_ago, signed_in

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = Path("/usr/bin/chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing"),
]
BORN = date(1987, 4, 9)


@pytest.fixture
def her(transactional_db: None) -> str:
    """A woman in three records, two of them held for one, the third like her."""
    inspector, now = actor("inspector"), an_hour_ago()
    with acting(inspector), transaction.atomic():
        victim = Named(written="Әбілқасымова Күләш Сәбитқызы", birth_date=BORN, phone="87010000001")
        report = factories.report(by=inspector, now=now, victim=victim)
        case = factories.case(by=inspector, now=now)
        one = next(view for view in queries.of_thread(report.thread_id) if view.name == victim.written)
        for name in ("Абилкасымова Куляш", "Abilkassymova Kulyash Sabitkyzy"):
            other = actions.write_down(
                named=Named(written=name, birth_date=BORN), **beside(case), by=inspector, now=now
            )
        actions.hold_same(person_id=one.id, other_id=other.id, why="Анасы растады", by=inspector, now=now)
    with acting(system := agencies.system("tests")), transaction.atomic():
        likely = [
            actions.Likely(one.id, view.id, (Why.OTHER_ALPHABET, Why.SAME_DATE))
            for view in queries.of_thread(case.thread_id)
            if view.id != other.id and view.birth_date == BORN
        ]
        with as_process(Process.WORKER):
            actions.propose(pairs=likely, by=system, now=now)
    return str(one.id)


@contextmanager
def _page(live_server: Any, width: int) -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": width, "height": 800})
        for name, value in (("sessionid", signed_in("inspector").session.session_key), ("lang", "kk")):
            context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        yield context.new_page()
        browser.close()
    asyncio.set_event_loop(None)


@pytest.mark.parametrize("width", [1280, 360])
def test_no_screen_has_a_fault_or_scrolls_sideways(her: str, live_server: Any, width: int) -> None:
    from axe_playwright_python.sync_playwright import Axe

    faults = {}
    with _page(live_server, width) as page:
        with acting(agencies.system("tests")), transaction.atomic():
            pair = Proposal.objects.get(leads=True).pair_id
        for screen in ("/people/", f"/people/{her}/", "/people/pairs/", f"/people/pairs/{pair}/"):
            assert page.goto(live_server.url + screen).status == 200, screen
            if screen == "/people/":
                page.fill("input[name=name]", "Abilkasymova Kulash")
                page.fill("input[name=born]", "09.04.1987")
                page.press("input[name=born]", "Enter")
                page.wait_for_selector("ul.rows")
            found = [fault["id"] for fault in Axe().run(page).response["violations"]]
            if found or page.evaluate("document.documentElement.scrollWidth") > width:
                faults[screen] = found
    assert faults == {}
