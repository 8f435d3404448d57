"""What a family asks of the ombudsman: asked in a case, listed for the office, its term set, answered with reasons."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qorgan.agencies import queries as agencies
from qorgan.agencies.terms import ROLES
from qorgan.base import clock
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.cases import access, actions, queries, rules
from qorgan.cases.models import Case, Review
from qorgan.cases.queries import ReviewView
from qorgan.cases.queries.reviews import TERM
from qorgan.cases.terms import Outcome, Role
from qorgan.law import queries as law
from qorgan.places import queries as places
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.cases.said_forms import AnswerForm, RequestForm, TermForm
from qorgan.web.cases.sight import at_home
from qorgan.web.forms import SeenForm
from qorgan.web.moments import typed
from qorgan.web.paging import part
from qorgan.web.provisions import cited
from qorgan.web.request import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.ASK_REVIEW)
def ask(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Write down that someone of the family asks for a review."""
    held, now = queries.find(case_id), clock.now()
    if held is None:
        raise NotFound
    zone = places.zone(held.territory_id)
    form = RequestForm(acts.sent(request), zone=zone, initial={"asked_at": typed(now, zone=zone)}, asker=_askers(held))
    if request.method == "POST" and form.is_valid():

        def act() -> Review:
            return actions.ask_review(case=held, request=form.request(), by=request.actor, now=now)

        made = acts.attempt(request, form, act)
        if made:
            told = _("Review %(number)s is with the ombudsman.") % {"number": made.number}
            return acts.done(request, told, reverse("cases:review", args=[made.id]))
    looks.note(request, thing="case", thing_id=held.id)
    words = {"form": form, "case": held, "term": _term(held, now)}
    return render(request, "cases/ask_review.html", words, status=acts.status_of(form))


def of_case(request: StaffRequest, case: Case) -> list[ReviewView]:
    """The reviews that the case page shows: to whom accounts are open, and to whom it is to write such down."""
    may = request.actor.can
    return queries.reviews_of(case) if at_home(request) and (may(access.SEE_ACCOUNTS) or may(access.ASK_REVIEW)) else []


def _askers(case: Case) -> list[tuple[str, str]]:
    """The people of the case who may ask; whoever is, or may be, complained of is not offered."""
    shut = queries.barred(case)
    people = {person.id: (role, person) for role, person in queries.persons(case) if role is not Role.OFFENDER}
    return [(str(key), f"{person.name} ({role.label})") for key, (role, person) in people.items() if key not in shut]


def _term(held: Case | Review, now: Any) -> Any:
    day = now.astimezone(places.zone(held.territory_id)).date()
    return cited(law.book(), TERM, on=day)


@require_safe
@staff_page(permission=access.ANSWER_REVIEW)
def index(request: StaffRequest) -> HttpResponse:
    """What was asked of the office: what waits first, then everything."""
    now = clock.now()
    listed = part(request, queries.asked_of(request.actor.agency))
    waiting = list(queries.unanswered(request.actor.agency)[:50])
    looks.listed(request, thing="review", list="asked", rows=len(listed.rows))
    words = {
        "now": now,
        "waiting": waiting,
        "rows": [(one, _tone(one, now), _standing(one)) for one in listed.rows],
        "part": listed,
    }
    return render(request, "cases/reviews.html", words)


def _tone(held: Review, now: Any) -> str:
    if held.answered_at is not None:
        return "done"
    return "late" if held.due_at is not None and held.due_at < now else "due"


def _standing(held: Review) -> str | Promise:
    return Outcome(held.outcome).label if held.outcome else _("waits for an answer")


