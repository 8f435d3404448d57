"""One thread, act by act. It may stop at a moment and go on later from where it stood."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from qorgan.base.scope import acting
from qorgan.cases import actions as cases
from qorgan.cases.models import Case
from qorgan.cases.terms import Role as CaseRole
from qorgan.courts import actions as courts
from qorgan.courts.models import Appeal, CourtCase, Decision, Hearing
from qorgan.courts.terms import AppealResult, DecisionKind, Party, Result
from qorgan.courts.terms import Kind as CourtKind
from qorgan.offences import actions as offences
from qorgan.offences.models import Offence, OffencePerson
from qorgan.offences.terms import Ground, Relationship
from qorgan.orders import actions as orders
from qorgan.orders.models import Order
from qorgan.orders.terms import Finding, Receipt
from qorgan.people.terms import Sex
from qorgan.reports import actions as reports
from qorgan.reports.models import Report, ReportPerson
from qorgan.reports.terms import State as ReportState
from qorgan.reports.terms.outcomes import Reason
from qorgan.simulation.engine.steps import IN_COURT, Do, Step, steps
from qorgan.simulation.engine.threads import Thread
from qorgan.simulation.perform import named
from qorgan.simulation.perform.contested import BREACHED, Contest
from qorgan.simulation.perform.disputed import Dispute
from qorgan.simulation.perform.endangered import Danger
from qorgan.simulation.perform.ended import Ends, desk_of
from qorgan.simulation.perform.guarded import Guard
from qorgan.simulation.perform.hands import Hands
from qorgan.simulation.perform.reached import Line
from qorgan.simulation.perform.reviewed import Mourning
from qorgan.simulation.perform.sheltered import Shelter
from qorgan.simulation.perform.sought import Search
from qorgan.simulation.perform.uniformed import Uniform


@dataclass
class Performance:
    """A thread on its way: what was made so far, and the steps that are left."""

    thread: Thread
    hands: Hands
    words: dict[str, Any]
    report: Report | None = None
    case: Case | None = None
    persons: dict[str, UUID] = field(default_factory=dict)
    orders: list[Order] = field(default_factory=list)
    offences: list[Offence] = field(default_factory=list)
    court_cases: list[CourtCase] = field(default_factory=list)
    hearings: dict[int, Hearing] = field(default_factory=dict)
    decisions: dict[tuple[int, int], Decision] = field(default_factory=dict)
    appeals: dict[tuple[int, int], Appeal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.guard = Guard(self)
        self.sought = Search(self)
        self.contest = Contest(self)
        self.danger = Danger(self)
        self.dispute = Dispute(self)
        self.shelter = Shelter(self)
        self.uniform = Uniform(self)
        self.mourning = Mourning(self)
        self.line = Line(self)
        self.ends = Ends(self)
        self._left = steps(self.thread)
        self._left.reverse()

    def go(self, *, until: datetime | None = None) -> int:
        """Do the steps that are due, up to a moment where one is given; how many. Needs a transaction."""
        done = 0
        with acting(self._police):
            while self._left and (until is None or self._left[-1].at <= until):
                step = self._left.pop()
                if step.do in IN_COURT:
                    with acting(self._clerk):
                        _ACTS[step.do](self, step)
                else:
                    _ACTS[step.do](self, step)
                done += 1
        return done

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return not self._left

    @property
    def _police(self) -> Any:
        return self.hands.police[self.thread.territory]

    @property
    def _clerk(self) -> Any:
        return self.hands.clerks[self.thread.territory]

    def accept(self, step: Step) -> None:
        """The desk or the line writes the report down; the second time it adds nothing."""
        assert self.thread.report is not None
        desk = desk_of(self.thread, self.hands)
        if self.thread.told:
            self.report = self.line.complete(step).report
        else:
            with acting(desk):
                self.report = reports.accept(signal=named.signal(self.thread.report), by=desk, now=step.at).report
        with acting(desk):
            rows = ReportPerson.objects.filter(report=self.report).values_list("role", "person_id")
            self.persons.update(rows)

    def write_off(self, step: Step) -> None:
        """The report goes to the nomenclature file."""
        assert self.report is not None
        assert self.thread.report is not None
        reason, wanted = Reason(self.thread.report.written_off_for), ReportState.WRITTEN_OFF
        reports.decide(report_id=self.report.id, state=wanted, reason=reason, by=self._police, now=step.at)

    def open(self, step: Step) -> None:
        """A case takes the report up."""
        assert self.report is not None
        self.case = cases.open_from_report(report=self.report, by=self._police, now=step.at)

    def name_child(self, step: Step) -> None:
        """A child is named in the case."""
        assert self.case is not None
        child = named.person(self.thread.child)
        made = cases.add_person(case=self.case, named=child, role=CaseRole.CHILD, by=self._police, now=step.at)
        self.persons["child"] = made.id

    def draft(self, step: Step) -> None:
        """An order is drafted against the suspect, for the victim and the child."""
        assert self.case is not None
        protected = [self.persons[role] for role in ("victim", "child") if role in self.persons]
        written = orders.Draft(
            addressee_id=self.persons["suspect"],
            protected_ids=tuple(protected),
            circumstances=self.thread.orders[step.one].circumstances,
            happened_at=self.thread.orders[step.one].happened_at,
        )
        self.orders.append(orders.draft(case=self.case, draft=written, by=self._police, now=step.at))

    def issue(self, step: Step) -> None:
        """The order is signed."""
        orders.issue(order=self.orders[step.one], by=self._police, now=step.at)

    def serve(self, step: Step) -> None:
        """It is handed over, signed for or refused."""
        planned = self.thread.orders[step.one]
        assert planned.served_at is not None
        service = orders.Service(
            at=planned.served_at,
            receipt=Receipt.REFUSED if planned.refused else Receipt.SIGNED,
            witness=planned.witness,
            reason=self.words["refusal"] if planned.refused else "",
        )
        orders.serve(order=self.orders[step.one], service=service, by=self._police, now=step.at)

    def check(self, step: Step) -> None:
        """A planned check is done."""
        planned = self.thread.orders[step.one].checks[step.part]
        orders.check(
            order=self.orders[step.one],
            step=planned.step,
            finding=Finding(planned.finding),
            note=self.words["check"],
            breached=BREACHED if planned.finding == Finding.BREACH else (),
            by=self._police,
            now=step.at,
        )

    def cancel(self, step: Step) -> None:
        """The order is cancelled."""
        orders.cancel(order=self.orders[step.one], why=self.words["cancelled"], by=self._police, now=step.at)

    def register(self, step: Step) -> None:
        """An offence is registered."""
        planned = self.thread.offences[step.one]
        said = named.written(planned, planned.wording)
        registered = offences.Registered(
            **vars(said),
            persons=tuple(named.involved(one, self.persons.get(one.part)) for one in planned.parts),
            case=self.case,
            report=self.report if self.case is None else None,
            territory_id=self.thread.territory,
        )
        self.offences.append(offences.register(signal=registered, by=self._police, now=step.at))

    def correct(self, step: Step) -> None:
        """What the register says of the act is corrected."""
        planned = self.thread.offences[step.one]
        _at, wording = planned.corrections[step.part]
        offences.correct(
            offence=self.offences[step.one],
            correction=named.written(planned, wording),
            why=self.words["corrected"],
            by=self._police,
            now=step.at,
        )

    def describe(self, step: Step) -> None:
        """More is known about a person."""
        _at, index, part = self.thread.offences[step.one].known_later[step.part]
        person = OffencePerson.objects.filter(offence=self.offences[step.one]).order_by("id")[index]
        relationship = Relationship(part.relationship) if part.relationship else None
        described = offences.Described(sex=Sex(part.sex), age=part.age, relationship=relationship)
        offences.correct_person(
            person=person, described=described, why=self.words["completed"], by=self._police, now=step.at
        )

    def suspend(self, step: Step) -> None:
        """The inquiry stands still."""
        offences.suspend(offence=self.offences[step.one], by=self._police, now=step.at)

    def resume(self, step: Step) -> None:
        """It goes on."""
        offences.resume(offence=self.offences[step.one], by=self._police, now=step.at)

    def send_offence(self, step: Step) -> None:
        """The inquiry is over."""
        offences.send_to_court(offence=self.offences[step.one], by=self._police, now=step.at)

    def terminate(self, step: Step) -> None:
        """It ends on a ground of the law."""
        ground = Ground(self.thread.offences[step.one].ground)
        offences.terminate(offence=self.offences[step.one], ground=ground, by=self._police, now=step.at)

    def annul(self, step: Step) -> None:
        """It should never have been registered."""
        offences.annul(offence=self.offences[step.one], why=self.words["annulled"], by=self._police, now=step.at)

    def send(self, step: Step) -> None:
        """Materials go to court."""
        planned = self.thread.court_cases[step.one]
        material = courts.Material(
            kind=CourtKind(planned.kind),
            court_id=self.hands.court(self.thread.territory),
            case=self.case,
            order=None if planned.order is None else self.orders[planned.order],
            offence=None if planned.offence is None else self.offences[planned.offence],
            contents=self.words["materials"],
        )
        self.court_cases.append(courts.send(material=material, by=self._police, now=step.at))

    def schedule(self, step: Step) -> None:
        """A hearing is set."""
        planned = self.thread.court_cases[step.one].hearings[0]
        case = self.court_cases[step.one]
        self.hearings[step.one] = courts.schedule(court_case=case, at=planned.at, by=self._clerk, now=step.at)

    def postpone(self, step: Step) -> None:
        """The hearing is put off to the next one's moment."""
        planned = self.thread.court_cases[step.one].hearings
        self.hearings[step.one] = courts.postpone(
            hearing=self.hearings[step.one],
            result=Result(planned[step.part].result),
            to=planned[step.part + 1].at,
            by=self._clerk,
            now=step.at,
        )

    def decide(self, step: Step) -> None:
        """The court decides."""
        planned = self.thread.court_cases[step.one].decisions[step.part]
        ruling = courts.Ruling(kind=DecisionKind(planned.kind), at=planned.at, measure=named.measure(planned))
        made = courts.decide(court_case=self.court_cases[step.one], ruling=ruling, by=self._clerk, now=step.at)
        self.decisions[step.one, step.part] = made

    def appeal(self, step: Step) -> None:
        """Somebody complains about the decision."""
        planned = self.thread.court_cases[step.one].decisions[step.part]
        at = step.one, step.part
        self.appeals[at] = courts.appeal(
            decision=self.decisions[at], filed_by=Party(planned.appealed_by), at=step.at, by=self._clerk, now=step.at
        )

    def decide_appeal(self, step: Step) -> None:
        """The higher court says what stands."""
        planned = self.thread.court_cases[step.one].decisions[step.part]
        varied = planned.appeal_result == AppealResult.VARIED
        courts.decide_appeal(
            appeal=self.appeals[step.one, step.part],
            result=AppealResult(planned.appeal_result),
            at=step.at,
            measure=named.measure(planned.varied) if varied else None,
            by=self._clerk,
            now=step.at,
        )

    def enter(self, step: Step) -> None:
        """The decision is in force."""
        courts.enter_into_force(decision=self.decisions[step.one, step.part], at=step.at, by=self._clerk, now=step.at)

    def send_back(self, step: Step) -> None:
        """The materials come back undecided."""
        why = self.words["returned"]
        courts.return_material(court_case=self.court_cases[step.one], why=why, by=self._clerk, now=step.at)


