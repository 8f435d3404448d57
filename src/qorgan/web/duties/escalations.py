"""Late duties that the rules told to the office above: what waits for its answer, one of them, what stays of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgan.agencies import queries as agencies
from qorgan.agencies.terms import ROLES
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.duties import access, actions, queries
from qorgan.duties.models import Duty, Escalation
from qorgan.duties.queries import Shown
from qorgan.duties.terms import Answer
from qorgan.law import queries as law
from qorgan.places import queries as places
from qorgan.web import acts, looks
from qorgan.web.access import staff_page
from qorgan.web.duties.forms import AnswerForm
from qorgan.web.duties.rows import Row, rows
from qorgan.web.law.rows import value_words
from qorgan.web.paging import Part, part
from qorgan.web.provisions import Cited, cited
from qorgan.web.request import StaffRequest

SHOWN, OPEN = 10, 3  # on the page of the day; how many of them stand open


@dataclass(frozen=True)
class Waiting:
    """What waits for the answer of a role on the page of its day."""

    rows: list[Row]
    is_more: bool

    @property
    def first(self) -> list[Row]:
        return self.rows[:OPEN]

    @property
    def rest(self) -> list[Row]:
        return self.rows[OPEN:]


@dataclass(frozen=True)
class Told:
    """One escalation in words: to which role, by which rule, what it answered; the names of who did."""

    held: Escalation
    role: str | Promise
    agency: str
    rule: Cited
    after: str
    answer: str | Promise
    reason: str
    by: str


@dataclass(frozen=True)
class History:
    """What became of a duty's clock, and to whom it went while it was late."""

    clock: list[tuple[Shown, str]]
    told: list[Told]


def waiting(request: StaffRequest, *, now: datetime) -> Waiting | None:
    """What waits for an answer of the reader's role, the longest waiting first; None where none is asked of it."""
    if not request.actor.can(access.ANSWER):
        return None
    held = list(queries.escalated(role=request.actor.role, now=now)[: SHOWN + 1])
    return Waiting(_rows(request, held[:SHOWN], now), len(held) > SHOWN)


def _rows(request: StaffRequest, held: list[Escalation], now: datetime) -> list[Row]:
    made = rows([one.duty for one in held], actor=request.actor, now=now)
    return [
        replace(row, verb=_("Answer"), url=reverse("duties:escalation", args=[one.id]))
        for one, row in zip(held, made, strict=True)
    ]


def history(duty: Duty) -> History:
    """What stays of a duty: each change of its clock, each office that was told."""
    changes = queries.shown_before(duty.thing_id).get((duty.kind, duty.step), ())
    held = queries.escalations_of(duty)
    names = agencies.staff_names([one.by for one in changes], language=get_language() or "")
    return History([(one, names.get(one.by, "") if one.by else "") for one in changes], told(held))


def told(held: list[Escalation]) -> list[Told]:
    """Escalations in words."""
    language, book = get_language() or "", law.book()
    names = agencies.staff_names([one.answered_by for one in held], language=language)
    offices = agencies.agency_names([one.agency_id for one in held], language=language)
    rules = [cited(book, one.provision, on=one.due_at.astimezone(places.zone(one.territory_id)).date()) for one in held]
    return [
        Told(
            held=one,
            role=ROLES[one.role].name,
            agency=offices.get(one.agency_id, ""),
            rule=rule,
            after=value_words(rule.provision),
            answer=Answer(one.answer).label if one.answer else "",
            reason=queries.answer_of(one),
            by=names.get(one.answered_by, "") if one.answered_by else "",
        )
        for one, rule in zip(held, rules, strict=True)
    ]


@require_safe
@staff_page(permission=access.ANSWER)
def index(request: StaffRequest) -> HttpResponse:
    """What was escalated to the reader's role and waits for its answer, part by part."""
    now = clock.now()
    found: Part[Escalation] = part(request, queries.escalated(role=request.actor.role, now=now))
    looks.listed(request, thing="duty", list="escalated", rows=len(found.rows))
    made = _rows(request, found.rows, now)
    words = {"now": now, "name": "escalated", "title": _("Escalated to you"), "rows": made, "part": found}
    return render(request, "duties/section.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(permission=access.ANSWER)
def escalation(request: StaffRequest, escalation_id: UUID) -> HttpResponse:
    """One late duty that was escalated to the reader's role: by which rule, and what the office says to it."""
    held = _held(request, escalation_id)
    now = clock.now()
    form = AnswerForm(acts.sent(request), seen=queries.answered(held))
    if request.method == "POST" and form.is_valid():
        if _answer(request, form, held, now):
            return acts.done(request, _("Your answer stays with the duty."), "duties:index")
        held = _held(request, escalation_id)
    looks.note(request, thing="duty", thing_id=held.duty_id)
    is_open = held.answered_at is None and held.undone_at is None
    words = {
        "now": now,
        "row": rows([held.duty], actor=request.actor, now=now)[0],
        "told": told([held])[0],
        "held": held,
        "form": form if is_open or request.method == "POST" else None,
    }
    return render(request, "duties/escalation.html", words, status=acts.status_of(form))


def _held(request: StaffRequest, escalation_id: UUID) -> Escalation:
    held = queries.find_escalation(escalation_id, role=request.actor.role)
    if held is None:
        raise NotFound
    return held


def _answer(request: StaffRequest, form: AnswerForm, held: Escalation, now: datetime) -> bool:
    def act() -> Escalation:
        said, reason = Answer(form.cleaned_data["answer"]), form.cleaned_data["reason"]
        return actions.answer(
            escalation_id=held.id, answer=said, reason=reason, by=request.actor, now=now, seen=form.version
        )

    return acts.attempt(request, form, act, theirs=lambda: _theirs(held)) is not None


def _theirs(held: Escalation) -> dict[str, object]:
    made = queries.find_escalation(held.id, role=held.role)
    return {"answer": Answer(made.answer).label, "reason": queries.answer_of(made)} if made and made.answer else {}
