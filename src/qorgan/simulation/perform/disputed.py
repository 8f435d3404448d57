"""What more is said and found in a case, marked as a contradiction, and reviewed by the ombudsman, act by act."""

from typing import TYPE_CHECKING
from uuid import UUID

from qorgan.base import clock, journal
from qorgan.base.scope import acting
from qorgan.cases import actions as cases
from qorgan.cases.actions.reviews import SEEN
from qorgan.cases.models import Case, Review
from qorgan.cases.terms import Discipline, Kin, Object, Outcome, Said, Speaker, Through, Topic
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.engine.threads import PlannedDispute, Thread

if TYPE_CHECKING:
    from qorgan.simulation.perform.thread import Performance

TOPIC, BY_THE_RELATIVE, BY_THE_EXPERT = Topic.INJURY_CAUSE, Said.BLOW, Said.FALL
DISCIPLINE, SPEAKER, THROUGH = Discipline.FORENSIC_MEDICAL, Speaker.RELATIVE, Through.DIRECTLY
KIN, OUTCOME = Kin.HERSELF, Outcome.PARTLY


def planned_of(thread: Thread) -> PlannedDispute:
    """What is disputed in a thread in which something is."""
    assert thread.dispute is not None, "the thread plans it"
    return thread.dispute


def said_by_the_expert(planned: PlannedDispute) -> Said:
    """What the finding says of the cause: the same as the relative, unless a contradiction is marked."""
    return BY_THE_EXPERT if planned.marked_at else BY_THE_RELATIVE


class Dispute:
    """What is disputed in a performance."""

    def __init__(self, thread: "Performance") -> None:
        self._thread = thread
        self._account: UUID
        self._finding: UUID
        self._review: UUID

    @property
    def _case(self) -> Case:
        assert self._thread.case is not None, "it is of a case"
        return self._thread.case

    def hear(self, step: Step) -> None:
        """A relative says what she saw."""
        words, by = self._thread.words, self._thread.hands.police[self._thread.thread.territory]
        stated = cases.Stated(topic=TOPIC, said=BY_THE_RELATIVE)
        heard = cases.Heard(
            speaker=SPEAKER,
            words=words["relative_said"],
            source=words["relative_source"],
            said_at=step.at,
            through=THROUGH,
            stated=(stated,),
        )
        self._account = cases.hear(case=self._case, heard=heard, by=by, now=step.at).id

    def find(self, step: Step) -> None:
        """The experts answer."""
        words, by = self._thread.words, self._thread.hands.police[self._thread.thread.territory]
        planned = planned_of(self._thread.thread)
        found = cases.Found(
            discipline=DISCIPLINE,
            institution=words["institution"],
            expert=words["expert"],
            number=words["finding_number"],
            asked_at=planned.heard_at,
            given_at=step.at,
            stated=(cases.Stated(topic=TOPIC, said=said_by_the_expert(planned)),),
            examined=(cases.Looked(kind=Object.NAMED, words=words["examined"]),),
        )
        self._finding = cases.find(case=self._case, found=found, by=by, now=step.at).id

    def contradict(self, step: Step) -> None:
        """The officer marks that the two contradict each other."""
        cases.mark(
            case=self._case,
            topic=TOPIC,
            one=cases.Statement(account_id=self._account),
            other=cases.Statement(finding_id=self._finding),
            by=self._thread.hands.police[self._thread.thread.territory],
            now=step.at,
        )

    def ask_review(self, step: Step) -> None:
        """She asks the ombudsman for a review."""
        request = cases.Request(
            asker_id=self._thread.persons["victim"], kin=KIN, words=self._thread.words["review"], asked_at=step.at
        )
        by = self._thread.hands.police[self._thread.thread.territory]
        self._review = cases.ask_review(case=self._case, request=request, by=by, now=step.at).id

    def set_term(self, step: Step) -> None:
        """The office sets by when it answers: the law on record gives no term."""
        due_at, by = planned_of(self._thread.thread).due_at, self._thread.hands.ombudsman
        assert due_at is not None, "a term was planned"
        with acting(by):
            why = self._thread.words["term"]
            cases.set_term(review_id=self._review, due_at=due_at, why=why, by=by, now=step.at)

    def answer(self, step: Step) -> None:
        """The office takes the file, opens it, and answers."""
        by, reasons = self._thread.hands.ombudsman, self._thread.words["reasons"]
        with clock.frozen(step.at), acting(by):
            referral = Review.objects.values_list("referral_id", flat=True).get(pk=self._review)
            cases.accept(referral_id=referral, by=by, now=step.at)
            journal.write(kind=SEEN, thing="case", thing_id=self._case.id, by=by, now=step.at)
            cases.answer_review(review_id=self._review, outcome=OUTCOME, reasons=reasons, by=by, now=step.at)
