"""What becomes of an order beside its checks, by the real actions."""

from typing import TYPE_CHECKING

from qorgan.base.scope import Actor
from qorgan.orders import actions as orders
from qorgan.orders.models import Breach, Order
from qorgan.orders.terms import AppealResult, Appellant, Body, Followed, Prohibition
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.engine.threads import PlannedBreach

if TYPE_CHECKING:
    from qorgan.simulation.perform.thread import Performance

BREACHED = (Prohibition.CONTACT,)


class Contest:
    """The orders of a thread, contested."""

    def __init__(self, of: "Performance") -> None:
        self.of = of
        self.breaches: dict[int, Breach] = {}

    @property
    def _by(self) -> Actor:
        return self.of.hands.police[self.of.thread.territory]

    def _order(self, step: Step) -> Order:
        return self.of.orders[step.one]

    def _planned(self, step: Step) -> PlannedBreach:
        found = self.of.thread.orders[step.one].breach
        assert found is not None, "the step belongs to a breach"
        return found

    def note(self, step: Step) -> None:
        """An officer notes a breach."""
        told = orders.Told(noticed_at=step.at, breached=BREACHED, breached_at=self._planned(step).breached_at)
        made = orders.note_breach(order=self._order(step), told=told, by=self._by, now=step.at)
        self.breaches[step.one] = made

    def follow(self, step: Step) -> None:
        """The protocol that was drawn up for it."""
        followed = orders.Consequence(Followed.PROTOCOL, step.at, offence=self.of.offences[0])
        orders.follow_breach(breach=self.breaches[step.one], followed=followed, by=self._by, now=step.at)

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
