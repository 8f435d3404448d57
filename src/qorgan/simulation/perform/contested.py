"""What becomes of an order beside its checks, by the real actions."""

from typing import TYPE_CHECKING

from qorgan.base.scope import Actor
from qorgan.courts import actions as courts
from qorgan.courts.terms import Prohibition as Required
from qorgan.orders import actions as orders
from qorgan.orders.models import Breach, Order
from qorgan.orders.terms import REGISTERS, AppealResult, Appellant, Body, Followed, Prohibition
from qorgan.reports import actions as reports
from qorgan.reports.models import Report
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.engine.threads import PlannedBreach, PlannedReport, Thread
from qorgan.simulation.perform import named

if TYPE_CHECKING:
    from qorgan.simulation.perform.thread import Performance

BREACHED = (Prohibition.CONTACT,)
REQUIRED = (Required.CONTACT_WITH_VICTIM,)


def planned_of(thread: Thread, step: Step) -> PlannedBreach:
    """The breach of the order of a step."""
    found = thread.orders[step.one].breach
    assert found is not None, "the step belongs to a breach"
    return found


def retold_of(thread: Thread, step: Step) -> PlannedReport:
    """The further report that tells of it."""
    found = planned_of(thread, step).report
    assert found is not None, "a report tells of it"
    return found


class Contest:
    """The orders of a thread, contested."""

    def __init__(self, of: "Performance") -> None:
        self.of = of
        self.breaches: dict[int, Breach] = {}
        self.retold: dict[int, Report] = {}

    @property
    def _by(self) -> Actor:
        return self.of.hands.police[self.of.thread.territory]

    def _order(self, step: Step) -> Order:
        return self.of.orders[step.one]

    def accept_retold(self, step: Step) -> None:
        """A further report comes in."""
        signal = named.signal(retold_of(self.of.thread, step))
        self.retold[step.one] = reports.accept(signal=signal, by=self._by, now=step.at).report

    def note(self, step: Step) -> None:
        """An officer notes a breach, of which that report may tell."""
        planned, report = planned_of(self.of.thread, step), self.retold.get(step.one)
        told = orders.Told(noticed_at=planned.noticed_at, breached=BREACHED, breached_at=planned.breached_at)
        made = orders.note_breach(order=self._order(step), told=told, report=report, by=self._by, now=step.at)
        self.breaches[step.one] = made

    def follow(self, step: Step) -> None:
        """The protocol that was drawn up for it; a warning; or that it was no breach."""
        kind = Followed(planned_of(self.of.thread, step).followed)
        offence = self.of.offences[0] if kind in REGISTERS else None
        why = self.of.words["refuted"] if kind is Followed.NOT_CONFIRMED else ""
        followed = orders.Consequence(kind, step.at, offence=offence, why=why)
        orders.follow_breach(breach=self.breaches[step.one], followed=followed, by=self._by, now=step.at)

    def note_requirements(self, step: Step) -> None:
        """An officer notes a breach of what a court required. No article for it is on record, so none is registered."""
        told = courts.Breached(noticed_at=step.at, prohibitions=REQUIRED)
        decision = self.of.decisions[step.one, step.part]
        courts.note_breach(decision=decision, told=told, by=self._by, now=step.at)

    def vary(self, step: Step) -> None:
        """The order forbids contact alone from now on."""
        told = {"body": Body.COURT, "why": self.of.words["varied"], "decided_at": step.at}
        orders.vary(order=self._order(step), prohibitions=BREACHED, **told, by=self._by, now=step.at)

    def appeal(self, step: Step) -> None:
        """The addressee complains."""
        orders.appeal(
            order=self._order(step),
            filed_by=Appellant.ADDRESSEE,
            body=Body.PROSECUTOR,
            filed_at=step.at,
            by=self._by,
            now=step.at,
        )

    def leave(self, step: Step) -> None:
        """The complaint is turned down."""
        outcome = orders.Outcome(AppealResult.LEFT, step.at, self.of.words["left"])
        orders.decide_appeal(order=self._order(step), outcome=outcome, by=self._by, now=step.at)

    def annul(self, step: Step) -> None:
        """The order is found unlawful."""
        orders.annul(order=self._order(step), why=self.of.words["order_annulled"], by=self._by, now=step.at)
