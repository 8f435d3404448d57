"""Pages of what was referred: the inbox of an agency, one card, and the answer."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.cases import access, actions, queries
from qorgan.cases.models import Referral
from qorgan.cases.terms import Course, Decline, Ground
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.forms import SeenForm
from qorgan.web.paging import part
from qorgan.web.referrals.cards import card, cards
from qorgan.web.referrals.forms import AnswerForm, DeclineForm
from qorgan.web.request import StaffRequest

KEYS = 9


@require_safe
@staff_page(permission=access.ANSWER)
def index(request: StaffRequest) -> HttpResponse:
    """What was referred to the agency of the mandate: what waits for an answer first, then everything."""
    now = clock.now()
    waiting = cards(queries.waiting(request.actor.agency, now=now)[:50], now=now)
    listed = part(request, queries.inbox(request.actor.agency))
    looks.listed(request, thing="referral", list="inbox", rows=len(listed.rows))
    words = {
        "now": now,
        "waiting": [(one, str(at) if at <= KEYS else "") for at, one in enumerate(waiting, start=1)],
        "rows": cards(listed.rows, now=now),
        "part": listed,
        "may_answer_reviews": request.actor.can(access.ANSWER_REVIEW),
    }
    return render(request, "referrals/index.html", words)


def fetched(request: StaffRequest, referral_id: UUID) -> Referral:
    """The referral in sight. Raises NotFound; NotAllowed where the role neither answers nor sees cases."""
    if not (request.actor.can(access.ANSWER) or request.actor.can(access.SEE)):
        raise NotAllowed
    found = queries.find_referral(referral_id)
    if found is None:
        raise NotFound
    return found


@require_safe
@staff_page()
def referral(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """One card: what is asked and by when; the answer where it is ours to give; what became of it."""
    return _shown(request, fetched(request, referral_id), DeclineForm())


def _shown(request: StaffRequest, held: Referral, form: SeenForm) -> HttpResponse:
    now = clock.now()
    looks.note(request, thing="referral", thing_id=held.id)
    told = card(held, now=now)
    ours = held.to_agency_id == request.actor.agency_id and request.actor.can(access.ANSWER)
    case = queries.find(held.case_id) if request.actor.can(access.SEE) else None
    way = agencies.admissions_of(request.mandate, now=now).filter(basis=held.id).first() if ours else None
    home = case is not None and case.agency_id == request.actor.agency_id and not ours
    answered = agencies.staff_names([held.answered_by] if ours or home else [], language=get_language() or "")
    words = {
        "now": now,
        "card": told,
        "zone": told.zone,
        "ours": ours,
        "form": form,
        "case": case,
        "note": queries.note_of(held) if case is not None and (home or held.answered_at) else "",
        "way": way,
        "may_take_back": home and request.actor.can(access.REFER) and _standing_open(held),
        "answered_by": next(iter(answered.values()), ""),
    }
    return render(request, "referrals/referral.html", words, status=acts.status_of(form))


def _standing_open(held: Referral) -> bool:
    if held.ground == Ground.REVIEW_ASKED:  # nobody of the case takes away what a review rests on
        return False
    return held.standing == "proposed" or (held.standing == "accepted" and held.course == Course.REFERRAL)


def _act(
    request: StaffRequest, held: Referral, form: SeenForm, act: Callable[[], Referral], told: str | Promise, to: str
) -> HttpResponse:
    if form.is_valid():
        done = acts.attempt(request, form, act)
        if done is not None:
            return acts.done(request, told, to)
    again = queries.find_referral(held.id)
    return _shown(request, again or held, form)


@require_POST
@staff_page(permission=access.ANSWER)
def accept(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Say yes: the parts of the file are open to the agency from now on, or the case is its own."""
    held = fetched(request, referral_id)
    form = AnswerForm(request.POST, seen=held.version)
    whole = held.course == Course.TRANSFER
    told = _("The case is yours now: you answer for it.") if whole else _("Accepted. Enter the file to read it.")
    to = reverse("cases:case", args=[held.case_id]) if whole else _page(held)
    if whole and agencies.is_sealed(held.thread_id):
        to = reverse("entrusted:index")

    def act() -> Referral:
        return actions.accept(referral_id=held.id, by=request.actor, now=clock.now(), seen=form.version)

    return _act(request, held, form, act, told, to)


@require_POST
@staff_page(permission=access.ANSWER)
def decline(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Say no, and why."""
    held = fetched(request, referral_id)
    form = DeclineForm(request.POST, seen=held.version)

    def act() -> Referral:
        why = Decline(form.cleaned_data["why"])
        return actions.decline(referral_id=held.id, why=why, by=request.actor, now=clock.now(), seen=form.version)

    return _act(request, held, form, act, _("Declined. The other agency sees why."), reverse("referrals:index"))


@require_POST
@staff_page(permission=access.ANSWER)
def stopped(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Confirm that what was held is used no more."""
    held = fetched(request, referral_id)
    form = AnswerForm(request.POST, seen=held.version)

    def act() -> Referral:
        return actions.stopped(referral_id=held.id, by=request.actor, now=clock.now(), seen=form.version)

    return _act(request, held, form, act, _("Confirmed: nothing of it is used or kept any more."), _page(held))


@require_http_methods(["POST"])
@staff_page(permission=access.SEE)
def take_back(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Take an offer back, or end what was granted."""
    held = fetched(request, referral_id)
    case = queries.find(held.case_id)
    if case is None:
        raise NotFound
    form = AnswerForm(request.POST, seen=held.version)

    def act() -> Referral:
        now = clock.now()
        return actions.take_back(case=case, referral_id=held.id, by=request.actor, now=now, seen=form.version)

    return _act(request, held, form, act, _("Taken back."), _page(held))


def _page(held: Referral) -> str:
    return reverse("referrals:referral", args=[held.id])
