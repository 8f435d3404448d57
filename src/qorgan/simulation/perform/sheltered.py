"""Where the child of a case sleeps, act by act."""

from typing import TYPE_CHECKING

from qorgan.agencies import queries as agencies
from qorgan.agencies.models import Admission, Mandate
from qorgan.base import clock
from qorgan.base.scope import Actor, acting
from qorgan.cases import actions as cases
from qorgan.cases import queries
from qorgan.cases.models import Case, Referral
from qorgan.cases.terms import Parent, Stays
from qorgan.simulation.engine.children import PlannedTonight
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.engine.threads import Thread
from qorgan.simulation.perform.hands import sight

if TYPE_CHECKING:
    from qorgan.simulation.perform.thread import Performance


def planned_of(thread: Thread) -> PlannedTonight:
    """What is planned of the child of a thread that has one."""
    assert thread.tonight is not None, "the thread plans it"
    return thread.tonight


def whom(stays: str, words: dict[str, str]) -> str:
    """With whom the child stays, where the decision names someone; nobody who could be found."""
    return words["relative"] if stays in (Stays.RELATIVES, Stays.RETURNED) else ""


class Shelter:
    """What the guardianship authority decides in a performance."""

    def __init__(self, thread: "Performance") -> None:
        self._thread = thread
        self._referral: Referral

    @property
    def _case(self) -> Case:
        assert self._thread.case is not None, "it is of a case"
        return self._thread.case

    @property
    def _guardian(self) -> Actor:
        return self._thread.hands.guardians[self._thread.thread.territory]

    def say(self, step: Step) -> None:
        """The police say that the suspect is, or may be, a parent; the authority is told in that second."""
        persons, by = self._thread.persons, self._thread.hands.police[self._thread.thread.territory]
        word = Parent(planned_of(self._thread.thread).word)
        child, him = persons["child"], persons["suspect"]
        cases.say_parent(case=self._case, child_id=child, offender_id=him, word=word, why="", by=by, now=step.at)
        told = queries.standing_authority(self._case)
        assert told is not None, "the place was given one"
        self._referral = told

    def accept(self, step: Step) -> None:
        """The authority takes the part of the file."""
        by = self._guardian
        with clock.frozen(step.at), acting(by):
            cases.accept(referral_id=self._referral.id, by=by, now=step.at)

    def decide(self, step: Step) -> None:
        """Where the child sleeps."""
        planned, words = planned_of(self._thread.thread).nights[step.one], self._thread.words
        decision = cases.Decision(
            child_id=self._thread.persons["child"],
            stays=Stays(planned.stays),
            since=step.at,
            until=planned.until,
            whom=whom(planned.stays, words),
            why=words["night_why"],
        )
        with clock.frozen(step.at), acting(by := self._inside()):
            cases.decide_night(case=self._case, decision=decision, by=by, now=step.at)

    def _inside(self) -> Actor:
        """The authority in the file that it accepted."""
        held = Mandate.objects.select_related("staff", "agency", "territory")
        mandate = held.get(pk=str(self._guardian.mandate_id))
        with sight():
            way = Admission.objects.get(basis=self._referral.id, thread_id=self._case.thread_id)
        return agencies.entered(mandate, way)
