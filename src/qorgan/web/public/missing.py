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
    """The approved words; once they are gone, the same neutral sentence whatever became of the child.

    They are asked for once more when the page is drawn: whoever was found meanwhile is not sent out.
    """
    answer = _drawn(request, token)
    if answer.status_code != GONE and (still := queries.page_at(token, now=clock.now())) and still.is_gone:
        answer = _drawn(request, token)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive, nosnippet"
    return answer


def _drawn(request: HttpRequest, token: str) -> HttpResponse:
    found = queries.page_at(token, now=clock.now())
    if found is None:
        raise NotFound
    texts = sorted(found.words.items(), key=lambda one: one[0] != language())
    words = {"page": found, "texts": texts}
    return render(request, "public/missing.html", words, status=GONE if found.is_gone else 200)
