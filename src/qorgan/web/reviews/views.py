"""Pages of reviews: someone elsewhere weighs, in time, and is named."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.agencies import access
from qorgan.agencies import actions as agencies
from qorgan.agencies import queries as offices
from qorgan.agencies.models import Block, Odd, Opening
from qorgan.agencies.terms import BlockGround, OpeningReason
from qorgan.base import clock
from qorgan.base.errors import NotAllowed, NotFound
from qorgan.cases import actions as cases
from qorgan.duties import access as duty_access
from qorgan.duties import queries as duties
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind
from qorgan.people import actions as people
from qorgan.web import acts, looks, mandates
from qorgan.web.access import staff_page
from qorgan.web.account.again import freshly
from qorgan.web.paging import part
from qorgan.web.request import StaffRequest
from qorgan.web.reviews import rows
from qorgan.web.reviews.forms import DecisionForm, JudgeForm

BLOCK_ANSWERS = (("stands", _("the block stands")), ("lift", _("lift it: the suspicion is wrong")))
OPENING_ANSWERS = (("yes", _("it was right")), ("no", _("it was wrong: shut it again")))
LETTING_ANSWERS = (("yes", _("let in")), ("no", _("do not let in")))


@require_safe
@staff_page(permission=access.REVIEW_BLOCK)
def index(request: StaffRequest) -> HttpResponse:
    """What the office is to weigh: blocks, openings, and the unusual looks of staff of its place."""
    now, language = clock.now(), get_language() or ""
    blocks = rows.blocks(request, now=now, language=language)
    openings = rows.openings(request, now=now, language=language)
    judged = request.GET.get("show") == "judged"
    found = offices.odd_looks(territories=request.actor.territories, but=request.actor.staff, judged=judged)
    listed = part(request, found)
    looks.listed(request, thing="review", list="reviews", rows=len(blocks) + len(openings) + len(listed.rows))
    words = {
        "now": now,
        "blocks": blocks,
        "openings": openings,
        "odd": rows.odd_rows(listed.rows, now=now, language=language),
        "part": listed,
        "judged": judged,
    }
    return render(request, "reviews/index.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.REVIEW_BLOCK)
def block(request: StaffRequest, block_id: UUID) -> HttpResponse:
    """One block: who is shut out, what was alike, of whom; confirm or lift it."""
    now, language = clock.now(), get_language() or ""
    held = offices.blocks_to_decide([block_id]).first()
    duty = duties.laid_on(request.actor.agency, kind=Kind.REVIEW_BLOCK, thing_id=block_id).first()
    if held is None or duty is None:
        raise NotFound
    form = DecisionForm(acts.sent(request), answers=BLOCK_ANSWERS)
    if request.method == "POST" and form.is_valid():
        stands, why = form.cleaned_data["answer"] == "stands", form.cleaned_data["why"]

        def act() -> Block:
            return people.review_block(block_id=block_id, stands=stands, why=why, by=request.actor, now=now)

        if acts.attempt(request, form, act):
            told = _("The block stands.") if stands else _("The block is lifted: the record is in sight again.")
            return acts.done(request, told, "reviews:index")
    looks.note(request, thing="thread", thing_id=held.thread_id, detail={"for": "review"})
    words = {
        "now": now,
        "form": form,
        "held": held,
        "duty": duty,
        "who": mandates.who([held.staff], now=now, language=language)[held.staff_id],
        "names": sorted(set(held.staff.names.values())),
        "ground": BlockGround(held.ground).label,
        "evidence": [rows.EVIDENCE[one] for one in held.evidence if one in rows.EVIDENCE],
        "number": rows.numbers_of(request, {held.thread_id}, now=now).get(held.thread_id, ""),
        "parties": rows.parties(request, held.thread_id, now=now),
        "let_in": rows.let_into(request, {held.thread_id}, now=now),
    }
    return render(request, "reviews/block.html", words, status=acts.status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=duty_access.SEE)
def opening(request: StaffRequest, opening_id: UUID) -> HttpResponse:
    """One opening: who, why, in which words. Whose record it is reads it; the office it was laid on decides.

    Whoever lets someone into a sealed record shows first that it is she.
    """
    held = offices.opening(opening_id)
    told = duties.of_things([opening_id]).filter(agency_id=request.actor.agency).exists()
    if held is None or not told:
        raise NotFound  # after as many questions, whether there is one or not
    asked = rows.is_asked(held)
    kind = Kind.LET_IN if asked else Kind.REVIEW_OPENING
    permission = access.LET_IN if asked else access.REVIEW_OPENING
    duty = duties.laid_on(request.actor.agency, kind=kind, thing_id=opening_id).first()
    if duty is None or not request.actor.can(permission):
        if request.method == "POST":
            raise NotAllowed
        return _shown(request, held, None, duty)
    decide = freshly(_decide) if asked else _decide
    return decide(request, held, duty)


def _decide(request: StaffRequest, held: Opening, duty: Duty) -> HttpResponse:
    now, asked = clock.now(), rows.is_asked(held)
    form = DecisionForm(acts.sent(request), answers=LETTING_ANSWERS if asked else OPENING_ANSWERS)
    if request.method == "POST" and form.is_valid():
        yes, why = form.cleaned_data["answer"] == "yes", form.cleaned_data["why"]

        def act() -> Opening:
            if asked:
                return cases.let_in(opening_id=held.id, agree=yes, why=why, by=request.actor, now=now)
            return cases.review_opening(opening_id=held.id, was_right=yes, why=why, by=request.actor, now=now)

        if acts.attempt(request, form, act):
            return acts.done(request, _("Decided."), "reviews:index")
    return _shown(request, held, form, duty)


def _shown(request: StaffRequest, held: Opening, form: DecisionForm | None, duty: Duty | None) -> HttpResponse:
    looks.note(request, thing="opening", thing_id=held.id)
    words = _opened(request, held) | {"form": form, "asked": rows.is_asked(held), "duty": duty}
    return render(request, "reviews/opening.html", words, status=acts.status_of(form) if form else 200)


def _opened(request: StaffRequest, held: Opening) -> dict[str, Any]:
    now, language = clock.now(), get_language() or ""
    return {
        "now": now,
        "held": held,
        "who": mandates.who([held.staff], now=now, language=language)[held.staff_id],
        "reason": OpeningReason(held.reason).label,
        "why": offices.why_opened(held),
        "decided_why": offices.why_decided(held),
        "decided_by": offices.staff_names([held.decided_by], language=language).get(held.decided_by or held.id, ""),
        "number": rows.numbers_of(request, {held.thread_id}, now=now).get(held.thread_id, ""),
        "let_in": rows.let_into(request, {held.thread_id}, now=now),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.JUDGE_LOOK)
def look(request: StaffRequest, odd_id: UUID) -> HttpResponse:
    """One line of unusual looking, and what a person found it to be."""
    now, language = clock.now(), get_language() or ""
    held = offices.odd_look(odd_id, territories=request.actor.territories, but=request.actor.staff)
    if held is None:
        raise NotFound
    form = JudgeForm(acts.sent(request))
    if request.method == "POST" and form.is_valid():

        def act() -> Odd:
            return agencies.judge(odd_id=odd_id, why=form.cleaned_data["why"], by=request.actor, now=now)

        if acts.attempt(request, form, act):
            return acts.done(request, _("Written down."), "reviews:index")
    looks.note(request, thing="odd", thing_id=held.id)
    (row,) = rows.odd_rows([held], now=now, language=language)
    words = {"now": now, "form": form if held.judged_at is None else None, "row": row}
    return render(request, "reviews/look.html", words, status=acts.status_of(form))
