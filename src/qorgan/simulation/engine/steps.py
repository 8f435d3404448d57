"""A thread as a list of steps in the order of their moments: what the actions do one by one, and the loader at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from qorgan.simulation.engine.threads import PlannedCourtCase, PlannedDecision, PlannedOffence, PlannedOrder, Thread


class Do(StrEnum):
    """What is done in a step."""

    ACCEPT = "accept"
    RESEND = "resend"
    WRITE_OFF = "write_off"
    OPEN = "open"
    NAME_CHILD = "name_child"
    DRAFT = "draft"
    ISSUE = "issue"
    SERVE = "serve"
    CHECK = "check"
    CANCEL = "cancel"
    ACCEPT_RETOLD = "accept_retold"
    NOTE_BREACH = "note_breach"
    FOLLOW_BREACH = "follow_breach"
    VARY = "vary"
    APPEAL_ORDER = "appeal_order"
    LEAVE_ORDER = "leave_order"
    ANNUL_ORDER = "annul_order"
    REGISTER = "register"
    CORRECT = "correct"
    DESCRIBE = "describe"
    SUSPEND = "suspend"
    RESUME = "resume"
    SEND_OFFENCE = "send_offence"
    TERMINATE = "terminate"
    ANNUL = "annul"
    SEND = "send"
    SCHEDULE = "schedule"
    POSTPONE = "postpone"
    DECIDE = "decide"
    APPEAL = "appeal"
    DECIDE_APPEAL = "decide_appeal"
    ENTER = "enter"
    NOTE_REQUIREMENTS = "note_requirements"
    RETURN = "return"
    REFER = "refer"
    ANSWER = "answer"
    WITHDRAW = "withdraw"
    TRANSFER = "transfer"
    REFUSE = "refuse"
    BLOCK = "block"
    WEIGH = "weigh"
    BREAK_IN = "break_in"
    REVIEW = "review"
    RAISE = "raise"
    SEARCH = "search"
    FIND = "find"
    REST = "rest"
    ASSESS = "assess"
    TAKE_MEASURE = "take_measure"
    ASK_LOWER = "ask_lower"
    DECIDE_LOWER = "decide_lower"
    HEAR_MORE = "hear_more"
    FIND_OUT = "find_out"
    CONTRADICT = "contradict"
    ASK_REVIEW = "ask_review"
    SET_TERM = "set_term"
    ANSWER_REVIEW = "answer_review"
    BEGIN_DEATH = "begin_death"
    ENTER_DEATH = "enter_death"
    RECOMMEND = "recommend"
    ANSWER_ADVICE = "answer_advice"
    CLOSE_DEATH = "close_death"
    ROUTE = "route"
    RECEIVE = "receive"
    SAY_PARENT = "say_parent"
    ACCEPT_CHILD = "accept_child"
    DECIDE_NIGHT = "decide_night"
    TAKE = "take"
    HEAR = "hear"
    CHECK_WELFARE = "check_welfare"
    FORWARD = "forward"
    TAKE_OVER = "take_over"
    SEND_BACK = "send_back"
    WRITE_OFF_FIRST = "write_off_first"
    TAKE_BACK = "take_back"
    REOPEN = "reopen"
    ACCEPT_REPEAT = "accept_repeat"
    JOIN = "join"
    PART = "part"


IN_COURT = frozenset({Do.SCHEDULE, Do.POSTPONE, Do.DECIDE, Do.APPEAL, Do.DECIDE_APPEAL, Do.ENTER, Do.RETURN})


@dataclass(frozen=True, slots=True)
class Step:
    """One act at a moment: about the `one`-th order, offence or court case of the thread, and its `part`-th part."""

    at: datetime
    do: Do
    one: int = 0
    part: int = 0


def steps(thread: Thread) -> list[Step]:
    """The steps of a thread. Of two at one moment the one that the other rests on comes first."""
    return sorted(_steps(thread), key=lambda step: step.at)


def _steps(thread: Thread) -> Iterator[Step]:
    report = thread.report
    if thread.told:
        yield Step(thread.told.answered_at, Do.TAKE)
    if report:
        yield Step(report.received_at, Do.ACCEPT)
        yield from _ended(thread)
        yield from _at(report.written_off_at, Do.WRITE_OFF)
        yield from _at(thread.case_at, Do.OPEN)
        yield from _at(thread.child_at, Do.NAME_CHILD)
        yield from _at(report.resent_at, Do.RESEND)
    for number, order in enumerate(thread.orders):
        yield from _order(number, order)
    for number, offence in enumerate(thread.offences):
        yield from _offence(number, offence)
    for number, order in enumerate(thread.orders):
        yield from _at(order.breach.followed_at if order.breach else None, Do.FOLLOW_BREACH, number)
    for number, case in enumerate(thread.court_cases):
        yield from _court_case(number, case)
    yield from _guarded(thread)
    yield from _sought(thread)
    yield from _endangered(thread)
    yield from _disputed(thread)
    if thread.uniform:
        yield Step(thread.uniform.at, Do.ROUTE)
        yield from _at(thread.uniform.answered_at, Do.RECEIVE)
    yield from _sheltered(thread)
    yield from _mourned(thread)
    for number, contact in enumerate(thread.contacts):
        yield Step(contact.answered_at, Do.HEAR, number)
        yield from _at(contact.checked_at, Do.CHECK_WELFARE, number)


def _at(moment: datetime | None, do: Do, one: int = 0, part: int = 0) -> Iterator[Step]:
    if moment is not None:
        yield Step(moment, do, one, part)


def _ended(thread: Thread) -> Iterator[Step]:
    forward, undone, repeat = thread.forward, thread.undone, thread.repeat
    if forward:
        yield Step(forward.at, Do.FORWARD)
        yield from _at(forward.answered_at, Do.TAKE_OVER if forward.accepted else Do.SEND_BACK)
    if undone:
        yield Step(undone.at, Do.WRITE_OFF_FIRST)
        yield Step(undone.back_at, Do.REOPEN if undone.by_prosecutor else Do.TAKE_BACK)
    if repeat:
        yield Step(repeat.report.received_at, Do.ACCEPT_REPEAT)
        yield Step(repeat.joined_at, Do.JOIN)
        yield from _at(repeat.parted_at, Do.PART)
        yield from _at(repeat.again_at, Do.JOIN)


def _order(number: int, order: PlannedOrder) -> Iterator[Step]:
    yield Step(order.drafted_at, Do.DRAFT, number)
    yield Step(order.issued_at, Do.ISSUE, number)
    yield from _at(order.recorded_at, Do.SERVE, number)
    for part, check in enumerate(order.checks):
        yield Step(check.at, Do.CHECK, number, part)
    yield from _at(order.cancelled_at, Do.CANCEL, number)
    if order.breach:
        report = order.breach.report
        yield from _at(report.received_at if report else None, Do.ACCEPT_RETOLD, number)
        yield Step(order.breach.noted_at, Do.NOTE_BREACH, number)
    yield from _at(order.varied_at, Do.VARY, number)
    yield from _at(order.appealed_at, Do.APPEAL_ORDER, number)
    yield from _at(order.left_at, Do.LEAVE_ORDER, number)
    yield from _at(order.annulled_at, Do.ANNUL_ORDER, number)


def _offence(number: int, offence: PlannedOffence) -> Iterator[Step]:
    yield Step(offence.registered_at, Do.REGISTER, number)
    for part, (moment, _wording) in enumerate(offence.corrections):
        yield Step(moment, Do.CORRECT, number, part)
    for part, (moment, *_who) in enumerate(offence.known_later):
        yield Step(moment, Do.DESCRIBE, number, part)
    yield from _at(offence.suspended_at, Do.SUSPEND, number)
    yield from _at(offence.resumed_at, Do.RESUME, number)
    yield from _at(offence.sent_at, Do.SEND_OFFENCE, number)
    yield from _at(offence.terminated_at, Do.TERMINATE, number)
    yield from _at(offence.annulled_at, Do.ANNUL, number)


def _court_case(number: int, case: PlannedCourtCase) -> Iterator[Step]:
    yield Step(case.sent_at, Do.SEND, number)
    for part, hearing in enumerate(case.hearings):
        if part == 0:
            yield Step(hearing.set_at, Do.SCHEDULE, number)
        yield from _at(hearing.written_at, Do.POSTPONE, number, part)
    for part, decision in enumerate(case.decisions):
        yield Step(decision.at, Do.DECIDE, number, part)
    for part, decision in enumerate(case.decisions):
        yield from _followed(number, part, decision)
    yield from _at(case.returned_at, Do.RETURN, number)


def _guarded(thread: Thread) -> Iterator[Step]:
    if thread.referral:
        yield Step(thread.referral.at, Do.REFER)
        yield from _at(thread.referral.answered_at, Do.ANSWER)
        yield from _at(thread.referral.withdrawn_at, Do.WITHDRAW)
    if thread.transfer:
        yield Step(thread.transfer.at, Do.TRANSFER)
        yield from _at(thread.transfer.answered_at, Do.REFUSE)
    if thread.block:
        yield Step(thread.block.at, Do.BLOCK)
        yield from _at(thread.block.decided_at, Do.WEIGH)
    if thread.opening:
        yield Step(thread.opening.at, Do.BREAK_IN)
        yield from _at(thread.opening.decided_at, Do.REVIEW)


def _sought(thread: Thread) -> Iterator[Step]:
    if thread.alarm:
        yield Step(thread.alarm.at, Do.RAISE)
        yield from _at(thread.alarm.searched_at, Do.SEARCH)
        yield from _at(thread.alarm.ended_at, Do.REST if thread.alarm.review_on else Do.FIND)


def _endangered(thread: Thread) -> Iterator[Step]:
    danger = thread.danger
    if danger:
        yield Step(danger.at, Do.ASSESS)
        for number, measure in enumerate(danger.measures):
            yield from _at(measure.done_at, Do.TAKE_MEASURE, number)
        yield from _at(danger.asked_at, Do.ASK_LOWER)
        yield from _at(danger.decided_at, Do.DECIDE_LOWER)


def _disputed(thread: Thread) -> Iterator[Step]:
    dispute = thread.dispute
    if dispute:
        yield Step(dispute.heard_at, Do.HEAR_MORE)
        yield from _at(dispute.found_at, Do.FIND_OUT)
        yield from _at(dispute.marked_at, Do.CONTRADICT)
        yield from _at(dispute.asked_at, Do.ASK_REVIEW)
        yield from _at(dispute.term_at, Do.SET_TERM)
        yield from _at(dispute.answered_at, Do.ANSWER_REVIEW)


def _sheltered(thread: Thread) -> Iterator[Step]:
    tonight = thread.tonight
    if tonight:
        yield Step(tonight.said_at, Do.SAY_PARENT)
        yield Step(tonight.accepted_at, Do.ACCEPT_CHILD)
        for number, night in enumerate(tonight.nights):
            yield Step(night.at, Do.DECIDE_NIGHT, number)


def _mourned(thread: Thread) -> Iterator[Step]:
    death = thread.death
    if death:
        yield Step(death.begun_at, Do.BEGIN_DEATH)
        for number, moment in enumerate(death.entered_at):
            yield Step(moment, Do.ENTER_DEATH, number)
        for number, advice in enumerate(death.advice):
            yield Step(advice.at, Do.RECOMMEND, number)
            yield from _at(advice.answered_at, Do.ANSWER_ADVICE, number)
        yield from _at(death.closed_at, Do.CLOSE_DEATH)


def _followed(number: int, part: int, decision: PlannedDecision) -> Iterator[Step]:
    yield from _at(decision.appealed_at, Do.APPEAL, number, part)
    yield from _at(decision.appeal_decided_at, Do.DECIDE_APPEAL, number, part)
    yield from _at(decision.in_force_at, Do.ENTER, number, part)
    yield from _at(decision.breached_at, Do.NOTE_REQUIREMENTS, number, part)
