"""The call screen: one key each, nothing typed is lost, no number whole."""

import re
from datetime import time
from uuid import UUID

import pytest
from django.test import Client

from qorgan.base import ids
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor, acting
from qorgan.duties.models import Duty
from qorgan.people import actions as people
from qorgan.people.models import Contact as SafelyReached
from qorgan.reports import actions
from qorgan.reports import queries as reports
from qorgan.reports.models import Contact, Report
from qorgan.reports.queries import contacts as queries
from qorgan.reports.terms.contacts import Disposition
from tests.conftest import actor
from tests.web.pages import signed_in

NUMBER = "+7 701 000 00 41"
TOLD = {
    "talk": "yes",
    "serving": "no",
    "where": "home",
    "children": "Екеуі де жанында",
    "written": "Нұрғалиева Айгер",
    "birth_year": "1991",
    "address": "Шымкент, Еңбекші ауданы",
    "narrative": "Кешке үйге мас күйде келіп, итерген.",
    "topic": "violence/physical",
    "consent": "agreed",
    "code_word": "кітапхана",
    "seen": "0",
}


@pytest.fixture
def taker(db: None) -> Actor:
    """The call-taker of line 150."""
    return actor("calltaker")


@pytest.fixture
def browser(taker: Actor) -> Client:
    """Her browser."""
    return signed_in("calltaker")


def taken(browser: Client, number: str = NUMBER) -> str:
    """The address of the screen of a call just taken."""
    answer = browser.post("/calls/take/", {"contact_id": str(ids.new()), "number": number})
    assert answer.status_code == 303
    return answer.headers["Location"]


def held(taker: Actor, page: str) -> Contact:
    with acting(taker):
        return Contact.objects.get(pk=UUID(page.strip("/").rpartition("/")[2]))


@pytest.mark.parametrize("disposition", list(Disposition))
def test_one_key_says_what_it_is_and_another_takes_it_back(
    browser: Client, taker: Actor, disposition: Disposition
) -> None:
    page = taken(browser)
    text = browser.get(page).content.decode()
    assert re.search(rf'value="{disposition.value}"[^>]*data-key="{disposition.key}"', text)
    answer = browser.post(f"{page}dispose/", {"disposition": disposition.value, "seen": "0"})
    assert answer.headers["Location"] == ("/calls/" if disposition.closes else page)
    assert "undo/" in browser.get(answer.headers["Location"]).content.decode()
    assert browser.post(f"{page}undo/").headers["Location"] == page
    assert held(taker, page).disposition == ""


def test_no_page_shows_a_whole_number_and_showing_it_is_written_down(browser: Client, taker: Actor) -> None:
    page = taken(browser)
    for address in ("/calls/", page):
        text = browser.get(address).content.decode()
        assert "000 00 41" not in text
        assert "+77010000041" not in text
        assert "\u00a041" in text
    assert NUMBER in browser.post(f"{page}number/").content.decode()
    looks = JournalEntry.objects.filter(kind="web.contact.seen", detail__whole="contact")
    assert looks.count() == 1


def test_nothing_of_it_is_kept_by_the_browser(browser: Client) -> None:
    answer = browser.get(taken(browser))
    assert "no-store" in answer.headers["Cache-Control"]
    assert 'autocomplete="off"' in answer.content.decode()


