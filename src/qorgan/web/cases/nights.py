"""Where a child sleeps tonight, on the case's page and in forms of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from qorgan.base import clock
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.cases import access, actions, queries
from qorgan.cases.models import Case
from qorgan.cases.queries import Speaking
from qorgan.cases.terms import Parent, Role, State
from qorgan.law.engine.book import LawBook
from qorgan.people.queries import PersonView
from qorgan.places import queries as places
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.cases.nights_forms import HandForm, NightForm, ParentForm
from qorgan.web.cases.sharing_forms import NOTHING
from qorgan.web.forms import SeenForm
from qorgan.web.moments import typed
from qorgan.web.provisions import Cited, cited
from qorgan.web.request import StaffRequest

PLACEMENT = "guardianship.placement"


@dataclass(frozen=True)
class Row:
    """A decision on the page: its words, who decided, on which provision of its day."""

    view: queries.NightView
    agency: str
    provision: Cited
    holds: bool


def section(
    request: StaffRequest,
    case: Case,
    *,
    people: list[tuple[Role, PersonView]],
    book: LawBook,
    now: datetime,
    spoken: list[Speaking] | None = None,
) -> dict[str, Any]:
    """What the case page says of it; nothing where no child is in the case, or its people are not open.

    As many questions with a child as without. `spoken`: who speaks for whom, where the page has read it.
    """
    if not people:
        return {"bed": None}
    today, language = queries.today(case, now=now), get_language() or ""
    young = queries.children(case, on=today, people=people)
    offenders = [view for role, view in people if role is Role.OFFENDER]
    said = queries.parenthood(case, on=today, people=people, offenders=offenders)
    told, found = queries.telling(case), queries.nights(case, people=people)
    if not young:
        return {"bed": None}
    stake = queries.stake_among(young, said, queries.representations(case) if spoken is None else spoken)
    held = [Row(one, one.held.agency.name(language), _provision(one, book), one.holds(now=now)) for one in found]
    placed = {one.view.child.id for one in held if one.holds}
    is_open, may = case.state == State.OPEN, request.actor.can
    return {
        "bed": {
            "said": said,
            "told": told,
            "taker": told.referral.to_agency.name(language) if told and told.referral else "",
            "owed": bool(stake) and told is None,
            "without": [view for view in stake if view.id not in placed],
            "nights": held,
            "may_say": is_open and may(access.LEAD),
            "may_decide": is_open and (may(access.NIGHT) or may(access.LEAD)) and bool(stake),
        }
    }


def _provision(one: queries.NightView, book: LawBook) -> Cited:
    day = one.held.decided_at.astimezone(places.zone(one.held.territory_id)).date()
    return cited(book, one.held.provision, on=day)


def _fetched(case_id: UUID) -> Case:
    found = queries.find(case_id)
    if found is None:
        raise NotFound
    return found


def _named(views: list[PersonView]) -> list[tuple[str, str]]:
    return [(str(view.id), view.name) for view in views]


def _shown(
    request: StaffRequest,
    case: Case,
    form: SeenForm,
    act: Callable[[], object],
    *,
    told: str | Promise,
    title: str | Promise,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and acts.attempt(request, form, act) is not None:
        return acts.done(request, told, f"{reverse('cases:case', args=[case.id])}#night")
    looks.note(request, thing="case", thing_id=case.id)
    hint = _("the guardianship authority is told first; one who is, or may be, complained of is told nothing")
    words = {"form": form, "case": case, "title": title, "hint": hint}
    words |= {"zone": places.zone(case.territory_id), "now": clock.now()}
    return render(request, "cases/night.html", words, status=acts.status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.LEAD)
def parent(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Say whether someone complained of is a parent of a child."""
    case, now = _fetched(case_id), clock.now()
    form = ParentForm(
        acts.sent(request),
        seen=queries.nights_stand(case),
        child=_named(queries.children(case, on=queries.today(case, now=now))),
        offender=_named(queries.complained_of(case)),
    )

    def act() -> object:
        said = form.cleaned_data
        return actions.say_parent(
            case=case,
            child_id=UUID(said["child"]),
            offender_id=UUID(said["offender"]),
            word=Parent(said["word"]),
            why=said["why"],
            by=request.actor,
            now=now,
            seen=form.version,
        )

    told = _("Written down. Where he is a parent or may be, the guardianship authority knows it already.")
    return _shown(request, case, form, act, told=told, title=_("Is the one complained of a parent of the child?"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.LEAD)
def by_hand(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Write that an authority was told by voice or on paper, where none is on record for the place."""
    case, now = _fetched(case_id), clock.now()
    form = HandForm(acts.sent(request), seen=queries.nights_stand(case))

    def act() -> object:
        said = form.cleaned_data
        return actions.tell_by_hand(
            case=case, office=said["office"], why=said["why"], by=request.actor, now=now, seen=form.version
        )

    told = _("Written down. Others may be told from now on.")
    return _shown(request, case, form, act, told=told, title=_("The guardianship authority was told by hand"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.SEE)
def night(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Decide where a child sleeps; or write down what an authority decided that this system does not know."""
    case, now = _fetched(case_id), clock.now()
    is_authority = request.actor.can(access.NIGHT)
    if not (is_authority or request.actor.can(access.LEAD)):
        raise NotAllowed
    zone = places.zone(case.territory_id)
    barred = queries.barred(case)
    form = NightForm(
        acts.sent(request),
        seen=queries.nights_stand(case),
        zone=zone,
        initial={"since": typed(now, zone=zone)},
        child=_named(queries.children(case, on=queries.today(case, now=now))),
        keeper=[*NOTHING, *_named([view for _role, view in queries.persons(case) if view.id not in barred])],
    )
    if is_authority:
        del form.fields["office"]

    def act() -> object:
        return actions.decide_night(case=case, decision=form.decision(), by=request.actor, now=now, seen=form.version)

    told = _("Decided. The next decision is due where this one ends.")
    return _shown(request, case, form, act, told=told, title=_("Where the child sleeps"))
