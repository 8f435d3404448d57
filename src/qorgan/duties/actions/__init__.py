"""Laying duties on an agency, doing them, dropping those that have lost their ground; setting their clocks anew."""

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
from qorgan.duties.actions.runs import BATCH, advance, begin_runs, recount

__all__ = [
    "BATCH",
    "WHY",
    "WHY_MOVED",
    "DutyAlreadyDone",
    "Laid",
    "Moved",
    "NotDoneByHand",
    "advance",
    "begin_runs",
    "done",
    "drop",
    "finish",
    "hand_over",
    "lay",
    "move",
    "pass_on",
    "recount",
]
