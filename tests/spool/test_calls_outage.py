"""Call-takers at real pages while the database is away, and whatever is killed: none lost, none doubled."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from uuid import UUID

import pytest

from qorgan.base import ids
from tests.base import leaks
from tests.spool.outage import Answer, Browser, Place, made, made_by_a_way, until
from tests.web.test_calls import TOLD

WORDS = "Кешке үйге мас күйде келіп, есікті сындырды"


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """One place for all that follows."""
    with made() as fresh:
        yield fresh


@pytest.fixture(scope="module")
def taker(place: Place) -> Browser:
    """A call-taker at her pages, as the day begins."""
    browser = Browser(place.serve("staff"))
    browser.sign_in("calltaker")
    assert browser.get("/calls/").status == 200
    return browser


def sheet_of(page: Answer) -> tuple[str, str]:
    """The address of the contact whose sheet is shown, and what the page brings along."""
    address = re.search(r'id="told"[^>]*action="([^"]+)complete/"', page.text)
    sheet = re.search(r'name="sheet" value="([^"]+)"><input type="hidden" name="seen"', page.text)
    assert address and sheet, page.text
    return address.group(1), sheet.group(1)


def tell(taker: Browser, words: str) -> UUID:
    """A whole contact; its id once it was acknowledged."""
    page, sheet = sheet_of(taker.post("/calls/take/", {"contact_id": str(ids.new()), "number": "87010000041"}))
    said = {**TOLD, "narrative": words}
    page, sheet = sheet_of(taker.post(f"{page}dispose/", {**said, "sheet": sheet, "disposition": "self"}))
    done = taker.post(f"{page}complete/", {**said, "sheet": sheet})
    assert "Kept, sealed" in done.text, done.text
    return UUID(page.strip("/").rpartition("/")[2])


def take_in(place: Place) -> None:
    assert place.worker().wait(120) == 0


def reports(place: Place) -> list[UUID]:
    return place.rows("select id from reports_report")


def test_calls_are_taken_while_the_database_is_away_and_no_other_page_opens(place: Place, taker: Browser) -> None:
    place.stop()
    page = taker.get("/calls/")
    assert page.status == 200
    assert "The database is away" in page.text
    made_of = tell(taker, WORDS)
    silent, sheet = sheet_of(taker.post("/calls/take/", {"contact_id": str(ids.new()), "number": ""}))
    assert "Take back" in taker.post(f"{silent}dispose/", {"sheet": sheet, "disposition": "silent"}).text
    for path in ("/reports/", "/cases/", "/staff/", "/"):
        other = taker.get(path)
        assert other.status >= 500
        assert "Нұрғалиева" not in other.text
    forged = Browser(taker.web, {**taker.cookies, "csrftoken": ""})
    assert forged.post(f"{silent}dispose/", {"sheet": sheet, "disposition": "prank"}).status == 503
    nobody = Browser(taker.web)
    assert nobody.get("/calls/").status == 503
    for file in leaks.files(place.home / "spool"):
        assert leaks.found(file.read_bytes(), [WORDS, TOLD["written"], taker.cookies["sessionid"]]) == set()
    assert "calls" in place.run("spool", "status")
    taker.web.kill()
    taker.web = place.serve("staff")  # started while there is no database
    second = tell(taker, f"{WORDS} екінші")
    place.start()
    until(lambda: place.waiting() == 0)
    take_in(place)
    take_in(place)
    assert sorted(reports(place)) == sorted([made_of, second])
    assert place.rows("select count(distinct received_by) from reports_report") == [1]
    owe = "select distinct a.kind from duties_duty d join agencies_agency a on a.id = d.agency_id"
    assert place.rows(f"{owe} where d.kind = 'decide_report'") == ["police_district"]  # the line may not decide
    assert place.rows("select disposition from reports_contact where report_id is null") == ["silent"]
    assert "The database is away" not in taker.get("/calls/").text


def killed_in_mid_post(taker: Browser) -> list[UUID]:
    """Four desks at work until their pages are killed; what was acknowledged."""
    acknowledged: list[UUID] = []

    def calls(number: int) -> None:
        for one in range(40):
            try:
                acknowledged.append(tell(Browser(taker.web, dict(taker.cookies)), f"{WORDS} {number} {one}"))
            except (OSError, HTTPException, AssertionError):  # killed: she was told nothing
                return

    with ThreadPoolExecutor(4) as desks:
        at_work = [desks.submit(calls, number) for number in range(4)]
        until(lambda: len(acknowledged) > 8)
        taker.web.kill()
        for one in at_work:
            one.result()
    return acknowledged


def test_killed_in_mid_post_and_in_mid_replay_nothing_is_lost_and_nothing_is_there_twice(
    place: Place, taker: Browser
) -> None:
    before = set(reports(place))
    place.stop()
    acknowledged = killed_in_mid_post(taker)
    taker.web = place.serve("staff")
    acknowledged += [tell(taker, f"{WORDS} кейін {number}") for number in range(3)]
    waiting = place.waiting()
    assert waiting >= 3 * len(acknowledged)
    place.start()
    carried = place.count("reports_spooled")
    until(lambda: place.count("reports_spooled") > carried + 3)
    taker.web.kill()
    taker.web = place.serve("staff")
    until(lambda: place.waiting() == 0)
    worker = place.worker()
    until(lambda: len(reports(place)) > len(before) + 1)
    worker.kill()
    worker.wait(10)
    for both in [place.worker(), place.worker()]:  # at the same time
        assert both.wait(120) == 0
    for _minute in range(3):
        take_in(place)
    now = set(reports(place)) - before
    assert set(acknowledged) <= now
    assert len(now) <= waiting
    assert place.rows("select count(*) from reports_spooled where taken_at is null") == [0]
    words = place.rows("select count(*) - count(distinct submission) from reports_report")
    assert words == [0]


def test_a_damaged_record_stays_in_sight_and_holds_up_no_other(place: Place, taker: Browser) -> None:
    before, carried = len(reports(place)), place.count("reports_spooled")
    place.stop()
    hurt = tell(taker, f"{WORDS} бүлінген")
    whole = tell(taker, f"{WORDS} бүтін")
    file = next(
        one for one in sorted((place.home / "spool" / "staff").glob("segment-*")) if b"QSPOOL1" in one.read_bytes()
    )
    content = bytearray(file.read_bytes())
    start = content.index(b"QSPOOL1")
    content[start + 200] ^= 1  # in what is sealed of the first
    file.write_bytes(content)
    place.start()
    until(lambda: place.count("reports_spooled") == carried + 5)
    take_in(place)
    take_in(place)
    assert len(reports(place)) == before + 2  # the first act of `hurt` was its taking, which the others bring along
    assert {hurt, whole} <= set(reports(place))
    assert '"damaged": 1' in place.run("spool", "status", "--json")


def test_a_server_that_falls_silent_holds_no_call_taker_and_no_visitor_up() -> None:
    with made_by_a_way() as (place, server):
        taker = Browser(place.serve("staff"))
        taker.sign_in("calltaker")
        door = place.serve("door")
        assert taker.get("/calls/").status == 200
        server.hush()
        begun = time.monotonic()
        kept = tell(taker, WORDS)
        assert time.monotonic() - begun < 60  # three pages; each waited for ever before
        begun = time.monotonic()
        sent = door.form("/q/1/", {"chosen": "hits"}, Cookie="lang=en")
        assert sent.status == 200
        assert time.monotonic() - begun < 30
        server.speak()
        until(lambda: place.waiting() == 0, seconds=60)
        take_in(place)
        assert kept in reports(place)
