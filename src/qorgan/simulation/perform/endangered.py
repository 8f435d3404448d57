"""The danger in a case assessed, what its result asks for done, a lower result agreed on by two, act by act."""

from typing import TYPE_CHECKING
from uuid import UUID

from qorgan.base.scope import Actor, acting
from qorgan.duties import actions as duties
from qorgan.duties.models import Duty
from qorgan.duties.terms import Kind as DutyKind
from qorgan.risk import actions as risk
from qorgan.risk.engine.answers import Answer
from qorgan.risk.engine.instrument import Instrument
from qorgan.risk.models import Assessment, Lowering, Measure
from qorgan.risk.queries import find_offered
from qorgan.risk.terms import Gate, Said
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.engine.threads import PlannedDanger, Thread

if TYPE_CHECKING:
    from qorgan.simulation.perform.thread import Performance

CODE = "kz.triage"


def planned_of(thread: Thread) -> PlannedDanger:
    """The assessment of a thread that has one."""
    assert thread.danger is not None, "the thread plans one"
    return thread.danger


def gate_of(planned: PlannedDanger) -> Gate:
    """What was settled before the first question."""
    return Gate(is_safe=planned.safe, alone=Said.YES if planned.safe else Said.NO)


def answers_of(planned: PlannedDanger, used: Instrument) -> dict[str, Answer]:
    """What was answered: yes to what is planned, no to all else."""
    return {one.code: Answer.YES if one.code in planned.yes else Answer.NO for one in used.items}


class Danger:
    """The danger of a performance."""

    def __init__(self, thread: "Performance") -> None:
        self._thread = thread
        self._assessment: Assessment
        self._measures: list[UUID] = []
        self._lowering: Lowering

    @property
    def _by(self) -> Actor:
        return self._thread.hands.police[self._thread.thread.territory]

    def assess(self, step: Step) -> None:
        """The officer asks, or finds that it is not safe to ask."""
        held, planned = self._thread, planned_of(self._thread.thread)
        assert held.case is not None, "it is of a case"
        offer = find_offered(CODE, on=step.at.date())
        assert offer is not None, "the country ships it"
        made = risk.Made(
            code=CODE,
            gate=gate_of(planned),
            answers=answers_of(planned, offer.instrument) if planned.safe else {},
            offenders=(held.persons["suspect"],) if "suspect" in held.persons else (),
        )
        self._assessment = risk.assess(case=held.case, made=made, by=self._by, now=step.at)
        laid = list(Measure.objects.filter(assessment=self._assessment).order_by("id").values_list("id", "action"))
        assert [action for _id, action in laid] == [one.action for one in planned.measures], laid
        self._measures = [one for one, _action in laid]

    def take_measure(self, step: Step) -> None:
        """Something that the result asks for is done."""
        duty = Duty.objects.get(thing_id=self._measures[step.one], kind=DutyKind.TAKE_MEASURE)
        duties.finish(duty=duty, by=self._by, now=step.at)

    def ask_lower(self, step: Step) -> None:
        """A lower result is asked for."""
        to, why = planned_of(self._thread.thread).lower, self._thread.words["lower"]
        self._lowering = risk.ask_lower(assessment=self._assessment, to=to, why=why, by=self._by, now=step.at)

    def decide_lower(self, step: Step) -> None:
        """The second officer of the office agrees, or does not."""
        second, agrees = (
            self._thread.hands.seconds[self._thread.thread.territory],
            planned_of(self._thread.thread).agreed,
        )
        words = self._thread.words["lower_word"]
        with acting(second):
            risk.decide_lower(lowering=self._lowering, agrees=agrees, words=words, by=second, now=step.at)
