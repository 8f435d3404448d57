"""A family protected, in the browser: its mother, the inspector, his head, the clerk of the court, a prosecutor.

One story from the telephone of the mother to the decision of the court. Each of the five sees what is theirs of it.
"""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from shutil import which
from typing import Any
from zoneinfo import ZoneInfo

import pypdf
import pytest

from tests.journeys.places import Place
from tests.journeys.serving import served
from tests.journeys.test_access import Desk
from tests.journeys.test_release_room import browser, clean
from tests.journeys.test_web_door import SHYMKENT, Pages, answered, read, sent, visitor

__all__ = ["browser"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(which("chromium") is None, reason="Chromium is not installed"),
]
TOLD = "Әкесі ұлымды белбеумен сабады, мені де итерді. Үйге қайтуға қорқамыз."
MOTHER, SON, FATHER = "Қожахметова Ақмарал Серікқызы", "Мұқан Әлихан", "Мұқанов Дәурен Ғабитұлы"
QUESTIONS = 9  # answered yes or no, so that the triage says anything


@pytest.fixture(scope="module")
def pages(kazakhstan: Place) -> Iterator[Pages]:
    """The pages of staff and the door, of a place without a record."""
    with served(kazakhstan, "staff", "door", first=8440) as (staff, door):
        yield Pages(kazakhstan, staff.address, door.address)


def _told(browser: Any, pages: Pages) -> tuple[Any, str]:
    """She tells on her telephone, and keeps the code and a second word."""
    page = visitor(browser)
    page.goto(pages.door)
    page.click("a[href='/new/']")
    page.fill("textarea", TOLD)
    page.fill("input[name=place]", SHYMKENT)
    code = sent(page)
    page.fill("input[name=word]", "Тасбақа")
    with page.expect_navigation():
        page.click("form.stack button")
    return page, code


def _named(desk: Desk, case: str, role: str, name: str) -> None:
    desk.to(f"{case}person/")
    clean(desk.page)
    desk.choose("role", role)
    desk.page.fill("input[name=written]", name)
    desk.press("Name in the case")


def _opened(desk: Desk) -> str:
    """The inspector opens the case of what she told, and names the three; its address."""
    desk.press("Open a case")
    case = re.sub(r"^.*?/(cases/[^/]+/).*$", r"\1", desk.page.url)
    for role, name in (("victim", MOTHER), ("child", SON), ("offender", FATHER)):
        _named(desk, case, role, name)
    shown = desk.to(case).inner_text("main")
    assert all(name in shown for name in (MOTHER, SON, FATHER)), shown
    return case


def _assessed(desk: Desk, case: str) -> str:
    """First whether it is safe to ask; then the questions; the address of the result."""
    page = desk.to(f"risk/case/{case.removeprefix('cases/')}kz.triage/")
    clean(page)
    for name in ("safe", "alone"):
        desk.choose(name, "yes")
    for name, text in (("minutes", "20"), ("his_place", "at work"), ("children_place", "here")):
        page.fill(f"input[name={name}]", text)
    desk.press("Go on")
    clean(page)
    asked = "[...new Set([...document.querySelectorAll('main input[name^=q_]')].map(one => one.name))]"
    for name in page.evaluate(asked)[:QUESTIONS]:
        desk.choose(name, "yes")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert "Danger now" in page.inner_text("main")
    assert "Tell the head of the unit by voice" in page.inner_text("main")
    clean(page)
    return str(page.url.removeprefix(desk.staff))


def _protected(desk: Desk, case: str) -> str:
    """Drafted from the case, signed, handed over; the address of the order."""
    page = desk.to(f"orders/draft/{case.removeprefix('cases/')}")
    clean(page)
    assert page.locator("input[name=protected]:checked").count() == 3, "and whoever told without a name"
    page.get_by_role("checkbox", name="name not known").uncheck(force=True)
    desk.press("Keep the draft")
    for key, wanted in (("1", "**/issue/"), ("Control+Enter", "**/orders/*-*/"), ("1", "**/serve/")):
        page.keyboard.press(key)
        page.wait_for_url(wanted)
        page.wait_for_load_state()
        clean(page)
    page.keyboard.press("Control+Enter")
    page.get_by_text("is served; its term runs.").wait_for()
    assert page.get_by_text("Law 245-VIII, Art. 60").count() >= 1
    assert page.get_by_text("in force").count() >= 1
    return str(page.url.removeprefix(desk.staff))


def _paper(desk: Desk, address: str) -> str:
    """A paper, opened as it is printed; its words."""
    answer = desk.page.request.get(desk.staff + address)
    assert answer.status == 200
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.body())).pages)


def _sent_to_court(desk: Desk, order: str) -> None:
    page = desk.to(order)
    send = page.locator("main a[href*='/courts/send/order/']").first.get_attribute("href")
    desk.to(send.removeprefix("/"))
    clean(page)
    page.get_by_text("Specialised inter-district court on administrative offences of Shymkent").click()
    desk.press("Send to court")
    clean(page)


