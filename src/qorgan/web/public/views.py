"""Pages of figures: the same for the public and, inside their shell, for staff."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from qorgan.base.errors import NotFound
from qorgan.base.processes import Process
from qorgan.releases import queries as releases
from qorgan.releases.models import Release
from qorgan.web.public import pages

P = ParamSpec("P")
FRESH = "public, max-age=60"
FROZEN = "public, max-age=31536000, immutable"
TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".toml": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".pdf": "application/pdf",
}
# A picture opened by itself may colour itself and do nothing else.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def _kept(how: str) -> Callable[[Callable[P, HttpResponse]], Callable[P, HttpResponse]]:
    """Let browsers and proxies keep the answer, where it is the public that asks."""

    def decorate(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
        @wraps(view)
        def kept(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            response = view(*args, **kwargs)
            if settings.PROCESS == Process.PUBLIC and response.status_code == 200:
                response.headers.setdefault("Cache-Control", how)
            return response

        return kept

    return decorate


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _latest() -> Release | None:
    return releases.history().first()


@require_safe
@_kept(FRESH)
def index(request: HttpRequest) -> HttpResponse:
    """The newest release; before the first one, what will stand here."""
    latest = _latest()
    if latest is None:
        return render(request, "public/none.html")
    return _shown(request, latest, newest=True)


@require_safe
@_kept(FRESH)
def release(request: HttpRequest, number: str) -> HttpResponse:
    """A release by its number."""
    found = releases.get(number)
    return _shown(request, found, newest=found.pk == getattr(_latest(), "pk", None))


def _shown(request: HttpRequest, found: Release, *, newest: bool) -> HttpResponse:
    page = pages.page(found, language=_language())
    mapped, charted = page.mapped, page.charted
    words = {
        "page": page,
        "newest": newest,
        "mapped": mapped,
        "map": page.map(mapped.code) if mapped else None,
        "cells": page.table(mapped.code) if mapped else (),
        "charted": charted,
        "chart": page.chart(charted.code) if charted else "",
    }
    return render(request, "public/release.html", words)


@require_safe
@_kept(FRESH)
def figure(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """One figure of a release: its definition, table, map and history."""
    page = pages.page(releases.get(number), language=_language())
    found = page.figure(code)
    words = {
        "page": page,
        "figure": found,
        "map": page.map(code),
        "cells": page.table(code),
        "chart": page.chart(code),
        "csv": f"tables/{code}.csv" if page.table(code) else "",
        "past": [entry.saying(code) for entry in pages.history()],
    }
    return render(request, "public/figure.html", words)


@require_safe
@_kept(FRESH)
def history(request: HttpRequest) -> HttpResponse:
    """All releases; a revision says what it replaces and why."""
    return render(request, "public/history.html", {"releases": pages.history()})


@require_safe
@_kept(FRESH)
def definitions(request: HttpRequest) -> HttpResponse:
    """What each figure counts, in the words of the newest release."""
    latest = _latest()
    page = pages.page(latest, language=_language()) if latest else None
    figures = page.figures if page else pages.planned(_language())
    return render(request, "public/definitions.html", {"page": page, "figures": figures})


@require_safe
@_kept(FRESH)
def verify(request: HttpRequest) -> HttpResponse:
    """How anyone checks a release without trusting this site."""
    latest = _latest()
    page = pages.page(latest, language=_language()) if latest else None
    return render(request, "public/verify.html", {"page": page})


@require_safe
@_kept(FROZEN)
def file(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """A file of a release, as it was signed."""
    page = pages.page(releases.get(number), language=_language())
    kind = "." + name.rpartition(".")[2]
    if name not in page.contents.files or kind not in TYPES:
        raise NotFound
    response = HttpResponse(page.contents.files[name], content_type=TYPES[kind])
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    if kind == ".csv":
        flat = name.replace("/", "-").removeprefix("tables-")
        response.headers["Content-Disposition"] = f'attachment; filename="{page.number}-{flat}"'
    return response


@require_safe
@_kept(FROZEN)
def box(request: HttpRequest, number: str) -> HttpResponse:
    """The whole release as one file: what the command of the page *verify* checks."""
    found = releases.get(number)
    response = HttpResponse(bytes(found.box), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.number}.zip"'
    return response
