"""What was said and found in a case: all of it on one page, written down, marked where two statements contradict."""

from datetime import datetime, tzinfo
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
from qorgan.base import clock, words
from qorgan.base.errors import NotFound
from qorgan.cases import access, actions, queries
from qorgan.cases.models import Account, Case, Contradiction, Finding
from qorgan.cases.papers import Pair, Printed, StatementsPaper, statements_paper
from qorgan.cases.papers.statements import languages
from qorgan.cases.queries import ContradictionView, Statements
from qorgan.cases.terms import Object, State, Topic
from qorgan.places import queries as places
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.cases import theirs
from qorgan.web.cases.said_forms import AccountForm, FindingForm, MarkForm, UnmarkForm
from qorgan.web.cases.sides import Side, answer, sides
from qorgan.web.orders.views import PAPER_POLICY
from qorgan.web.request import StaffRequest


def _fetched(case_id: UUID) -> Case:
    found = queries.find(case_id)
    if found is None:
        raise NotFound
    return found


def _told(request: StaffRequest, found: Statements) -> dict[UUID, Side]:
    named = request.actor.can(access.SEE_PERSONS)
    return sides(found, people=queries.speakers(found) if named else {}, named=named)


def _at(side: Side, zone: tzinfo) -> str:
    return f"{side.who}, {words.moment(side.at, zone, get_language() or '')}"


def pairs(found: Statements, told: dict[UUID, Side]) -> list[tuple[ContradictionView, Side, str, Side, str]]:
    """What is marked, with both sides in words and what each says of the topic."""
    return [
        (one, told[one.one.id], answer(one.one, one.topic), told[one.other.id], answer(one.other, one.topic))
        for one in found.contradictions
    ]


@require_safe
@staff_page(permission=access.SEE_ACCOUNTS)
def said(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Everything said and found, what is marked as a contradiction, and what differs; nothing is resolved."""
    case = _fetched(case_id)
    found = queries.statements(case)
    told = _told(request, found)
    looks.note(request, thing="case", thing_id=case.id, detail={"for": "said"})
    who = [by for one in found.contradictions for by in (one.held.marked_by, one.held.withdrawn_by) if by]
    context = {
        "case": case,
        "zone": places.zone(case.territory_id),
        "accounts": [told[one.id] for one in found.accounts],
        "findings": [told[one.id] for one in found.findings],
        "pairs": pairs(found, told),
        "differences": [
            (one, told[one.one.id], answer(one.one, one.topic), told[one.other.id], answer(one.other, one.topic))
            for one in found.differences
        ],
        "names": agencies.staff_names(who, language=get_language() or ""),
        "may_lead": case.state == State.OPEN and request.actor.can(access.LEAD),
        "papers": [(code, name) for code, name in settings.LANGUAGES if code in languages()],
    }
    return render(request, "cases/said.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.LEAD)
def account(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Write down what someone said."""
    held, now = _fetched(case_id), clock.now()
    zone, found = places.zone(held.territory_id), queries.statements(held)
    told = _told(request, found)
    form = AccountForm(
        acts.sent(request),
        zone=zone,
        now=now,
        seen=queries.stands(held).accounts,
        person=_people(held),
        corrects=[(str(one.id), _at(told[one.id], zone)) for one in found.accounts],
    )
    if request.method == "POST" and form.is_valid():

        def act() -> Account:
            return actions.hear(case=held, heard=form.heard(), by=request.actor, now=now, seen=form.version)

        if acts.attempt(request, form, act, theirs=lambda: theirs.said(case_id)):
            return acts.done(request, _("What was said is kept."), reverse("cases:case", args=[held.id]))
    looks.note(request, thing="case", thing_id=held.id)
    context = {"form": form, "case": held, "accounts": found.accounts, "zone": zone}
    return render(request, "cases/account.html", context, status=acts.status_of(form))


def _people(case: Case) -> list[tuple[str, str]]:
    return [(str(person.id), f"{person.name} ({role.label})") for role, person in queries.persons(case)]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.LEAD)
