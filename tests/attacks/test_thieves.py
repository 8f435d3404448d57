"""Attacks on the way in: sessions, cookies, passwords, tokens."""

import logging
import re

import pytest
from axes.utils import reset
from django.test import Client

from qorgan.agencies.models import Channel, ChannelKey, Session, Staff
from qorgan.base import clock
from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.base.scope import Actor
from qorgan.reports.models import Report
from qorgan.web.account.sessions import kept
from tests.api.conftest import REPORT, sender, token_of
from tests.conftest import PASSWORD
from tests.roles import as_process
from tests.web.pages import signed_in

_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture
def visitor(db: None) -> Client:
    """Someone who has not signed in, reading English."""
    reset()
    client = Client()
    client.cookies["lang"] = "en"
    return client


def enter(client: Client, *, login: str = "inspector", password: str = PASSWORD) -> int:
    """Send the form of sign-in; the status."""
    return client.post("/sign-in/", {"login": login, "password": password}).status_code


def with_cookie(value: str) -> Client:
    """A browser that holds this session and nothing else."""
    client = Client()
    client.cookies["sessionid"] = value
    return client


def is_in(client: Client) -> bool:
    """Whether the person of a browser is let in."""
    return client.get("/reports/").status_code == 200


def test_a_stolen_session_is_used_after_its_owner_signed_out(visitor: Client) -> None:
    assert enter(visitor) == 302
    stolen = with_cookie(visitor.cookies["sessionid"].value)
    assert is_in(stolen)
    visitor.post("/sign-out/")
    assert not is_in(stolen)


def test_a_stolen_session_is_used_after_the_password_was_changed(visitor: Client) -> None:
    enter(visitor)
    thief = Client()
    enter(thief)
    new = {"oldpassword": PASSWORD, "password1": "a-new-long-password-26", "password2": "a-new-long-password-26"}
    visitor.post("/account/confirm/", {"password": PASSWORD})
    assert visitor.post("/account/password/", new).status_code == 302
    assert not is_in(thief)
    assert is_in(visitor)


def test_a_session_is_fixed_before_sign_in(visitor: Client) -> None:
    """Session fixation: the number that a victim is made to come with is never the one she is signed in by."""
    visitor.cookies["sessionid"] = "chosenbytheattacker0000000000000"
    enter(visitor)
    assert visitor.cookies["sessionid"].value != "chosenbytheattacker0000000000000"
    assert not is_in(with_cookie("chosenbytheattacker0000000000000"))


def test_a_session_that_was_there_before_sign_in_is_not_carried_over(visitor: Client) -> None:
    visitor.get("/mandate/")
    session = visitor.session
    session["mandate"] = "planted"
    session.save()
    before = session.session_key
    enter(visitor)
    assert visitor.cookies["sessionid"].value != before
    assert not is_in(with_cookie(str(before)))


@pytest.mark.parametrize(
    "value", ["", "x", "0" * 32, "../../etc/passwd", "eyJ1c2VyIjoxfQ", "a" * 5000, "'; drop table x; --"]
)
def test_a_session_is_made_up(visitor: Client, value: str) -> None:
    answer = with_cookie(value).get("/reports/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/?next=/reports/")


def test_a_session_is_written_into_the_table_by_whoever_can_write_there(visitor: Client) -> None:
    """A row that this process did not seal opens nothing, and one of somebody else's is not moved."""
    enter(visitor)
    held = Session.objects.get(pk=kept(visitor.cookies["sessionid"].value))
    forged = '{"_auth_user_id":"%s","_auth_user_backend":"django.contrib.auth.backends.ModelBackend"}'
    Session.objects.create(
        pk=kept("f" * 32), session_data=forged % Staff.objects.get(login="head").pk, expire_date=held.expire_date
    )
    assert not is_in(with_cookie("f" * 32))


