"""The name of one sending: random, signed, in the form and then in a cookie that ends with the window."""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

_SALT = "door"
FORM_SECONDS = 24 * 3600  # so long a page may lie open before its form is sent
HASTY_SECONDS = 2  # a person does not fill a form in so fast
SHOWN_SECONDS = 20 * 60  # so long the code is shown again to the browser that was given it


@dataclass(frozen=True)
class Sending:
    """Its random name, the language in which its code is said, and whether a child sends it.

    `kept`: the database was away as it came.
    """

    name: bytes
    language: str
    is_child: bool = False
    kept: bool = False

    def token(self) -> str:
        """The same, signed; with the moment of the page."""
        held = {"n": self.name.hex(), "l": self.language, "c": self.is_child, "k": self.kept}
        return signing.dumps(held, salt=_SALT)


def new(language: str, *, is_child: bool = False) -> Sending:
    """A sending that nobody has named before."""
    return Sending(secrets.token_bytes(24), language, is_child)


def read(token: str, *, within: int) -> Sending | None:
    """The sending of a token; None where it is none of ours or too old."""
    try:
        held = signing.loads(token, salt=_SALT, max_age=within)
        return Sending(bytes.fromhex(held["n"]), held["l"], bool(held.get("c")), bool(held.get("k")))
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        return None


def cookie() -> str:
    """The name of the cookie."""
    return "s" if settings.DEMO else "__Host-s"


def of_browser(request: HttpRequest, *, within: int = SHOWN_SECONDS) -> Sending | None:
    """The sending that the browser bears."""
    return read(request.COOKIES.get(cookie(), ""), within=within)


def is_hasty(token: str) -> bool:
    """Whether a form comes back sooner than anyone could read it. Only of a token that `read` takes."""
    return read(token, within=HASTY_SECONDS) is not None


def give(response: HttpResponse, sending: Sending) -> HttpResponse:
    """Let the browser bear it until its window closes or its owner leaves."""
    response.set_cookie(
        cookie(), sending.token(), secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict"
    )
    return response


def take(response: HttpResponse) -> HttpResponse:
    """Let the browser forget it."""
    response.set_cookie(
        cookie(), "", max_age=0, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict"
    )
    return response