def _fetched(request: StaffRequest, review_id: UUID) -> tuple[Review, ReviewView, Case | None]:
    """The review in sight, with what may be read of it. Raises NotFound; NotAllowed where the role reads none."""
    may = request.actor.can
    if not (may(access.ANSWER_REVIEW) or may(access.SEE)):
        role = ROLES.get(request.actor.role)
        raise NotFound if role and access.SEE in role.inside else NotAllowed
    held = queries.find_review(review_id)
    if held is None:
        raise NotFound
    case = queries.find(held.case_id) if may(access.SEE) else None
    if case is None:
        if held.to_agency_id != request.actor.agency_id:
            raise NotFound
        return held, queries.offered(held), None
    if not (may(access.SEE_ACCOUNTS) or may(access.ASK_REVIEW)):
        raise NotAllowed
    found = next((one for one in queries.reviews_of(case) if one.held.id == held.id), None)
    if found is None:
        raise NotFound
    return held, found, case


@require_safe
@staff_page()
def review(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """One review: what is asked, its clock with its provision, the answer where it is ours to give."""
    held, view, case = _fetched(request, review_id)
    return _shown(request, held, view, case)


def _shown(
    request: StaffRequest,
    held: Review,
    view: ReviewView,
    case: Case | None,
    *,
    term_form: SeenForm | None = None,
    answer_form: SeenForm | None = None,
) -> HttpResponse:
    now, zone = clock.now(), places.zone(held.territory_id)
    looks.note(request, thing="review", thing_id=held.id)
    ours = held.to_agency_id == request.actor.agency_id and request.actor.can(access.ANSWER_REVIEW)
    waits = ours and held.answered_at is None
    term = _term(held, held.written_at)
    names = agencies.staff_names([held.set_by, held.answered_by], language=get_language() or "")
    shown = answer_form or term_form
    words = {
        "now": now,
        "zone": zone,
        "held": held,
        "view": view,
        "tone": view.tone(now),
        "standing": _standing(held),
        "case": case,
        "ours": ours,
        "office": held.to_agency.name(get_language() or ""),
        "term": term,
        "names": names,
        "answer_form": (answer_form or AnswerForm(seen=held.version)) if waits else None,
        "term_form": (term_form or TermForm(seen=held.version, zone=zone)) if waits and _silent(held) else None,
        "silent": _silent(held),
        "unread": rules.FileNotTaken.text if waits and held.opened_at is None else "",
        "form": shown,
    }
    return render(request, "cases/review.html", words, status=acts.status_of(shown) if shown else 200)


def _silent(held: Review) -> bool:
    """Whether the law on record gives no term for the answer."""
    day = held.written_at.astimezone(places.zone(held.territory_id)).date()
    return not law.value(TERM, on=day).decides


def _act(
    request: StaffRequest, review_id: UUID, form: SeenForm, act: Callable[[], Review], told: Any, name: str
) -> HttpResponse:
    if form.is_valid():
        done = acts.attempt(request, form, act)
        if done is not None:
            return acts.done(request, told, reverse("cases:review", args=[review_id]))
    held, view, case = _fetched(request, review_id)
    shown: dict[str, SeenForm] = {name: form}
    return _shown(request, held, view, case, **shown)


@require_POST
@staff_page(permission=access.ANSWER_REVIEW)
def term(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """Set by when it is answered, where the law gives no term."""
    held, _view, _case = _fetched(request, review_id)
    form = TermForm(request.POST, seen=held.version, zone=places.zone(held.territory_id))

    def act() -> Review:
        said = form.cleaned_data
        told = {"due_at": said["due_at"], "why": said["why"], "seen": form.version}
        return actions.set_term(review_id=review_id, by=request.actor, now=clock.now(), **told)

    return _act(request, review_id, form, act, _("The term is set, and you are named."), "term_form")


@require_POST
@staff_page(permission=access.ANSWER_REVIEW)
def answer(request: StaffRequest, review_id: UUID) -> HttpResponse:
    """Answer with reasons."""
    held, _view, _case = _fetched(request, review_id)
    form = AnswerForm(request.POST, seen=held.version)

    def act() -> Review:
        said = form.cleaned_data
        told = {"outcome": Outcome(said["outcome"]), "reasons": said["answer"], "seen": form.version}
        return actions.answer_review(review_id=review_id, by=request.actor, now=clock.now(), **told)

    return _act(request, review_id, form, act, _("Answered. The file is closed to your office."), "answer_form")
