"""Pages for what went wrong: one sentence, the next step, never a stack trace."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils import translation
from django.utils.translation import gettext as _


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
    """500: our fault. Drawn without the request, so that neither session nor database is needed."""
    code = translation.get_language() or "en"
    try:
        text = loader.render_to_string("broken.html", {"language": code})
    except Exception:  # whatever broke the page may break this one too; a plain sentence never does
        return HttpResponse("Қате · Ошибка · Error 500\n", status=500, content_type="text/plain; charset=utf-8")
    return HttpResponse(text, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _page(request: HttpRequest, status: HTTPStatus, title: str, hint: str) -> HttpResponse:
    return render(request, "error.html", {"status": status.value, "title": title, "hint": hint}, status=status)
