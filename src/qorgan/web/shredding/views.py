"""Destroying a record: the list, asking, what was asked, confirming, the certificate."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.base.keys.rotation import KEPT
from qorgan.cases import queries as cases
from qorgan.people import queries as people
from qorgan.places import queries as places
from qorgan.shredding import access, actions, jobs, queries
from qorgan.shredding.engine import certificate as engine
from qorgan.shredding.models import Destruction
from qorgan.shredding.papers import paper as printed
from qorgan.shredding.queries import Record
from qorgan.shredding.terms import AFTER, Ground, State, Thing
from qorgan.web import acts, looks, persons
from qorgan.web.access import staff_page
from qorgan.web.orders.views import PAPER_POLICY
from qorgan.web.paging import part
from qorgan.web.request import StaffRequest
from qorgan.web.shredding.forms import AskForm, ConfirmForm, DeclineForm
from qorgan.web.shredding.holds import lines

_TONES = {State.ASKED: "due", State.CONFIRMED: "due", State.DESTROYED: "done", State.DECLINED: "plan"}


@require_safe
@staff_page(permission=access.SEE)
def index(request: StaffRequest) -> HttpResponse:
    """What was asked and what was destroyed in sight, the newest first."""
    listed = part(request, queries.newest())
    looks.listed(request, thing="destruction", list="all", rows=len(listed.rows))
    names = agencies.staff_names([one.asked_by for one in listed.rows], language=get_language() or "")
    rows = [_row(one) | {"by": names.get(one.asked_by, "")} for one in listed.rows]
    return render(request, "shredding/index.html", {"rows": rows, "part": listed})


def _row(held: Destruction) -> dict[str, Any]:
    state = State(held.state)
    return {
        "held": held,
        "state": state,
        "tone": _TONES[state],
        "what": Thing(held.thing).label,
        "ground": Ground(held.ground).label,
        "zone": places.zone(held.territory_id),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.ASK)
def ask(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Ask that a case, or a person of it, is destroyed."""
    case = cases.find(case_id)
    if case is None:
        raise NotFound
    now = clock.now()
    records = {str(one.id): one for one in queries.records_of(case) if queries.standing(one) is None}
    form = AskForm(acts.sent(request), records=[(key, _called(record)) for key, record in records.items()])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> Destruction:
            return actions.ask(
                record=records[said["what"]],
                ground=Ground(said["ground"]),
                paper=said["paper"],
                reason=said["reason"],
                by=request.actor,
                now=now,
            )

        held = acts.attempt(request, form, act)
        if held:
            told = _("It was asked for. Another person confirms or declines it.")
            return acts.done(request, told, reverse("shredding:destruction", args=[held.id]))
    looks.note(request, thing="case", thing_id=case.id)
    holds = queries.holds(queries.of_case(case), now=now)
    standing = queries.standing_holds(queries.of_case(case), now=now)
    words = {"form": form, "case": case, "holds": holds, "forbids": lines(list(standing), actor=request.actor, now=now)}
    words["may_hold"] = request.actor.can(access.HOLD)
    return render(request, "shredding/ask.html", words, status=acts.status_of(form))


def _called(record: Record) -> str | Promise:
    """What can be destroyed, as the one who asks reads it."""
    if record.thing is Thing.CASE:
        return Thing.CASE.label
    view = people.by_ids([record.id]).get(record.id)
    return _("who this person is: %(name)s") % {"name": persons.short(view)}


def _fetched(destruction_id: UUID) -> Destruction:
    held = queries.find(destruction_id)
    if held is None:
        raise NotFound
    return held


@require_safe
@staff_page(permission=access.SEE)
def destruction(request: StaffRequest, destruction_id: UUID) -> HttpResponse:
    """What was asked, by whom, on what ground; how it was decided, and what proves it."""
    held = _fetched(destruction_id)
    looks.note(request, thing="destruction", thing_id=held.id)
    seen = held.version
    return _shown(request, held, ConfirmForm(seen=seen), DeclineForm(seen=seen))


