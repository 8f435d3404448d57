"""Pages for what went wrong: one sentence, the next step, never a stack trace."""

import sys
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils import translation
from django.utils.translation import gettext as _

from qorgan.base.db.away import is_away
from qorgan.base.processes import Process
from qorgan.web.account import passes

_A_WHILE = "60"  # seconds after which a machine may ask again


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read."""
    return _page(request, HTTPStatus.BAD_REQUEST, _("The request could not be read."), _("Go back and try once more."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: not for this person or this mandate."""
    return _page(request, HTTPStatus.FORBIDDEN, _("This page is not open to you."), _("Another mandate may open it."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing there, or nothing this person may know of; the two look alike."""
    return _page(
        request,
        HTTPStatus.NOT_FOUND,
        _("There is no such page."),
        _("Check the address, or start from the first page."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault, or 503: the database is away. Drawn without the request: neither session nor database is needed.

    Django asks for it while it handles the error.
    """
    if is_away(sys.exc_info()[1]):
        return away(request, language=language_of(request))
    code = translation.get_language() or "en"
    try:
        text = loader.render_to_string("broken.html", {"language": code})
    except Exception:  # whatever broke the page may break this one too; a plain sentence never does
        return HttpResponse("Қате · Ошибка · Error 500\n", status=500, content_type="text/plain; charset=utf-8")
    return HttpResponse(text, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def away(request: HttpRequest, *, language: str, signed_out: bool = False) -> HttpResponse:
    """503: the database is away, in the reader's language. Where she pressed the button of signing out: it is done."""
    takes_calls = not signed_out and _pass(request) is not None
    said = {"language": language, "signed_out": signed_out, "takes_calls": takes_calls}
    with translation.override(language):
        text = loader.render_to_string("away.html", said)
    status = HTTPStatus.OK if signed_out else HTTPStatus.SERVICE_UNAVAILABLE
    headers = {"Cache-Control": "no-store"} | ({} if signed_out else {"Retry-After": _A_WHILE})
    return HttpResponse(text, status=status, headers=headers)


def language_of(request: HttpRequest) -> str:
    """Her language without a look at the database: chosen in this browser, or kept in her pass."""
    held = None if settings.LANGUAGE_COOKIE_NAME in request.COOKIES else _pass(request)
    if held is not None and held.language in dict(settings.LANGUAGES):
        return held.language
    return translation.get_language() or settings.LANGUAGE_CODE


def _pass(request: HttpRequest) -> passes.Pass | None:
    return passes.of_browser(request) if settings.PROCESS == Process.STAFF else None


def _page(request: HttpRequest, status: HTTPStatus, title: str, hint: str) -> HttpResponse:
    return render(request, "error.html", {"status": status.value, "title": title, "hint": hint}, status=status)
