"""The public page of a missing child: approved words under an address that does not last, kept by nobody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.missing import queries
from qorgan.web.public.views import GONE, language


@require_safe
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The approved words; once they are gone, the same neutral sentence whatever became of the child."""
    found = queries.page_at(token, now=clock.now())
    if found is None:
        raise NotFound
    texts = sorted(found.words.items(), key=lambda one: one[0] != language())
    answer = render(
        request, "public/missing.html", {"page": found, "texts": texts}, status=GONE if found.is_gone else 200
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive, nosnippet"
    return answer
