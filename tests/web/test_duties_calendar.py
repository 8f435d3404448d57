"""Duties in a calendar, read back by a library of the format: nothing names anyone, and no one else is given it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import translation
from icalendar import Calendar

from qorgan.agencies import actions as agencies
from qorgan.agencies.models import Mandate
from qorgan.agencies.terms import BlockGround
from qorgan.base import ids
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting, beside
from qorgan.duties import actions, queries
from qorgan.duties.models import Duty, Feed
from qorgan.duties.terms import Kind
from qorgan.orders.models import Order
from qorgan.web.duties.calendar import calendar
from tests import factories
from tests.conftest import actor
from tests.web.pages import an_hour_ago, signed_in

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def fresh_minute() -> None:
    """What another test has read is not counted here."""
    cache.clear()


def _address(who: str, language: str = "kk") -> str:
    browser = signed_in(who)
    browser.cookies["lang"] = language
    page = browser.post("/duties/calendar/", follow=True).content.decode()
    return "/duties/feed/" + page.split("/duties/feed/")[1].split("<")[0]


def _read(answer: HttpResponse) -> Calendar:
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n")), "folded by octets"
    assert b"\n" not in answer.content.replace(b"\r\n", b"")
    read = Calendar.from_ical(answer.content)
    assert isinstance(read, Calendar)
    assert not read.errors
    assert not any(event.errors for event in read.events)
    return read


def _words_of(order: Order) -> set[str]:
    thread = {str(order.id), str(order.thread_id), str(order.case_id), order.number, order.case.number}
    duties = {str(one) for one in Duty.objects.filter(thing_id=order.id).values_list("id", flat=True)}
    return thread | duties | {one.hex for one in (order.id, order.thread_id)} | {"Сәрсенбаев", "Әбдірахман", "4004"}


def test_a_calendar_reads_the_duties_of_its_mandate_without_signing_in(owner: Actor) -> None:
    order = factories.served(by=owner, now=an_hour_ago())
    answer = Client().get(_address("inspector"))
    read = _read(answer)
    checks = list(Duty.objects.filter(thing_id=order.id, kind=Kind.CHECK_ORDER).order_by("due_at"))
    assert [event.DTSTART for event in read.events if datetime.now(UTC) < event.DTSTART] == [
        one.due_at.replace(microsecond=0) for one in checks if one.due_at
    ]
    assert {event["DTSTART"].params["TZID"] for event in read.events} == {"Asia/Almaty"}
    assert [str(zone.tz_name) for zone in read.timezones] == ["Asia/Almaty"]
    first = read.events[0]
    assert "ексер" in str(first["SUMMARY"])
    assert "245-VIII" in str(first["DESCRIPTION"])
    assert (str(first["CLASS"]), str(first["TRANSP"])) == ("CONFIDENTIAL", "TRANSPARENT")
    assert [alarm["TRIGGER"].dt for alarm in first.walk("VALARM")] == [-timedelta(days=1)]
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_nothing_in_it_names_anyone_or_any_record_in_any_language(owner: Actor, language: str) -> None:
    order = factories.served(by=owner, now=an_hour_ago())
    read = Client().get(_address("inspector", language))
    text = read.content.decode().replace("\r\n ", "")
    assert _read(read).events
    assert not [word for word in _words_of(order) if word in text]
    with translation.override(language):
        assert str(Kind.CHECK_ORDER.label).split(",")[0].split()[0] in text
    file = signed_in("inspector").get("/duties/calendar.ics")
    assert not [word for word in _words_of(order) if word in file.content.decode().replace("\r\n ", "")]


def test_its_events_keep_their_names_and_those_of_another_mandate_are_others(owner: Actor) -> None:
    factories.served(by=owner, now=an_hour_ago())
    address = _address("inspector")
    first, again = (sorted(str(one["UID"]) for one in _read(Client().get(address)).events) for _time in range(2))
    other = sorted(str(one["UID"]) for one in _read(Client().get(_address("head"))).events)
    assert first == again
    assert first
    assert not set(first) & set(other)


def test_what_is_done_dropped_or_has_no_term_stands_in_it_no_more(owner: Actor) -> None:
    report = factories.report(by=owner, now=an_hour_ago())
    address = _address("inspector")
    assert len(_read(Client().get(address)).events) == 1
    actions.done(thing_id=report.id, kind=Kind.DECIDE_REPORT, by=owner, now=datetime.now(UTC))
    read = _read(Client().get(address))
    assert (read.events, read.timezones) == ([], [])


def test_a_late_duty_stands_in_it_without_a_bell(owner: Actor) -> None:
    factories.report(by=owner, now=datetime.now(UTC) - timedelta(hours=30))
    (event,) = _read(Client().get(_address("inspector"))).events
    assert event.walk("VALARM") == []


def test_an_address_that_was_withdrawn_ended_or_guessed_is_not_found_and_a_session_alone_opens_none(
    owner: Actor,
) -> None:
    address, browser = _address("inspector"), signed_in("inspector")
    guessed = address.replace(".ics", "x.ics")
    for asks in (Client(), browser, signed_in("rudny")):
        assert asks.get(guessed).status_code == 404
        assert asks.get("/duties/feed/secret.ics").status_code == 404
    assert Client().post(address).status_code == 405
    browser.post("/duties/calendar/withdraw/")
    assert [asks.get(address).status_code for asks in (Client(), browser)] == [404, 404]
    assert browser.post("/duties/calendar/withdraw/").status_code == 404
    later = _address("inspector")
    Feed.objects.update(made_at=datetime.now(UTC) - 2 * HOUR, expires_at=datetime.now(UTC) - HOUR)
    assert Client().get(later).status_code == 404
    assert "its time is over" in signed_in("inspector").get("/duties/calendar/").content.decode()


def test_the_secret_is_shown_once(owner: Actor) -> None:
    browser = signed_in("inspector")
    assert "/duties/feed/" in browser.post("/duties/calendar/", follow=True).content.decode()
    assert "/duties/feed/" not in browser.get("/duties/calendar/").content.decode()


def test_it_ends_with_the_mandate(owner: Actor) -> None:
    address = _address("inspector")
    Mandate.objects.filter(pk=owner.mandate_id).update(valid_until=datetime.now(UTC) - HOUR)
    assert Client().get(address).status_code == 404


def test_a_stranger_s_calendar_and_that_of_someone_shut_out_hold_nothing_of_it(owner: Actor) -> None:
    report = factories.report(by=owner, now=an_hour_ago())
    head = actor("head")
    agencies.block(staff_id=head.staff, **beside(report), ground=BlockGround.KIN, by=owner, now=an_hour_ago())
    counts = {who: len(_read(Client().get(_address(who))).events) for who in ("inspector", "desk", "head", "rudny")}
    assert counts == {"inspector": 1, "desk": 1, "head": 0, "rudny": 0}


def test_a_calendar_that_asks_too_often_waits(owner: Actor) -> None:
    address = _address("inspector")
    told = [Client().get(address).status_code for _time in range(22)]
    assert set(told) == {200, 429}


def test_each_reading_is_written_down(owner: Actor) -> None:
    factories.report(by=owner, now=an_hour_ago())
    Client().get(_address("inspector"))
    written = JournalEntry.objects.get(kind="duties.feed.read")
    assert (written.staff_id, written.detail) == (owner.staff_id, {"rows": 1})
    assert Feed.objects.get().last_used_on == datetime.now(UTC).date()


def test_a_file_holds_one_page_alone(owner: Actor) -> None:
    factories.report(by=owner, now=datetime.now(UTC) - timedelta(hours=30))
    factories.report(by=owner, now=an_hour_ago())
    browser = signed_in("inspector")
    assert len(_read(browser.get("/duties/calendar.ics")).events) == 2
    assert len(_read(browser.get("/duties/calendar.ics?of=late")).events) == 1
    assert browser.get("/duties/calendar.ics?of=nothing").status_code == 404
    assert JournalEntry.objects.filter(kind="web.calendar.exported").count() == 2


def test_a_thousand_duties_with_long_kazakh_words_come_back_whole(owner: Actor, now: datetime) -> None:
    order = factories.issued(by=owner, now=now - HOUR)
    told = {"agency_id": owner.agency, "by": owner, "now": now, **beside(order), "case_id": None}
    for part in range(10):
        laid = [
            actions.Laid(Kind.COMPARE_ORDERS, "orders.term", since=now, due_at=now + HOUR * step, step=step)
            for step in range(part * 100 + 1, part * 100 + 101)
        ]
        actions.lay(laid=laid, thing="order", thing_id=order.id, **told)
    with translation.override("kk"):
        duties = queries.to_come(now=now, until=now + timedelta(days=366), most=1000)
        content = calendar(duties, mandate_id=owner.mandate_id or ids.new(), now=now)
    read = Calendar.from_ical(content)
    assert isinstance(read, Calendar)
    assert [event.DTSTART for event in read.events] == [one.due_at for one in duties]
    assert len({str(event["UID"]) for event in read.events}) == 1000
    with translation.override("kk"):
        assert {str(event["SUMMARY"]) for event in read.events} == {str(Kind.COMPARE_ORDERS.label)}
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert all(UUID(str(event["UID"]).partition("@")[0]) not in {one.id for one in duties} for event in read.events)


def test_the_stranger_s_page_shows_her_own_address_alone(owner: Actor) -> None:
    _address("inspector")
    with acting(actor("rudny")):
        assert "You have no address yet" in signed_in("rudny").get("/duties/calendar/").content.decode()
