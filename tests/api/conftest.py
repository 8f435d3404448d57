"""A channel of the duty desk, and a sender that speaks as it does."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from qorgan.agencies import actions, queries
from qorgan.agencies.models import Staff
from qorgan.base import clock
from qorgan.base.processes import Process
from qorgan.base.scope import Actor
from tests import factories
from tests.roles import as_process

WHEN = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
REPORT = {
    "channel": "102",
    "registered_at": "2026-11-20T13:05:00+05:00",
    "kui_no": "267510080000001",
    "narrative": factories.WORDS,
    "address": factories.PLACE,
    "victim": {"name": factories.WOMAN.written, "iin": factories.WOMAN.iin, "phone": factories.WOMAN.phone},
    "suspect": {"name": factories.MAN.written},
}
Send = Callable[..., Any]


def token_of(login: str) -> str:
    """A fresh channel in the mandate of a person, and its token."""
    mandate = queries.mandates_of(Staff.objects.get(login=login), now=WHEN).get()
    with as_process(Process.MIGRATOR):
        system = Actor(name="tests", role="system", permissions=frozenset({"agencies.staff.keep"}))
        _channel, token = actions.open_channel(mandate=mandate, label="пульт", by=system, now=WHEN)
    return token


def sender(token: str) -> Send:
    """Sends to `POST /api/reports`: a dict as JSON, text and bytes as they are."""
    client = Client()

    def send(body: object = None, *, key: str | None = "desk-0001-000001", **headers: str) -> Any:
        sent = REPORT if body is None else body
        told = {"Authorization": f"Bearer {token}", **({"Idempotency-Key": key} if key is not None else {}), **headers}
        raw = sent if isinstance(sent, str | bytes) else json.dumps(sent)
        with clock.frozen(WHEN):
            return client.post("/api/reports", raw, content_type="application/json", headers=told)

    return send


@pytest.fixture
def send(db: None) -> Send:
    """The duty desk's machine."""
    return sender(token_of("desk"))
