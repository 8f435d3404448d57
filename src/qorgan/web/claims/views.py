"""The page on which anyone's text is checked. The text comes in the body of a request and is kept nowhere."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from qorgan.base.errors import NotFound, Refused
from qorgan.claims import checked, queries, wording
from qorgan.claims.checked import TextTooLong
from qorgan.claims.engine.faults import Unreadable
from qorgan.web.claims import front, links, pages

FRESH = "public, max-age=60"
TOO_LARGE, WRONG = 413, 422
CHOICE = "choice:"


@csrf_exempt  # nobody is signed in and nothing is written: a form sent by another site learns and changes nothing
@transaction.non_atomic_requests
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """A box for a text; with one, the same text with every figure underlined by its verdict, and the reasons."""
    if not checked.is_here():
        raise NotFound
    try:
        posted = request.method == "POST"
        given: Any = request.POST if posted else request.GET
        if not posted and "r" not in given:
            return _empty(request)
        answer = _answer(request, _posted(given) if posted else links.held(given["r"]))
    except RequestDataTooBig:
        answer = _refused(request, TextTooLong(), "", status=TOO_LARGE)
    except links.NotALink as refusal:
        answer = _refused(request, refusal, "")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _posted(given: Any) -> links.Held:
    chosen = {name.removeprefix(CHOICE): str(value) for name, value in given.items() if name.startswith(CHOICE)}
    return links.Held(given.get("text", "").replace("\r\n", "\n"), given.get("reading", ""), chosen)


def _empty(request: HttpRequest) -> HttpResponse:
    response = render(request, "claims/page.html", {"sample": front.paragraph(get_language() or "")})
    response.headers["Cache-Control"] = FRESH
    return response


def _answer(request: HttpRequest, held: links.Held) -> HttpResponse:
    if not held.text.strip():
        return render(request, "claims/page.html", {"nothing": True}, status=WRONG)
    try:
        found = checked.check(held.text, language=get_language() or "", reading=held.reading, chosen=held.chosen)
    except Unreadable as problem:
        words = {"faults": [wording.fault(each) for each in problem.faults], "text": held.text}
        return render(request, "claims/page.html", words | {"reading": held.reading}, status=WRONG)
    except Refused as refusal:
        return _refused(request, refusal, held.text)
    return render(request, "claims/page.html", shown(found))


def shown(found: checked.Checked) -> dict[str, Any]:
    """What the page says of a checked text."""
    code = links.code(found)
    notes = [
        {"text": found.text[each.start : each.end][:80].strip(), "word": pages.NOTES[str(each.code)]}
        for sentence in found.sentences
        for each in sentence.remarks
    ]
    rows, nothing = pages.beside(found, queries.known())
    return {
        "on_record": rows,
        "unrecorded": nothing,
        "text": found.text,
        "shown": pages.shown(found.text, found.judged),
        "reading": found.reading,
        "is_mended": found.is_mended,
        "link": f"{reverse('claims:index')}?r={code}" if code else "",
        "notes": notes,
        "cut": found.text[found.read_to :][:60] if found.read_to is not None else "",
    }


def _refused(request: HttpRequest, refusal: Refused, text: str, *, status: int = 0) -> HttpResponse:
    words = {"refusal": str(refusal), "text": text}
    return render(request, "claims/page.html", words, status=status or refusal.status)
