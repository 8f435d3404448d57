"""What becomes of an order beside its checks: breached, varied, complained of, annulled."""

from qorgan.base import ids
from qorgan.base.keys import vault
from qorgan.base.scope import beside
from qorgan.duties.terms import Kind as DutyKind
from qorgan.orders.models import Appeal, BreachOutcome, Order, Variation
from qorgan.orders.models.breaches import WHY
from qorgan.orders.terms import CLOCKED, REGISTERS, AppealResult, Appellant, Body, Followed, Prohibition
from qorgan.orders.terms import State as OrderState
from qorgan.reports.models import Report
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.loader.police import Police
from qorgan.simulation.loader.registers import Registers
from qorgan.simulation.perform.contested import planned_of, retold_of


class Contested:
    """A thread's orders, contested."""

    def __init__(self, police: Police, registers: Registers) -> None:
        self.police = police
        self.registers = registers
        self.rows = police.rows
        self.by = police.by
        self.retold: dict[int, Report] = {}

    def _order(self, step: Step) -> Order:
        return self.police.orders[step.one]

    def accept_retold(self, step: Step) -> None:
        """A further report."""
        self.retold[step.one], _named = self.police.take_in(retold_of(self.police.thread, step), self.by, step)

    def note(self, step: Step) -> None:
        """A breach that an officer noticed, or of which a further report tells."""
        order, report = self._order(step), self.retold.get(step.one)
        if report:
            self.police.join(report, retold_of(self.police.thread, step), step.at)
        breached_at = planned_of(self.police.thread, step).breached_at
        made = self.police.breach(order, step.at, breached_at=breached_at, report=report)
        self.police.breaches[step.one] = made
        self.police.told("breach_noted", order, step.at, breach=str(made.id), noticed=str(made.noticed))

    def follow(self, step: Step) -> None:
        """The protocol that was drawn up for it; a warning; or that it was no breach."""
        order, held = self._order(step), self.police.breaches[step.one]
        kind = Followed(planned_of(self.police.thread, step).followed)
        made = BreachOutcome(
            id=ids.new(),
            breach=held,
            **beside(held),
            kind=kind.value,
            offence=self.registers.offences[0] if kind in REGISTERS else None,
            happened_at=step.at,
            provision=kind.provision,
            written_at=step.at,
            written_by=self.by.staff,
        )
        if kind in CLOCKED:
            term = self.police.answers.deadline(kind.provision, step.at, order.territory_id)
            made.due_at, made.to_verify = term.due_at, term.to_verify
        if kind is Followed.NOT_CONFIRMED:
            made.why = vault.seal(order.key_id, self.police.words["refuted"], at=WHY)
        self.rows.add(made)
        self.rows.done(held.id, DutyKind.ANSWER_BREACH, self.by, step.at)
        held.version += 1
        self.police.told("breach_followed", order, step.at, breach=str(held.id), followed=str(kind))

    def vary(self, step: Step) -> None:
        """The order forbids contact alone from now on."""
        order, words = self._order(step), self.police.words["varied"]
        before, after = list(order.prohibitions), [Prohibition.CONTACT.value]
        self.rows.add(
            Variation(
                id=ids.new(),
                order=order,
                **beside(order),
                before={"prohibitions": before},
                after={"prohibitions": after},
                decided_at=step.at,
                body=Body.COURT.value,
                why=vault.seal(order.key_id, words, at="orders.variation.why"),
                written_at=step.at,
                written_by=self.by.staff,
            )
        )
        order.prohibitions = after
        self.police.told("varied", order, step.at)

    def appeal(self, step: Step) -> None:
        """The addressee complains."""
        order, who, body = self._order(step), Appellant.ADDRESSEE, Body.PROSECUTOR
        made = Appeal(
            id=ids.new(),
            order=order,
            **beside(order),
            filed_at=step.at,
            filed_by=who.value,
            body=body.value,
            written_at=step.at,
            written_by=self.by.staff,
        )
        self.police.appeals[step.one] = self.rows.add(made)
        self.police.told("appealed", order, step.at, filed_by=str(who), body=str(body))

    def leave(self, step: Step) -> None:
        """The complaint is turned down."""
        order, made, result = self._order(step), self.police.appeals[step.one], AppealResult.LEFT
        made.result, made.decided_at, made.decided_by = result.value, step.at, self.by.staff
        made.decided_why = vault.seal(order.key_id, self.police.words["left"], at="orders.appeal.decided_why")
        self.police.told("appeal_decided", order, step.at, result=str(result))

    def annul(self, step: Step) -> None:
        """The order annulled, its open duties dropped, with those to answer its breaches."""
        order = self._order(step)
        order.state, order.annulled_at, order.annulled_by = OrderState.ANNULLED.value, step.at, self.by.staff
        order.annulled_why = vault.seal(
            order.key_id, self.police.words["order_annulled"], at="orders.order.annulled_why"
        )
        self.rows.drop(order.id, "order_annulled", self.by, step.at)
        for one in self.police.noticed:
            if one.order_id == order.id:
                self.rows.drop(one.id, "order_annulled", self.by, step.at)
        self.police.told("annulled", order, step.at)
