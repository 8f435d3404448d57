"""What the steps of a court leave: court cases, hearings, decisions, appeals."""

from datetime import datetime
from typing import Any
from uuid import UUID

from qorgan.base import ids
from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.courts.models import Appeal, CourtCase, Decision, Hearing, RequirementsBreach
from qorgan.courts.terms import (
    AFTER_APPEAL,
    AWAITING,
    AppealResult,
    DecisionState,
    Result,
    State,
)
from qorgan.duties.actions import Laid
from qorgan.duties.terms import Kind as DutyKind
from qorgan.orders.terms import Noticed
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.engine.threads import PlannedDecision
from qorgan.simulation.loader.police import Police
from qorgan.simulation.loader.registers import Registers
from qorgan.simulation.loader.rows import Thing
from qorgan.simulation.perform.contested import REQUIRED

_MEASURES = ("months", "days", "hours", "visits", "prohibitions", "conviction", "imprisonment_months")


class Courtroom:
    """A thread's court cases."""

    def __init__(self, police: Police, registers: Registers, clerk: Actor, court: UUID) -> None:
        self.police = police
        self.rows = police.rows
        self.registers = registers
        self.clerk = clerk
        self.court = court
        self.cases: list[CourtCase] = []
        self.hearings: dict[int, list[Hearing]] = {}
        self.decisions: dict[tuple[int, int], Decision] = {}
        self.appeals: dict[tuple[int, int], Appeal] = {}

    def send(self, step: Step) -> None:
        """Materials in court, and the court's term where one is on record."""
        planned, police, at = self.police.thread.court_cases[step.one], self.police, step.at
        order = None if planned.order is None else police.orders[planned.order]
        offence = None if planned.offence is None else self.registers.offences[planned.offence]
        matter = order or offence
        assert matter is not None, "it is about one of the two"
        territory = matter.territory_id
        case = police.case
        key = order.key_id if order else case.key_id if case else vault.new_key()
        sent = CourtCase(
            id=ids.new(),
            number=police.number("court", at, territory),
            kind=planned.kind,
            case=case,
            order=order,
            offence=offence,
            breach=None if offence is None or planned.order is None else police.breaches.get(planned.order),
            **beside(matter),
            court_id=self.court,
            agency_id=police.by.agency,
            sent_at=at,
            sent_by=police.by.staff,
            key_id=key,
            contents=vault.seal(key, police.words["materials"], at="courts.court_case.contents"),
        )
        self.cases.append(self.rows.add(sent))
        self._lay_term(sent, at)
        detail = {"number": sent.number, "version": 1, "kind": planned.kind}
        self.rows.tell("courts.court_case.sent", "court_case", sent.id, police.by, at, **detail)

    def _lay_term(self, sent: CourtCase, at: datetime) -> None:
        if sent.breach and sent.order:
            told = {"breach": str(sent.breach.id)}
            self.rows.tell("orders.order.breach_sent", "order", sent.order.id, self.police.by, at, **told)
        key = f"courts.term_{sent.kind}"
        term = self.police.answers.deadline(key, at, sent.territory_id)
        if term.due_at is None:
            return
        duty = Laid(DutyKind.DECIDE_COURT_CASE, key, at, term.due_at, to_verify=term.to_verify)
        about = Thing(
            "court_case", sent.id, sent.territory_id, sent.thread_id, sent.court_id, sent.key_id, sent.case_id
        )
        self.rows.lay([duty], about, self.police.by, at)

    def _told(self, act: str, case: CourtCase, at: datetime, /, **detail: Any) -> None:
        case.version += 1
        told = {"number": case.number, "version": case.version, **detail}
        self.rows.tell(f"courts.{act}", "court_case", case.id, self.clerk, at, **told)

    def _planned(self, number: int, at: datetime) -> Hearing:
        case = self.cases[number]
        hearing = Hearing(id=ids.new(), court_case=case, **beside(case), at=at)
        self.hearings.setdefault(number, []).append(self.rows.add(hearing))
        return hearing

    def schedule(self, step: Step) -> None:
        """A hearing set."""
        case = self.cases[step.one]
        hearing = self._planned(step.one, self.police.thread.court_cases[step.one].hearings[0].at)
        case.state = State.SCHEDULED.value
        self._told("hearing.set", case, step.at, at=hearing.at.isoformat())

    def postpone(self, step: Step) -> None:
        """A hearing put off to another moment."""
        planned = self.police.thread.court_cases[step.one].hearings
        held = self.hearings[step.one][-1]
        self._written(held, Result(planned[step.part].result), step.at)
        then = self._planned(step.one, planned[step.part + 1].at)
        detail = {"result": held.result, "at": held.at.isoformat(), "to": then.at.isoformat()}
        self._told("hearing.postponed", self.cases[step.one], step.at, **detail)

    def _written(self, hearing: Hearing, result: Result, at: datetime) -> None:
        hearing.result, hearing.written_at, hearing.written_by = result.value, at, self.clerk.staff

    def decide(self, step: Step) -> None:
        """A decision; the hearing whose moment has come was held by it."""
        planned = self.police.thread.court_cases[step.one].decisions[step.part]
        case, at = self.cases[step.one], step.at
        term = self.police.answers.deadline(f"courts.appeal_{case.kind}", at, case.territory_id)
        decision = Decision(
            id=ids.new(),
            number=self.police.number("decision", at, case.territory_id),
            court_case=case,
            **beside(case),
            kind=planned.kind,
            decided_at=at,
            written_at=at,
            written_by=self.clerk.staff,
            appealable_until=term.due_at,
            to_verify=term.due_at is not None and term.to_verify,
            **_columns(planned),
        )
        self.decisions[step.one, step.part] = self.rows.add(decision)
        for hearing in self.hearings.get(step.one, ()):
            if hearing.result == Result.PLANNED and hearing.at <= at:
                self._written(hearing, Result.HELD, at)
        case.first_decided_at = case.first_decided_at or at
        self.rows.done(case.id, DutyKind.DECIDE_COURT_CASE, self.clerk, at)
        self._settled(step, "decision.announced", decision, kind=planned.kind)

    def _settled(self, step: Step, act: str, decision: Decision, /, **detail: Any) -> None:
        """The court case where its decisions stand."""
        case = self.cases[step.one]
        states = {DecisionState(one.state) for (number, _part), one in self.decisions.items() if number == step.one}
        if DecisionState.APPEALED in states:
            case.state = State.APPEALED.value
        elif states & AWAITING or DecisionState.IN_FORCE not in states:
            case.state = State.DECIDED.value
        else:
            case.state = State.IN_FORCE.value
        self._told(act, case, step.at, decision=str(decision.id), **detail)

    def appeal(self, step: Step) -> None:
        """A complaint about a decision."""
        planned = self.police.thread.court_cases[step.one].decisions[step.part]
        decision = self.decisions[step.one, step.part]
        self.appeals[step.one, step.part] = self.rows.add(
            Appeal(
                id=ids.new(),
                decision=decision,
                **beside(decision),
                filed_at=step.at,
                filed_by=planned.appealed_by,
            )
        )
        self._become(decision, DecisionState.APPEALED)
        self._settled(step, "appeal.filed", decision, party=planned.appealed_by)

    @staticmethod
    def _become(decision: Decision, state: DecisionState) -> None:
        decision.state = state.value
        decision.version += 1

    def decide_appeal(self, step: Step) -> None:
        """What the higher court said."""
        planned = self.police.thread.court_cases[step.one].decisions[step.part]
        decision, held = self.decisions[step.one, step.part], self.appeals[step.one, step.part]
        result = AppealResult(planned.appeal_result)
        if result is AppealResult.VARIED:
            held.before = {name: getattr(decision, name) for name in (*_MEASURES, "eviction_days")}
            for name, value in _columns(planned.varied).items():
                setattr(decision, name, value)
        held.result, held.decided_at = result.value, step.at
        self._become(decision, AFTER_APPEAL[result])
        self._settled(step, "appeal.decided", decision, result=result.value)

    def enter(self, step: Step) -> None:
        """The decision in force."""
        decision = self.decisions[step.one, step.part]
        decision.in_force_at = step.at
        self._become(decision, DecisionState.IN_FORCE)
        self._settled(step, "decision.entered_into_force", decision)

    def note_requirements(self, step: Step) -> None:
        """A breach of what was required, noticed by an officer of the police."""
        case, decision, by = self.cases[step.one], self.decisions[step.one, step.part], self.police.by
        made = RequirementsBreach(
            id=ids.new(),
            decision=decision,
            **beside(case),
            noticed=Noticed.OFFICER.value,
            noticed_at=step.at,
            prohibitions=[one.value for one in REQUIRED],
            written_at=step.at,
            written_by=by.staff,
        )
        self.rows.add(made)
        case.version += 1
        told = {"decision": str(decision.id), "breach": str(made.id)}
        detail = {"number": case.number, "version": case.version, **told}
        self.rows.tell("courts.requirements.breached", "court_case", case.id, by, step.at, **detail)

    def send_back(self, step: Step) -> None:
        """The materials returned, the court's duty dropped."""
        case, why = self.cases[step.one], self.police.words["returned"]
        case.state, case.returned_at, case.returned_by = State.RETURNED.value, step.at, self.clerk.staff
        case.returned_why = vault.seal(case.key_id, why, at="courts.court_case.returned_why")
        for hearing in self.hearings.get(step.one, ()):
            if hearing.result == Result.PLANNED:
                self._written(hearing, Result.POSTPONED, step.at)
        self.rows.drop(case.id, "materials_returned", self.clerk, step.at)
        self._told("court_case.returned", case, step.at)


def _columns(planned: PlannedDecision) -> dict[str, Any]:
    """The measure as the columns keep it."""
    return {name: getattr(planned, name) for name in _MEASURES} | {"prohibitions": list(planned.prohibitions)}
