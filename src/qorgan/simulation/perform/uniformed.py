"""The investigation of a suspect in uniform, act by act."""

from typing import TYPE_CHECKING

from qorgan.base import clock
from qorgan.base.scope import acting
from qorgan.cases import actions as cases
from qorgan.cases.models import Referral
from qorgan.cases.terms import Decline
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.engine.threads import PlannedOffer, Thread

if TYPE_CHECKING:
    from qorgan.simulation.perform.thread import Performance

NOT_THEIRS = Decline.NOT_OURS


def planned_of(thread: Thread) -> PlannedOffer:
    """What is planned of a thread whose suspect serves."""
    assert thread.uniform is not None, "the thread plans it"
    return thread.uniform


class Uniform:
    """Who investigates, in a performance."""

    def __init__(self, thread: "Performance") -> None:
        self._thread = thread
        self._referral: Referral

    def route(self, step: Step) -> None:
        """The police say that he serves, and pass the investigation on."""
        held = self._thread
        assert held.case is not None, "it is of a case"
        to, why = held.hands.military[held.thread.territory].agency, held.words["uniform"]
        uniform = cases.Uniform(offender_id=held.persons["suspect"], agency_id=to, why=why)
        by = held.hands.police[held.thread.territory]
        self._referral = cases.route_suspect(case=held.case, uniform=uniform, by=by, now=step.at)

    def receive(self, step: Step) -> None:
        """Military police receive it, or decline."""
        planned, by = planned_of(self._thread.thread), self._thread.hands.military[self._thread.thread.territory]
        with clock.frozen(step.at), acting(by):
            if planned.accepted:
                cases.accept(referral_id=self._referral.id, by=by, now=step.at)
            else:
                cases.decline(referral_id=self._referral.id, why=NOT_THEIRS, by=by, now=step.at)
