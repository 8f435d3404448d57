"""What every request passes: headers, the mandate it acts in, and refusals turned into an answer."""

import hmac
import secrets
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest, MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from psycopg.errors import InsufficientPrivilege

from qorgan.agencies import actions
from qorgan.agencies import queries as agencies
from qorgan.agencies.models import Admission, Mandate, Staff
from qorgan.base import clock, logs
from qorgan.base.db.away import is_away
from qorgan.base.errors import NotFound, Refused
from qorgan.base.processes import Process
from qorgan.base.scope import Actor, acting
from qorgan.web import refusals as answers
from qorgan.web.account import policy, sessions

GetResponse = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    )
)
# What no page of ours uses; security keys are used on our own pages only.
PERMISSIONS = (
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(),"
    " publickey-credentials-get=(self), publickey-credentials-create=(self)"
)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
MANDATE = "mandate"  # the key in the session
NUL = "\x00"  # PostgreSQL keeps it in no text
INSIDE = "inside"  # the key of the file that one has entered
_MINUTE = timedelta(minutes=1)
TLS = "max-age=63072000; includeSubDomains"  # two years; a browser heeds it only where it came over TLS
# What a browser forgets at sign-out: pages and whatever a page has kept. The cookie of the language stays.
FORGOTTEN = '"cache", "storage"'


def logged(get_response: GetResponse) -> GetResponse:
    """A line of the log for each request: method, route, status, milliseconds, and who as a keyed digest.

    The route is the name of the page, never its address, in which a number may stand. The answer bears the id of the
    request, which stands in every line about it.
    """
    key = str(settings.SECRET_KEY).encode()

    def middleware(request: HttpRequest) -> HttpResponse:
        asked, begun = secrets.token_hex(8), time.monotonic()
        token = logs.request_id.set(asked)
        try:
            response = get_response(request)
            staff = getattr(getattr(request, "actor", None), "staff_id", None)
            logs.say(
                "request",
                method=request.method if request.method in _METHODS else "other",
                route=request.resolver_match.view_name if request.resolver_match else "",
                status=response.status_code,
                ms=round((time.monotonic() - begun) * 1000),
                staff=hmac.digest(key, staff.bytes, "sha256").hex()[:12] if staff else "",
            )
        finally:
            logs.request_id.reset(token)
        response.headers["X-Request-Id"] = asked
        return response

    return middleware


def headers(get_response: GetResponse) -> GetResponse:
    """Headers of every page. What a view has set itself stays.

    Outside the API the browser's own language is not asked: a page opens in the country's first language until
    its reader chooses one; the machine of an office says nothing about who sits at it.
    """
    private = settings.PROCESS != Process.PUBLIC
    silent = settings.PROCESS == Process.DOOR  # its forms need no origin

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not settings.DEMO:
            response.headers.setdefault("Strict-Transport-Security", TLS)
        # Nothing is said to other sites. To our own it must be: without it a browser hides the origin of a form,
        # and the check against forged forms would refuse our own.
        response.headers.setdefault("Referrer-Policy", "same-origin" if private and not silent else "no-referrer")
        if private:
            response.headers.setdefault("Cache-Control", "no-store")
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
            if _signed_out(request, response):
                response.headers["Clear-Site-Data"] = FORGOTTEN
        else:
            patch_vary_headers(response, ("Cookie",))
        return response

    return middleware


