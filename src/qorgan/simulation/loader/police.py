"""What the steps of the police leave: reports, cases, orders."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from qorgan.base import ids
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.cases.models import Account, Case, CasePerson, CaseReport, Incident
from qorgan.cases.terms import Role, Speaker
from qorgan.duties.actions import Laid
from qorgan.duties.terms import Kind as DutyKind
from qorgan.orders.models import Appeal, Breach, Check, Order, Protected
from qorgan.orders.terms import Noticed, Prohibition, Receipt
from qorgan.orders.terms import State as OrderState
from qorgan.people import actions as people
from qorgan.places import queries as places
from qorgan.reports.actions import submission_of
from qorgan.reports.models import Report, ReportPerson
from qorgan.reports.terms import Channel
from qorgan.reports.terms import Role as ReportRole
from qorgan.reports.terms import State as ReportState
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.engine.threads import PlannedReport, Thread
from qorgan.simulation.loader.answers import Answers
from qorgan.simulation.loader.reached import Reached
from qorgan.simulation.loader.rows import Rows, Thing
from qorgan.simulation.loader.stock import Stock
from qorgan.simulation.loader.ways import Ways
from qorgan.simulation.perform import Hands, named
from qorgan.simulation.perform.ended import desk_of

_PARTS = {
    ReportRole.VICTIM: Role.VICTIM,
    ReportRole.SUSPECT: Role.OFFENDER,
    ReportRole.REPORTER: Role.WITNESS,
}
_DECISION, _HANDED, _CHECKS, _COPY, _COPY_TO_VICTIM, _BREACH = (
    "reports.erdr_deadline",
    "orders.service_under_signature",
    "orders.check_interval",
    "orders.copy_to_prosecutor",
    "orders.copy_to_victim",
    "orders.breach_article",
)


class Police:
    """A thread's records as the police leave them."""

    def __init__(
        self, thread: Thread, hands: Hands, words: dict[str, Any], held: "tuple[Rows, Answers, Stock]"
    ) -> None:
        self.thread = thread
        self.by, taker = hands.police[thread.territory], hands.takers[thread.territory]
        self.desk = desk_of(thread, hands)
        self.line = Reached(thread.contacts, thread.told, taker, held[:2])
        self.words = words
        self.rows, self.answers, self.stock = held
        self.ways = Ways(self.rows)
        self.persons: dict[str, UUID] = {}
        self.named: list[tuple[ReportRole, UUID]] = []
        self.orders: list[Order] = []
        self.breaches: dict[int, Breach] = {}
        self.noticed: list[Breach] = []
        self.appeals: dict[int, Appeal] = {}
        self.report: Report
        self.case: Case | None = None

    def number(self, series: str, at: datetime, territory: int) -> str:
        """The next number of a series, for a moment in a place."""
        answers = self.answers
        return self.stock.number(series, letters=answers.letters(territory), on=answers.day(at, territory))

    def accept(self, step: Step) -> None:
        """The report with its persons, and the duty to decide on it."""
        assert self.thread.report is not None
        by = self.line.by if self.thread.told else self.desk
        self.report, self.named = self.take_in(self.thread.report, by, step, told=self.thread.told is not None)
        self.persons.update((role.value, person) for role, person in self.named)

    def take_in(
        self, planned: PlannedReport, by: Actor, step: Step, *, told: bool = False
    ) -> tuple[Report, list[tuple[ReportRole, UUID]]]:
        """A report as it is taken in, and who is named in it; `told`: the line's first contact has become it."""
        signal = named.signal(planned)
        key, report_id = vault.new_key(), self.line.first.id if told else ids.new()
        if told:
            signal = replace(signal, submission=f"contact\0{report_id}", channel=Channel.TRUST_LINE_150)
        territory, elsewhere = self._territory(signal.address, signal.registered_at, by)
        report = self.rows.add(
            Report(
                id=report_id,
                thread_id=report_id,
                number=self.number("report", signal.registered_at, territory),
                submission=submission_of(signal.submission),
                content_hash=signal.fingerprint(),
                kui_no=signal.kui_no,
                channel=signal.channel.value,
                territory_id=territory,
                agency_id=self.answers.decides(by, step.at, territory),
                registered_at=signal.registered_at,
                time_known=signal.time_known,
                received_at=step.at,
                received_by=by.staff_id,
                key_id=key,
                narrative=vault.seal(key, signal.narrative, at="reports.report.narrative"),
                address=vault.seal(key, signal.address, at="reports.report.address"),
                notes=[{"code": "address_elsewhere"}] if elsewhere else [],
            )
        )
        if told:
            self.line.complete(report, step)
        parties = self._name(signal.persons(), report, step.at)
        self.lay_decision(report, by, step.at, since=report.registered_at)
        detail = {"number": report.number, "channel": report.channel, "version": 1}
        self.rows.tell("reports.report.accepted", "report", report.id, by, step.at, **detail)
        return report, parties

    def _territory(self, address: str, registered_at: datetime, by: Actor) -> tuple[int, bool]:
        """Where the report lies, and whether its address lies elsewhere."""
        found = places.recognise(address, on=registered_at.date()) if address else None
        own = by.territory_id
        assert own is not None, "an officer acts in a place"
        if found is None or found.pk == own:
            return own, False
        if found.pk in by.territories:
            return found.pk, False
        return own, own not in places.expand((found.pk,))

    def _name(
        self, persons: list[tuple[ReportRole, people.Named]], report: Report, at: datetime
    ) -> list[tuple[ReportRole, UUID]]:
        made = []
        for role, who in persons:
            person = self.rows.add(people.sealed(who, **beside(report), now=at))
            person.sex = str(person.sex)
            part = ReportPerson(report=report, person=person, role=role.value, **beside(report))
            self.rows.add(part)
            made.append((role, person.id))
        return made

    def lay_decision(
        self, report: Report, by: Actor, at: datetime, *, since: datetime, due_at: datetime | None = None
    ) -> None:
        """The duty to decide, with its clock; `due_at`: the end that the clock had before, and has still."""
        term = self.answers.deadline(_DECISION, since, report.territory_id)
        report.due_at = due_at or term.due_at
        duty = Laid(DutyKind.DECIDE_REPORT, _DECISION, since, report.due_at, step=report.turn, to_verify=term.to_verify)
        about = Thing("report", report.id, report.territory_id, report.thread_id, report.agency_id, report.key_id)
        self.rows.lay([duty], about, by, at)

    def resend(self, _step: Step) -> None:
        """Nothing is added; a number was taken, and is not used again."""
        self.stock.next("qorgan_number_report")

    def decided(self, report: Report, state: ReportState, by: Actor, at: datetime, /, **detail: str) -> None:
        """An outcome, as `outcomes.end` leaves it."""
        report.state, report.decided_at, report.decided_by = state.value, at, by.staff_id
        report.version += 1
        self.rows.done(report.id, DutyKind.DECIDE_REPORT, by, at, step=report.turn)
        told = {"number": report.number, "version": report.version, **detail}
        self.rows.tell(f"reports.report.{state}", "report", report.id, by, at, **told)

    def write_off(self, step: Step) -> None:
        """The report is written off."""
        assert self.thread.report is not None
        self.report.reason = self.thread.report.written_off_for
        self.decided(self.report, ReportState.WRITTEN_OFF, self.by, step.at, reason=self.report.reason)

    def open(self, step: Step) -> None:
        """The case with its persons and the desk's account."""
        report, by, at = self.report, self.by, step.at
        self.decided(report, ReportState.TAKEN_UP, by, at)
        self.case = case = self.rows.add(
            Case(
                id=ids.new(),
                number=self.number("case", at, report.territory_id),
                **beside(report),
                agency_id=by.agency,
                owner_id=by.staff,
                key_id=vault.new_key(),
                regime=self.answers.regime(self.answers.day(report.registered_at, report.territory_id)),
                opened_at=at,
                opened_by=by.staff,
            )
        )
        joined = {**beside(case), "joined_at": at}
        led = {"report": report, "report_thread": report.thread_id, "joined_by": by.staff}
        self.rows.add(CaseReport(case=case, **led, **joined))
        for role, person in self.named:
            self.rows.add(CasePerson(case=case, person_id=person, role=_PARTS[role].value, **joined))
        self._account(report, self.thread.report, at)
        detail = {"number": case.number, "report": str(report.id), "version": 1}
        self.rows.tell("cases.case.opened", "case", case.id, by, at, **detail)

    def join(self, report: Report, planned: PlannedReport, at: datetime) -> None:
        """A further report that the case leads from then on, as `join_report` leaves it."""
        case = self.led
        self.decided(report, ReportState.TAKEN_UP, self.by, at)
        led = {"report": report, "report_thread": report.thread_id, "joined_at": at, "joined_by": self.by.staff}
        self.rows.add(CaseReport(case=case, **beside(case), **led))
        self._account(report, planned, at)
        detail = {"number": case.number, "report": str(report.id)}
        self.rows.tell("cases.report.joined", "case", case.id, self.by, at, **detail)
        self.ways.lead(report.thread_id, self.by, at)

    def _account(self, report: Report, planned: PlannedReport | None, at: datetime) -> None:
        case, words = self.led, planned.narrative if planned else ""
        self.rows.add(
            Account(
                id=ids.new(),
                case=case,
                **beside(case),
                speaker=Speaker.DESK.value,
                words=vault.seal(case.key_id, words, at="cases.account.words"),
                source=report.kui_no or report.number,
                said_at=report.registered_at,
                written_at=at,
                written_by=self.by.staff,
            )
        )

    def name_child(self, step: Step) -> None:
        """A child of the case."""
        case = self.led
        person = people.sealed(named.person(self.thread.child), **beside(case), now=step.at)
        person.sex = str(person.sex)
        self.rows.add(person)
        self.persons["child"] = person.id
        self.rows.tell("people.person.written_down", "person", person.id, self.by, step.at)
        role = Role.CHILD.value
        part = CasePerson(case=case, person=person, role=role, **beside(case), joined_at=step.at)
        self.rows.add(part)
        detail = {"role": role, "person": str(person.id)}
        self.rows.tell("cases.person.joined", "case", case.id, self.by, step.at, **detail)

    @property
    def led(self) -> Case:
        """The case of the thread."""
        assert self.case is not None, "the step belongs to a case"
        return self.case

    def draft(self, step: Step) -> None:
        """An order, not yet signed, with those it protects."""
        case, at = self.led, step.at
        number = self.number("order", at, case.territory_id)
        order = Order(
            id=ids.new(),
            number=number,
            case=case,
            incident=self._incident(step.one, at),
            addressee_id=self.persons["suspect"],
            **beside(case),
            agency_id=self.by.agency,
            regime=self.answers.regime(self.answers.day(at, case.territory_id)),
            prohibitions=[one.value for one in Prohibition],
            key_id=case.key_id,
            circumstances=vault.seal(
                case.key_id, self.thread.orders[step.one].circumstances, at="orders.order.circumstances"
            ),
            drafted_at=at,
            drafted_by=self.by.staff,
        )
        self.orders.append(self.rows.add(order))
        for role in ("victim", "child"):
            if role in self.persons:
                person = self.persons[role]
                self.rows.add(Protected(order=order, person_id=person, **beside(order)))
        order.version = 0  # counted up to the first by the row of the journal
        self.told("drafted", order, at)

    def _incident(self, one: int, at: datetime) -> Incident:
        """What the order rests on: the first on the report, a second on what happened since."""
        case = self.led
        told = {"happened_at": self.thread.orders[one].happened_at} if one else {"report": self.report}
        made = Incident(id=ids.new(), case=case, **beside(case), noted_at=at, noted_by=self.by.staff, **told)
        self.rows.add(made)
        self.rows.tell("cases.incident.noted", "case", case.id, self.by, at, incident=str(made.id))
        return made

    def told(self, act: str, order: Order, at: datetime, /, **detail: Any) -> None:
        """The next version of an order, with its row of the journal."""
        order.version += 1
        told = {"number": order.number, "version": order.version, **detail}
        self.rows.tell(f"orders.order.{act}", "order", order.id, self.by, at, **told)

    def _about(self, order: Order) -> Thing:
        return Thing(
            "order", order.id, order.territory_id, order.thread_id, order.agency_id, order.key_id, order.case_id
        )

    def issue(self, step: Step) -> None:
        """The order signed, with the duties to serve it and to send the copy."""
        order, at = self.orders[step.one], step.at
        order.state, order.issued_at, order.issued_by = OrderState.ISSUED.value, at, self.by.staff
        order.regime = self.answers.regime(self.answers.day(at, order.territory_id))
        copy = self.answers.deadline(_COPY, at, order.territory_id)
        hers = self.answers.value(_COPY_TO_VICTIM, at, order.territory_id)
        handing = self.answers.value(_HANDED, at, order.territory_id)
        laid = [
            Laid(DutyKind.SERVE_ORDER, _HANDED, at, None, to_verify=handing.to_verify),
            Laid(DutyKind.COPY_TO_PROSECUTOR, _COPY, at, copy.due_at, to_verify=copy.to_verify),
        ]
        if hers.value is True:
            laid.append(Laid(DutyKind.COPY_TO_VICTIM, _COPY_TO_VICTIM, at, None, to_verify=hers.to_verify))
        if copy.due_at is None:
            laid.append(Laid(DutyKind.VERIFY_PROVISION, _COPY, at, None, to_verify=copy.to_verify))
        self.rows.lay(laid, self._about(order), self.by, at)
        self.told("issued", order, at)

    def serve(self, step: Step) -> None:
        """The order served, with its end and the checks that the law plans."""
        order, planned = self.orders[step.one], self.thread.orders[step.one]
        assert planned.served_at is not None
        clock = self.answers.clock(planned.served_at, order.territory_id)
        receipt = Receipt.REFUSED if planned.refused else Receipt.SIGNED
        reason = self.words["refusal"] if planned.refused else ""
        order.state, order.served_at, order.served_by = OrderState.SERVED.value, planned.served_at, self.by.staff
        order.receipt, order.ends_at = receipt.value, clock.ends_at
        order.refusal_witness = vault.seal(order.key_id, planned.witness, at="orders.order.refusal_witness")
        order.refusal_reason = vault.seal(order.key_id, reason, at="orders.order.refusal_reason")
        self.rows.done(order.id, DutyKind.SERVE_ORDER, self.by, step.at)
        verify = clock.interval.to_verify
        laid = [
            Laid(DutyKind.CHECK_ORDER, _CHECKS, planned.served_at, moment, step=number, to_verify=verify)
            for number, moment in enumerate(clock.checks, start=1)
        ]
        self.rows.lay(laid, self._about(order), self.by, step.at)
        self.told("served", order, step.at, receipt=receipt.value)

    def check(self, step: Step) -> None:
        """A check done."""
        order, planned = self.orders[step.one], self.thread.orders[step.one].checks[step.part]
        self.rows.done(order.id, DutyKind.CHECK_ORDER, self.by, step.at, step=planned.step)
        made = Check(
            id=ids.new(),
            order=order,
            **beside(order),
            step=planned.step,
            finding=planned.finding,
            note=vault.seal(order.key_id, self.words["check"], at="orders.check.note"),
            checked_at=step.at,
            checked_by=self.by.staff,
        )
        self.rows.add(made)
        if planned.finding == "breach":
            self.breach(order, step.at, check=made)
        self.told("checked", order, step.at, step=planned.step, finding=planned.finding)

    def breach(
        self,
        order: Order,
        at: datetime,
        *,
        breached_at: datetime | None = None,
        check: Check | None = None,
        report: Report | None = None,
    ) -> Breach:
        """A breach written down at a moment, with the duty to answer it; noticed then, or as the report tells."""
        noticed_at = report.registered_at if report else at
        made = Breach(
            id=ids.new(),
            order=order,
            **beside(order),
            number=sum(one.order_id == order.id for one in self.noticed) + 1,
            noticed=(Noticed.CHECK if check else Noticed.REPORT if report else Noticed.OFFICER).value,
            report=report,
            found_in=check,
            breached_at=breached_at,
            noticed_at=noticed_at,
            prohibitions=[Prohibition.CONTACT.value],
            written_at=at,
            written_by=self.by.staff,
        )
        self.noticed.append(self.rows.add(made))
        place = (made.territory_id, made.thread_id, order.agency_id, order.key_id, order.case_id)
        laid = Laid(DutyKind.ANSWER_BREACH, _BREACH, noticed_at, None)
        self.rows.lay([laid], Thing("breach", made.id, *place), self.by, at)
        return made

    def cancel(self, step: Step) -> None:
        """The order cancelled, its open duties dropped."""
        order = self.orders[step.one]
        order.state, order.cancelled_at, order.cancelled_by = OrderState.CANCELLED.value, step.at, self.by.staff
        order.cancelled_why = vault.seal(order.key_id, self.words["cancelled"], at="orders.order.cancelled_why")
        self.rows.drop(order.id, "order_cancelled", self.by, step.at)
        self.told("cancelled", order, step.at)
