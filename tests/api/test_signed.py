"""Calls that a machine signs: what is changed on the way, made by another, or old, is not taken."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from http_message_signatures import HTTPMessageSigner, HTTPSignatureKeyResolver
from http_message_signatures.algorithms import ED25519

from qorgan.agencies import actions, rules
from qorgan.agencies.models import Channel
from qorgan.api.signed import COVERED
from qorgan.base import clock, signing
from qorgan.base.models import JournalEntry
from qorgan.base.scope import acting
from qorgan.reports.models import Report
from tests.api.conftest import REPORT, WHEN, token_of
from tests.conftest import actor

KEY = "desk-0001-000001"


class Message(NamedTuple):
    """As a client of HTTP holds it before it is sent."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes


class _Private(HTTPSignatureKeyResolver):
    def __init__(self, key: Ed25519PrivateKey) -> None:
        self.key = key

    def resolve_private_key(self, key_id: str) -> Ed25519PrivateKey:
        return self.key


def _pem(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _message(token: str, body: bytes | None = None) -> Message:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": KEY, "Content-Type": "application/json"}
    return Message("POST", "http://testserver/api/reports", headers, body or json.dumps(REPORT).encode())


def _signed(
    token: str,
    key: Ed25519PrivateKey,
    *,
    named: str = "",
    covered: tuple[str, ...] = COVERED,
    created: datetime | None = None,
) -> Message:
    message = _message(token)
    name = named or signing.key_id(key.public_key().public_bytes_raw())
    signer = HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=_Private(key))
    body = message.body if "content-digest" in covered else None
    signer.sign(message, key_id=name, covered_component_ids=covered, created=created or datetime.now(UTC), body=body)
    return message


def _sent(message: Message) -> Any:
    headers = {name: value for name, value in message.headers.items() if name != "Content-Type"}
    with clock.frozen(WHEN):
        return Client().post("/api/reports", message.body, content_type="application/json", headers=headers)


@pytest.fixture
def machine(db: None) -> tuple[str, Ed25519PrivateKey, UUID]:
    """A channel that signs: its token, its private key, its id."""
    token, key = token_of("desk"), Ed25519PrivateKey.generate()
    channel = Channel.objects.get()
    actions.keep_signing_key(channel_id=channel.id, pem=_pem(key), by=actor("admin"), now=WHEN)
    return token, key, channel.id


def test_a_call_that_its_machine_signed_is_taken(machine: tuple[str, Ed25519PrivateKey, UUID]) -> None:
    token, key, _channel = machine
    assert _sent(_signed(token, key)).status_code == 201
    assert _sent(_signed(token, key)).status_code == 200, "sent again, it is the same report"


def _body_changed(token: str, key: Ed25519PrivateKey) -> Message:
    return _signed(token, key)._replace(body=json.dumps(REPORT | {"kui_no": "1"}).encode())


def _key_of_sending_changed(token: str, key: Ed25519PrivateKey) -> Message:
    message = _signed(token, key)
    message.headers["Idempotency-Key"] = "desk-0001-000002"
    return message


def _not_signed(token: str, key: Ed25519PrivateKey) -> Message:
    return _message(token)


def _by_another(token: str, key: Ed25519PrivateKey) -> Message:
    return _signed(token, Ed25519PrivateKey.generate(), named=signing.key_id(key.public_key().public_bytes_raw()))


def _by_another_under_its_own_name(token: str, key: Ed25519PrivateKey) -> Message:
    return _signed(token, Ed25519PrivateKey.generate())


def _old(token: str, key: Ed25519PrivateKey) -> Message:
    return _signed(token, key, created=datetime.now(UTC) - timedelta(minutes=6))


def _of_tomorrow(token: str, key: Ed25519PrivateKey) -> Message:
    return _signed(token, key, created=datetime.now(UTC) + timedelta(minutes=6))


def _body_not_covered(token: str, key: Ed25519PrivateKey) -> Message:
    return _signed(token, key, covered=("@method", "@path", "idempotency-key", "authorization"))


def _sending_not_covered(token: str, key: Ed25519PrivateKey) -> Message:
    return _signed(token, key, covered=("@method", "@path", "content-digest", "authorization"))


def _garbled(token: str, key: Ed25519PrivateKey) -> Message:
    message = _signed(token, key)
    message.headers["Signature"] = "sig=:////:, ="
    return message


FORGED = [
    *(_body_changed, _key_of_sending_changed, _not_signed, _by_another, _by_another_under_its_own_name),
    *(_old, _of_tomorrow, _body_not_covered, _sending_not_covered, _garbled),
]


@pytest.mark.parametrize("forged", FORGED, ids=[one.__name__.strip("_") for one in FORGED])
def test_what_it_did_not_sign_is_not_taken_and_is_written_down(
    machine: tuple[str, Ed25519PrivateKey, UUID], forged: Callable[[str, Ed25519PrivateKey], Message]
) -> None:
    token, key, _channel = machine
    answer = _sent(forged(token, key))
    assert (answer.status_code, answer.json()["code"]) == (401, "api.signature_is_wrong")
    with acting(actor("desk")):
        assert not Report.objects.exists()
    assert JournalEntry.objects.filter(kind="api.request.refused", detail__code="api.signature_is_wrong").count() == 1


def test_a_machine_without_a_key_of_its_own_is_taken_by_its_token(db: None) -> None:
    token = token_of("desk")
    assert _sent(_message(token)).status_code == 201


def test_taking_the_key_back_lets_it_send_unsigned_again(machine: tuple[str, Ed25519PrivateKey, UUID]) -> None:
    token, _key, channel = machine
    actions.keep_signing_key(channel_id=channel, pem=" \n", by=actor("admin"), now=WHEN)
    assert _sent(_message(token)).status_code == 201
    kinds = JournalEntry.objects.filter(thing="channel", kind__startswith="agencies.channel.signs").order_by("id")
    assert [one.kind for one in kinds] == ["agencies.channel.signs", "agencies.channel.signs_no_more"]


@pytest.mark.parametrize("pem", ["x", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "private", "rsa"])
def test_what_is_no_public_key_of_this_kind_is_refused(db: None, pem: str) -> None:
    token_of("desk")
    channel = Channel.objects.get()
    with pytest.raises(rules.NoSigningKey):
        actions.keep_signing_key(channel_id=channel.id, pem=_other(pem), by=actor("admin"), now=WHEN)
    channel.refresh_from_db()
    assert bytes(channel.signs_with) == b""


def _other(what: str) -> str:
    from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
    from cryptography.hazmat.primitives.serialization import NoEncryption, PrivateFormat

    if what == "private":
        key = Ed25519PrivateKey.generate()
        return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    if what == "rsa":
        public = generate_private_key(65537, 2048).public_key()
        return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    return what
