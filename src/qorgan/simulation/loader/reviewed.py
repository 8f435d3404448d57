"""What the review of a child's death leaves: its entries, what it recommends, the answers."""

from datetime import datetime

from qorgan.agencies import queries as offices
from qorgan.base import ids
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases.actions.death import ANSWER
from qorgan.cases.models import DeathEntry, DeathReview, Recommendation
from qorgan.cases.queries.death import ADVICE, REPLY_WHY, WORDS
from qorgan.cases.terms import Reply
from qorgan.duties.actions import Laid
from qorgan.duties.terms import RECOMMENDED
from qorgan.duties.terms import Kind as DutyKind
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.loader.police import Police
from qorgan.simulation.loader.rows import Thing
from qorgan.simulation.perform import Hands
from qorgan.simulation.perform.reviewed import ENTRIES, addressee, answer_of, planned_of


class Reviewed:
    """The review in a thread's case."""

    def __init__(self, police: Police, hands: Hands) -> None:
        self.police = police
        self.hands = hands
        self.rows = police.rows
        self.advice: dict[int, Recommendation] = {}
        self.review: DeathReview

    def _write(self, act: str, at: datetime, **detail: str) -> None:
        review, by = self.review, self.police.by
        told = {"number": review.number, "case": str(review.case_id), **detail}
        self.rows.tell(f"cases.death_review.{act}", "death_review", review.id, by, at, **told)

    def _told(self, act: str, held: Recommendation, by: Actor, at: datetime) -> None:
        told = {"number": held.number, "agency": str(held.to_agency_id), "version": held.version}
        self.rows.tell(f"cases.recommendation.{act}", RECOMMENDED, held.id, by, at, **told)

    def begin(self, step: Step) -> None:
        """The review."""
        case, by = self.police.led, self.police.by
        self.review = self.rows.add(
            DeathReview(
                id=ids.new(),
                number=f"{case.number}/T",
                case=case,
                **beside(case),
                agency_id=by.agency,
                begun_at=step.at,
                begun_by=by.staff,
            )
        )
        self._write("begun", step.at)

    def enter(self, step: Step) -> None:
        """An entry."""
        kind, word = ENTRIES[step.one]
        made = DeathEntry(
            id=ids.new(),
            review=self.review,
            **beside(self.review),
            kind=kind.value,
            words=vault.seal(self.police.led.key_id, self.police.words[word], at=WORDS),
            written_at=step.at,
            written_by=self.police.by.staff,
        )
        self.rows.add(made)
        self._write("entered", step.at, entry=str(kind))

    def recommend(self, step: Step) -> None:
        """A recommendation, and the duty to answer it."""
        planned, review, by, at = planned_of(self.police.thread).advice[step.one], self.review, self.police.by, step.at
        to = addressee(planned, self.police.thread, self.hands).agency
        place = offices.place_of(to)
        term = self.police.answers.deadline(ANSWER, at, place)
        made = Recommendation(
            id=ids.new(),
            number=f"{review.number}{len(self.advice) + 1}",
            review=review,
            **beside(review),
            key_id=vault.new_key(),
            from_agency_id=review.agency_id,
            to_agency_id=to,
            made_at=at,
            made_by=by.staff,
            due_at=term.due_at,
        )
        made.words = vault.seal(made.key_id, self.police.words["advice"], at=ADVICE)
        self.advice[step.one] = self.rows.add(made)
        laid = Laid(DutyKind.ANSWER_RECOMMENDATION, ANSWER, at, term.due_at, to_verify=term.to_verify)
        self.rows.lay([laid], Thing(RECOMMENDED, made.id, place, made.thread_id, to, None), by, at)
        self._told("made", made, by, at)

    def answer(self, step: Step) -> None:
        """The answer of the agency."""
        planned, held, at = planned_of(self.police.thread).advice[step.one], self.advice[step.one], step.at
        by, (reply, why) = addressee(planned, self.police.thread, self.hands), answer_of(planned, self.police.words)
        held.reply, held.why = reply.value, vault.seal(held.key_id, why, at=REPLY_WHY)
        held.answered_at, held.answered_by = at, by.staff
        held.done_at = at if reply is Reply.DONE else None
        held.version += 1
        self.rows.done(held.id, DutyKind.ANSWER_RECOMMENDATION, by, at)
        self._told(reply.value, held, by, at)

    def close(self, step: Step) -> None:
        """Closed."""
        self.review.closed_at, self.review.closed_by = step.at, self.police.by.staff
        self.review.version += 1
        self._write("closed", step.at)
