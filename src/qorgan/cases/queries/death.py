"""Reading the review of a child's death, and what it recommended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from qorgan.base.keys import vault
from qorgan.cases.models import Case, DeathEntry, DeathReview, Recommendation
from qorgan.cases.queries.files import persons, threads, worked_in
from qorgan.cases.terms import Entry, Reply
from qorgan.duties.queries import Label
from qorgan.people.queries import PersonView

WORDS, ADVICE, REPLY_WHY = "cases.death_entry.words", "cases.recommendation.words", "cases.recommendation.why"


@dataclass(frozen=True)
class EntryView:
    """An entry, opened."""

    held: DeathEntry
    kind: Entry
    words: str


@dataclass(frozen=True)
class AdviceView:
    """A recommendation, opened, with the answer."""

    held: Recommendation
    words: str
    reply: Reply
    why: str

    def addressee(self, language: str) -> str:
        """To whom it was made: an agency, or a body outside this system."""
        return self.held.to_agency.name(language) if self.held.to_agency else self.held.body

    def is_late(self, *, now: datetime) -> bool:
        """Whether an answer is awaited that was due before now."""
        return self.reply is Reply.WAITS and self.held.due_at is not None and self.held.due_at < now


def death_review_of(case: Case) -> DeathReview | None:
    """The review in a case."""
    return DeathReview.objects.filter(case=case).select_related("agency").first()


def death_entries(review: DeathReview) -> list[EntryView]:
    """Everything entered, the first first."""
    held = list(DeathEntry.objects.filter(review=review).select_related("agency").order_by("written_at", "id"))
    vault.unlock(*(one.words for one in held))
    return [EntryView(one, Entry(one.kind), vault.open(one.words, at=WORDS)) for one in held]


def advice(review: DeathReview) -> list[AdviceView]:
    """What was recommended, in the order of its numbers."""
    return opened_advice(Recommendation.objects.filter(review=review).order_by("made_at", "number"))


def opened_advice(rows: "QuerySet[Recommendation] | Iterable[Recommendation]") -> list[AdviceView]:
    """Recommendations, opened with one question to the key store."""
    held = list(rows.select_related("to_agency", "from_agency") if isinstance(rows, QuerySet) else rows)
    vault.unlock(*(text for one in held for text in (one.words, one.why)))
    return [
        AdviceView(one, vault.open(one.words, at=ADVICE), Reply(one.reply), vault.open(one.why, at=REPLY_WHY))
        for one in held
    ]


def recommended_to(agency_id: UUID) -> QuerySet[Recommendation]:
    """What was recommended to an agency, the newest first."""
    found = Recommendation.objects.filter(to_agency=agency_id).select_related("to_agency", "from_agency")
    return found.order_by("-made_at", "-id")


def unanswered_advice(agency_id: UUID) -> QuerySet[Recommendation]:
    """What the reviews of an agency recommended and nobody has answered, the longest due first."""
    found = Recommendation.objects.filter(from_agency=agency_id, reply=Reply.WAITS)
    return found.select_related("to_agency", "from_agency").order_by("due_at", "id")


def find_advice(recommendation_id: UUID) -> Recommendation | None:
    """A recommendation in sight: of the case's place, or made to the asker's agency."""
    found = Recommendation.objects.select_related("to_agency", "from_agency")
    return found.filter(pk=recommendation_id).first()


def death_stands(review: DeathReview | None) -> int:
    """A number that grows with everything written into a review; 0 where none was begun."""
    if review is None:
        return 0
    advised = sum(Recommendation.objects.filter(review=review).values_list("version", flat=True))
    return review.version + DeathEntry.objects.filter(review=review).count() + advised


def near_the_case(case: Case) -> tuple[list[PersonView], set[UUID]]:
    """Its people, and the staff who worked in it: none of them sits on the commission."""
    return [view for _role, view in persons(case)], {staff for staff, _thread in worked_in(threads(case))}


def advice_for_duties(ids: Iterable[UUID]) -> dict[UUID, Label]:
    """Words for the duties about recommendations: the number, never about whom."""
    return {one.id: Label(one.number, "", "", None) for one in Recommendation.objects.filter(pk__in=set(ids))}
