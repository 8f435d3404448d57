"""The writes of the first signal. A report that was acknowledged is committed; a repeat is the same report."""

from qorgan.reports.actions.accept import Accepted, Signal, accept, submission_of
from qorgan.reports.actions.decide import decide
from qorgan.reports.actions.desk_file import FileResult, RowResult, desk_words, import_file
from qorgan.reports.actions.repeats import mark_possible_repeats
from qorgan.reports.actions.sealed import WHO_TAKES_IT, route, router_now, seal_where_one_serves, takers

__all__ = [
    "WHO_TAKES_IT",
    "Accepted",
    "FileResult",
    "RowResult",
    "Signal",
    "accept",
    "decide",
    "desk_words",
    "import_file",
    "mark_possible_repeats",
    "route",
    "router_now",
    "seal_where_one_serves",
    "submission_of",
    "takers",
]
