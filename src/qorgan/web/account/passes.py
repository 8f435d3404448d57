"""A pass of a call-taker: by it her calls are taken while the database is away, and nothing else is.

It is signed for this purpose alone and sealed, so that nobody reads or makes one; it holds for one session of one
browser, for some hours, and is given anew while she works. Whoever signed out, or was shut out, holds none.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from qorgan.agencies.models import Mandate, Session
from qorgan.base import clock, signing
from qorgan.base.scope import Actor
from qorgan.base.spool import ended
from qorgan.places import queries as places
from qorgan.web.account import sealing, sessions

LIVES = timedelta(hours=4)
ANEW = timedelta(minutes=15)
_AT = "calls.pass"


@dataclass(frozen=True)
class Pass:
    """Who she is, in which mandate, for which session, and until when. `zone` and `language` are those of her pages."""

    staff: str
    mandate: str
    agency: str
    office: str
    territory: int
    session: str
    zone: str
    language: str
    given: str
    until: str

    def actor(self, *permissions: str) -> Actor:
        """Her, with the named permissions and nothing in sight. What she does is judged again when it is carried in."""
        return Actor(
            name="",
            staff_id=UUID(self.staff),
            mandate_id=UUID(self.mandate),
            agency_id=UUID(self.agency),
            territory_id=self.territory,
            permissions=frozenset(permissions),
        )


def cookie() -> str:
    """The name of the cookie."""
    return "pass" if settings.DEMO else "__Host-pass"


@cache
def _signer(key: bytes) -> signing.Signer:
    seed = hmac.digest(key, b"pass\0signs", "sha256")
    return signing.Signer(Ed25519PrivateKey.from_private_bytes(seed))


def written(held: Pass) -> str:
    """A pass as the browser bears it."""
    content = signing.canonical(asdict(held))
    value = _signer(settings.SIGN_IN_KEY).sign(content, purpose=_AT).value
    return sealing.seal(urlsafe_b64encode(value + content).decode(), at=_AT)


_SIGNED = 64  # bytes of a signature


def read(text: str) -> Pass | None:
    """A pass that was written here; None for anything else."""
    signer = _signer(settings.SIGN_IN_KEY)
    try:
        raw = urlsafe_b64decode(sealing.unseal(text, at=_AT))
        value, content = raw[:_SIGNED], raw[_SIGNED:]
        signature = signing.Signature(signer.key_id, signing.ALGORITHM, value, signer.public)
        if not signing.verify(content, signature, purpose=_AT, trusted={signer.public.hex()}):
            return None
        return Pass(**json.loads(content))
    except (ValueError, TypeError):
        return None


def of_browser(request: HttpRequest) -> Pass | None:
    """The pass that this browser bears, where it is good now: its own, of this session, not too old, not ended."""
    held = read(request.COOKIES.get(cookie(), ""))
    if held is None or held.session != _session(request) or clock.now() >= datetime.fromisoformat(held.until):
        return None
    return None if ended.is_ended(held.session) else held


def _session(request: HttpRequest) -> str:
    return sessions.named(sessions.kept(request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")))


def renew(request: HttpRequest, response: HttpResponse, *, permission: str) -> None:
    """Give a pass to whoever may do this, anew from time to time; take it from everyone else."""
    actor: Actor | None = getattr(request, "actor", None)
    session: Any = request.session
    may = actor is not None and actor.can(permission) and getattr(request, "inside", None) is None
    if actor is None or not may or not session.session_key:
        if cookie() in request.COOKIES:
            take(response)
        return
    held, now = of_browser(request), clock.now()
    mandate: Mandate = request.mandate  # type: ignore[attr-defined]  # set with the actor
    same = held is not None and held.mandate == str(mandate.id)
    if held is None or not same or now - datetime.fromisoformat(held.given) >= ANEW:
        _bear(response, written(_made(actor, mandate, sessions.kept(session.session_key), request, now=now)))


def take(response: HttpResponse) -> None:
    """Take the pass from the browser."""
    _bear(response, "", max_age=0)


def _made(actor: Actor, mandate: Mandate, row: str, request: HttpRequest, *, now: datetime) -> Pass:
    return Pass(
        staff=str(actor.staff),
        mandate=str(mandate.id),
        agency=str(actor.agency),
        office=mandate.agency.kind,
        territory=mandate.territory_id,
        session=sessions.named(row),
        zone=str(places.zone(mandate.territory_id)),
        language=str(getattr(request.user, "language", "")),
        given=now.isoformat(),
        until=(now + LIVES).isoformat(),
    )


def _bear(response: HttpResponse, value: str, *, max_age: int | None = None) -> None:
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(cookie(), value, max_age=max_age, secure=secure, httponly=True, samesite="Strict")


def note_ended(*, instance: Session, **_signal: Any) -> None:
    """Remember, once it is certain, that a session ended, whoever ended it: its pass is worth nothing any more."""
    row, now = instance.session_key, clock.now()
    transaction.on_commit(lambda: ended.note(sessions.named(row), until=now + LIVES, now=now))
