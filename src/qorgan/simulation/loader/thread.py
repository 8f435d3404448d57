"""One thread, step by step, into rows."""

from collections.abc import Callable, Mapping
from typing import Any

from qorgan.simulation.engine.steps import Do, Step, steps
from qorgan.simulation.engine.threads import Thread
from qorgan.simulation.loader.answers import Answers
from qorgan.simulation.loader.contested import Contested
from qorgan.simulation.loader.courtroom import Courtroom
from qorgan.simulation.loader.disputed import Disputed
from qorgan.simulation.loader.endangered import Endangered, KeptOnce
from qorgan.simulation.loader.ended import Ended
from qorgan.simulation.loader.guarded import Guarded
from qorgan.simulation.loader.police import Police
from qorgan.simulation.loader.registers import Registers
from qorgan.simulation.loader.reviewed import Reviewed
from qorgan.simulation.loader.rows import Rows
from qorgan.simulation.loader.sheltered import Sheltered
from qorgan.simulation.loader.sought import Near, Sought
from qorgan.simulation.loader.stock import Stock
from qorgan.simulation.loader.uniformed import Uniformed
from qorgan.simulation.perform.hands import Hands


class Tray:
    """What threads are laid out with: who acts, the words, the law, numbers; and the rows they leave."""

    def __init__(self, hands: Hands, words: dict[str, Any], registers: Mapping[str, str]) -> None:
        self.hands = hands
        self.words = words
        self.registers = registers
        self.answers = Answers()
        self.stock = Stock()
        self.rows = Rows()
        self.near: Near = {}
        self.kept: KeptOnce = {}

    def lay_out(self, thread: Thread) -> int:
        """Leave the rows of a thread; how many steps it had."""
        clerk = self.hands.clerks[thread.territory]
        police = Police(thread, self.hands, self.words, (self.rows, self.answers, self.stock))
        ends = Ended(police, self.hands)
        registers = Registers(police, self.registers, ends)
        courtroom = Courtroom(police, registers, clerk, clerk.agency)
        guarded = Guarded(police, self.hands)
        acts = _acts(police, registers, courtroom) | _guarding(guarded)
        acts |= _seeking(Sought(police, self.near)) | _ending(ends)
        acts |= _contesting(Contested(police, registers)) | _disputing(Disputed(police, guarded))
        acts |= _sheltering(Sheltered(police, guarded))
        acts |= _mourning(Reviewed(police, self.hands))
        acts |= _routing(Uniformed(police, guarded))
        acts |= _endangering(Endangered(police, self.hands.seconds[thread.territory], self.kept))
        done = steps(thread)
        for step in done:
            acts[step.do](step)
        return len(done)

    def take(self) -> Rows:
        """The rows so far; the next threads leave theirs elsewhere."""
        rows, self.rows = self.rows, Rows()
        return rows


def _contesting(contested: Contested) -> dict[Do, Callable[[Step], None]]:
    return {
        Do.ACCEPT_RETOLD: contested.accept_retold,
        Do.NOTE_BREACH: contested.note,
        Do.FOLLOW_BREACH: contested.follow,
        Do.VARY: contested.vary,
        Do.APPEAL_ORDER: contested.appeal,
        Do.LEAVE_ORDER: contested.leave,
        Do.ANNUL_ORDER: contested.annul,
    }


def _guarding(guarded: Guarded) -> dict[Do, Callable[[Step], None]]:
    return {
        Do.REFER: guarded.refer,
        Do.ANSWER: guarded.answer,
        Do.WITHDRAW: guarded.withdraw,
        Do.TRANSFER: guarded.transfer,
        Do.REFUSE: guarded.refuse,
        Do.BLOCK: guarded.block,
        Do.WEIGH: guarded.weigh,
        Do.BREAK_IN: guarded.break_in,
        Do.REVIEW: guarded.review,
    }


