"""Someone would use the pass of a call-taker, by which calls are taken while the database is away."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import LazySettings
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from qorgan.base import ids, signing, spool
from qorgan.web import access, middleware
from qorgan.web.account import passes, sealing
from tests.web.pages import proven, signed_in

Gone = Callable[[], None]


@pytest.fixture
def gone(monkeypatch: pytest.MonkeyPatch) -> Gone:
    """From its call on the database answers no page."""

    def away(*_asked: object) -> None:
        raise OperationalError

    def go() -> None:
        monkeypatch.setattr(middleware, "_mandates", away)
        monkeypatch.setattr(access, "_elsewhere", away)

    return go


@pytest.fixture
def taker(db: None, settings: LazySettings, tmp_path: Path) -> Client:
    """The browser of a call-taker, with her pass."""
    settings.DOOR_SEALS = X25519PrivateKey.generate().public_key().public_bytes_raw()
    settings.SPOOL = str(tmp_path / "spool")
    spool.here().reserve()
    made = proven("calltaker")
    assert made.get("/calls/").status_code == 200
    return made


def taken(browser: Client) -> Any:
    return browser.post("/calls/take/", {"contact_id": str(ids.new()), "number": ""})


def kept() -> int:
    return spool.here().standing().waiting


def test_a_pass_is_forged(taker: Client, gone: Gone) -> None:
    good = taker.cookies[passes.cookie()].value
    held = passes.read(good)
    assert held is not None
    content = signing.canonical(vars(held))
    other = signing.Signer(Ed25519PrivateKey.generate())
    foreign = other.sign(content, purpose="calls.pass").value
    unfit = passes._signer(b"x" * 32).sign(content, purpose="calls.other").value
    forged = [
        "",
        "x",
        good[:-2] + ("AA" if good[-2:] != "AA" else "BB"),
        sealing.seal(urlsafe_b64encode(foreign + content).decode(), at="calls.pass"),
        sealing.seal(urlsafe_b64encode(unfit + content).decode(), at="calls.pass"),
        sealing.seal(content.decode(), at="calls.pass"),
        sealing.seal("", at="sessions.session"),
    ]
    gone()
    for one in forged:
        taker.cookies[passes.cookie()] = one
        assert taken(taker).status_code == 503
    assert kept() == 0
    assert held.staff not in good
    taker.cookies[passes.cookie()] = good
    assert taken(taker).status_code == 200


def test_the_pass_of_another_is_used(taker: Client, gone: Gone) -> None:
    thief = signed_in("duty")
    thief.get("/")
    thief.cookies[passes.cookie()] = taker.cookies[passes.cookie()].value
    stranger = Client()
    stranger.cookies[passes.cookie()] = taker.cookies[passes.cookie()].value
    gone()
    assert [taken(thief).status_code, taken(stranger).status_code] == [503, 503]
    assert kept() == 0


def test_an_expired_pass_is_used(taker: Client, gone: Gone) -> None:
    held = passes.read(taker.cookies[passes.cookie()].value)
    assert held is not None
    past = replace(held, until=held.given)
    taker.cookies[passes.cookie()] = passes.written(past)
    gone()
    assert taken(taker).status_code == 503
    assert timedelta(hours=1) <= passes.LIVES <= timedelta(hours=12)


def test_a_post_is_sent_again_and_again(taker: Client, gone: Gone) -> None:
    gone()
    named = str(ids.new())
    said = {"disposition": "silent", "sheet": ""}
    for _time in range(5):
        assert taker.post(f"/calls/{named}/dispose/", said).status_code == 200
    assert kept() == 1


def test_a_pass_is_used_after_sign_out(
    taker: Client, gone: Gone, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    thief = Client()
    for name, one in taker.cookies.items():
        thief.cookies[name] = one.value
    with django_capture_on_commit_callbacks(execute=True):
        answer = taker.post("/sign-out/")
    assert answer.cookies[passes.cookie()].value == ""
    gone()
    assert [taken(taker).status_code, taken(thief).status_code] == [503, 503]
    assert kept() == 0


def test_a_pass_opens_a_record(taker: Client, gone: Gone) -> None:
    page = taken(taker).headers["Location"]
    taker.post(f"{page}draft/", {"narrative": "Ол тағы келді"}, headers={"HX-Request": "true"})
    assert "Ол тағы келді" in taker.get(page).content.decode()
    gone()
    answer = taker.get(page)
    assert answer.status_code == 200
    assert "Ол тағы келді" not in answer.content.decode()
    taker.raise_request_exception = False
    for other in ("/reports/", "/cases/", "/people/"):
        assert taker.get(other).status_code in (404, 503)


def test_a_pass_is_borne_by_scripts_or_by_another_site(taker: Client) -> None:
    borne = taker.cookies[passes.cookie()]
    assert (borne["httponly"], borne["samesite"], borne["max-age"]) == (True, "Strict", "")
