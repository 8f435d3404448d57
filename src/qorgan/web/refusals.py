"""The one place where a refusal becomes a page."""

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qorgan.base import clock, journal
from qorgan.base.errors import ChangedMeanwhile, Refused
from qorgan.base.processes import Process
from qorgan.base.scope import Actor
from qorgan.web import meanwhile

STRANGER = Actor(name="")


def answer(request: HttpRequest, error: Refused) -> HttpResponse:
    """Write the refusal down in a transaction of its own and say it: a page, or a fragment where htmx asked."""
    _write_down(request, error)
    template = "_refused.html" if getattr(request, "htmx", False) else "refused.html"
    sentence = meanwhile.sentence(request, error) if isinstance(error, ChangedMeanwhile) else str(error)
    return render(request, template, {"sentence": sentence, "status": error.status}, status=error.status)


def _write_down(request: HttpRequest, error: Refused) -> None:
    """Of the public no journal is kept: what a passer-by may not read was never there to be read."""
    if settings.PROCESS == Process.PUBLIC:
        return
    match = request.resolver_match
    with transaction.atomic():
        journal.write(
            kind="web.request.refused",
            by=getattr(request, "actor", None) or STRANGER,
            now=clock.now(),
            detail={
                "code": error.code,
                "status": error.status,
                "method": request.method or "",
                "page": match.view_name if match else "",
            },
        )
