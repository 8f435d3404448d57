"""Coming in and going out."""

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from axes.models import AccessAttempt
from axes.utils import reset
from django.contrib.auth.hashers import MD5PasswordHasher, make_password
from django.test import Client, override_settings

from qorgan.agencies.models import Staff
from qorgan.base import clock
from qorgan.base.models import JournalEntry
from tests.conftest import PASSWORD


@pytest.fixture
def visitor(db: None) -> Iterator[Client]:
    """Someone who has not signed in, reading English."""
    reset()
    client = Client()
    client.cookies["lang"] = "en"
    yield client
    reset()


def enter(client: Client, *, login: str = "inspector", password: str = PASSWORD, to: str = "") -> tuple[int, str, str]:
    """Send the form: status, where to, and the page."""
    answer = client.post("/sign-in/", {"login": login, "password": password, "next": to})
    return answer.status_code, answer.headers.get("Location", ""), answer.content.decode()


def test_a_person_with_the_right_password_comes_to_todays_duties(visitor: Client) -> None:
    assert enter(visitor)[:2] == (302, "/")
    assert visitor.get("/").status_code == 200


def test_a_wrong_password_says_so_and_keeps_the_login(visitor: Client) -> None:
    status, _to, page = enter(visitor, password="not-the-password")
    assert status == 200
    assert "The username and/or password you specified are not correct." in page
    assert 'value="inspector"' in page
    assert "not-the-password" not in page


def test_an_unknown_login_is_answered_like_a_wrong_password(visitor: Client) -> None:
    known = enter(visitor, password="not-the-password")[2]
    unknown = enter(visitor, login="nobody-here", password="not-the-password")[2]
    sentence = "The username and/or password you specified are not correct."
    assert sentence in known
    assert sentence in unknown


def test_who_has_not_signed_in_is_led_to_the_form_and_back(visitor: Client) -> None:
    assert visitor.get("/cases/").headers["Location"] == "/sign-in/?next=/cases/"
    assert enter(visitor, to="/cases/")[:2] == (302, "/cases/")


def test_nobody_is_led_to_another_site_after_signing_in(visitor: Client) -> None:
    assert enter(visitor, to="https://elsewhere.example/")[:2] == (302, "/")


def test_a_piece_of_a_page_leads_the_whole_window_to_sign_in(visitor: Client) -> None:
    answer = visitor.get("/cases/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/sign-in/")


def test_after_six_wrong_passwords_the_door_stays_shut_for_that_login_only(visitor: Client) -> None:
    for _attempt in range(6):
        status, _to, page = enter(visitor, password="not-the-password")
    assert status == 429
    assert "Too many wrong passwords: wait 15 minutes" in page
    assert enter(visitor)[0] == 429
    assert enter(visitor, login="desk")[:2] == (302, "/")


