"""Forbidding that a case is destroyed: what stands, one more, allowing it again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor
from qorgan.cases import access as case_access
from qorgan.cases import queries as cases
from qorgan.places import queries as places
from qorgan.shredding import access, actions, queries
from qorgan.shredding.models import LegalHold
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.drawing import Tone
from qorgan.web.request import StaffRequest
from qorgan.web.shredding.forms import HoldForm, LiftForm


def lines(found: list[LegalHold], *, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """What offices forbid, or forbade, as a page shows it; the office that forbade it may allow it again."""
    language = get_language() or ""
    names = agencies.staff_names([id for one in found for id in (one.laid_by, one.lifted_by)], language=language)
    made = []
    for one in found:
        stands = one.lifted_at is None and (one.until is None or one.until > now)
        why, lifted_why = queries.why_held(one)
        made.append(
            {
                "held": one,
                "stands": stands,
                "tone": Tone.DUE if stands else Tone.PLAN,
                "word": _("forbidden") if stands else _("allowed again") if one.lifted_at else _("ran out"),
                "office": one.agency.name(language),
                "by": names.get(one.laid_by, ""),
                "lifted_by": names.get(one.lifted_by, "") if one.lifted_by else "",
                "why": why,
                "lifted_why": lifted_why,
                "zone": places.zone(one.territory_id),
                "may_lift": stands and actor.can(access.HOLD) and one.agency_id == actor.agency_id,
            }
        )
    return made


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.HOLD)
def holds(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """What forbids to destroy a case; forbidding it."""
    case, now = cases.find(case_id), clock.now()
    if case is None:
        raise NotFound
    form = HoldForm(acts.sent(request), zone=places.zone(case.territory_id))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> LegalHold:
            return actions.hold(case=case, reason=said["reason"], until=said["until"], by=request.actor, now=now)

        if acts.attempt(request, form, act):
            told = _("It is forbidden to destroy anything of the case.")
            return acts.done(request, told, reverse("shredding:holds", args=[case.id]))
    looks.note(request, thing="case", thing_id=case.id, detail={"for": "holds"})
    words = {
        "form": form,
        "case": case,
        "rows": lines(list(queries.legal_holds(case)), actor=request.actor, now=now),
        "may_see_case": request.actor.can(case_access.SEE),
    }
    return render(request, "shredding/holds.html", words, status=acts.status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.HOLD)
def lift(request: StaffRequest, hold_id: UUID) -> HttpResponse:
    """Allow again what one's own office forbade."""
    held = queries.find_hold(hold_id)
    if held is None:
        raise NotFound
    form = LiftForm(acts.sent(request), seen=held.version)
    if request.method == "POST" and form.is_valid():

        def act() -> LegalHold:
            why = form.cleaned_data["why"]
            return actions.lift(hold=held, why=why, by=request.actor, now=clock.now(), seen=form.version)

        if acts.attempt(request, form, act):
            told = _("Your office no longer forbids it.")
            return acts.done(request, told, reverse("shredding:holds", args=[held.case_id]))
    looks.note(request, thing="legal_hold", thing_id=held.id)
    row = lines([held], actor=request.actor, now=clock.now())[0]
    words = {"form": form, "case": held.case, "row": row}
    return render(request, "shredding/lift.html", words, status=acts.status_of(form))