def _signed_out(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether this is the answer to the button of signing out."""
    match = request.resolver_match
    return match is not None and match.view_name == "account_logout" and request.method == "POST"


def mandate(get_response: GetResponse) -> GetResponse:
    """Find the mandate a signed-in person acts in, and act in it for the length of the request.

    Who has entered an entrusted file (`request.inside`) acts in that file alone.
    `request.actor` and `request.mandate` are None for those who have not signed in, have no mandate, or have
    several and have chosen none yet, and for those of whom a second factor is demanded that they do not have
    (`request.bare`); row-level security then shows them nothing.
    """
    if settings.PROCESS != Process.STAFF:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        person: Any = request.user
        try:
            found = _acting(request, person)
        except Exception as error:  # the page may do without the database; most say that they cannot
            if not is_away(error):
                raise
            found = _NOBODY | {"gone": error}
        for name, value in found.items():
            setattr(request, name, value)
        with acting(found["actor"]):
            return get_response(request)

    return middleware


# `away`: nobody can say who asks; `gone` is what the database said instead.
_NOBODY: dict[str, Any] = {
    "mandates": (),
    "mandate": None,
    "actor": None,
    "inside": None,
    "bare": False,
    "away": True,
}


def _acting(request: HttpRequest, person: Any) -> dict[str, Any]:
    mandates = _mandates(person)
    bare = bool(mandates) and policy.is_bare(person, mandates)
    chosen = None if bare else _chosen(request, mandates)
    language = _language(request, person)
    inside = _inside(request, chosen) if chosen else None
    actor = _actor(chosen, inside, language) if chosen else None
    if mandates:
        _seen(request)
    found = {"mandates": mandates, "mandate": chosen, "actor": actor, "inside": inside, "bare": bare}
    return found | {"away": False}


def _seen(request: HttpRequest) -> None:
    """Keep when a session was last seen, to the minute, so that its owner knows it again in the list of hers."""
    session: Any = request.session
    seen_at, now = getattr(session, "seen_at", None), clock.now()
    if session.session_key and (seen_at is None or now - seen_at >= _MINUTE):
        by = Actor(name="", staff_id=request.user.pk)
        actions.mark_seen(session_key=sessions.kept(session.session_key), by=by, now=now)


def _mandates(person: Staff | AnonymousUser) -> tuple[Mandate, ...]:
    if isinstance(person, AnonymousUser) or not person.is_authenticated:
        return ()
    return tuple(agencies.mandates_of(person, now=clock.now()))


def _chosen(request: HttpRequest, mandates: tuple[Mandate, ...]) -> Mandate | None:
    """The mandate of the session; the only one where there is one; None where a choice is due."""
    if len(mandates) == 1:
        return mandates[0]
    wanted = request.session.get(MANDATE) if mandates else None
    return next((one for one in mandates if str(one.id) == wanted), None)


def _inside(request: HttpRequest, mandate: Mandate) -> Admission | None:
    """The file that the person has entered, as long as it is entrusted to that mandate."""
    wanted = request.session.get(INSIDE)
    return agencies.admissions_of(mandate, now=clock.now()).filter(pk=wanted).first() if wanted else None


def _actor(mandate: Mandate, inside: Admission | None, language: str) -> Actor:
    if inside is None:
        return agencies.actor_of(mandate, language=language)
    return agencies.entered(mandate, inside, language=language)


def _language(request: HttpRequest, person: Staff | AnonymousUser) -> str:
    """The cookie's language, else the one kept with the person, else the country's first."""
    kept = getattr(person, "language", "")
    if kept in dict(settings.LANGUAGES) and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(kept)
    return translation.get_language() or settings.LANGUAGE_CODE


def _was_out_of_sight(error: Exception) -> bool:
    """Whether a policy refused a row that was to be written. A missing right, or no scope, is a fault of ours."""
    cause = error.__cause__
    return isinstance(cause, InsufficientPrivilege) and cause.diag.source_function == "ExecWithCheckOptions"


class refusals:
    """A refusal becomes a page with its sentence and status. The view's transaction is rolled back by then."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer. Raises BadRequest where what is asked for holds a sign that no text of ours can have."""
        if any(NUL in value for _name, values in request.GET.lists() for value in values):
            raise BadRequest
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to a refusal; every other error goes on.

        What PostgreSQL itself refuses, a row that may not be written there, is answered as what is not there.
        """
        if _was_out_of_sight(error):
            return answers.answer(request, NotFound())
        return answers.answer(request, error) if isinstance(error, Refused) else None
