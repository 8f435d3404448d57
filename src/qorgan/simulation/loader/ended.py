"""What a report leaves that is forwarded, joined, or has an outcome that did not stand."""

from datetime import datetime
from uuid import UUID

from qorgan.base.keys import vault
from qorgan.base.scope import Actor, beside
from qorgan.duties.actions import Laid
from qorgan.duties.terms import Kind as DutyKind
from qorgan.reports.models import BACK, Report, TakenBack
from qorgan.reports.terms import State
from qorgan.reports.terms.outcomes import How
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.loader.police import Police
from qorgan.simulation.loader.rows import Thing
from qorgan.simulation.perform import Hands
from qorgan.simulation.perform.ended import ELSEWHERE, forward_of, repeat_of, undone_of

_ANSWER = "reports.forwarded_answer"


class Ended:
    """What became of a thread's report on the way to its outcome."""

    def __init__(self, police: Police, hands: Hands) -> None:
        self.police = police
        self.rows = police.rows
        self.words = police.words
        self.hands = hands
        self.repeat: Report

    @property
    def _other(self) -> Actor:
        return self.hands.police[forward_of(self.police.thread).other]

    def forward(self, step: Step) -> None:
        """The other office owes an answer, and the whole thread lies there."""
        report, at = self.police.report, step.at
        accepted = forward_of(self.police.thread).accepted
        by, to = (self._other, self.police.by) if accepted else (self.police.by, self._other)
        report.forwarded_to_id, report.lay_in_id, report.reason = to.agency, report.territory_id, ELSEWHERE.value
        self.police.decided(report, State.FORWARDED, by, at, reason=ELSEWHERE.value)
        term = self.police.answers.deadline(_ANSWER, at, report.territory_id)
        laid = Laid(DutyKind.TAKE_FORWARDED, _ANSWER, at, term.due_at, step=report.turn, to_verify=term.to_verify)
        self.rows.lay([laid], self._about(report, to.agency), by, at)
        assert to.territory_id is not None, "an office acts in a place"
        self._move(report, to.territory_id, by, at)

    def take_over(self, step: Step) -> None:
        """It is the decision of the other office from now on."""
        self._again(self.police.report, How.ACCEPTED, "", self.police.by, step.at)

    def send_back(self, step: Step) -> None:
        """It lies where it lay."""
        report = self.police.report
        lay_in = report.lay_in_id
        assert lay_in is not None, "it was forwarded"
        self._again(report, How.SENT_BACK, self.words["sent_back"], self._other, step.at)
        self._move(report, lay_in, self._other, step.at)

    def write_off(self, step: Step) -> None:
        """A write-off that will not stand."""
        report = self.police.report
        report.reason = undone_of(self.police.thread).reason
        self.police.decided(report, State.WRITTEN_OFF, self.police.by, step.at, reason=report.reason)

    def take_back(self, step: Step) -> None:
        """The office itself took it back."""
        self._again(self.police.report, How.UNDONE, self.words["taken_back"], self.police.by, step.at)

    def reopen(self, step: Step) -> None:
        """The prosecutor cancelled it."""
        by = self.hands.overseers[self.police.thread.territory]
        self._again(self.police.report, How.RETURNED, self.words["reopened"], by, step.at)

    def accept_repeat(self, step: Step) -> None:
        """Another report of the same event."""
        self.repeat, _named = self.police.take_in(repeat_of(self.police.thread).report, self.police.by, step)

    def join(self, step: Step) -> None:
        """Joined to the first."""
        reason = repeat_of(self.police.thread).reason
        self.repeat.joined_to, self.repeat.reason = self.police.report, reason
        self.police.decided(self.repeat, State.JOINED, self.police.by, step.at, reason=reason)

    def part(self, step: Step) -> None:
        """That was taken back."""
        self._again(self.repeat, How.UNDONE, self.words["parted"], self.police.by, step.at)

    def annulled(self, step: Step) -> None:
        """The offence that stood for the report was registered by mistake."""
        self._again(self.police.report, How.ANNULLED, self.words["annulled"], self.police.by, step.at)

    def _again(self, report: Report, how: How, why: str, by: Actor, at: datetime) -> None:
        """Someone owes a decision again, as `outcomes.open_again` leaves it."""
        was = State(report.state)
        if was is State.FORWARDED:
            self.rows.done(report.id, DutyKind.TAKE_FORWARDED, by, at, step=report.turn)
        self._remember(report, how, why, by, at)
        if how is How.ACCEPTED:
            report.agency_id = by.agency
        report.state, report.reason, report.decided_at, report.decided_by = State.REGISTERED.value, "", None, None
        report.joined_to, report.offence_id = None, None
        report.forwarded_to_id, report.lay_in_id = None, None
        report.turn += 1
        report.version += 1
        told = {"number": report.number, "version": report.version, "was": was.value}
        self.rows.tell(f"reports.report.{how.value}", "report", report.id, by, at, **told)
        since = at if how.starts_anew else report.registered_at
        self.police.lay_decision(report, by, at, since=since, due_at=None if how.starts_anew else report.due_at)

    def _remember(self, report: Report, how: How, why: str, by: Actor, at: datetime) -> None:
        assert report.decided_at is not None and report.decided_by is not None, "it was decided"
        self.rows.add(
            TakenBack(
                report=report,
                **beside(report),
                state=report.state,
                reason=report.reason,
                decided_at=report.decided_at,
                decided_by=report.decided_by,
                agency_id=report.agency_id,
                forwarded_to_id=report.forwarded_to_id,
                joined_to_id=report.joined_to_id,
                offence_id=report.offence_id,
                how=how.value,
                back_why=vault.seal(report.key_id, why, at=BACK),
                back_at=at,
                back_by=by.staff,
            )
        )

    def _about(self, report: Report, on: UUID) -> Thing:
        return Thing("report", report.id, report.territory_id, report.thread_id, on, report.key_id)

    def _move(self, report: Report, to: int, by: Actor, at: datetime) -> None:
        """Every row of the thread lies in another place."""
        detail = {"number": report.number, "from": report.territory_id, "to": to, "version": report.version}
        self.rows.tell("reports.report.moved", "report", report.id, by, at, **detail)
        self.rows.move(report.thread_id, to)