_ACTS: dict[Do, Callable[[Performance, Step], None]] = {
    Do.ACCEPT: Performance.accept,
    Do.RESEND: Performance.accept,
    Do.WRITE_OFF: Performance.write_off,
    Do.OPEN: Performance.open,
    Do.NAME_CHILD: Performance.name_child,
    Do.DRAFT: Performance.draft,
    Do.ISSUE: Performance.issue,
    Do.SERVE: Performance.serve,
    Do.CHECK: Performance.check,
    Do.CANCEL: Performance.cancel,
    Do.REGISTER: Performance.register,
    Do.CORRECT: Performance.correct,
    Do.DESCRIBE: Performance.describe,
    Do.SUSPEND: Performance.suspend,
    Do.RESUME: Performance.resume,
    Do.SEND_OFFENCE: Performance.send_offence,
    Do.TERMINATE: Performance.terminate,
    Do.ANNUL: Performance.annul,
    Do.SEND: Performance.send,
    Do.SCHEDULE: Performance.schedule,
    Do.POSTPONE: Performance.postpone,
    Do.DECIDE: Performance.decide,
    Do.APPEAL: Performance.appeal,
    Do.DECIDE_APPEAL: Performance.decide_appeal,
    Do.ENTER: Performance.enter,
    Do.RETURN: Performance.send_back,
    Do.NOTE_REQUIREMENTS: lambda self, step: self.contest.note_requirements(step),
    Do.ACCEPT_RETOLD: lambda self, step: self.contest.accept_retold(step),
    Do.NOTE_BREACH: lambda self, step: self.contest.note(step),
    Do.FOLLOW_BREACH: lambda self, step: self.contest.follow(step),
    Do.VARY: lambda self, step: self.contest.vary(step),
    Do.APPEAL_ORDER: lambda self, step: self.contest.appeal(step),
    Do.LEAVE_ORDER: lambda self, step: self.contest.leave(step),
    Do.ANNUL_ORDER: lambda self, step: self.contest.annul(step),
    Do.REFER: lambda self, step: self.guard.refer(step),
    Do.ANSWER: lambda self, step: self.guard.answer(step),
    Do.WITHDRAW: lambda self, step: self.guard.withdraw(step),
    Do.TRANSFER: lambda self, step: self.guard.transfer(step),
    Do.REFUSE: lambda self, step: self.guard.refuse(step),
    Do.BLOCK: lambda self, step: self.guard.block(step),
    Do.WEIGH: lambda self, step: self.guard.weigh(step),
    Do.BREAK_IN: lambda self, step: self.guard.break_in(step),
    Do.REVIEW: lambda self, step: self.guard.review(step),
    Do.RAISE: lambda self, step: self.sought.begin(step),
    Do.SEARCH: lambda self, step: self.sought.search(step),
    Do.FIND: lambda self, step: self.sought.find(step),
    Do.REST: lambda self, step: self.sought.rest(step),
    Do.ASSESS: lambda self, step: self.danger.assess(step),
    Do.TAKE_MEASURE: lambda self, step: self.danger.take_measure(step),
    Do.ASK_LOWER: lambda self, step: self.danger.ask_lower(step),
    Do.DECIDE_LOWER: lambda self, step: self.danger.decide_lower(step),
    Do.HEAR_MORE: lambda self, step: self.dispute.hear(step),
    Do.FIND_OUT: lambda self, step: self.dispute.find(step),
    Do.CONTRADICT: lambda self, step: self.dispute.contradict(step),
    Do.ASK_REVIEW: lambda self, step: self.dispute.ask_review(step),
    Do.SET_TERM: lambda self, step: self.dispute.set_term(step),
    Do.ANSWER_REVIEW: lambda self, step: self.dispute.answer(step),
    Do.BEGIN_DEATH: lambda self, step: self.mourning.begin(step),
    Do.ENTER_DEATH: lambda self, step: self.mourning.enter(step),
    Do.RECOMMEND: lambda self, step: self.mourning.recommend(step),
    Do.ANSWER_ADVICE: lambda self, step: self.mourning.answer(step),
    Do.CLOSE_DEATH: lambda self, step: self.mourning.close(step),
    Do.ROUTE: lambda self, step: self.uniform.route(step),
    Do.RECEIVE: lambda self, step: self.uniform.receive(step),
    Do.SAY_PARENT: lambda self, step: self.shelter.say(step),
    Do.ACCEPT_CHILD: lambda self, step: self.shelter.accept(step),
    Do.DECIDE_NIGHT: lambda self, step: self.shelter.decide(step),
    Do.TAKE: lambda self, step: self.line.take(step),
    Do.HEAR: lambda self, step: self.line.hear(step),
    Do.CHECK_WELFARE: lambda self, step: self.line.check_welfare(step),
    Do.FORWARD: lambda self, step: self.ends.forward(step),
    Do.TAKE_OVER: lambda self, step: self.ends.take_over(step),
    Do.SEND_BACK: lambda self, step: self.ends.send_back(step),
    Do.WRITE_OFF_FIRST: lambda self, step: self.ends.write_off(step),
    Do.TAKE_BACK: lambda self, step: self.ends.take_back(step),
    Do.REOPEN: lambda self, step: self.ends.reopen(step),
    Do.ACCEPT_REPEAT: lambda self, step: self.ends.accept_repeat(step),
    Do.JOIN: lambda self, step: self.ends.join(step),
    Do.PART: lambda self, step: self.ends.part(step),
}
