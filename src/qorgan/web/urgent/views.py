"""The page of an emergency: a number, a reason, and the file for two hours; or one answer that tells nothing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from qorgan.agencies import access
from qorgan.agencies.models import Opening
from qorgan.agencies.terms import OpeningReason
from qorgan.base import clock
from qorgan.cases import actions
from qorgan.web import acts
from qorgan.web.access import staff_page
from qorgan.web.account.again import freshly
from qorgan.web.request import StaffRequest
from qorgan.web.urgent.forms import UrgentForm


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.OPEN_ALONE)
@freshly
def index(request: StaffRequest) -> HttpResponse:
    """Open a record of another place at once, to be reviewed; of a sealed one another person is asked."""
    now, asked = clock.now(), False
    form = UrgentForm(acts.sent(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> tuple[Opening | None]:
            reason = OpeningReason(said["reason"])
            found = actions.open_by_number(
                number=said["number"], reason=reason, why=said["why"], by=request.actor, now=now
            )
            return (found,)

        done = acts.attempt(request, form, act)
        if done is not None and done[0] is not None:
            told = _("The record is open to you for a short time and stands first in this list. It will be reviewed.")
            return acts.done(request, told, "entrusted:index")
        asked = done is not None
    words = {"form": form, "asked": asked}
    return render(request, "urgent/index.html", words, status=acts.status_of(form))
