"""Pages of protective orders."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base import words as written
from qorgan.base.errors import NotFound
from qorgan.cases import access as case_access
from qorgan.cases import queries as cases
from qorgan.courts import access as court_access
from qorgan.courts import queries as courts
from qorgan.law import queries as law
from qorgan.orders import access, actions, queries
from qorgan.orders.models import Check, Order
from qorgan.orders.queries import Force, OrderView
from qorgan.orders.terms import Finding, Prohibition, State
from qorgan.places import queries as places
from qorgan.web import acts, looks, persons
from qorgan.web.access import staff_page
from qorgan.web.forms import SeenForm
from qorgan.web.orders import life, theirs
from qorgan.web.orders import told as breach_words
from qorgan.web.orders.forms import CancelForm, CheckForm, DraftForm, IssueForm, ServeForm
from qorgan.web.orders.panels import TONES, Panel, day_words, panel, word
from qorgan.web.orders.papers import printed
from qorgan.web.orders.standing import standing
from qorgan.web.paging import part
from qorgan.web.request import StaffRequest

# A viewer of PDF in the browser asks for a style and an object of its own.
PAPER_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
SEE_PEOPLE = "people.person.see"
_FORCES: dict[Force, str | Promise] = {
    Force.NOT_YET: _("not yet served"),
    Force.IN_FORCE: _("in force"),
    Force.ENDED: _("ended"),
    Force.CANCELLED: _("cancelled"),
    Force.ANNULLED: _("annulled"),
}


@require_safe
@staff_page(permission=access.SEE)
def index(request: StaffRequest) -> HttpResponse:
    """Orders in sight, the newest first; one found by its number is opened at once."""
    now = clock.now()
    number, found = looks.sought(request, thing="order", find=queries.by_number)
    if found is not None:
        return redirect("orders:order", found.id)
    wanted = request.GET.get("force", "")
    force = Force(wanted) if wanted in list(Force) else None
    listed = part(request, queries.newest(force=force, now=now))
    looks.listed(request, thing="order", list=wanted if force else "all", rows=len(listed.rows))
    rows = [_line(view, now) for view in queries.opened_orders(listed.rows)]
    words = {"now": now, "rows": rows, "part": listed, "number": number, "force": force, "forces": _FORCES.items()}
    return render(request, "orders/index.html", words)


def _line(view: OrderView, now: datetime) -> dict[str, Any]:
    order, force = view.order, view.force(now)
    late = sum(check.state(now) == "late" for check in view.checks) if force is Force.IN_FORCE else 0
    return {
        "order": order,
        "tone": "late" if late else TONES[force],
        "state": TONES[force],
        "word": word(order, force),
        "left": written.left(order.ends_at - now, get_language() or "")
        if order.ends_at and force is Force.IN_FORCE
        else "",
        "late": late,
        "addressee": persons.short(view.addressee),
        "protected": ", ".join(persons.short(person) for person in view.protected),
        "zone": places.zone(order.territory_id),
    }


def fetched(order_id: UUID, *, notes: bool = False) -> OrderView:
    """The order in sight, opened; with the notes of its checks where they are shown. Raises NotFound."""
    found = queries.find(order_id)
    if found is None:
        raise NotFound
    return queries.opened_orders([found], notes=notes)[0]


def _panel(request: StaffRequest, view: OrderView, now: datetime) -> Panel:
    return panel(view, book=law.book(), actor=request.actor, now=now)


@require_safe
@staff_page(permission=access.SEE)
def order(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """One order with its clock and everything that was done with it."""
    view = fetched(order_id, notes=request.actor.can(SEE_PEOPLE))
    now = clock.now()
    looks.note(request, thing="order", thing_id=order_id, thread_id=view.order.thread_id)
    held = view.order
    made = [check.done_by for check in view.checks]
    names = agencies.staff_names(
        [held.drafted_by, held.issued_by, held.served_by, held.cancelled_by, held.annulled_by, *made],
        language=get_language() or "",
    )
    told: list[tuple[str | Promise, datetime | None, UUID | None]] = [
        (_("Drafted"), held.drafted_at, held.drafted_by),
        (_("Issued"), held.issued_at, held.issued_by),
        (_("Handed over"), held.served_at, held.served_by),
        (_("Cancelled"), held.cancelled_at, held.cancelled_by),
        (_("Annulled"), held.annulled_at, held.annulled_by),
    ]
    words = {
        "now": now,
        "panel": _panel(request, view, now),
        "zone": places.zone(held.territory_id),
        "order": held,
        "view": view,
        "course": [(what, at, names.get(who, "") if who else "") for what, at, who in told if at],
        "checks": [
            (check, day_words(check, held), check.state(now), names.get(check.done_by, "") if check.done_by else "")
            for check in view.checks
            if check.done_at or held.state not in (State.CANCELLED, State.ANNULLED)
        ],
        "standing": standing(held),
        **life.whole(view, actor=request.actor, now=now),
        "breaches": breach_words.rows(view, actor=request.actor),
        "may_breach": breach_words.may_note(view, actor=request.actor, now=now),
        "may_see_case": request.actor.can(case_access.SEE),
        "court_cases": courts.for_orders([held.id]) if request.actor.can(court_access.SEE) else [],
        "may_send": held.state != State.DRAFT and request.actor.can(court_access.SEND),
    }
    return render(request, "orders/order.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.DRAFT)
def draft(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Draft an order in a case."""
    case = cases.find(case_id)
    if case is None:
        raise NotFound
    looks.note(request, thing="case", thing_id=case.id)
    people, accounts = cases.persons(case), cases.accounts(case)
    seen = queries.count_of_case(case.id)
    zone = places.zone(case.territory_id)
    form = DraftForm(acts.sent(request), people=people, accounts=accounts, zone=zone, seen=seen)
    if request.method == "POST" and form.is_valid():

        def act() -> Order:
            return actions.draft(case=case, draft=form.draft(), by=request.actor, now=clock.now(), seen=form.version)

        made = acts.attempt(request, form, act, theirs=lambda: theirs.drafted(case.id))
        if made is not None:
            return acts.done(request, _drafted(made), reverse("orders:order", args=[made.id]))
    return render(request, "orders/draft.html", {"form": form, "case": case}, status=acts.status_of(form))


