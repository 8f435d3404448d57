"""The statements that were published, for everyone. Of one that was withdrawn its reason stays."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qorgan.claims import queries
from qorgan.claims.terms import Act
from qorgan.web.claims import kept
from qorgan.web.paging import part

FRESH = "public, max-age=60"
GONE = 410


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Statements that were checked and published, the newest first."""
    page = part(request, queries.statements(public=True))
    last = queries.last_checks(page.rows)
    rows = [(each, kept.gravest(last[each.pk])) for each in page.rows]
    words = {"rows": rows, "page": page, "is_public": True, "counted": kept.counted(public=True)}
    return _fresh(render(request, "statements/index.html", words))


@require_safe
def statement(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """One of them: its text with marks, what was found, what changed since."""
    held = queries.statement(statement_id, public=True)
    if held.withdrawn_at is not None:
        step = held.steps.filter(act=Act.WITHDRAWN).last()
        words = {"statement": held, "reason": step.reason if step else ""}
        return render(request, "statements/gone.html", words, status=GONE)
    shown = kept.shown(held, number=request.GET.get("check", ""))
    return _fresh(render(request, "statements/statement.html", {"shown": shown}))


def _fresh(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = FRESH
    return response
