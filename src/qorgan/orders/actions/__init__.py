"""The life of a protective order: drafted, issued, served or refused, checked, varied, appealed, ended before its term.

A clock that an event was corrected under, or a value of the law, is set anew; what it showed is kept.
"""

from qorgan.orders.actions.appeal import Outcome, appeal, decide_appeal
from qorgan.orders.actions.breach import (
    Consequence,
    Told,
    answered,
    follow_breach,
    held_breach,
    join_breach,
    note_breach,
)
from qorgan.orders.actions.check import check
from qorgan.orders.actions.clashes import note_clashes
from qorgan.orders.actions.clocks import correct_service
from qorgan.orders.actions.draft import Draft, draft
from qorgan.orders.actions.end import annul, cancel
from qorgan.orders.actions.issue import Clocks, Service, issue, serve
from qorgan.orders.actions.recount import KEYS, recount
from qorgan.orders.actions.vary import extend, vary
from qorgan.orders.actions.warn import warn

__all__ = [
    "KEYS",
    "Clocks",
    "Consequence",
    "Draft",
    "Outcome",
    "Service",
    "Told",
    "annul",
    "answered",
    "appeal",
    "cancel",
    "check",
    "correct_service",
    "decide_appeal",
    "draft",
    "extend",
    "follow_breach",
    "held_breach",
    "issue",
    "join_breach",
    "note_breach",
    "note_clashes",
    "recount",
    "serve",
    "vary",
    "warn",
]
