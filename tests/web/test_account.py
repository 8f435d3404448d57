"""My account: where one is in, proof anew before what is grave, and the second factor that is demanded."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from axes.utils import reset
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from qorgan.agencies import actions
from qorgan.agencies.models import Session, Staff
from qorgan.base import clock
from qorgan.base.models import JournalEntry
from qorgan.base.scope import Actor
from qorgan.web import acts
from qorgan.web.account.again import freshly
from tests.conftest import PASSWORD, actor
from tests.web.pages import proven, signed_in

pytestmark = pytest.mark.django_db

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def _sessions(client: Client) -> Any:
    return client.get("/account/").context["sessions"]


def test_the_list_of_sessions_knows_this_one_and_says_no_address() -> None:
    other = Client(headers={"User-Agent": WINDOWS})
    other.post("/sign-in/", {"login": "inspector", "password": PASSWORD})
    here = proven("inspector")
    shown = {one.machine: one.is_this for one in _sessions(here)}
    assert shown == {"Firefox, Windows": False, "": True}
    page = here.get("/account/").content.decode()
    assert "127.0.0.1" not in page
    assert "Gecko" not in page


def test_a_session_that_is_ended_is_out_from_its_next_page_on() -> None:
    other, here = signed_in("inspector"), proven("inspector")
    assert other.get("/").status_code == 200
    theirs = next(one for one in _sessions(here) if not one.is_this)
    address = f"/account/sessions/{theirs.handle}/"
    assert here.get(address).status_code == 200
    assert here.post(address).status_code == 303
    assert other.get("/").headers["Location"] == "/sign-in/?next=/"
    assert here.get("/").status_code == 200
    assert here.post(address).status_code == 404


def test_all_other_sessions_are_ended_and_this_one_stays() -> None:
    others, here = [signed_in("inspector") for _time in range(2)], proven("inspector")
    stranger = signed_in("rudny")
    assert here.post("/account/sessions/others/").status_code == 303
    assert [one.get("/").status_code for one in (*others, here, stranger)] == [302, 302, 200, 200]
    row = JournalEntry.objects.get(kind="agencies.session.others_ended")
    assert row.detail == {"sessions": 2}


def test_its_owner_sees_what_was_done_with_a_sign_in_and_by_whom_not() -> None:
    reset()
    Client().post("/sign-in/", {"login": "inspector", "password": "a-guess"})
    here = proven("inspector")
    Client().post("/sign-in/", {"login": "rudny", "password": "a-guess"})
    shown = [(str(one.words), one.is_own) for one in here.get("/account/").context["lately"]]
    assert shown == [("came in", True), ("a wrong password", False)]


def test_a_new_password_ends_every_other_session() -> None:
    other, here = proven("inspector"), proven("inspector")
    new = {"oldpassword": PASSWORD, "password1": "a-new-long-password-26", "password2": "a-new-long-password-26"}
    assert here.post("/account/password/", new).status_code == 302
    assert other.get("/").status_code == 302
    assert [one.is_this for one in _sessions(here)] == [True]


def test_more_passkeys_at_once_than_any_office_has_are_told_to_wait(settings: Any) -> None:
    settings.MFA_RATE_LIMITS = {"webauthn_login": "1/m/ip"}
    cache.clear()
    browser = Client()
    browser.post("/account/webauthn/login/", {"credential": "{}"})
    answer = browser.post("/account/webauthn/login/", {"credential": "{}"})
    assert answer.status_code == 429
    assert "/sign-in/" in answer.content.decode()
    cache.clear()


def test_a_session_of_someone_else_is_not_there() -> None:
    signed_in("rudny")
    theirs = Session.objects.get(staff__login="rudny")
    assert proven("inspector").post(f"/account/sessions/{theirs.handle}/").status_code == 404
    assert Session.objects.filter(pk=theirs.pk).exists()


def test_a_copy_of_the_table_of_sessions_lets_nobody_in() -> None:
    browser = signed_in("inspector")
    row = Session.objects.get()
    cookie = browser.cookies["sessionid"].value
    assert cookie not in "".join(str(value) for value in Session.objects.values_list().get())
    assert row.pk == hashlib.sha256(cookie.encode()).hexdigest()
    thief = Client()
    thief.cookies["sessionid"] = row.pk
    assert thief.get("/").status_code == 302


def test_disabling_a_person_refuses_the_next_request_of_a_session_that_is_open() -> None:
    browser = signed_in("inspector")
    assert browser.get("/").status_code == 200
    actions.disable(staff_id=Staff.objects.get(login="inspector").id, by=actor("admin"), now=clock.now())
    assert browser.get("/").status_code == 302
    assert browser.get("/account/").status_code == 302
    actions.enable(staff_id=Staff.objects.get(login="inspector").id, by=actor("admin"), now=clock.now())
    assert browser.get("/").status_code == 302, "the session of before is gone for good"


def test_ending_a_mandate_refuses_the_next_request_of_a_session_that_is_open(now: Any) -> None:
    browser, admin = signed_in("inspector"), actor("admin")
    assert browser.get("/cases/").status_code == 200
    held = actor("inspector")
    actions.end_mandate(mandate_id=held.mandate_id, by=admin, now=clock.now())  # type: ignore[arg-type]  # has one
    assert browser.get("/cases/").status_code == 403


@pytest.mark.parametrize("address", ["/account/sessions/others/", "/account/webauthn/add/", "/account/totp/activate/"])
def test_what_is_grave_asks_for_a_proof_where_the_last_one_is_old(address: str) -> None:
    browser = proven("inspector")
    assert browser.get(address).status_code == 200
    with clock.frozen(clock.now() + timedelta(minutes=6)):
        asked = browser.get(address)
        assert asked.status_code in (302, 303)
        assert asked.headers["Location"].startswith("/account/confirm/?next=")


def _page(request: Any) -> HttpResponse:
    """What a form of the pages does: shows what was sent, acts on POST alone."""
    sent = acts.sent(request)
    return HttpResponse(f"{request.method} {sent.get('why', '') if sent else ''}")


def _asked(client: Client, method: str, data: dict[str, str]) -> tuple[HttpRequest, HttpResponse]:
    """A request of a browser's session to a page that asks for a proof."""
    from django.contrib.messages.storage.cookie import CookieStorage

    request = getattr(RequestFactory(), method)("/break/7/", data)
    request.session, request.user = client.session, Staff.objects.get(login="inspector")
    request._messages = CookieStorage(request)
    answer = freshly(_page)(request)
    request.session.save()
    return request, answer


