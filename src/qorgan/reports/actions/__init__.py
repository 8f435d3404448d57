"""The writes of the first signal. A report that was acknowledged is committed; a repeat is the same report."""

from qorgan.reports.actions.accept import Accepted, Signal, accept, submission_of
from qorgan.reports.actions.alarms import raise_alarm, take_alarm_back
from qorgan.reports.actions.arrivals import answer, sweep_door, take_in
from qorgan.reports.actions.back import reopen, take_back
from qorgan.reports.actions.blocks import block_number, let_number_through
from qorgan.reports.actions.complete import complete
from qorgan.reports.actions.contacts import Reached, begin, dispose, undo
from qorgan.reports.actions.decide import decide, enter, join, lose_entry
from qorgan.reports.actions.desk_file import FileResult, RowResult, desk_words, import_file
from qorgan.reports.actions.door import (
    Reach,
    Told,
    destroy_code,
    drop_answers,
    hand_in,
    keep_answers,
    sealed_answers,
    settle,
)
from qorgan.reports.actions.drafts import empty_drafts, forget_numbers, save_draft
from qorgan.reports.actions.forward import accept_forwarded, forward, receivers, send_back
from qorgan.reports.actions.kept import Act, Entry, keep_contact
from qorgan.reports.actions.recount import KEYS, recount
from qorgan.reports.actions.repeats import mark_possible_repeats
from qorgan.reports.actions.sealed import WHO_TAKES_IT, route, router_now, seal_where_one_serves, takers
from qorgan.reports.actions.spool import (
    carry,
    keep_sent,
    keep_told,
    note_refused,
    said_otherwise,
    sweep_spool,
    take_sent,
)

__all__ = [
    "KEYS",
    "WHO_TAKES_IT",
    "Accepted",
    "Act",
    "Entry",
    "FileResult",
    "Reach",
    "Reached",
    "RowResult",
    "Signal",
    "Told",
    "accept",
    "accept_forwarded",
    "answer",
    "begin",
    "block_number",
    "carry",
    "complete",
    "decide",
    "desk_words",
    "destroy_code",
    "dispose",
    "drop_answers",
    "empty_drafts",
    "enter",
    "forget_numbers",
    "forward",
    "hand_in",
    "import_file",
    "join",
    "keep_answers",
    "keep_contact",
    "keep_sent",
    "keep_told",
    "let_number_through",
    "lose_entry",
    "mark_possible_repeats",
    "note_refused",
    "raise_alarm",
    "receivers",
    "recount",
    "reopen",
    "route",
    "router_now",
    "said_otherwise",
    "save_draft",
    "seal_where_one_serves",
    "sealed_answers",
    "send_back",
    "settle",
    "submission_of",
    "sweep_door",
    "sweep_spool",
    "take_alarm_back",
    "take_back",
    "take_in",
    "take_sent",
    "takers",
    "undo",
]
