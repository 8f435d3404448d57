"""Attacks on the check of a text and on the register of statements: what is sent, and what must not come out."""

import base64
import json
import socket
import zlib
from datetime import datetime

import pytest
from django.conf import LazySettings
from django.test import Client

from qorgan.base.models import JournalEntry
from qorgan.base.processes import Process
from qorgan.claims import actions, queries
from qorgan.claims.engine import groups
from qorgan.claims.models import Check, Statement
from tests.claims import brought
from tests.conftest import actor
from tests.roles import as_process
from tests.web.pages import signed_in

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
PRIVATE = "Ол мені 3 рет ұрды, мен үйден кеттім."


@pytest.fixture
def anyone(settings: LazySettings) -> Client:
    """Anyone, on the public process."""
    settings.PROCESS = "public"
    settings.ROOT_URLCONF = "qorgan.config.urls.public"
    without = ("sessions", "auth", "messages", "allauth", "axes", "mandate", "written_down")
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if not any(word in each for word in without)]
    return Client()


def code(*parts: object) -> str:
    """A link's code that holds these."""
    packed = zlib.compress(json.dumps(parts, ensure_ascii=False).encode(), 9)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def test_a_text_brings_a_script_to_the_public_check(anyone: Client) -> None:
    text = f"{SCRIPT} Из 600 {SCRIPT} обратившихся 420 (65 %) – женщины."
    mended = f'[[figure]]\nid = "{SCRIPT}"\nunit = "count"\nlow = 1\nhigh = 1\n'
    answers = [
        anyone.post("/claims/", {"text": text}),
        anyone.post("/claims/", {"text": text, "reading": mended}),
        anyone.get("/claims/", {"r": code(text, "", {SCRIPT: SCRIPT})}),
        anyone.get("/claims/", {"r": SCRIPT}),
    ]
    for answer in answers:
        assert b"<script>alert" not in answer.content and b"<img src=x" not in answer.content
        assert (
            "script-src" in answer.headers["Content-Security-Policy"]
            or "default-src" in (answer.headers["Content-Security-Policy"])
        )
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    told = anyone.post("/api/claims/check", json.dumps({"text": text}), content_type="application/json")
    assert told.headers["Content-Type"].startswith("application/json")
    assert told.headers["X-Content-Type-Options"] == "nosniff"


def test_a_text_too_large_for_anyone_is_sent_to_be_checked(anyone: Client) -> None:
    assert anyone.post("/claims/", {"text": "5 " * 600_000}).status_code in {413, 422}
    sent = json.dumps({"text": "5 " * 600_000})
    assert anyone.post("/api/claims/check", sent, content_type="application/json").status_code in {413, 422}


def test_a_link_unfolds_to_gigabytes(anyone: Client) -> None:
    bomb = base64.urlsafe_b64encode(zlib.compress(b"0" * 50_000_000, 9)).decode().rstrip("=")
    answer = anyone.get("/claims/", {"r": bomb})
    assert answer.status_code == 422
    assert len(answer.content) < 400_000


def test_a_claim_is_made_that_no_solver_ends(anyone: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = ", ".join(f"дел вида {number} – на {number % 89 + 1},{number % 10} %" for number in range(1, 100))
    text = f"Число дел сократилось вдвое, а именно: {parts}."
    assert anyone.post("/claims/", {"text": text}).status_code == 200
    monkeypatch.setattr("qorgan.claims.checked.ALL", 0.0)
    told = anyone.post("/api/claims/check", json.dumps({"text": text}), content_type="application/json").json()
    assert {row["verdict"] for row in told["verdicts"]} == {"undecided"}
    assert groups.LARGEST < 100


def test_a_private_text_is_read_from_what_the_check_keeps(anyone: Client, caplog: pytest.LogCaptureFixture) -> None:
    before = JournalEntry.objects.count()
    answers = [anyone.post("/claims/", {"text": PRIVATE}), anyone.get("/claims/", {"r": code(PRIVATE, "", {})})]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Referrer-Policy"] in {"no-referrer", "same-origin"}
        assert not answer.cookies
    assert (
        "whoever has the link"
        in anyone.post("/claims/", {"text": PRIVATE}, headers={"accept-language": "en"}).content.decode()
        or "сілтеме" in answers[0].content.decode()
    )
    assert JournalEntry.objects.count() == before
    assert PRIVATE[:12] not in caplog.text
    assert not Statement.objects.exists()


def test_someone_outside_reads_a_statement_that_is_not_published(anyone: Client, now: datetime) -> None:
    held = brought.statement(now=now)
    assert anyone.get(f"/claims/statements/{held.pk}/").status_code == 404
    assert anyone.get(f"/api/claims/statements/{held.pk}").status_code == 404
    assert anyone.get("/api/claims/statements").json() == []
    with as_process(Process.PUBLIC):
        assert not queries.statements().exists()
        assert not Check.objects.exists()


def test_the_address_of_a_statement_is_made_to_fetch_something_inside(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **_more: asked.append(given))
    inside = "http://169.254.169.254/latest/"
    held = brought.statement(now=now, address=inside)
    actions.publish(statement=held, by=actor("checker"), now=now)
    shown = signed_in("ombudsman").get(f"/statements/{held.pk}/").content.decode()
    assert inside in shown and f'href="{inside}"' not in shown
    assert not asked