def test_nothing_typed_is_lost_where_a_proof_is_asked_for_and_nothing_is_done_by_it() -> None:
    browser = signed_in("inspector")
    _request, answer = _asked(browser, "post", {"why": "she does not answer", "csrfmiddlewaretoken": "x"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/account/confirm/?next=%2Fbreak%2F7%2F"
    proof = browser.post(answer.headers["Location"], {"password": PASSWORD})
    assert (proof.status_code, proof.headers["Location"]) == (302, "/break/7/")
    request, shown = _asked(browser, "get", {})
    assert shown.content == b"GET she does not answer", "the form stands there again; the act waits for its button"
    assert "csrfmiddlewaretoken" not in request.kept  # type: ignore[attr-defined]  # set by freshly
    assert _asked(browser, "get", {})[1].content == b"GET ", "once"
    assert _asked(browser, "post", {"why": "again"})[1].content == b"POST again"


def test_a_wrong_proof_opens_nothing() -> None:
    browser = signed_in("inspector")
    assert browser.post("/account/confirm/?next=/account/sessions/others/", {"password": "wrong"}).status_code == 200
    assert browser.get("/account/sessions/others/").status_code == 303


@override_settings(SECOND_FACTOR="records")
def test_who_reads_records_is_led_to_a_second_factor_before_anything_else() -> None:
    for login in ("inspector", "admin", "clerk", "calltaker"):
        browser = proven(login)
        assert browser.get("/").headers["Location"] == "/account/protect/", login
        assert browser.get("/figures/").headers["Location"] == "/account/protect/", login
        assert browser.get("/account/protect/").status_code == 200
        assert browser.get("/account/webauthn/add/").status_code == 200
    assert proven("press").get("/figures/").status_code == 200, "who sees no person is not asked"


@override_settings(SECOND_FACTOR="everyone")
def test_a_deployment_may_demand_it_of_everyone() -> None:
    assert proven("press").get("/figures/").headers["Location"] == "/account/protect/"


def test_nobody_is_told_of_another_who_has_no_session_here(owner: Actor) -> None:
    assert Client().get("/account/").status_code == 302
    assert Client().get("/account/protect/").status_code == 302
