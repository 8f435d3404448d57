"""Signing out, and forms that cannot be believed, while the database is away: an answer in her language, and an end."""

from collections.abc import Iterator

import pytest

from qorgan.base import ids
from tests.spool.outage import Browser, Place, made, until

KEYS = ("sessionid", "csrftoken", "pass")
AWAY = {
    "en": "The database is away",
    "kk": "Дерекқормен байланыс жоқ",
    "ru": "Нет связи с базой данных",
}


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """One place for all that follows."""
    with made() as fresh:
        yield fresh


@pytest.fixture
def browser(place: Place) -> Iterator[Browser]:
    """A call-taker's browser; the database goes away once she is in, and is back for the next test."""
    place.start()
    made = Browser(place.web.get("staff") or place.serve("staff"))
    until(lambda: made.get("/sign-in/").status == 200)
    made.sign_in("calltaker")
    assert made.get("/calls/").status == 200
    place.stop()
    yield made
    place.start()


def silent(browser: Browser) -> int:
    return browser.post("/calls/take/", {"contact_id": str(ids.new()), "number": ""}).status


def test_whoever_signs_out_is_out_and_no_copy_of_what_she_bore_is_worth_anything(
    place: Place, browser: Browser
) -> None:
    copy = Browser(browser.web, dict(browser.cookies))
    assert silent(browser) == silent(copy) == 200
    out = browser.post("/sign-out/", {})
    assert out.status == 200
    assert "You are signed out." in out.text
    assert all(browser.cookies[name] == "" for name in KEYS)
    assert silent(browser) in (403, 503)
    assert silent(copy) == 503
    assert "nobody can say now who you are" in copy.get("/calls/").text
    place.start()
    until(lambda: copy.get("/sign-in/").status == 200)
    assert copy.get("/calls/").location.startswith("/sign-in/")
    again = Browser(browser.web)
    again.sign_in("calltaker")
    assert again.get("/calls/").status == 200


@pytest.mark.parametrize("language", AWAY)
def test_a_form_that_cannot_be_believed_is_answered_in_her_language(browser: Browser, language: str) -> None:
    for path in ("/calls/take/", "/sign-out/"):
        forged = Browser(browser.web, {**browser.cookies, "csrftoken": "", "lang": language})
        page = forged.post(path, {"contact_id": str(ids.new())})
        assert page.status == 503
        assert f'lang="{language}"' in page.text
        assert AWAY[language] in page.text
    assert silent(browser) == 200  # she is still in


def test_every_other_page_says_that_the_database_is_away_and_where_calls_are_taken(browser: Browser) -> None:
    for path in ("/", "/reports/", "/cases/", "/sign-out/"):
        page = browser.get(path)
        assert page.status == 503
        assert AWAY["en"] in page.text
        assert 'href="/calls/"' in page.text
    stranger = Browser(browser.web).get("/reports/")
    assert AWAY["en"] in stranger.text
    assert 'href="/calls/"' not in stranger.text
