"""What is pasted by mistake or on purpose: kept or refused in one sentence, nothing lost, and nothing else turned."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from qorgan.base import clock, ids, words
from qorgan.base.scope import Actor, acting
from qorgan.people.queries import PersonView
from qorgan.reports import actions
from qorgan.reports import queries as reports
from qorgan.reports.models import Report
from qorgan.reports.queries import contacts
from qorgan.reports.terms import Serving
from qorgan.reports.terms.contacts import Consent
from qorgan.web import persons
from tests.conftest import actor
from tests.web.pages import signed_in

BOOK = "а" * 1_000_000  # six megabytes on its way
TURNED = "\u202eҰлы\u202c \u2067кері\u2069\u200f"
STRANGE = {
    "emoji": "👩‍👧 😔 үйде",
    "right to left": "عنف في البيت",
    "marks of direction": TURNED,
    "mixed scripts": "Aйгүл Нұрғaлиeвa Ξ 山",
    "NUL and controls": "бір\x00екі\x07\x1bүш",
    "zero width": "бір\u200bекі\ufeff\u2060",
    "markup": "<script>alert(1)</script>&amp;",
}
PLANTED = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def browser(db: None) -> Client:
    """The browser of the call-taker of line 150."""
    return signed_in("calltaker")


def taken(browser: Client) -> str:
    """The address of the screen of a call that tells."""
    page = str(browser.post("/calls/take/", {"contact_id": str(ids.new())}).headers["Location"])
    browser.post(f"{page}dispose/", {"disposition": "self"})
    return page


def new_report(browser: Client, **said: str) -> Any:
    """A report as the desk writes it down."""
    text = browser.get("/reports/new/").content.decode()
    kept = {
        name: html.unescape(found[1])
        for name in ("token", "registered_at")
        if (found := re.search(rf'name="{name}"[^>]*value="([^"]*)"', text))
    }
    return browser.post("/reports/new/", {"channel": "102", "serving": "unknown", **kept, **said})


def narratives(by: Actor) -> list[str]:
    with acting(by):
        return [one.narrative for one in reports.opened_reports(Report.objects.all())]


def plain(answer: Any) -> str:
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_million_letters_on_the_call_screen_are_refused_in_the_readers_language_and_stand_in_their_field(
    browser: Client, language: str
) -> None:
    page = taken(browser)
    browser.cookies["lang"] = language
    answer = browser.post(f"{page}complete/", {"narrative": BOOK, "seen": "0"})
    text = plain(answer)
    assert answer.status_code == 422
    assert BOOK in text
    assert "1000000" in text
    assert ("at most 20000" in text) is (language == "en")


def test_an_autosave_that_is_too_long_says_so_and_what_was_saved_before_stands(browser: Client) -> None:
    page = taken(browser)
    browser.post(f"{page}draft/", {"narrative": "Бұрынғы сөз", "seen": "0"}, headers={"HX-Request": "true"})
    answer = browser.post(f"{page}draft/", {"narrative": BOOK, "seen": "1"}, headers={"HX-Request": "true"})
    assert "What was saved before is kept." in plain(answer)
    assert len(answer.content) < 2_000
    assert "Бұрынғы сөз" in plain(browser.get(page))


def test_a_million_letters_in_a_new_report_are_refused_and_stand_in_their_field(owner: Actor) -> None:
    answer = new_report(signed_in("desk"), narrative=BOOK)
    assert answer.status_code == 422
    assert BOOK in plain(answer)
    assert narratives(owner) == []


def test_no_field_for_words_lets_a_browser_cut_what_is_pasted(browser: Client) -> None:
    for text in (plain(browser.get(taken(browser))), plain(signed_in("desk").get("/reports/new/"))):
        fields = re.findall(r"<textarea[^>]*>|<input type=\"text\"[^>]*>", text)
        assert fields
        cut = {found[1] for one in fields if "maxlength" in one and (found := re.search(r'name="(\w+)"', one))}
        assert cut <= {"birth_year", "registered_at"}  # figures, of which none is as long
        assert all('dir="auto"' in one for one in fields if "<textarea" in one)


@pytest.mark.parametrize("said", STRANGE.values(), ids=STRANGE)
def test_strange_signs_told_on_the_telephone_are_kept_letter_for_letter(browser: Client, said: str) -> None:
    page = taken(browser)
    told = {"narrative": said, "address": said, "written": said, "serving": "no", "seen": "0"}
    assert html.escape(said) in _html(browser.post(f"{page}draft/", told, headers={}), browser, page)
    assert browser.post(f"{page}complete/", told).status_code == 303
    assert narratives(actor("calltaker")) == [said]


def _html(_kept: Any, browser: Client, page: str) -> str:
    return str(browser.get(page).content.decode()).replace("&#x27;", "'")


@pytest.mark.parametrize("said", STRANGE.values(), ids=STRANGE)
def test_strange_signs_written_down_at_a_desk_are_kept_and_turn_nothing_else_on_its_pages(
    owner: Actor, said: str
) -> None:
    desk = signed_in("desk")
    answer = new_report(desk, narrative=said, victim=said, suspect=said, address=f"Шымкент, Еңбекші ауданы {said}")
    assert answer.status_code == 303, plain(answer)
    assert narratives(owner) == [said]
    report = answer.headers["Location"]
    for address in ("/reports/", report, f"{report}triage/", "/duties/tomorrow/"):
        text = desk.get(address).content.decode()
        assert "<script>alert" not in text
        told = re.compile(r'<blockquote dir="auto">.*?</blockquote>', re.S)
        assert PLANTED.findall(told.sub("", text)) == [], address


def test_half_a_sign_is_never_kept_by_halves(owner: Actor) -> None:
    answer = new_report(signed_in("desk"), narrative="бір екі")
    assert answer.status_code == 303
    broken = signed_in("desk").post(
        "/reports/new/",
        "channel=102&serving=unknown&token=x&registered_at=2026-01-05T10:00&narrative=%ED%A0%80%D0%B1",
        content_type="application/x-www-form-urlencoded",
    )
    assert broken.status_code in (303, 422)
    assert all(one.encode() for one in narratives(owner))


def test_a_name_in_a_line_says_what_was_written_without_what_turns_the_line() -> None:
    assert words.in_line(f"А\u202eБ\u2067В\n{TURNED}") == "АБВ Ұлы кері"
    assert words.in_line("👩‍👧 Нұрғалиева\u00a0А.") == "👩‍👧 Нұрғалиева\u00a0А."
    view = PersonView(ids.new(), "\u202eА Б", "", "", "", None, "\u202e920214400408", "", "unknown", None, ())
    assert not PLANTED.search(persons.short(view) + persons.masked_iin(view.iin))


def test_of_two_who_write_in_one_contact_the_second_is_told_who_wrote_and_when_and_overwrites_nothing(
    browser: Client,
) -> None:
    page = taken(browser)
    contact_id = page.strip("/").rpartition("/")[2]
    taker = actor("calltaker")
    other = Actor(**{**vars(taker), "staff_id": actor("duty").staff_id})
    with acting(other):
        actions.save_draft(
            contact_id=contact_id,  # type: ignore[arg-type]  # the text of an id
            said={"narrative": "Басқа сөз"},
            serving=Serving.NOT_ASKED,
            consent=Consent.NOT_ASKED,
            by=other,
            now=clock.now(),
            seen=0,
        )
    told = {"narrative": "Менің сөзім", "seen": "0"}
    saved = plain(browser.post(f"{page}draft/", told, headers={"HX-Request": "true"}))
    whole = browser.post(f"{page}complete/", told)
    for text in (saved, plain(whole)):
        assert "Seitzhanova" in text
        assert re.search(r"\d{2}:\d{2}", text)
    assert whole.status_code == 409
    assert all(one in plain(whole) for one in ("Менің сөзім", "Басқа сөз"))
    with acting(taker):
        assert contacts.draft_of(contact_id).said == {"narrative": "Басқа сөз"}  # type: ignore[arg-type]  # as above