def _shown(request: StaffRequest, held: Destruction, form: ConfirmForm, other: DeclineForm) -> HttpResponse:
    language, now = get_language() or "", clock.now()
    names = agencies.staff_names([held.asked_by, held.decided_by], language=language)
    record = queries.record_of(held)
    words = _row(held) | {
        "form": form,
        "other": other,
        "asked_by": names.get(held.asked_by, ""),
        "decided_by": names.get(held.decided_by, "") if held.decided_by else "",
        "reason": queries.reason(held),
        "case": record.case if record else None,
        "holds": queries.holds(record, now=now) if record and held.state == State.ASKED else [],
        "person": people.by_ids([held.thing_id]).get(held.thing_id) if held.thing == Thing.PERSON else None,
        "may_confirm": _may_confirm(request, held),
        "may_decline": held.state == State.ASKED and request.actor.can(access.CONFIRM),
        "remains": _remains(held, now),
        "forbids": lines(list(queries.standing_holds(record, now=now)), actor=request.actor, now=now) if record else [],
        "may_hold": held.state == State.ASKED and request.actor.can(access.HOLD),
    }
    return render(request, "shredding/destruction.html", words, status=acts.status_of(form))


def _may_confirm(request: StaffRequest, held: Destruction) -> bool:
    is_other = held.asked_by != request.actor.staff_id
    return held.state == State.ASKED and is_other and request.actor.can(access.CONFIRM)


def _remains(held: Destruction, now: datetime) -> list[str]:
    """What is still there afterwards, with the day until which backups of keys are kept."""
    begun = (held.destroyed_at or now).astimezone(places.zone(held.territory_id)).date()
    until = (begun + KEPT).strftime("%d.%m.%Y")
    return [str(one.label) % {"until": until} for one in AFTER[Thing(held.thing)]]


@require_http_methods(["POST"])
@staff_page(permission=access.CONFIRM)
def confirm(request: StaffRequest, destruction_id: UUID) -> HttpResponse:
    """Confirm it; the worker destroys the keys within moments."""
    held = _fetched(destruction_id)
    form = ConfirmForm(acts.sent(request), seen=held.version)

    def act() -> Destruction:
        confirmed = actions.confirm(destruction=held, by=request.actor, now=clock.now(), seen=form.version)
        jobs.destroy.defer(destruction_id=str(confirmed.id))
        return confirmed

    return _decided(request, held, form, act, told=_("It is confirmed and is being destroyed."))


@require_http_methods(["POST"])
@staff_page(permission=access.CONFIRM)
def decline(request: StaffRequest, destruction_id: UUID) -> HttpResponse:
    """Let it be kept."""
    held = _fetched(destruction_id)
    form = DeclineForm(acts.sent(request), seen=held.version)

    def act() -> Destruction:
        return actions.decline(destruction=held, by=request.actor, now=clock.now(), seen=form.version)

    return _decided(request, held, form, act, told=_("It is declined; nothing is destroyed."))


def _decided(
    request: StaffRequest,
    held: Destruction,
    form: ConfirmForm | DeclineForm,
    act: Callable[[], Destruction],
    *,
    told: str,
) -> HttpResponse:
    done = acts.attempt(request, form, act) if form.is_valid() else None
    if done is not None:
        return acts.done(request, told, reverse("shredding:destruction", args=[held.id]))
    looks.note(request, thing="destruction", thing_id=held.id)
    if isinstance(form, ConfirmForm):
        return _shown(request, held, form, DeclineForm(seen=held.version))
    shown = ConfirmForm(acts.sent(request), seen=held.version)
    shown.full_clean()
    shown.errors.clear()
    shown.errors.update(form.errors)
    return _shown(request, held, shown, form)


def _proof(destruction_id: UUID) -> dict[str, Any]:
    held = _fetched(destruction_id)
    if held.certificate is None:
        raise NotFound
    found: dict[str, Any] = held.certificate
    return found


@require_safe
@staff_page(permission=access.SEE)
def certificate(request: StaffRequest, destruction_id: UUID) -> HttpResponse:
    """The signed certificate as a file, for `qorgan keys certificate verify`."""
    content = engine.as_file(_proof(destruction_id))
    looks.note(request, thing="destruction", thing_id=destruction_id, detail={"as": "certificate"})
    headers = {"Content-Disposition": f'attachment; filename="destruction-{destruction_id}.json"'}
    return HttpResponse(content, content_type="application/json", headers=headers)


@require_safe
@staff_page(permission=access.SEE)
def paper(request: StaffRequest, destruction_id: UUID) -> HttpResponse:
    """The same on paper."""
    zone = places.zone(_fetched(destruction_id).territory_id)
    looks.note(request, thing="destruction", thing_id=destruction_id, detail={"as": "paper"})
    content = printed(_proof(destruction_id), zone=zone, synthetic=settings.DEMO)
    headers = {
        "Content-Disposition": f'inline; filename="destruction-{destruction_id}.pdf"',
        "Content-Security-Policy": PAPER_POLICY,
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)