def finding(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Write down an expert finding."""
    held, now = _fetched(case_id), clock.now()
    zone, found = places.zone(held.territory_id), queries.statements(held)
    told = _told(request, found)
    earlier = [(str(one.id), _at(told[one.id], zone)) for one in found.findings]
    form = FindingForm(
        acts.sent(request),
        zone=zone,
        seen=queries.said_stands(held),
        examined=_examinable(held, told, zone),
        beside=earlier,
        corrects=earlier,
    )
    if request.method == "POST" and form.is_valid():

        def act() -> Finding:
            return actions.find(case=held, found=form.found(), by=request.actor, now=now, seen=form.version)

        if acts.attempt(request, form, act):
            return acts.done(request, _("The finding is kept."), reverse("cases:said", args=[held.id]))
    looks.note(request, thing="case", thing_id=held.id)
    return render(request, "cases/finding.html", {"form": form, "case": held}, status=acts.status_of(form))


def _examinable(case: Case, told: dict[UUID, Side], zone: tzinfo) -> list[tuple[str, str]]:
    """What of the case experts may have examined, as choices."""
    people = [(f"{Object.PERSON.value}:{key}", name) for key, name in _people(case)]
    reports = [
        (f"{Object.REPORT.value}:{line.detail['report_id']}", f"{Object.REPORT.label} {line.detail['number']}")
        for line in queries.timeline(case)
        if "report_id" in line.detail
    ]
    return [*people, *reports, *((side.key, _at(side, zone)) for side in told.values())]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.LEAD)
def mark(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Mark that two statements contradict each other on a topic."""
    held, now = _fetched(case_id), clock.now()
    zone, found = places.zone(held.territory_id), queries.statements(held)
    chosen = [(side.key, _at(side, zone)) for side in _told(request, found).values()]
    shown = {name: request.GET.get(name, "") for name in ("topic", "one", "other")}
    form = MarkForm(acts.sent(request), seen=queries.said_stands(held), one=chosen, other=chosen, initial=shown)
    if request.method == "POST" and form.is_valid():

        def act() -> Contradiction:
            return actions.mark(
                case=held,
                topic=Topic(form.cleaned_data["topic"]),
                one=form.side("one"),
                other=form.side("other"),
                by=request.actor,
                now=now,
                seen=form.version,
            )

        if acts.attempt(request, form, act):
            return acts.done(request, _("The two stand side by side."), reverse("cases:said", args=[held.id]))
    looks.note(request, thing="case", thing_id=held.id)
    return render(request, "cases/mark.html", {"form": form, "case": held}, status=acts.status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.LEAD)
def unmark(request: StaffRequest, case_id: UUID, contradiction_id: UUID) -> HttpResponse:
    """Withdraw a mark, with a reason; it stays as history."""
    held = _fetched(case_id)
    found = queries.find_contradiction(held, contradiction_id)
    if found is None:
        raise NotFound
    form = UnmarkForm(acts.sent(request), seen=found.version)
    if request.method == "POST" and form.is_valid():

        def act() -> Contradiction:
            return actions.unmark(
                case=held,
                contradiction_id=contradiction_id,
                why=form.cleaned_data["why"],
                by=request.actor,
                now=clock.now(),
                seen=form.version,
            )

        if acts.attempt(request, form, act):
            return acts.done(request, _("Withdrawn; it stays in the history."), reverse("cases:said", args=[held.id]))
    looks.note(request, thing="case", thing_id=held.id)
    context = {"form": form, "case": held, "topic": Topic(found.topic), "held": found}
    return render(request, "cases/unmark.html", context, status=acts.status_of(form))


@require_safe
@staff_page(permission=access.SEE_ACCOUNTS)
def paper(request: StaffRequest, case_id: UUID, language: str) -> HttpResponse:
    """Everything said and found, on paper, what contradicts side by side, as PDF."""
    case = _fetched(case_id)
    if language not in languages():
        raise NotFound
    looks.note(request, thing="case", thing_id=case.id, detail={"as": "paper", "language": language})
    with translation.override(language):
        content = statements_paper(compose(request, case, language=language, now=clock.now()))
    headers = {
        "Content-Disposition": f'inline; filename="statements-{case.id}.pdf"',
        "Content-Security-Policy": PAPER_POLICY,
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def compose(request: StaffRequest, case: Case, *, language: str, now: datetime) -> StatementsPaper:
    """Everything the paper says, in a language that is active already."""
    found = queries.statements(case)
    told = _told(request, found)
    names = agencies.staff_names([one.held.marked_by for one in found.contradictions], language=language)
    standing = [one for one in pairs(found, told) if one[0].stands]
    return StatementsPaper(
        language=language,
        case_number=case.number,
        agency=case.agency.name(language),
        made_at=now.replace(microsecond=0),
        zone=places.zone(case.territory_id).key,
        pairs=tuple(
            Pair(
                topic=str(view.topic.label),
                marked_at=view.held.marked_at,
                marked_by=names.get(view.held.marked_by, ""),
                one=_printed(one, first),
                other=_printed(other, second),
            )
            for view, one, first, other, second in standing
        ),
        statements=tuple(_printed(side, "") for side in told.values()),
        is_synthetic=settings.DEMO,
    )


def _printed(side: Side, said_of_it: str) -> Printed:
    return Printed(who=side.who, at=side.at, lines=side.lines, words=side.words, answers=side.answers, on_it=said_of_it)


def section(request: StaffRequest, case: Case, found: Statements | None) -> dict[str, Any]:
    """What the case page says of what is marked; empty where accounts are not open."""
    if found is None:
        return {"said": None}
    standing = [one for one in found.contradictions if one.stands]
    return {"said": {"standing": standing, "findings": len(found.findings), "differences": len(found.differences)}}
