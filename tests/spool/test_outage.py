"""The database goes away under real pages: what was acknowledged comes back, once, whatever is killed meanwhile."""

import json
import re
import signal
import time
from collections.abc import Iterator

import pytest

from qorgan.web.door import sendings
from tests.api.conftest import REPORT
from tests.base import leaks
from tests.spool.outage import Answer, Browser, Place, Web, made, until

WORDS = "Ол тағы келді, есікті сындырды"
KIN = "Балаларымды алып кетемін дейді"


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """One place for all that follows."""
    with made() as fresh:
        yield fresh


@pytest.fixture(scope="module")
def token(place: Place) -> str:
    """The key of a channel of the duty desk."""
    told = place.run("channel", "open", "desk", "--as", "admin")
    found = re.search(r"[A-Za-z0-9_-]{40,}$", told.strip(), re.MULTILINE)
    assert found is not None, told
    return found.group(0)


def token_of(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found is not None, page
    return found.group(1)


def read(door: Web, *, count: int = 1) -> list[str]:
    """Pages with a form, opened and read as long as a person needs; the token of each."""
    tokens = [token_of(door.ask("/new/", Cookie="lang=en").text) for _number in range(count)]
    time.sleep(sendings.HASTY_SECONDS + 0.2)
    return tokens


def tell(door: Web, words: str, *, at: str = "10.0.0.1", token: str = "") -> Answer:
    """Write at the door as a browser does."""
    sent = {"token": token or read(door)[0], "serving": "no", "narrative": words, "region": "79"}
    sent |= {"place": "", "suspect": "", "reach": ""}
    return door.form("/new/", sent, Cookie="lang=en", X_Forwarded_For=at)


def send(staff: Web, token: str, key: str, **more: str) -> Answer:
    """Hand a report in as a machine does."""
    sent = json.dumps(REPORT | {"kui_no": ""} | more).encode()
    headers = {"Authorization": f"Bearer {token}", "Idempotency_Key": key, "Content_Type": "application/json"}
    return staff.ask("/api/reports", sent, **headers)


def code_of(page: Answer) -> str:
    found = re.search(r'class="code">([^<]+)<', page.text)
    assert found is not None, page.text
    return found.group(1)


def take_in(place: Place) -> None:
    assert place.worker().wait(60) == 0


def test_what_is_acknowledged_while_the_database_is_away_is_there_once_when_it_is_back(
    place: Place, token: str
) -> None:
    door, staff = place.serve("door"), place.serve("staff")
    assert door.ask("/new/", Cookie="lang=en").status == 200
    assert send(staff, token, "before-0001").status == 201
    place.stop()
    told = tell(door, WORDS)
    assert (told.status, told.location) == (303, "/sent/")
    shown = door.ask("/sent/", Cookie=f"lang=en; {told.cookie}")
    assert shown.status == 200
    assert "kept sealed" in shown.text
    code = code_of(shown)
    machine = send(staff, token, "while-0001", narrative=KIN)
    assert machine.status == 202, machine.text
    again = send(staff, token, "while-0001", narrative=KIN)
    assert (again.status, again.json()["id"], again.json()["is_new"]) == (202, machine.json()["id"], False)
    assert send(staff, token, "while-0001", narrative="басқа").status == 409
    unknown = send(staff, "0" * 43, "while-0003")
    assert (unknown.status, unknown.json()["code"]) == (503, "reports.not_accepted")
    for file in leaks.files(place.home / "spool"):
        assert leaks.found(file.read_bytes(), [WORDS, KIN, code, token]) == set()
    door.kill()
    staff.kill()
    door, staff = place.serve("door"), place.serve("staff")  # started while there is no database
    assert tell(door, "екінші").status == 303
    place.start()
    until(lambda: place.waiting() == 0)
    take_in(place)
    take_in(place)
    back = door.form("/back/", {"code": code, "word": ""}, Cookie="lang=en")
    assert back.status == 200
    online = send(staff, token, "while-0001", narrative=KIN)
    assert (online.status, online.json()["id"]) == (200, machine.json()["id"])
    assert online.json()["received_at"][:19] == machine.json()["received_at"][:19]
    assert place.rows("select count(*) from reports_report where channel = 'web'") == [2]
    assert place.rows("select count(*) from reports_report where channel = '102'") == [2]


def test_killed_while_it_is_carried_in_nothing_is_lost_and_nothing_is_there_twice(place: Place) -> None:
    door, before = place.web["door"], place.count("reports_report")
    place.stop()
    count = 80
    for number, token in enumerate(read(door, count=count)):  # five from one address: more are a crowd
        assert tell(door, f"{WORDS} {number}", at=f"10.1.0.{number // 5}", token=token).status == 303
    arrived = 2  # those of the test before
    place.start()
    until(lambda: place.count("reports_arrival") > arrived + 3)
    door.kill()
    carried = place.count("reports_arrival") - arrived
    assert 0 < carried < count
    assert place.waiting() == count
    place.serve("door")
    until(lambda: place.waiting() == 0)
    assert place.count("reports_arrival") == arrived + count
    worker = place.worker()
    until(lambda: place.count("reports_report") > before + 3)
    worker.kill()
    assert worker.wait(10) == -signal.SIGKILL
    assert place.count("reports_report") < before + count
    take_in(place)
    assert place.count("reports_report") == before + count
    assert place.count("reports_wayback") == arrived + count


def test_a_childs_pages_are_told_while_the_database_is_away_or_goes_in_the_middle(place: Place) -> None:
    door = place.web.get("door") or place.serve("door")
    before = place.count("reports_arrival")
    begun, other = Browser(door), Browser(door)
    assert begun.post("/q/1/", {"chosen": "scares"}).status == 303
    page = begun.get("/q/2/")
    place.stop()
    said = [{"chosen": "hits"}, {"chosen": "home"}, {"text": WORDS}, {"region": "79", "text": ""}, {"text": ""}]
    for child, first in ((begun, 2), (other, 1)):
        for number, sent in enumerate(said[first - 1 :], start=first):
            held = re.search(r'name="held" value="([^"]*)"', page.text)
            page = child.post(f"/q/{number}/", {**sent, "held": held.group(1) if held else ""})
            assert WORDS not in page.text
        assert (page.status, page.location) == (303, "/sent/")
        shown = child.get("/sent/")
        assert code_of(shown)
        assert child.post("/q/5/", {"text": "", "held": held.group(1) if held else ""}).status == 303  # pressed twice
        page = shown
    assert other.get("/q/3/").status == 503
    place.start()
    until(lambda: place.waiting() == 0)
    assert place.count("reports_arrival") == before + 2
    take_in(place)
    assert place.rows("select count(*) from reports_report where notes::text like '%child_at_the_door%'") == [2]
    assert place.rows("select length(content) from reports_arrival where taken_at is null") == []


def test_with_no_room_left_it_says_so_and_keeps_what_she_wrote_on_the_page(place: Place) -> None:
    door = place.web["door"]
    place.stop()
    long = "ұ" * 1_400_000
    answers = [tell(door, long, at=f"10.2.0.{number}") for number in range(6)]
    assert {answer.status for answer in answers} == {303, 503}
    last = answers[-1]
    assert "Not accepted" in last.text
    for number in ("150", "102", "112"):
        assert number in last.text
    assert long in last.text
    place.start()
    until(lambda: place.waiting() == 0)


def test_what_cannot_be_taken_in_waits_in_sight_and_holds_up_no_other(place: Place, token: str) -> None:
    staff = place.web["staff"]
    before = place.count("reports_report")
    place.stop()
    assert send(staff, token, "late-00001").status == 202
    place.start()
    until(lambda: place.waiting() == 0)
    channel = place.rows("select id from agencies_channel")[0]
    place.rows("update agencies_channel set closed_at = '2020-01-01' returning 1")
    take_in(place)
    assert place.count("reports_report") <= before + 8
    told = json.loads(place.run("spool", "status", "--json"))
    assert told["refused"] == {"reports.channel_was_closed": 1}
    assert channel
    place.rows("update agencies_channel set closed_at = null returning 1")
    take_in(place)
    assert json.loads(place.run("spool", "status", "--json"))["refused"] == {}
