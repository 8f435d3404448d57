"""102 from the call screen."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from qorgan.base import clock
from qorgan.reports import access, actions
from qorgan.reports.models import Alarm
from qorgan.reports.terms import Channel
from qorgan.web import acts
from qorgan.web.access import staff_page
from qorgan.web.calls import screen, words
from qorgan.web.calls.forms import CallForm
from qorgan.web.calls.views import fetched, keep
from qorgan.web.request import StaffRequest


@require_POST
@staff_page(permission=access.TAKE)
def tell(request: StaffRequest, contact_id: UUID) -> HttpResponse:
    """Keep the words for 102 with her answer; a person tells them by voice."""
    held = fetched(request, contact_id)
    form = CallForm(request.POST)
    form.is_valid()
    serving, consent = form.asked

    def act() -> Alarm:
        keep(request, held, form)
        return actions.raise_alarm(
            contact_id=held.id,
            words=words.for_102(form.typed(), serving=serving, line=str(Channel(held.line).label)),
            serving=serving,
            consent=consent,
            despite=form.despite_said,
            by=request.actor,
            now=clock.now(),
        )

    if acts.attempt(request, form, act) is None:
        return screen.shown(request, held, form)
    return acts.done(request, _("The words for 102 are kept. Tell 102 by voice now."), _page(held.id))


@require_POST
@staff_page(permission=access.TAKE)
def take_back(request: StaffRequest, contact_id: UUID) -> HttpResponse:
    """Take the words for 102 back, within five seconds."""
    held = fetched(request, contact_id)
    actions.take_alarm_back(contact_id=held.id, by=request.actor, now=clock.now())
    return acts.done(request, _("Taken back; 102 is not told."), _page(held.id))


def _page(contact_id: UUID) -> str:
    return reverse("calls:contact", args=[contact_id])