def test_what_is_typed_is_saved_with_every_pause_and_stands_when_the_page_opens_again(
    browser: Client, taker: Actor
) -> None:
    page = taken(browser)
    answer = browser.post(f"{page}draft/", TOLD, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="seen" value="1"' in text
    again = browser.get(page).content.decode()
    assert TOLD["narrative"] in again
    assert 'name="seen" value="1"' in again


def test_someone_elses_words_are_not_overwritten_and_the_second_is_told(browser: Client, taker: Actor) -> None:
    page = taken(browser)
    other = Actor(**{**vars(taker), "staff_id": actor("duty").staff_id})
    with acting(other):
        actions.save_draft(
            contact_id=held(taker, page).id,
            said={"narrative": "Басқа сөз"},
            serving=actions.Signal.serving,
            consent=held(taker, page).consent,  # type: ignore[arg-type]  # the word itself
            by=other,
            now=held(taker, page).rang_at,
            seen=0,
        )
    answer = browser.post(f"{page}draft/", TOLD, headers={"HX-Request": "true"})
    assert 'role="alert"' in answer.content.decode()
    whole = browser.post(f"{page}complete/", TOLD)
    assert whole.status_code == 409
    assert TOLD["narrative"] in whole.content.decode()
    with acting(taker):
        assert queries.draft_of(held(taker, page).id).said == {"narrative": "Басқа сөз"}


def test_a_call_becomes_a_report_and_pressed_twice_it_is_one(browser: Client, taker: Actor) -> None:
    page = taken(browser)
    browser.post(f"{page}dispose/", {"disposition": "self", **TOLD})
    for _time in range(2):
        assert browser.post(f"{page}complete/", TOLD).headers["Location"] == "/calls/"
    with acting(taker):
        view = reports.opened_reports(Report.objects.all())
        assert [(one.narrative, one.channel) for one in view] == [(TOLD["narrative"], "150")]
        kept = Contact.objects.get()
        assert (kept.report_id, kept.topics, kept.consent) == (kept.id, ["violence/physical"], "agreed")


def test_a_name_without_the_question_before_it_is_refused_and_kept(browser: Client) -> None:
    page = taken(browser)
    browser.post(f"{page}dispose/", {"disposition": "self"})
    answer = browser.post(f"{page}complete/", TOLD | {"serving": "not_asked"})
    assert answer.status_code == 422
    assert TOLD["written"] in answer.content.decode()


def test_102_is_told_with_her_consent_and_taken_back(browser: Client, taker: Actor) -> None:
    page = taken(browser)
    assert browser.post(f"{page}tell-102/", TOLD | {"consent": "not_asked"}).status_code == 422
    assert browser.post(f"{page}tell-102/", TOLD | {"seen": "9"}).status_code == 303
    with acting(taker):
        alarm = queries.alarm_of(held(taker, page).id)
        assert alarm is not None
        words = queries.alarm_words(alarm)
        assert (TOLD["address"] in words, TOLD["written"] in words) == (True, False)
        assert Duty.objects.filter(kind="tell_102", dropped_at=None).count() == 1
    assert browser.post(f"{page}take-back/").headers["Location"] == page
    with acting(taker):
        assert queries.alarm_of(held(taker, page).id) is None


def test_a_number_is_blocked_from_the_page_of_an_abusive_call_alone(browser: Client, taker: Actor) -> None:
    silent, abusive = taken(browser), taken(browser)
    browser.post(f"{silent}dispose/", {"disposition": "silent"})
    browser.post(f"{abusive}dispose/", {"disposition": "abusive"})
    assert "block/" not in browser.get(silent).content.decode()
    assert browser.post(f"{silent}block/", {"reason": "abusive", "until": "2"}).status_code == 422
    assert browser.post(f"{abusive}block/", {"reason": "abusive", "until": "2"}).headers["Location"] == "/calls/"


def test_the_police_of_the_place_take_no_calls_of_the_line(browser: Client, owner: Actor) -> None:
    page = taken(browser)
    assert signed_in("inspector").get(page).status_code in (403, 404)
    assert signed_in("inspector").get("/calls/").status_code == 403


def test_a_second_silence_is_a_duty_of_the_line_that_is_done_by_hand(browser: Client, taker: Actor) -> None:
    for page in [taken(browser) for _time in range(2)]:
        browser.post(f"{page}dispose/", {"disposition": "silent"})
    with acting(taker):
        duty = Duty.objects.get(kind="check_welfare")
    assert "Find out whether a silent caller is safe" in browser.get(f"/duties/{duty.id}/").content.decode()
    assert browser.post(f"/duties/{duty.id}/", {"seen": "0"}).status_code == 303
    with acting(taker):
        assert Duty.objects.get(kind="check_welfare").done_at is not None


def test_how_she_may_be_reached_is_kept_with_the_report_and_hours_are_hours(browser: Client, taker: Actor) -> None:
    page = taken(browser)
    browser.post(f"{page}dispose/", {"disposition": "self", "seen": "0"})
    safe = {"reach": "call", "phone": "8 701 000 00 42", "hours": "кешке", "answers": "тек өзі"}
    refused = browser.post(f"{page}complete/", {**TOLD, **safe})
    assert refused.status_code == 422
    assert browser.post(f"{page}complete/", {**TOLD, **safe, "hours": "", "phone": ""}).status_code == 422
    assert browser.post(f"{page}complete/", {**TOLD, **safe, "hours": "18 – 20:30"}).status_code == 303
    with acting(taker):
        (kept,) = SafelyReached.objects.all()
        found = people.safe_contact(held=kept)
    assert (found.address, found.hours_from, found.hours_until) == ("+77010000042", time(18), time(20, 30))
    assert (found.code_word, found.answers, found.voicemail) == ("кітапхана", "тек өзі", False)
