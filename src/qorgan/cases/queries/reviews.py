"""Reading what families ask of the ombudsman, and what was answered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from qorgan.base.keys import vault
from qorgan.cases.models import Case, Review
from qorgan.cases.queries.accounts import Statements
from qorgan.cases.queries.barred import barred
from qorgan.cases.queries.files import Line
from qorgan.cases.terms import Kin, Outcome, Standing
from qorgan.people.queries import PersonView, by_ids

WORDS, SET_WHY, REPLY = "cases.review.words", "cases.review.set_why", "cases.review.answer"
TERM = "reviews.answered"


@dataclass(frozen=True)
class ReviewView:
    """A review, opened. `asker` and the texts are empty where the file is not open to the reader.

    `barred`: whoever asked is, or may be, the one complained of by now, and is told nothing of the answer.
    """

    held: Review
    asker: PersonView | None
    kin: Kin
    words: str = field(repr=False)
    outcome: Outcome | None
    answer: str = field(repr=False)
    set_why: str = field(repr=False)
    barred: bool

    def tone(self, now: datetime) -> str:
        """Its shape and colour on a page: done, late or due."""
        if self.held.answered_at is not None:
            return "done"
        return "late" if self.held.due_at is not None and self.held.due_at < now else "due"


def reviews_of(case: Case) -> list[ReviewView]:
    """What was asked in a case, opened, the first first."""
    held = list(Review.objects.filter(case=case).select_related("to_agency").order_by("asked_at", "id"))
    if not held:
        return []
    people, shut = by_ids(one.asker_id for one in held), barred(case)
    vault.unlock(*(text for one in held for text in (one.words, one.answer, one.set_why)))
    return [_opened(one, people.get(one.asker_id), shut) for one in held]


def _opened(held: Review, asker: PersonView | None, shut: Collection[UUID]) -> ReviewView:
    return ReviewView(
        held=held,
        asker=asker,
        kin=Kin(held.kin),
        words=vault.read(held.words, at=WORDS),
        outcome=Outcome(held.outcome) if held.outcome else None,
        answer=vault.read(held.answer, at=REPLY),
        set_why=vault.read(held.set_why, at=SET_WHY),
        barred=held.asker_id in shut,
    )


def offered(held: Review) -> ReviewView:
    """A review as the office sees it that is asked: its words only once it has accepted the file."""
    accepted = held.referral.standing in (Standing.ACCEPTED, Standing.ENDED)
    return ReviewView(
        held=held,
        asker=None,
        kin=Kin(held.kin),
        words=vault.read(held.words, at=WORDS) if accepted else "",
        outcome=Outcome(held.outcome) if held.outcome else None,
        answer=vault.read(held.answer, at=REPLY),
        set_why=vault.read(held.set_why, at=SET_WHY),
        barred=False,
    )


def find_review(review_id: UUID) -> Review | None:
    """A review in sight: of the case's place, or asked of the reader's agency."""
    return Review.objects.filter(pk=review_id).select_related("to_agency", "referral").first()


def asked_of(agency_id: UUID) -> QuerySet[Review]:
    """What was asked of an agency, the newest first."""
    return Review.objects.filter(to_agency=agency_id).order_by("-asked_at", "-id")


def unanswered(agency_id: UUID) -> QuerySet[Review]:
    """What an agency has still to answer, the oldest first."""
    return Review.objects.filter(to_agency=agency_id, answered_at__isnull=True).order_by("asked_at", "id")


def review_numbers(ids: Iterable[UUID]) -> dict[UUID, Review]:
    """The reviews in sight among `ids`."""
    return {one.id: one for one in Review.objects.filter(pk__in=set(ids))}


def said_timeline(found: Statements, reviews: Iterable[ReviewView], *, now: datetime) -> list[Line]:
    """Findings, marks and reviews as lines of the timeline: of what the page has opened already."""
    lines = []
    for finding in found.findings:
        detail: dict[str, object] = {"result": finding.discipline.label, "said_in": found.case_id}
        lines.append(Line(finding.given_at, "finding_given", "done", detail, finding.written_by))
    for one in found.contradictions:
        told: dict[str, object] = {"result": one.topic.label, "said_in": found.case_id}
        lines.append(Line(one.held.marked_at, "contradiction_marked", "done", told, one.held.marked_by))
        if one.held.withdrawn_at:
            by = one.held.withdrawn_by
            lines.append(Line(one.held.withdrawn_at, "contradiction_withdrawn", "done", told, by))
    for view in reviews:
        lines += _review_lines(view, now)
    return lines


def _review_lines(view: ReviewView, now: datetime) -> list[Line]:
    held = view.held
    detail: dict[str, object] = {"number": held.number, "review_id": held.id}
    lines = [Line(held.asked_at, "review_asked", "done", detail, held.written_by)]
    if held.answered_at and view.outcome:
        told = {**detail, "result": view.outcome.label}
        lines.append(Line(held.answered_at, "review_answered", "done", told, held.answered_by))
    elif held.due_at:
        lines.append(Line(held.due_at, "review_due", "late" if held.due_at < now else "plan", detail))
    return lines
