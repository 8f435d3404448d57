"""Asking an address, and reading what was told."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tools.access_matrix import CHOOSE, CONFIRM, NO_TOKEN, NO_WAY, NOT_ALLOWED, NOT_FOUND, SIGN_IN, YES, Address, Line

_SHOWN = frozenset({200, 303, 409, 422})  # drawn or done; or the form again, with what is wrong in it
_TOLD = {401: NO_TOKEN, 403: NOT_ALLOWED, 404: NOT_FOUND, 405: NO_WAY}
_LED = (("/sign-in/", SIGN_IN), ("/mandate/", CHOOSE), ("/account/confirm/", CONFIRM), ("/account/reauth", CONFIRM))
_CSRF = re.compile(rb'name="(?:csrfmiddlewaretoken|token)" value="[^"]+"')
_NEXT = re.compile(rb'name="contact_id" value="[0-9a-f-]{36}"')  # the name of a call to come: no record has it
_VOLATILE = ("Date", "Set-Cookie", "Content-Length", "X-Request-Id")
_BOGUS = "QORGAN"


@dataclass(frozen=True)
class Told:
    """An answer without what differs from one asking to the next: token, date, and the id that was asked for."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[str, ...]
    body: bytes


@contextmanager
def undone() -> Iterator[None]:
    """Whatever the block does is taken back at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def word(response: HttpResponse) -> str:
    """What was told, in a word of the table."""
    status = response.status_code
    if status in (301, 302, 303):
        where = response.headers["Location"].removeprefix("http://testserver")
        return next((told for start, told in _LED if where.startswith(start)), YES)
    return YES if status in _SHOWN else _TOLD.get(status, str(status))


def plain(response: HttpResponse, *texts: str) -> Told:
    """The whole answer, to be compared byte by byte; each of `texts`, what was asked for, is written as `IT`."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]  # the client's response
    text = _NEXT.sub(b"NEXT", _CSRF.sub(b"CSRF", body))
    headers = "\n".join(f"{name}: {value}" for name, value in sorted(response.headers.items()) if name not in _VOLATILE)
    for one in sorted(texts, key=len, reverse=True):
        text, headers = text.replace(one.encode(), b"IT"), headers.replace(one, "IT")
    pairs = tuple(tuple(line.split(": ", 1)) for line in headers.split("\n"))
    return Told(response.status_code, pairs, tuple(sorted(response.cookies)), text)  # type: ignore[arg-type]  # each is a pair


def path_of(address: Address, given: dict[str, Any], query: str = "") -> str:
    """The address with its values."""
    wanted = {name: given[name] for name in address.parameters}
    found = reverse(address.name, urlconf=f"qorgan.config.urls.{address.process}", kwargs=wanted)
    return f"{found}?{query}" if query else found


def methods_of(client: Client, path: str) -> tuple[str, ...]:
    """The methods that a view takes, as it says itself when it is asked by one that nobody has."""
    with undone():
        answer = client.generic(_BOGUS, path)
    if answer.status_code != 405:
        return ("GET",)
    said = [one.strip() for one in answer.headers.get("Allow", "").split(",")]
    return tuple(one for one in said if one not in ("HEAD", "OPTIONS", ""))


@contextmanager
def _as_it_was(client: Client) -> Iterator[None]:
    held = dict(client.cookies)
    try:
        yield
    finally:
        client.cookies.clear()
        client.cookies.update(held)


def ask(client: Client, method: str, path: str, sent: dict[str, Any] | None = None) -> HttpResponse:
    """The answer, with nothing of it kept, neither here nor in the browser."""
    with undone(), _as_it_was(client):
        if method in ("GET", "HEAD"):
            return client.generic(method, path)  # type: ignore[return-value]  # the client's response
        return getattr(client, method.lower())(path, sent or {})  # type: ignore[no-any-return]  # the client's response


def asked_with(address: Address, line: Line) -> Iterator[tuple[str, Line]]:
    """Each way in which an address is to be asked: a name for it, and the line with only those values."""
    for given in line.given:
        name = " ".join([address.name, *(f"{key}={value}" for key, value in given.items())])
        yield name, replace(line, given=(given,))
