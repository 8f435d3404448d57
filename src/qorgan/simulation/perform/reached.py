"""Contacts of the trust line, act by act."""

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from qorgan.base import ids
from qorgan.base.scope import Actor, acting
from qorgan.duties import actions as duties
from qorgan.duties.terms import Kind as DutyKind
from qorgan.reports import actions as reports
from qorgan.reports.terms import Channel
from qorgan.reports.terms.contacts import Disposition, Way
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.engine.threads import PlannedContact
from qorgan.simulation.perform import named

if TYPE_CHECKING:
    from qorgan.simulation.perform.thread import Performance

CHILD_TOPIC, TOPIC = "violence/child", "violence/physical"


def topics(planned: PlannedContact) -> list[str]:
    """What a contact that becomes a report is about."""
    return [CHILD_TOPIC if planned.child else TOPIC]


class Line:
    """What the trust line of the region does beside a performance."""

    def __init__(self, thread: "Performance") -> None:
        self._thread = thread
        self._told: UUID
        self._contacts: dict[int, UUID] = {}

    @property
    def _taker(self) -> Actor:
        return self._thread.hands.takers[self._thread.thread.territory]

    def take(self, step: Step) -> None:
        """Someone tells what will be the report."""
        assert self._thread.thread.told is not None
        self._told = self._begun(self._thread.thread.told, step)

    def hear(self, step: Step) -> None:
        """Silence, a question, a wrong number: one key."""
        self._contacts[step.one] = self._begun(self._thread.thread.contacts[step.one], step)

    def _begun(self, planned: PlannedContact, step: Step) -> UUID:
        by, line = self._taker, Channel.TRUST_LINE_150
        reached = reports.Reached(
            contact_id=ids.new(),
            line=line,
            rang_at=planned.rang_at,
            way=Way(planned.way),
            number=planned.number,
            answered_at=planned.answered_at,
        )
        with acting(by):
            held = reports.begin(reached=reached, by=by, now=step.at)
            reports.dispose(contact_id=held.id, disposition=Disposition(planned.said), by=by, now=step.at)
        return held.id

    def complete(self, step: Step) -> reports.Accepted:
        """The report that it becomes."""
        planned, contact, by = self._thread.thread.report, self._thread.thread.told, self._taker
        assert planned is not None and contact is not None
        told = replace(named.signal(planned), thread=self._told)
        with acting(by):
            return reports.complete(contact_id=self._told, told=told, topics=topics(contact), by=by, now=step.at)

    def check_welfare(self, step: Step) -> None:
        """Someone has looked whether she is safe."""
        with acting(self._taker):
            duties.done(thing_id=self._contacts[step.one], kind=DutyKind.CHECK_WELFARE, by=self._taker, now=step.at)
