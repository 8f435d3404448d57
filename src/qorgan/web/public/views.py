"""Pages of figures: the same for the public and, inside their shell, for staff."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.base.processes import Process
from qorgan.releases import queries as releases
from qorgan.releases.access import SEE_DRAFTS
from qorgan.releases.models import Release
from qorgan.releases.queries import Life
from qorgan.releases.rules import FiguresWithdrawn, NoSuchRelease
from qorgan.web.claims import front as paragraphs
from qorgan.web.public import pages, past

P = ParamSpec("P")
FRESH = "public, max-age=60"
FROZEN = "public, max-age=3600"  # the bytes never change; that they may be taken out of sight does
GONE = 410
TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".sql": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".toml": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
SAVED = (".csv", ".parquet")
# What is opened by itself may colour itself and do nothing else.
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


def language() -> str:
    """The language of the page."""
    return get_language() or settings.LANGUAGE_CODE


def latest() -> Release | None:
    """What stands in front: in a demonstration the country that comes with the program, else the newest release."""
    return next(iter(past.shipped()), None) or releases.latest()


def sees_drafts(request: HttpRequest) -> bool:
    """Whether the person may read what is not published, and what was withdrawn."""
    actor = getattr(request, "actor", None)
    return actor is not None and actor.can(SEE_DRAFTS)


def found(request: HttpRequest, number: str) -> Life:
    """The release of a number, as far as this person may know of it. Raises NoSuchRelease."""
    try:
        return releases.life(releases.get(number, drafts=sees_drafts(request)))
    except NoSuchRelease:
        shipped = releases.shipped_one(number) if settings.DEMO else None
        if shipped is None:
            raise
        return releases.life(shipped)


def _opened(request: HttpRequest, number: str) -> pages.ReleasePage:
    """The page of a release whose figures may be shown. Raises NoSuchRelease, FiguresWithdrawn."""
    life = found(request, number)
    if life.withdrawn is not None and not sees_drafts(request):
        raise FiguresWithdrawn(number=pages.shown(life.release.number), reason=life.withdrawn.reason)
    return pages.page(life.release, language=language(), life=life)


@require_safe
@_kept(FRESH)
def index(request: HttpRequest) -> HttpResponse:
    """What stands in front: three figures, the map, how to check them; before the first one, what will stand here."""
    first = latest()
    if first is None:
        return render(request, "public/none.html", {"dates": _dates(), "sample": _sample()})
    page = pages.page(first, language=language())
    own = releases.latest()
    beside = pages.page(own, language=language()) if own is not None and first.is_shipped else None
    words = {"beside": beside, "dates": _dates(), "sample": _sample()}
    return render(request, "public/index.html", _front(page) | words)


def _sample() -> paragraphs.Paragraph | None:
    """The checked paragraph over an empty box; for the public alone, whose process has the page behind it."""
    return paragraphs.paragraph(language()) if settings.PROCESS == Process.PUBLIC else None


def _dates() -> list[Any]:
    """The days announced that have not come yet."""
    return [date for date in releases.calendar() if date.due_at > clock.now()]


def _front(page: pages.ReleasePage) -> dict[str, Any]:
    mapped, charted = page.mapped, page.charted
    return {
        "page": page,
        "mapped": mapped,
        "map": page.map(mapped.code) if mapped else None,
        "cells": page.table(mapped.code) if mapped else (),
        "charted": charted,
        "chart": page.chart(charted.code) if charted else "",
    }


@require_safe
@_kept(FRESH)
def release(request: HttpRequest, number: str) -> HttpResponse:
    """A release by its number: all it says. Of one that was withdrawn the notice, for the public."""
    life = found(request, number)
    if life.is_withdrawn and not sees_drafts(request):
        return render(request, "public/withdrawn.html", {"life": life, "shown": pages.shown(number)}, status=GONE)
    return whole(request, life)


def whole(request: HttpRequest, life: Life, **more: Any) -> HttpResponse:
    """All that a release says, with what the statistics room adds."""
    page = pages.page(life.release, language=language(), life=life)
    return render(request, "public/release.html", _front(page) | more)


@require_safe
@_kept(FRESH)
def figure(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """One figure of a release: its definition, table, map, history and the question behind it."""
    page = _opened(request, number)
    one = page.figure(code)
    words = {
        "page": page,
        "figure": one,
        "map": page.map(code),
        "cells": page.table(code),
        "chart": page.chart(code),
        "withheld": code in page.contents.manifest["withheld"],
        "csv": f"tables/{code}.csv" if page.table(code) else "",
        "json": f"tables/{code}.json" if page.table(code) else "",
        "question": page.question(one),
        "parts": [each for each in page.figures if each.code in one.definition.parts],
        "whole": next((each for each in page.figures if code in each.definition.parts), None),
        "past": past.of_figure(code),
    }
    return render(request, "public/figure.html", words)


@require_safe
@_kept(FRESH)
def history(request: HttpRequest) -> HttpResponse:
    """All releases; a revision says what it replaces and why, a withdrawal why."""
    return render(request, "public/history.html", {"releases": past.history(), "dates": _dates()})


@require_safe
@_kept(FRESH)
def definitions(request: HttpRequest) -> HttpResponse:
    """What each figure counts, in the words of the newest release."""
    first = latest()
    page = pages.page(first, language=language()) if first else None
    figures = page.figures if page else pages.planned(language())
    groups = page.groups if page else (pages.Group("", tuple(figures)),)
    return render(request, "public/definitions.html", {"page": page, "groups": groups})


@require_safe
@_kept(FRESH)
def verify(request: HttpRequest) -> HttpResponse:
    """How anyone checks a release without trusting this site."""
    first = latest()
    page = pages.page(first, language=language()) if first else None
    return render(request, "public/verify.html", {"page": page})


@require_safe
@_kept(FROZEN)
def file(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """A file of a release, as it was signed."""
    page = _opened(request, number)
    kind = "." + name.rpartition(".")[2]
    if name not in page.contents.files or kind not in TYPES:
        raise NotFound
    response = HttpResponse(page.contents.files[name], content_type=TYPES[kind])
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    if kind in SAVED:
        flat = name.replace("/", "-").removeprefix("tables-")
        response.headers["Content-Disposition"] = f'attachment; filename="{page.number}-{flat}"'
    return response


@require_safe
@_kept(FROZEN)
def box(request: HttpRequest, number: str) -> HttpResponse:
    """The whole release as one file: what the command of the page *verify* checks."""
    page = _opened(request, number)
    response = HttpResponse(bytes(page.release.box), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{page.number}.zip"'
    return response
