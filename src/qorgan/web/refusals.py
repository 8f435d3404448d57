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


def answer(request: HttpRequest, error: Refused) -> HttpResponse:
    """Write the refusal down in a transaction of its own and say it: a page, or a fragment where htmx asked."""
    write_down(request, code=error.code, status=error.status)
    template = "_refused.html" if getattr(request, "htmx", False) else "refused.html"
    sentence = meanwhile.sentence(request, error) if isinstance(error, ChangedMeanwhile) else str(error)
    return render(request, template, {"sentence": sentence, "status": error.status}, status=error.status)


def no_mandate(request: HttpRequest) -> HttpResponse:
    """The page of someone who signed in and has nothing to act in."""
    write_down(request, code="no_mandate", status=403)
    return render(request, "account/no_mandate.html", status=403)


def write_down(request: HttpRequest, *, code: str, status: int) -> None:
    """Of the public no journal is kept: what a passer-by may not read was never there to be read."""
    if settings.PROCESS == Process.PUBLIC:
        return
    match = request.resolver_match
    with transaction.atomic():
        journal.write(
            kind="web.request.refused",
            by=getattr(request, "actor", None) or _person(request),
            now=clock.now(),
            detail={
                "code": code,
                "status": status,
                "method": request.method or "",
                "page": match.view_name if match else "",
            },
        )


def _person(request: HttpRequest) -> Actor:
    """Who asks without a mandate: someone signed in, or nobody known."""
    user = getattr(request, "user", None)
    return Actor(name="", staff_id=user.pk if user and user.is_authenticated else None)