def _drafted(made: Order) -> str:
    told = _("Order %(number)s is drafted. It binds nobody until it is issued and served.")
    return str(told) % {"number": made.number}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.ISSUE)
def issue(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """Sign the draft, after it was read once more."""
    view = fetched(order_id)
    form = IssueForm(acts.sent(request), seen=view.order.version)
    if request.method == "POST" and form.is_valid():

        def act() -> Order:
            return actions.issue(order=view.order, by=request.actor, now=clock.now(), seen=form.version)

        if acts.attempt(request, form, act):
            return led_on(request, view, _("Order %(number)s is issued. Serve it: its term begins with service."))
    return form_page(request, view, form, "orders/issue.html")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.SERVE)
def serve(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """Record how the order was handed over."""
    view = fetched(order_id)
    now = clock.now()
    zone = places.zone(view.order.territory_id)
    issued_at, seen = view.order.issued_at, view.order.version
    form = ServeForm(acts.sent(request), zone=zone, now=now, issued_at=issued_at, seen=seen)
    if request.method == "POST" and form.is_valid():

        def act() -> Order:
            service = form.service()
            return actions.serve(order=view.order, service=service, by=request.actor, now=now, seen=form.version)

        if acts.attempt(request, form, act, theirs=lambda: theirs.served(fetched(order_id))):
            return led_on(request, view, _("Order %(number)s is served; its term runs."))
    return form_page(request, view, form, "orders/serve.html")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.CHECK)
def check(request: StaffRequest, order_id: UUID, step: int) -> HttpResponse:
    """Record what a planned check found."""
    view = fetched(order_id)
    planned = next((one for one in view.checks if one.step == step), None)
    if planned is None:
        raise NotFound
    zone = places.zone(view.order.territory_id)
    form = CheckForm(acts.sent(request), zone=zone, seen=view.order.version)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> Check:
            return actions.check(
                order=view.order,
                step=step,
                finding=Finding(said["finding"]),
                note=said["note"],
                breached=tuple(Prohibition(one) for one in said["prohibitions"]),
                breached_at=said["breached_at"],
                by=request.actor,
                now=clock.now(),
                seen=form.version,
            )

        if acts.attempt(request, form, act, theirs=lambda: theirs.checked(fetched(order_id, notes=True), step)):
            return led_on(request, view, _("The check of order %(number)s is kept."))
    state = planned.state(clock.now())
    more = {"planned": planned, "day": day_words(planned, view.order), "state": state}
    return form_page(request, view, form, "orders/check.html", **more)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.CANCEL)
def cancel(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """Cancel the order by a decision that is named."""
    view = fetched(order_id)
    form = CancelForm(acts.sent(request), seen=view.order.version)
    if request.method == "POST" and form.is_valid():

        def act() -> Order:
            why = form.cleaned_data["why"]
            return actions.cancel(order=view.order, why=why, by=request.actor, now=clock.now(), seen=form.version)

        if acts.attempt(request, form, act, theirs=lambda: theirs.cancelled(fetched(order_id))):
            return led_on(request, view, _("Order %(number)s is cancelled; its open duties are dropped."))
    return form_page(request, view, form, "orders/cancel.html")


def led_on(request: StaffRequest, view: OrderView, told: str | Promise) -> HttpResponse:
    """Back to the order, told what was done."""
    number = {"number": view.order.number}
    return acts.done(request, str(told) % number, reverse("orders:order", args=[view.order.id]))


def form_page(request: StaffRequest, view: OrderView, form: SeenForm, template: str, **more: Any) -> HttpResponse:
    """A form of an order beside its panel, which shows the order as it stands now."""
    now = clock.now()
    if form.is_stale:
        view = fetched(view.order.id)
    looks.note(request, thing="order", thing_id=view.order.id, thread_id=view.order.thread_id)
    zone = places.zone(view.order.territory_id)
    words = {
        "now": now,
        "form": form,
        "panel": _panel(request, view, now),
        "order": view.order,
        "view": view,
        "zone": zone,
    }
    return render(request, template, words | more, status=acts.status_of(form))


@require_safe
@staff_page(permission=access.SEE)
def paper(request: StaffRequest, order_id: UUID) -> HttpResponse:
    """The order on paper, as PDF."""
    view = fetched(order_id)
    looks.note(request, thing="order", thing_id=order_id, thread_id=view.order.thread_id, detail={"as": "paper"})
    content = printed(view, now=clock.now())
    headers = {
        "Content-Disposition": f'inline; filename="order-{view.order.id}.pdf"',
        "Content-Security-Policy": PAPER_POLICY,
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)