def test_a_stranger_who_types_wrong_passwords_elsewhere_shuts_nobody_out(visitor: Client) -> None:
    elsewhere = Client(REMOTE_ADDR="203.0.113.7")
    assert [enter(elsewhere, password="guess")[0] for _attempt in range(6)][-1] == 429
    assert enter(elsewhere)[0] == 429
    assert enter(visitor)[:2] == (302, "/")


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_behind_a_proxy_of_its_own_each_machine_is_counted_by_itself(visitor: Client) -> None:
    elsewhere = Client(headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.7"})
    near = Client(headers={"X-Forwarded-For": "203.0.113.7, 198.51.100.1"})
    assert [enter(elsewhere, password="guess")[0] for _attempt in range(6)][-1] == 429
    assert enter(near)[:2] == (302, "/")


def test_an_office_that_is_shut_out_is_let_in_again_by_the_clock(visitor: Client) -> None:
    for _attempt in range(6):
        enter(visitor, password="not-the-password")
    assert enter(visitor)[0] == 429
    AccessAttempt.objects.update(attempt_time=clock.now() - timedelta(minutes=16))
    assert enter(visitor)[:2] == (302, "/")


class CountingHasher(MD5PasswordHasher):
    """The suite's hasher, which counts how often it has worked: that is what a sign-in takes its time for."""

    worked = 0

    def encode(self, password: str, salt: str) -> str:
        """One piece of work."""
        CountingHasher.worked += 1
        return super().encode(password, salt)


def test_unknown_disabled_and_invited_people_get_the_same_answer_after_the_same_work(visitor: Client) -> None:
    Staff.objects.filter(login="rudny").update(is_active=False)
    Staff.objects.filter(login="desk").update(password=make_password(None))
    answers, works = set(), []
    with override_settings(PASSWORD_HASHERS=["tests.web.test_shell_sign_in.CountingHasher"]):
        for login in ("inspector", "nobody-here", "rudny", "desk"):
            CountingHasher.worked = 0
            password = PASSWORD if login == "rudny" else "not-the-password"
            status, to, page = enter(Client(headers={"Accept-Language": "en"}), login=login, password=password)
            answers.add((status, to, re.sub(r'value="[^"]*"', "", page)))
            works.append(CountingHasher.worked)
    assert len(answers) == 1
    assert works == [1, 1, 1, 1]


def test_signing_out_takes_a_press_of_the_button(visitor: Client) -> None:
    enter(visitor)
    assert visitor.get("/sign-out/").status_code == 200
    assert visitor.get("/").status_code == 200
    visitor.post("/sign-out/")
    assert visitor.get("/").status_code == 302


def test_the_form_shows_numbers_of_help_to_whoever_needs_them(visitor: Client) -> None:
    page = visitor.get("/sign-in/").content.decode()
    assert 'href="tel:102"' in page
    assert 'href="tel:150"' in page


def test_protection_of_the_sign_in_asks_for_the_password_again(visitor: Client) -> None:
    enter(visitor)
    assert visitor.get("/account/").status_code == 200
    for address in ("/account/totp/activate/", "/account/password/", "/account/recovery-codes/generate/"):
        assert visitor.get(address, follow=True).status_code == 200


def comings() -> list[tuple[str, str, UUID | None, dict[str, object]]]:
    """The journal of accounts: what, about whom, by whom."""
    rows = JournalEntry.objects.filter(kind__startswith="web.staff.").order_by("id")
    return [(row.kind.removeprefix("web.staff."), row.thing_id, row.staff_id, row.detail) for row in rows]


def test_coming_in_and_going_out_is_written_down(visitor: Client) -> None:
    enter(visitor)
    visitor.post("/sign-out/")
    inspector = Staff.objects.get(login="inspector").pk
    assert comings() == [("signed_in", str(inspector), inspector, {}), ("signed_out", str(inspector), inspector, {})]


def test_who_could_not_come_in_is_written_down_and_never_what_was_typed(visitor: Client) -> None:
    inspector = Staff.objects.get(login="inspector").pk
    enter(visitor, login="my-own-password", password="not-the-password")
    for _attempt in range(7):
        enter(visitor, password="not-the-password")
    failed = {"is_locked_out": False}
    assert comings()[:2] == [("sign_in_failed", "", None, failed), ("sign_in_failed", str(inspector), None, failed)]
    assert comings()[-1] == ("sign_in_failed", str(inspector), None, {"is_locked_out": True})
    assert len(comings()) == 8


def test_a_wrong_password_of_someone_who_is_in_and_a_new_password_are_written_down(visitor: Client) -> None:
    enter(visitor)
    inspector = Staff.objects.get(login="inspector").pk
    visitor.post("/account/confirm/", {"password": "not-the-password"})
    new = {"oldpassword": PASSWORD, "password1": "a-new-long-password-26", "password2": "a-new-long-password-26"}
    visitor.post("/account/password/", new)
    assert [(kind, by) for kind, _about, by, _detail in comings()[1:]] == [
        ("sign_in_failed", inspector),
        ("password_changed", inspector),
    ]


def test_there_is_no_page_to_sign_oneself_up(visitor: Client) -> None:
    for address in ("/signup/", "/account/signup/", "/accounts/signup/"):
        assert visitor.get(address).status_code == 404
