"""Answers for machines: is it alive, what may be indexed, the small picture."""

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static

from qorgan.base.processes import Process


@transaction.non_atomic_requests
def health(request: HttpRequest) -> HttpResponse:
    """`ok` while the process answers; the database is not asked, so that a probe costs nothing."""
    return HttpResponse("ok\n", content_type="text/plain")


@transaction.non_atomic_requests
def robots(request: HttpRequest) -> HttpResponse:
    """The public pages may be indexed; nothing of staff or petitions may."""
    allowed = settings.PROCESS == Process.PUBLIC
    rule = "Allow: /\nDisallow: /language/\n" if allowed else "Disallow: /\n"
    return HttpResponse(f"User-agent: *\n{rule}", content_type="text/plain")


@transaction.non_atomic_requests
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers that ask for the old name are led to the SVG."""
    return HttpResponseRedirect(static("favicon.svg"))
