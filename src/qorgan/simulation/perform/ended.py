"""How the report of a performance ends otherwise than in its case, act by act."""

from typing import TYPE_CHECKING
from uuid import UUID

from qorgan.base.scope import Actor, acting
from qorgan.reports import actions as reports
from qorgan.reports.models import Report
from qorgan.reports.terms import State
from qorgan.reports.terms.outcomes import Reason
from qorgan.simulation.engine.steps import Step
from qorgan.simulation.engine.threads import PlannedForward, PlannedRepeat, PlannedUndone, Thread
from qorgan.simulation.perform import named
from qorgan.simulation.perform.hands import Hands

if TYPE_CHECKING:
    from qorgan.simulation.perform.thread import Performance

ELSEWHERE = Reason.PLACE


def forward_of(thread: Thread) -> PlannedForward:
    """The forwarding of a thread that has one."""
    assert thread.forward is not None, "the thread plans one"
    return thread.forward


def undone_of(thread: Thread) -> PlannedUndone:
    """The write-off of a thread that did not stand."""
    assert thread.undone is not None, "the thread plans one"
    return thread.undone


def repeat_of(thread: Thread) -> PlannedRepeat:
    """The report that is joined to that of the thread."""
    assert thread.repeat is not None, "the thread plans one"
    return thread.repeat


def desk_of(thread: Thread, hands: Hands) -> Actor:
    """The police that take the report in: of the district, or of the one that forwards it there."""
    forward = thread.forward
    return hands.police[forward.other if forward and forward.accepted else thread.territory]


class Ends:
    """What became of the report of a performance on the way."""

    def __init__(self, thread: "Performance") -> None:
        self._thread = thread
        self._repeat: UUID

    @property
    def _police(self) -> Actor:
        return self._thread.hands.police[self._thread.thread.territory]

    @property
    def _other(self) -> Actor:
        return self._thread.hands.police[forward_of(self._thread.thread).other]

    @property
    def _report(self) -> Report:
        assert self._thread.report is not None, "it is of a report"
        return self._thread.report

    def forward(self, step: Step) -> None:
        """The office in which it lies forwards it by jurisdiction."""
        accepted = forward_of(self._thread.thread).accepted
        by, to = (self._other, self._police) if accepted else (self._police, self._other)
        with acting(by):
            reports.forward(report_id=self._report.id, agency_id=to.agency, reason=ELSEWHERE, by=by, now=step.at)

    def take_over(self, step: Step) -> None:
        """The other office takes it over."""
        self._thread.report = reports.accept_forwarded(report_id=self._report.id, by=self._police, now=step.at)

    def send_back(self, step: Step) -> None:
        """The other office does not."""
        why, by = self._thread.words["sent_back"], self._other
        with acting(by):
            self._thread.report = reports.send_back(report_id=self._report.id, why=why, by=by, now=step.at)

    def write_off(self, step: Step) -> None:
        """A write-off that will not stand."""
        reason, wanted = Reason(undone_of(self._thread.thread).reason), State.WRITTEN_OFF
        reports.decide(report_id=self._report.id, state=wanted, reason=reason, by=self._police, now=step.at)

    def take_back(self, step: Step) -> None:
        """The office itself takes it back."""
        why = self._thread.words["taken_back"]
        self._thread.report = reports.take_back(report_id=self._report.id, why=why, by=self._police, now=step.at)

    def reopen(self, step: Step) -> None:
        """The prosecutor cancels it."""
        why, by = self._thread.words["reopened"], self._thread.hands.overseers[self._thread.thread.territory]
        with acting(by):
            self._thread.report = reports.reopen(report_id=self._report.id, why=why, by=by, now=step.at)

    def accept_repeat(self, step: Step) -> None:
        """Another report of the same event comes in."""
        signal = named.signal(repeat_of(self._thread.thread).report)
        self._repeat = reports.accept(signal=signal, by=self._police, now=step.at).report.id

    def join(self, step: Step) -> None:
        """It is joined to the first."""
        reason, number = Reason(repeat_of(self._thread.thread).reason), self._report.number
        reports.join(report_id=self._repeat, number=number, reason=reason, by=self._police, now=step.at)

    def part(self, step: Step) -> None:
        """That is taken back."""
        reports.take_back(report_id=self._repeat, why=self._thread.words["parted"], by=self._police, now=step.at)
