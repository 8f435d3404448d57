"""Pages that change an order that stands: annulled, varied, appealed, its service corrected. One form, one template."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from qorgan.base import clock
from qorgan.orders import access, actions
from qorgan.orders.queries import OrderView
from qorgan.orders.terms import AppealResult, Appellant, Body, Prohibition
from qorgan.places import queries as places
from qorgan.web import acts
from qorgan.web.access import staff_page
from qorgan.web.forms import SeenForm
from qorgan.web.orders.forms import AnnulForm, AppealForm, CorrectForm, OutcomeForm, VaryForm
from qorgan.web.orders.views import fetched, form_page, led_on
from qorgan.web.request import StaffRequest


@dataclass(frozen=True)
class _Change:
    """A page of this kind: its heading, what it warns of, its button, what is told when it is done."""

    form: Callable[..., SeenForm]
    title: str | Promise
    warning: str | Promise
    button: str | Promise
    done: str | Promise
    act: Callable[[StaffRequest, OrderView, Any, datetime], object]


def _page(request: StaffRequest, order_id: UUID, change: _Change) -> HttpResponse:
    view, now = fetched(order_id), clock.now()
    zone: ZoneInfo = places.zone(view.order.territory_id)
    form = change.form(acts.sent(request), order=view.order, zone=zone, now=now, seen=view.order.version)
    if request.method == "POST" and form.is_valid():
        done = acts.attempt(request, form, lambda: change.act(request, view, form, now))
        if done is not None:
            return led_on(request, view, change.done)
    words = {"title": str(change.title) % {"number": view.order.number}, "change": change}
    return form_page(request, view, form, "orders/change.html", **words)


def _annul(request: StaffRequest, view: OrderView, form: AnnulForm, now: datetime) -> object:
    said = form.cleaned_data
    return actions.annul(
        order=view.order,
        why=said["why"],
        decided_at=form.decided(now),
        by=request.actor,
        now=now,
        seen=form.version,
    )


def _vary(request: StaffRequest, view: OrderView, form: VaryForm, now: datetime) -> object:
    said = form.cleaned_data
    return actions.vary(
        order=view.order,
        prohibitions=tuple(Prohibition(one) for one in said["prohibitions"]),
        body=Body(said["body"]),
        why=said["why"],
        decided_at=form.decided(now),
        by=request.actor,
        now=now,
        seen=form.version,
    )


def _appeal(request: StaffRequest, view: OrderView, form: AppealForm, now: datetime) -> object:
    said = form.cleaned_data
    return actions.appeal(
        order=view.order,
        filed_by=Appellant(said["filed_by"]),
        body=Body(said["body"]),
        filed_at=form.decided(now),
        by=request.actor,
        now=now,
        seen=form.version,
    )


def _decide(request: StaffRequest, view: OrderView, form: OutcomeForm, now: datetime) -> object:
    said = form.cleaned_data
    outcome = actions.Outcome(
        result=AppealResult(said["result"]),
        at=form.decided(now),
        why=said["why"],
        prohibitions=tuple(Prohibition(one) for one in said["prohibitions"]),
    )
    return actions.decide_appeal(order=view.order, outcome=outcome, by=request.actor, now=now, seen=form.version)


def _correct(request: StaffRequest, view: OrderView, form: CorrectForm, now: datetime) -> object:
    said = form.cleaned_data
    return actions.correct_service(
        order=view.order, at=said["served_at"], why=said["why"], by=request.actor, now=now, seen=form.version
    )


_ANNUL = _Change(
    AnnulForm,
    _("Annul order %(number)s?"),
    _("It is then taken as never having been in force. This cannot be undone; a new fact is a new order."),
    _("Annul the order"),
    _("Order %(number)s is annulled; its open duties are dropped."),
    _annul,
)
_VARY = _Change(
    VaryForm,
    _("Vary order %(number)s"),
    _("What it forbade before is kept. Its term stays as it is."),
    _("Vary the order"),
    _("Order %(number)s is varied."),
    _vary,
)
_APPEAL = _Change(
    AppealForm,
    _("Complaint about order %(number)s"),
    _("A complaint does not suspend the order: it stays in force until a decision says otherwise."),
    _("Write the complaint down"),
    _("The complaint about order %(number)s is written down; the order stands."),
    _appeal,
)
_OUTCOME = _Change(
    OutcomeForm,
    _("What became of the complaint about order %(number)s"),
    _("What was decided is carried out at once: the order stands, is varied, cancelled or annulled."),
    _("Keep the decision"),
    _("The decision on the complaint about order %(number)s is kept."),
    _decide,
)
_CORRECT = _Change(
    CorrectForm,
    _("Correct when order %(number)s was handed over"),
    _("Its end and its checks are counted anew from the corrected minute. What they showed is kept, with your name."),
    _("Correct the minute"),
    _("The service of order %(number)s is corrected; its clocks are counted anew."),
    _correct,
)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.CANCEL)
def annul(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """Annul the order by a decision that is named."""
    return _page(request, order_id, _ANNUL)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.VARY)
def vary(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """Change what the order forbids."""
    return _page(request, order_id, _VARY)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.APPEAL)
def appeal(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """Write down a complaint about the order."""
    return _page(request, order_id, _APPEAL)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.APPEAL)
def outcome(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """Write down what became of the complaint."""
    return _page(request, order_id, _OUTCOME)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.CORRECT)
def correct(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """Correct the minute of service."""
    return _page(request, order_id, _CORRECT)
