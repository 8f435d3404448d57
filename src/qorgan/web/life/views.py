"""The page of the law in life, and the same as a table and for machines: for the public, and in the shell of staff."""

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from qorgan.base import clock
from qorgan.base.processes import Process
from qorgan.law import access
from qorgan.law import queries as law
from qorgan.law.engine import life_told
from qorgan.law.engine.life import Course
from qorgan.web import drawing
from qorgan.web.drawing import Cell
from qorgan.web.life import rows

FRESH = "public, max-age=60"
SHOWN: Mapping[str, str | Promise] = {
    "all": _("All acts"),
    "never": _("Never reported on"),
    "overdue": _("A report is overdue"),
}
_LEGEND = (
    (Cell.FULL, _("money promised")),
    (Cell.DONE, _("reported")),
    (Cell.PART, _("reported in part")),
    (Cell.NOTHING, _("no report, overdue")),
    (Cell.AHEAD, _("report awaited")),
    (Cell.NONE, _("not on record")),
)


def _today() -> date:
    return law.country_day(clock.now())


def _asked(request: HttpRequest) -> str:
    show = request.GET.get("show", "")
    return show if show in SHOWN else "all"


def _shown(found: law.InLife, show: str) -> tuple[Course, ...]:
    return {"never": found.never, "overdue": found.overdue}.get(show, tuple(found.courses.values()))


def _kept(response: HttpResponse) -> HttpResponse:
    if settings.PROCESS == Process.PUBLIC:
        response.headers.setdefault("Cache-Control", FRESH)
    return response


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Acts, what they oblige someone to do, the money by year, and what was reported; or those never reported on."""
    today, show = _today(), _asked(request)
    found = law.law_in_life(today=today)
    actor = getattr(request, "actor", None)
    words: dict[str, Any] = {
        "today": today,
        "show": show,
        "shown": SHOWN.items(),
        "acts": rows.acts(found, _shown(found, show)),
        "tally": found.tally,
        "never": [rows.row(one, found) for one in found.never],
        "overdue": len(found.overdue),
        "looked": rows.looked(found),
        "wait": found.wait,
        "legend": [(drawing.cell(kind), word) for kind, word in _LEGEND],
        "may_report": actor is not None and actor.can(access.REPORT),
    }
    return _kept(render(request, "life/index.html", words))


def _told(request: HttpRequest) -> dict[str, Any]:
    today = _today()
    language = get_language() or settings.LANGUAGE_CODE
    return law.told(law.law_in_life(today=today), language=language, today=today, show=_asked(request))


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The same as a table: one line for each requirement and budget year; what is not on record is empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(life_told.COLUMNS)
    writer.writerows(life_told.rows(_told(request)))
    return _saved("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", "law-in-life.csv")


@require_safe
def plain(request: HttpRequest) -> HttpResponse:
    """The same for machines."""
    return _saved(json.dumps(_told(request), ensure_ascii=False, indent=1), "application/json", "law-in-life.json")


def _saved(text: str, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return _kept(HttpResponse(text, content_type=kind, headers=headers))
