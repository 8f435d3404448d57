"""An assessment on paper, composed of what its page shows."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from qorgan.agencies import queries as agencies
from qorgan.base import clock
from qorgan.base.errors import NotFound
from qorgan.base.scope import Actor
from qorgan.duties.queries import of_things
from qorgan.places import queries as places
from qorgan.risk import access, queries
from qorgan.risk.papers import AssessmentPaper, Laid, Reason
from qorgan.risk.papers import paper as printed
from qorgan.risk.papers.assessment import languages
from qorgan.risk.queries import AssessmentView
from qorgan.risk.terms import Decision
from qorgan.web import looks
from qorgan.web.access import staff_page
from qorgan.web.duties.rows import rows as duty_rows
from qorgan.web.orders.views import PAPER_POLICY
from qorgan.web.request import StaffRequest
from qorgan.web.risk import words
from qorgan.web.risk.views import fetched


@require_safe
@staff_page(permission=access.SEE)
def paper(request: StaffRequest, assessment_id: UUID, language: str) -> HttpResponse:
    """One assessment in a language, as PDF."""
    if language not in languages():
        raise NotFound
    view = fetched(assessment_id)
    thread = view.assessment.thread_id
    looks.note(request, thing="assessment", thing_id=assessment_id, thread_id=thread, detail={"as": "paper"})
    with translation.override(language):
        content = printed(compose(view, actor=request.actor, language=language, now=clock.now()))
    headers = {
        "Content-Disposition": f'inline; filename="assessment-{assessment_id}.pdf"',
        "Content-Security-Policy": PAPER_POLICY,
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def compose(view: AssessmentView, *, actor: Actor, language: str, now: datetime) -> AssessmentPaper:
    """Everything the paper says, in a language that is active already."""
    held, said, why = view.assessment, words.line(view, now=now), words.reasons(view)
    names = agencies.staff_names([held.assessed_by], language=language)
    return AssessmentPaper(
        language=language,
        case_number=held.case.number,
        agency=held.agency.name(language),
        made_at=now.replace(microsecond=0),
        zone=places.zone(held.territory_id).key,
        title=said["title"],
        version=f"{view.instrument.code} {view.instrument.version}",
        content_hash=held.content_hash,
        standing=words.standing(view.instrument),
        caution=said["caution"],
        assessed_at=held.assessed_at,
        assessed_by=names.get(held.assessed_by, ""),
        expires_at=held.expires_at,
        has_asked=held.has_asked,
        stands=said["stands"],
        computed=said["computed"],
        judged=said["judged"],
        why=view.why,
        lowered=tuple(
            f"{was} → {to}, {one.decision.label}"
            for one, was, to in why["lowerings"]
            if one.decision is Decision.AGREED
        ),
        reasons=tuple(Reason(one["rule"], tuple(one["items"])) for one in why["grounds"]),
        laid=_laid(view, actor=actor, now=now),
        answers=tuple((one["text"], str(one["answer"])) for one in why["answers"]),
        is_synthetic=settings.DEMO,
    )


def _laid(view: AssessmentView, *, actor: Actor, now: datetime) -> tuple[Laid, ...]:
    """What the result asks for, and the duty to assess again."""
    held = view.assessment
    measures = [one.id for one in queries.measures(held.case) if one.assessment_id == held.id]
    found = duty_rows(list(of_things([*measures, held.id])), actor=actor, now=now)
    return tuple(
        Laid(
            what=row.about if row.duty.thing == "measure" else row.what,
            provision=f"{row.provision.name}. {capfirst(row.provision.words)}",
            due_at=row.duty.due_at,
            state=row.word,
        )
        for row in found
    )