def _decided(clerk: Desk) -> None:
    """A day of the court: what waits gets its hearing, and its decision."""
    page = clerk.to("")
    clean(page)
    page.keyboard.press("1")
    page.wait_for_url("**/schedule/")
    clean(page)
    there = datetime.now(UTC).astimezone(ZoneInfo("Asia/Almaty")) + timedelta(days=3)
    page.fill("input[name=at]", f"{there:%d.%m.%Y} 10:00")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/courts/*-*/")
    page.keyboard.press("1")
    page.wait_for_url("**/decide/")
    clean(page)
    page.keyboard.press("1")
    page.wait_for_url("**/decide/special_requirements/")
    clean(page)
    page.fill("input[name=months]", "6")
    page.check("input[name=prohibitions][value=alcohol]", force=True)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/courts/*-*/")
    shown = page.inner_text("main")
    assert not any(secret in shown for secret in (TOLD[:20], SHYMKENT)), "a court reads papers, not what was told"


def _weighed(desk: Desk, head: Desk, assessment: str) -> None:
    """The inspector asks for a lower result; the head says no, and it stands."""
    page = desk.to(assessment)
    desk.follow("Ask for a lower result")
    clean(page)
    desk.choose("to", "watch")
    page.fill("textarea[name=why]", "He promised.")
    desk.press("Ask for it")
    assert page.get_by_role("link", name="Decide", exact=True).count() == 0, "nobody decides on what he asked for"
    asked = head.to("").locator("main a[href*='/risk/lowerings/']").first
    with head.page.expect_navigation():
        asked.click()
    clean(head.page)
    head.choose("decision", "decline")
    head.page.fill("textarea[name=why]", "A promise is no sign that it is safe.")
    with head.page.expect_navigation():
        head.page.keyboard.press("Control+Enter")
    assert "Danger now" in desk.to(assessment).inner_text("main h1")


def _overseen(prosecutor: Desk, case: str, order: str) -> None:
    """The prosecutor sees the order, its clocks and what became of it, and no word that the mother said."""
    clean(prosecutor.to(""))
    page = prosecutor.to(order)
    assert page.get_by_text("in force").count() >= 1
    assert page.query_selector("main form[method=post]") is None
    shown = prosecutor.to(case).inner_text("main")
    assert "What people said is not open to your mandate" in shown
    assert TOLD[:20] not in shown
    clean(page)


def _breached(desk: Desk, order: str, number: str) -> None:
    """She calls: he came. The report leads back to the order; what followed is written, and it goes to the court."""
    desk.writes("no", victim=MOTHER, suspect=FATHER)
    desk.follow("This is a breach of an order")
    page = desk.page
    clean(page)
    page.fill("input[name=number]", number)
    page.check("input[name=prohibitions][value=contact]", force=True)
    desk.press("This is a breach of the order")
    assert "/orders/breach/" in page.url, page.inner_text("main")
    clean(page)
    page.keyboard.press("1")
    page.wait_for_url("**/follow/")
    clean(page)
    desk.choose("kind", "warned")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    with page.expect_navigation():
        page.locator("main a[href*='/orders/breach/']").first.click()
    page.keyboard.press("2")
    page.wait_for_url("**/courts/send/breach/**")
    page.get_by_text("Specialised inter-district court on administrative offences of Shymkent").click()
    desk.press("Send to court")
    assert number in desk.to(order).inner_text("main h1")
    assert page.locator("main a[href*='/orders/breach/']").count() >= 1


def _knows_nothing(stranger: Desk, order: str) -> None:
    """For the next district, and for one far away, the order does not exist."""
    assert stranger.page.goto(stranger.staff + order).status == 404
    stranger.page.context.close()


def test_a_mother_tells_and_her_family_is_protected_weighed_judged_and_overseen(browser: Any, pages: Pages) -> None:
    hers, code = _told(browser, pages)
    inspector = answered(browser, pages, TOLD[:40])
    case = _opened(inspector)
    assessment = _assessed(inspector, case)
    order = _protected(inspector, case)
    head, clerk, prosecutor = (Desk(browser, pages.staff, login) for login in ("head", "clerk", "prosecutor"))
    _weighed(inspector, head, assessment)
    _sent_to_court(inspector, order)
    _decided(clerk)
    _overseen(prosecutor, case, order)
    number = re.search(r"[А-Я]{3}-\d\d-\d{6}", inspector.to(order).inner_text("main h1"))
    assert number
    _breached(inspector, order, number.group())
    assert "Materials sent to court" in inspector.to(case).inner_text("main")
    for login in ("abai", "rudny"):
        _knows_nothing(Desk(browser, pages.staff, login), order)
    words = _paper(inspector, f"{order}paper.pdf")
    assert "Мұқан" in words
    assert SHYMKENT not in words, "no paper says where she is"
    read(hers, pages.door, "back/", code, "тасбақа")
    assert TOLD[:20] not in hers.content(), "what she wrote is never shown again"
    for one in (inspector, head, clerk, prosecutor):
        one.page.context.close()
    hers.context.close()
