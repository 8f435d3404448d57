"""Answering whoever reported through the web door, in words that she alone reads."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.reports import access, actions, queries
from qorgan.reports.models import Reply
from qorgan.reports.queries import door
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.reports.forms import AnswerForm
from qorgan.web.request import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.DECIDE)
def answer(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """Tell her something through the web door; what was told before stands beside it."""
    held = queries.find(report_id)
    if held is None or not door.has_way_back(held.id):
        raise NotFound
    form = AnswerForm(acts.sent(request))
    if request.method == "POST" and form.is_valid():

        def act() -> Reply:
            words = form.cleaned_data["words"]
            return actions.answer(report_id=report_id, words=words, by=request.actor, now=clock.now())

        if acts.attempt(request, form, act):
            told = _("She reads it when she comes back with her code.")
            return acts.done(request, told, reverse("reports:answer", args=[held.id]))
    looks.note(request, thing="report", thing_id=held.id, detail={"for": "answer"})
    replies = door.replies(held.id)
    names = agencies.staff_names([one.replied_by for one, _words in replies], language=get_language() or "")
    rows = [{"at": one.replied_at, "by": names.get(one.replied_by), "words": words} for one, words in replies]
    words = {"form": form, "rows": rows, "number": held.number, "report_id": held.id}
    return render(request, "reports/answer.html", words, status=acts.status_of(form))
