"""The review of a child's death, act by act."""

from typing import TYPE_CHECKING
from uuid import UUID

from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.cases.models import DeathReview
from qorgan.cases.terms import Entry, Reply
from qorgan.simulation.engine.children import PlannedAdvice, PlannedDeath
from qorgan.simulation.engine.reviewing import CENTRE
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.engine.threads import Thread
from qorgan.simulation.perform.hands import Hands

if TYPE_CHECKING:
    from qorgan.simulation.perform.thread import Performance

ENTRIES = ((Entry.CHAIR, "chair"), (Entry.MATERIAL, "material_read"), (Entry.FINDING, "death_finding"))


def planned_of(thread: Thread) -> PlannedDeath:
    """What is planned of the child of a thread who died."""
    assert thread.death is not None, "the thread plans it"
    return thread.death


def addressee(advice: PlannedAdvice, thread: Thread, hands: Hands) -> Actor:
    """Who answers what is recommended."""
    return (hands.specialists if advice.to == CENTRE else hands.guardians)[thread.territory]


def answer_of(advice: PlannedAdvice, words: dict[str, str]) -> tuple[Reply, str]:
    """The answer, and why where it refuses."""
    reply = Reply(advice.reply)
    return reply, words["refused_advice"] if reply is Reply.REFUSED else ""


class Mourning:
    """What a review in a performance came to."""

    def __init__(self, thread: "Performance") -> None:
        self._thread = thread
        self._review: DeathReview
        self._advice: dict[int, UUID] = {}

    @property
    def _by(self) -> Actor:
        return self._thread.hands.police[self._thread.thread.territory]

    def begin(self, step: Step) -> None:
        """The review is begun in the case of the child."""
        assert self._thread.case is not None, "it is of a case"
        self._review = cases.begin_death_review(case=self._thread.case, by=self._by, now=step.at)

    def enter(self, step: Step) -> None:
        """A chair, a material, a finding."""
        kind, word = ENTRIES[step.one]
        words = self._thread.words[word]
        cases.enter_in_review(review=self._review, kind=kind, words=words, by=self._by, now=step.at)

    def recommend(self, step: Step) -> None:
        """Something is recommended to an agency."""
        advice, held = planned_of(self._thread.thread).advice[step.one], self._thread
        to, words = addressee(advice, held.thread, held.hands).agency, held.words["advice"]
        made = cases.recommend(review=self._review, agency_id=to, words=words, by=self._by, now=step.at)
        self._advice[step.one] = made.id

    def answer(self, step: Step) -> None:
        """That agency answers."""
        held, advice = self._thread, planned_of(self._thread.thread).advice[step.one]
        by, (reply, why) = addressee(advice, held.thread, held.hands), answer_of(advice, held.words)
        with acting(by):
            cases.answer_advice(recommendation_id=self._advice[step.one], reply=reply, why=why, by=by, now=step.at)

    def close(self, step: Step) -> None:
        """The review is closed."""
        cases.close_death_review(review=self._review, by=self._by, now=step.at)