def test_a_token_or_a_password_is_read_in_a_log(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    token = token_of("desk")
    with caplog.at_level(logging.DEBUG):
        sender(token)()
        sender(token)({}, key="desk-0001-000007")
        sender("wrong-" + token)()
        enter(visitor, password="not-the-password-1")
        enter(visitor, login="my-own-password-by-mistake")
        enter(visitor)
        visitor.get("/reports/?number=SYN-SECRET")
    secrets = (token, PASSWORD, "not-the-password-1", "my-own-password-by-mistake", visitor.cookies["sessionid"].value)
    for secret in secrets:
        assert secret not in caplog.text
    said = " ".join(f"{row.thing_id} {row.detail}" for row in JournalEntry.objects.all())
    assert not [secret for secret in (*secrets, "SYN-SECRET") if secret in said]


def test_logins_are_found_out_by_the_answer(visitor: Client) -> None:
    def told(login: str) -> str:
        client = Client()
        client.cookies["lang"] = "en"
        answer = client.post("/sign-in/", {"login": login, "password": "not-the-password"})
        return f"{answer.status_code} {_CSRF.sub('', answer.content.decode()).replace(login, 'LOGIN')}"

    assert told("inspector") == told("nobody-at-all")
    for _attempt in range(6):
        last = told("inspector"), told("nobody-at-all")
    assert last[0] == last[1]
    assert last[0].startswith("429")
    reset()


def test_the_account_of_someone_dismissed_answers_like_a_wrong_password(visitor: Client) -> None:
    with as_process(Process.MIGRATOR):
        Staff.objects.filter(login="inspector").update(is_active=False)
    assert enter(visitor) == 200
    assert not is_in(visitor)


def test_a_password_is_guessed_without_end(visitor: Client) -> None:
    told = [enter(visitor, password=f"guess-{number}-long-enough") for number in range(8)]
    assert told[-1] == 429
    assert enter(visitor) == 429
    reset()


@pytest.mark.parametrize(
    "value",
    ["../../etc/passwd", "kk\r\nSet-Cookie: a=b", "kk\x00", "x" * 4000, "<script>", "en; drop table", "қазақша"],
)
def test_a_language_is_injected_by_the_cookie(db: None, value: str) -> None:
    client = signed_in("inspector")
    client.cookies["lang"] = value.encode().decode("latin-1")  # as bytes come through WSGI
    answer = client.get("/")
    assert answer.status_code == 200
    assert '<html lang="kk">' in answer.content.decode()
    assert "a=b" not in str(answer.headers) and value not in answer.content.decode()


@pytest.mark.parametrize("value", ["xx", "../kk", "kk\r\nX: y", "kk" * 500])
def test_a_language_is_injected_by_the_form(db: None, value: str) -> None:
    answer = Client().post("/language/", {"language": value, "next": "/"})
    assert answer.status_code == 302
    assert "lang" not in answer.cookies


def test_the_idempotency_key_of_another_agency_is_replayed(owner: Actor) -> None:
    """Whoever saw the key of one desk learns nothing by it and takes nothing away: keys of two channels never meet."""
    first = sender(token_of("desk"))()
    thief = sender(token_of("rudny"))(REPORT | {"kui_no": "", "address": ""})
    assert (first.status_code, thief.status_code) == (201, 201)
    assert first.json()["number"] != thief.json()["number"]
    assert sender(token_of("rudny"))(REPORT | {"kui_no": "", "narrative": "басқа", "address": ""}).status_code == 201
    again = sender(token_of("desk"))
    assert Report.objects.filter(number=first.json()["number"]).count() == 1
    assert again(key="desk-0001-000002").status_code in (201, 409)


def test_the_token_of_a_closed_channel_is_used(owner: Actor) -> None:
    token = token_of("desk")
    with as_process(Process.MIGRATOR):
        Channel.objects.update(closed_at=clock.now())
    answer = sender(token)()
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")
    assert not Report.objects.exists()


def test_the_token_of_a_channel_opens_the_pages(owner: Actor) -> None:
    token = token_of("desk")
    for path in ("/", "/reports/", "/cases/"):
        assert Client().get(path, headers={"Authorization": f"Bearer {token}"}).status_code == 302


def test_a_session_of_the_pages_opens_the_api(owner: Actor) -> None:
    answer = signed_in("inspector").post("/api/reports", REPORT, content_type="application/json")
    assert answer.status_code == 401
    assert not Report.objects.exists()


def test_the_token_is_read_out_of_the_database(owner: Actor) -> None:
    token = token_of("desk")
    key = ChannelKey.objects.get()
    assert token.encode() not in bytes(key.key_hash)
    assert sender(bytes(key.key_hash).hex())().status_code == 401
