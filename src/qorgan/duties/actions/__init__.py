"""Laying duties on an agency, doing them, dropping those that have lost their ground; setting their clocks anew."""

from qorgan.duties.actions.escalate import Part, answer, escalate, take_back
from qorgan.duties.actions.feeds import make_feed, note_fed, withdraw_feed
from qorgan.duties.actions.lay import (
    WHY,
    WHY_MOVED,
    DutyAlreadyDone,
    Laid,
    Moved,
    NotDoneByHand,
    done,
    drop,
    finish,
    hand_over,
    lay,
    move,
    pass_on,
)
from qorgan.duties.actions.runs import BATCH, Begun, Zoned, advance, begin_runs, bring, recount

__all__ = [
    "BATCH",
    "WHY",
    "WHY_MOVED",
    "Begun",
    "DutyAlreadyDone",
    "Laid",
    "Moved",
    "NotDoneByHand",
    "Part",
    "Zoned",
    "advance",
    "answer",
    "begin_runs",
    "bring",
    "done",
    "drop",
    "escalate",
    "finish",
    "hand_over",
    "lay",
    "make_feed",
    "move",
    "note_fed",
    "pass_on",
    "recount",
    "take_back",
    "withdraw_feed",
]
