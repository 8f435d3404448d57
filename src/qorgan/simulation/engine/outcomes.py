"""What a planned report had come to by a moment: where it lay, and the outcome that stood. The ledger reads it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from qorgan.simulation.engine.threads import PlannedRepeat, Thread

Known = Callable[[datetime | None], bool]

_DECIDE = timedelta(hours=24)  # so soon a report is decided on in time


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome that stands. `since`: when the clock that ran for it began."""

    state: str
    at: datetime
    since: datetime

    @property
    def in_time(self) -> bool:
        """Whether it came before its clock ran out."""
        return self.at - self.since <= _DECIDE


def place_of(thread: Thread, known: Known) -> int:
    """The district in which the report of a thread lies."""
    forward = thread.forward
    if forward is None:
        return thread.territory
    if forward.accepted:
        return thread.territory if known(forward.at) else forward.other
    lies_there = known(forward.at) and not known(forward.answered_at)
    return forward.other if lies_there else thread.territory


def outcome_of(thread: Thread, known: Known, registers: Mapping[str, str]) -> Outcome | None:
    """The outcome of the report of a thread; None while somebody owes a decision. `registers`: that of each code."""
    report, forward, undone = thread.report, thread.forward, thread.undone
    if report is None:
        return None
    since = report.registered_at
    if forward and known(forward.at):
        if not known(forward.answered_at):
            return None
        since = forward.answered_at or since
    if undone and known(undone.at):
        if not known(undone.back_at):
            return Outcome("written_off", undone.at, since)
        since = undone.back_at if undone.by_prosecutor else since
    if thread.entered:
        offence = thread.offences[0]
        if known(offence.registered_at) and not known(offence.annulled_at):
            criminal = registers[offence.wording.code] == "criminal"
            return Outcome("pre_trial" if criminal else "administrative", offence.registered_at, since)
        since = offence.annulled_at or since
    if thread.case_at and known(thread.case_at):
        return Outcome("taken_up", thread.case_at, since)
    if report.written_off_at and known(report.written_off_at):
        return Outcome("written_off", report.written_off_at, since)
    return None


def joined(repeat: PlannedRepeat, known: Known) -> Outcome | None:
    """The outcome of a report that was joined; None before it was, and while that was taken back."""
    at = repeat.joined_at
    if repeat.parted_at and known(repeat.parted_at):
        if repeat.again_at is None or not known(repeat.again_at):
            return None
        at = repeat.again_at
    return Outcome("joined", at, repeat.report.registered_at) if known(at) else None
