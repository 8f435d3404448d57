"""A requirement for staff: all that was entered on it; entering a report from a document, and taking one back."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.law import access, actions
from qorgan.law import queries as law
from qorgan.law.models import ImplementationReport
from qorgan.web import acts
from qorgan.web.access import staff_page
from qorgan.web.life import rows
from qorgan.web.life.forms import ReportForm, WithdrawForm
from qorgan.web.request import StaffRequest


def _about(request: StaffRequest, key: str) -> dict[str, Any]:
    """What every page of a requirement shows. Raises RequirementUnknown."""
    law.requirement(key)
    found = law.law_in_life(today=law.country_day(clock.now()))
    return {
        "row": rows.row(found.courses[key], found),
        "looked": rows.looked(found),
        "may_report": request.actor.can(access.REPORT),
    }


@require_safe
@staff_page()
def requirement(request: StaffRequest, key: str) -> HttpResponse:
    """One requirement: its years, its reports, and every report that was ever entered, by whom, withdrawn or not."""
    language = get_language() or ""
    entered = [
        (one, rows.entered(one), *(who.titled(language) if who else "" for who in (one.entered_by, one.withdrawn_by)))
        for one in law.reports_on(key)
    ]
    return render(request, "life/requirement.html", _about(request, key) | {"entered": entered})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.REPORT)
def report(request: StaffRequest, key: str) -> HttpResponse:
    """Enter what a document reports on a requirement."""
    about = _about(request, key)
    form = ReportForm(acts.sent(request))
    if request.method == "POST" and form.is_valid():

        def act() -> ImplementationReport:
            return actions.enter_report(key=key, told=form.report(), by=request.actor, now=clock.now())

        if acts.attempt(request, form, act):
            told = _("The report is kept and stands on the public page. A mistake is withdrawn below.")
            return acts.done(request, told, reverse("life:requirement", args=[key]))
    return render(request, "life/report.html", about | {"form": form}, status=acts.status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.REPORT)
def withdraw(request: StaffRequest, entry_id: UUID) -> HttpResponse:
    """Take an entered report back, with the reason."""
    held = law.find_report(entry_id)
    if held is None:
        raise NotFound
    form = WithdrawForm(acts.sent(request), seen=0)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]

        def act() -> ImplementationReport:
            return actions.withdraw_report(
                report=held, reason=reason, by=request.actor, now=clock.now(), seen=form.version
            )

        def theirs() -> dict[str, object]:
            again = law.find_report(entry_id)
            return {"reason": again.withdrawn_reason} if again else {}

        if acts.attempt(request, form, act, theirs=theirs):
            told = _("The report is withdrawn and counts no longer.")
            return acts.done(request, told, reverse("life:requirement", args=[held.key]))
    words = _about(request, held.key) | {"form": form, "report": rows.entered(held), "is_over": held.withdrawn_at}
    return render(request, "life/withdraw.html", words, status=acts.status_of(form))
