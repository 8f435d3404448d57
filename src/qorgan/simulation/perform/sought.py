"""The search for the child of a case, act by act."""

from typing import TYPE_CHECKING, Any

from qorgan.base.scope import Actor
from qorgan.missing import actions as missing
from qorgan.missing.models import Alarm
from qorgan.missing.terms import Result
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.engine.threads import PlannedAlarm, Thread

if TYPE_CHECKING:
    from qorgan.simulation.perform.thread import Performance

RESULT = Result.NOTHING


def planned_of(thread: Thread) -> PlannedAlarm:
    """The alarm of a thread that has one."""
    assert thread.alarm is not None, "the thread plans one"
    return thread.alarm


def told_of(thread: Thread, words: dict[str, Any]) -> missing.Told:
    """What is said of the child when the alarm is raised."""
    planned, child = planned_of(thread), thread.child
    return missing.Told(
        last_seen_at=planned.seen_at, place=planned.place, age=child.age if child else None, wearing=words["wearing"]
    )


class Search:
    """The search of a performance."""

    def __init__(self, thread: "Performance") -> None:
        self._thread = thread
        self._alarm: Alarm

    @property
    def _by(self) -> Actor:
        return self._thread.hands.police[self._thread.thread.territory]

    def begin(self, step: Step) -> None:
        """The alarm is raised in the case; the offices near by are told."""
        held = self._thread
        assert held.case is not None, "it is of a case"
        told = told_of(held.thread, held.words)
        self._alarm = missing.raise_in_case(
            case=held.case, child_id=held.persons["child"], told=told, by=self._by, now=step.at
        )

    def search(self, step: Step) -> None:
        """A first place is searched."""
        words = self._thread.words
        place = missing.Searched(place=words["searched"], searchers=words["searchers"], at=step.at, result=RESULT)
        missing.note_search(alarm=self._alarm, searched=place, by=self._by, now=step.at)

    def find(self, step: Step) -> None:
        """The child is found alive."""
        end = missing.End(place=self._thread.words["found"])
        self._alarm = missing.found_alive(alarm=self._alarm, end=end, by=self._by, now=step.at)

    def rest(self, step: Step) -> None:
        """The search is laid to rest until a day."""
        end = missing.End(words=self._thread.words["rested"], review_on=planned_of(self._thread.thread).review_on)
        self._alarm = missing.rest(alarm=self._alarm, end=end, by=self._by, now=step.at)
