"""The writes of the first signal. A report that was acknowledged is committed; a repeat is the same report."""

from qorgan.reports.actions.accept import Accepted, Signal, accept, submission_of
from qorgan.reports.actions.alarms import raise_alarm, take_alarm_back
from qorgan.reports.actions.blocks import block_number, let_number_through
from qorgan.reports.actions.complete import complete
from qorgan.reports.actions.contacts import Reached, begin, dispose, undo
from qorgan.reports.actions.decide import decide
from qorgan.reports.actions.desk_file import FileResult, RowResult, desk_words, import_file
from qorgan.reports.actions.drafts import empty_drafts, save_draft
from qorgan.reports.actions.repeats import mark_possible_repeats
from qorgan.reports.actions.sealed import WHO_TAKES_IT, route, router_now, seal_where_one_serves, takers

__all__ = [
    "WHO_TAKES_IT",
    "Accepted",
    "FileResult",
    "Reached",
    "RowResult",
    "Signal",
    "accept",
    "begin",
    "block_number",
    "complete",
    "decide",
    "desk_words",
    "dispose",
    "empty_drafts",
    "import_file",
    "let_number_through",
    "mark_possible_repeats",
    "raise_alarm",
    "route",
    "router_now",
    "save_draft",
    "seal_where_one_serves",
    "submission_of",
    "take_alarm_back",
    "takers",
    "undo",
]
