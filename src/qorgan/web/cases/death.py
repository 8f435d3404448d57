"""The review of a child's death on a page of its own; what was recommended to one's agency."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.agencies import queries as agencies
from qorgan.agencies.terms import Kind
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.cases import access, actions, queries
from qorgan.cases.models import Case, DeathReview, Recommendation
from qorgan.cases.papers.death import Advised, DeathPaper, Knew, death_paper, languages
from qorgan.cases.terms import Entry, Reply
from qorgan.places import queries as places
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.cases import known
from qorgan.web.cases.death_forms import AdviceForm, BeginForm, EntryForm, ReplyForm, of_agencies
from qorgan.web.cases.views import fetched
from qorgan.web.forms import SeenForm
from qorgan.web.orders.views import PAPER_POLICY
from qorgan.web.paging import part
from qorgan.web.request import StaffRequest


def _offices(case: Case) -> list[tuple[str, str]]:
    above, language = agencies.chain(case.territory_id), get_language() or ""
    found = agencies.of_kinds(sorted(Kind))
    near = sorted(found, key=lambda one: (agencies.distance(one.territory_id, above), one.code))
    return [(str(one.id), one.name(language)) for one in near]


def _begin(request: StaffRequest, case: Case) -> HttpResponse:
    form = BeginForm(acts.sent(request), seen=0)
    if request.method == "POST" and form.is_valid():

        def act() -> DeathReview:
            return actions.begin_death_review(case=case, by=request.actor, now=clock.now())

        if acts.attempt(request, form, act) is not None:
            return acts.done(request, _("The review has begun."), reverse("cases:death", args=[case.id]))
    words = {"form": form, "case": case, "review": None, "now": clock.now(), "zone": places.zone(case.territory_id)}
    return render(request, "cases/death.html", words, status=acts.status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.DEATH)
def death(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """The review of a case: its commission, materials, what was known, findings, recommendations with their answers."""
    case, now = fetched(case_id), clock.now()
    held = queries.death_review_of(case)
    if held is None:
        looks.note(request, thing="case", thing_id=case.id, detail={"for": "review"})
        return _begin(request, case)
    seen, offices = queries.death_stands(held), of_agencies(_offices(case))
    sent = request.POST.get("act", "") if request.method == "POST" else ""
    entry = EntryForm(request.POST if sent == "enter" else None, seen=seen, agency=offices)
    advice = AdviceForm(request.POST if sent == "recommend" else None, seen=seen, agency=offices)
    closing = BeginForm(request.POST if sent == "close" else None, seen=seen)
    forms = {"enter": entry, "recommend": advice, "close": closing}
    form = forms.get(sent)
    if form is not None and form.is_valid():
        done = acts.attempt(request, form, _act(request, held, sent, form, now))
        if done is not None:
            return acts.done(request, _("Written down."), reverse("cases:death", args=[case.id]))
    found, language = queries.death_entries(held), get_language() or ""
    knew = known.known(case, actor=request.actor, now=now)
    _note(request, case, knew, shown="review")
    words = {
        "case": case,
        "review": held,
        "entries": [(kind, [(one.words, _of(one, language)) for one in found if one.kind is kind]) for kind in Entry],
        "known": knew.rows,
        "picture": known.picture(knew.rows, now=now, zone=places.zone(case.territory_id)),
        "advice": [(one, one.addressee(language), one.is_late(now=now)) for one in queries.advice(held)],
        "entry_form": entry,
        "advice_form": advice,
        "closing_form": closing,
        "form": form or entry,
        "printed_in": [(code, name) for code, name in settings.LANGUAGES if code in languages()],
        "now": now,
        "zone": places.zone(case.territory_id),
    }
    return render(request, "cases/death.html", words, status=acts.status_of(form) if form else 200)


def _act(request: StaffRequest, held: DeathReview, sent: str, form: SeenForm, now: datetime) -> Callable[[], object]:
    told: dict[str, Any] = {"by": request.actor, "now": now, "seen": form.version}

    def act() -> object:
        said = form.cleaned_data
        if sent == "enter":
            agency = UUID(said["agency"]) if said["agency"] else None
            kind = Entry(said["kind"])
            return actions.enter_in_review(review=held, kind=kind, words=said["words"], agency_id=agency, **told)
        if sent == "recommend":
            agency = UUID(said["agency"]) if said["agency"] else None
            return actions.recommend(review=held, agency_id=agency, body=said["body"], words=said["words"], **told)
        return actions.close_death_review(review=held, **told)

    return act


@require_safe
@staff_page(permission=access.DEATH)
def paper(request: StaffRequest, case_id: UUID, form: str, language: str) -> HttpResponse:
    """The report of the review as PDF: whole, or the public form, in which no name stands."""
    case = fetched(case_id)
    held = queries.death_review_of(case)
    if held is None or language not in languages() or form not in ("whole", "public"):
        raise NotFound
    now = clock.now()
    with translation.override(language):
        knew = known.known(case, actor=request.actor, now=now)
        content = death_paper(_composed(case, held, knew, language=language, is_public=form == "public", now=now))
    _note(request, case, knew, shown="paper")
    headers = {
        "Content-Disposition": f'inline; filename="review-{form}-{language}.pdf"',
        "Content-Security-Policy": PAPER_POLICY,
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _note(request: StaffRequest, case: Case, knew: known.Knowledge, *, shown: str) -> None:
    """Write the look at the case, and one at every other case of which the review shows a line."""
    looks.note(request, thing="case", thing_id=case.id, detail={"for": "review", "as": shown})
    others = [one for one in knew.cases if one != case.id]
    looks.note_each(request, thing="case", thing_ids=others, detail={"for": "review", "as": shown})


def _composed(
    case: Case, held: DeathReview, knew: known.Knowledge, *, language: str, is_public: bool, now: datetime
) -> DeathPaper:
    found = queries.death_entries(held)
    return DeathPaper(
        language=language,
        number=held.number,
        case_number=case.number,
        agency=held.agency.name(language),
        made_at=now.replace(microsecond=0),
        zone=places.zone(case.territory_id).key,
        commission=tuple((str(one.kind.label), one.words, _of(one, language)) for one in found if one.kind.is_person),
        materials=tuple(one.words for one in found if one.kind is Entry.MATERIAL),
        knew=tuple(
            Knew(one.at, one.agency, one.words, "" if is_public else one.case, "" if is_public else one.more)
            for one in knew.rows
        ),
        findings=tuple(one.words for one in found if one.kind is Entry.FINDING),
        advice=tuple(
            Advised(one.addressee(language), one.words, str(one.reply.label), one.why, one.held.due_at)
            for one in queries.advice(held)
        ),
        hidden=(*_names(case, held, found, language=language), *knew.numbers) if is_public else None,
        is_synthetic=settings.DEMO,
    )


def _names(case: Case, held: DeathReview, found: list[queries.EntryView], *, language: str) -> tuple[str, ...]:
    """Every name that the public form covers: of people of the case, of staff in it, of the commission."""
    people, staff = queries.near_the_case(case)
    said = [part for one in people for part in (one.written, one.surname, one.given, one.patronymic) if part]
    ranked = agencies.staff_names({*staff, held.begun_by}, language=language).values()
    return (*said, *ranked, *(one.words for one in found if one.kind.is_person))


def _of(one: queries.EntryView, language: str) -> str:
    return one.held.agency.name(language) if one.held.agency else ""


@require_safe
@staff_page(permission=access.ADVISED)
def recommendations(request: StaffRequest) -> HttpResponse:
    """What reviews recommended to the agency of the mandate, the newest first."""
    now = clock.now()
    listed = part(request, queries.recommended_to(request.actor.agency))
    looks.listed(request, thing="recommendation", list="inbox", rows=len(listed.rows))
    rows = [(one, one.is_late(now=now), "") for one in queries.opened_advice(listed.rows)]
    words = {"rows": rows, "part": listed, "now": now, "may_keep": request.actor.can(access.DEATH)}
    return render(request, "cases/recommendations.html", words)


@require_safe
@staff_page(permission=access.DEATH)
def unanswered(request: StaffRequest) -> HttpResponse:
    """What the reviews of the agency recommended and nobody has answered, the longest due first."""
    now, language = clock.now(), get_language() or ""
    listed = part(request, queries.unanswered_advice(request.actor.agency))
    looks.listed(request, thing="recommendation", list="unanswered", rows=len(listed.rows))
    rows = [(one, one.is_late(now=now), one.addressee(language)) for one in queries.opened_advice(listed.rows)]
    return render(request, "cases/recommendations.html", {"rows": rows, "part": listed, "now": now, "sent": True})


def _advice(request: StaffRequest, recommendation_id: UUID) -> Recommendation:
    found = queries.find_advice(recommendation_id)
    mine, keeps = request.actor.agency_id, request.actor.can(access.DEATH)
    if found is None or not (found.to_agency_id == mine or (keeps and found.from_agency_id == mine)):
        raise NotFound
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.ADVISED)
def recommendation(request: StaffRequest, recommendation_id: UUID) -> HttpResponse:
    """One recommendation, and the answer to it."""
    held, now = _advice(request, recommendation_id), clock.now()
    [view] = queries.opened_advice([held])
    by_letter = held.to_agency_id != request.actor.agency_id
    form = ReplyForm(acts.sent(request), seen=held.version, stands=view.reply, by_letter=by_letter)

    def act() -> Recommendation:
        said = form.cleaned_data
        return actions.answer_advice(
            recommendation_id=held.id,
            reply=Reply(said["reply"]),
            why=said["why"],
            letter=said.get("letter", ""),
            by=request.actor,
            now=now,
            seen=form.version,
        )

    if request.method == "POST" and form.is_valid() and acts.attempt(request, form, act) is not None:
        return acts.done(request, _("Answered."), reverse("cases:recommendation", args=[held.id]))
    looks.note(request, thing="recommendation", thing_id=held.id)
    language = get_language() or ""
    words = {
        "form": form,
        "one": view,
        "late": view.is_late(now=now),
        "may_answer": bool(form.fields["reply"].choices),  # type: ignore[attr-defined]  # a field of choices
        "to": view.addressee(language),
        "sender": held.from_agency.name(language),
        "zone": places.zone(held.territory_id),
        "now": now,
    }
    return render(request, "cases/recommendation.html", words, status=acts.status_of(form))
