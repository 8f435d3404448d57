"""Signing out while the database is away: the browser keeps nothing, and no copy of what it had is worth anything."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from qorgan.base import clock
from qorgan.base.spool import ended
from qorgan.web import errors
from qorgan.web.account import passes, sessions


def is_asked(request: HttpRequest) -> bool:
    """Whether the button of signing out was pressed."""
    match = request.resolver_match
    return match is not None and match.view_name == "account_logout" and request.method == "POST"


def signed_out(request: HttpRequest) -> HttpResponse:
    """The session is noted as ended for as long as its row could live, and the cookies are taken from the browser.

    The row itself stays until the database answers; nobody comes in by it (`sessions`).
    """
    key, now = request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""), clock.now()
    language = errors.language_of(request)
    if key:
        lives = timedelta(seconds=settings.SESSION_COOKIE_AGE)
        ended.note(sessions.named(sessions.kept(key)), until=now + max(lives, passes.LIVES), now=now)
    request.session = sessions.SessionStore()
    response = errors.away(request, language=language, signed_out=True)
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        response.delete_cookie(name, samesite=settings.SESSION_COOKIE_SAMESITE)
    passes.take(response)
    return response