def _seeking(sought: Sought) -> dict[Do, Callable[[Step], None]]:
    return {Do.RAISE: sought.begin, Do.SEARCH: sought.search, Do.FIND: sought.find, Do.REST: sought.rest}


def _ending(ends: Ended) -> dict[Do, Callable[[Step], None]]:
    return {
        Do.FORWARD: ends.forward,
        Do.TAKE_OVER: ends.take_over,
        Do.SEND_BACK: ends.send_back,
        Do.WRITE_OFF_FIRST: ends.write_off,
        Do.TAKE_BACK: ends.take_back,
        Do.REOPEN: ends.reopen,
        Do.ACCEPT_REPEAT: ends.accept_repeat,
        Do.JOIN: ends.join,
        Do.PART: ends.part,
    }


def _disputing(disputed: Disputed) -> dict[Do, Callable[[Step], None]]:
    return {
        Do.HEAR_MORE: disputed.hear,
        Do.FIND_OUT: disputed.find,
        Do.CONTRADICT: disputed.contradict,
        Do.ASK_REVIEW: disputed.ask_review,
        Do.SET_TERM: disputed.set_term,
        Do.ANSWER_REVIEW: disputed.answer,
    }


def _mourning(reviewed: Reviewed) -> dict[Do, Callable[[Step], None]]:
    return {
        Do.BEGIN_DEATH: reviewed.begin,
        Do.ENTER_DEATH: reviewed.enter,
        Do.RECOMMEND: reviewed.recommend,
        Do.ANSWER_ADVICE: reviewed.answer,
        Do.CLOSE_DEATH: reviewed.close,
    }


def _routing(uniformed: Uniformed) -> dict[Do, Callable[[Step], None]]:
    return {Do.ROUTE: uniformed.route, Do.RECEIVE: uniformed.receive}


def _sheltering(sheltered: Sheltered) -> dict[Do, Callable[[Step], None]]:
    return {Do.SAY_PARENT: sheltered.say, Do.ACCEPT_CHILD: sheltered.accept, Do.DECIDE_NIGHT: sheltered.decide}


def _endangering(danger: Endangered) -> dict[Do, Callable[[Step], None]]:
    return {
        Do.ASSESS: danger.assess,
        Do.TAKE_MEASURE: danger.take_measure,
        Do.ASK_LOWER: danger.ask_lower,
        Do.DECIDE_LOWER: danger.decide_lower,
    }


def _acts(police: Police, registers: Registers, courtroom: Courtroom) -> dict[Do, Callable[[Step], None]]:
    return {
        Do.TAKE: police.line.take,
        Do.HEAR: police.line.hear,
        Do.CHECK_WELFARE: police.line.check_welfare,
        Do.ACCEPT: police.accept,
        Do.RESEND: police.resend,
        Do.WRITE_OFF: police.write_off,
        Do.OPEN: police.open,
        Do.NAME_CHILD: police.name_child,
        Do.DRAFT: police.draft,
        Do.ISSUE: police.issue,
        Do.SERVE: police.serve,
        Do.CHECK: police.check,
        Do.CANCEL: police.cancel,
        Do.REGISTER: registers.register,
        Do.CORRECT: registers.correct,
        Do.DESCRIBE: registers.describe,
        Do.SUSPEND: registers.suspend,
        Do.RESUME: registers.resume,
        Do.SEND_OFFENCE: registers.send,
        Do.TERMINATE: registers.terminate,
        Do.ANNUL: registers.annul,
        Do.SEND: courtroom.send,
        Do.SCHEDULE: courtroom.schedule,
        Do.POSTPONE: courtroom.postpone,
        Do.DECIDE: courtroom.decide,
        Do.APPEAL: courtroom.appeal,
        Do.DECIDE_APPEAL: courtroom.decide_appeal,
        Do.ENTER: courtroom.enter,
        Do.RETURN: courtroom.send_back,
        Do.NOTE_REQUIREMENTS: courtroom.note_requirements,
    }
