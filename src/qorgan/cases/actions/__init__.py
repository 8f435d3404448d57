"""Opening and leading cases; keeping them from staff whom a party may be; what she agreed to, what others are given."""

from qorgan.cases.actions.accounts import (
    Found,
    Heard,
    Looked,
    Stated,
    Statement,
    find,
    hear,
    mark,
    unmark,
    write_account,
)
from qorgan.cases.actions.answer import accept, decline, stopped
from qorgan.cases.actions.apart import match_staff
from qorgan.cases.actions.consents import Asked, Withdrawal, expire, keep_consent, withdraw
from qorgan.cases.actions.death import (
    answer_advice,
    begin_death_review,
    close_death_review,
    enter_in_review,
    lay_death_review,
    recommend,
)
from qorgan.cases.actions.held import held_open
from qorgan.cases.actions.incidents import note_incident
from qorgan.cases.actions.join import join_report
from qorgan.cases.actions.lead import add_person, close, open_from_report
from qorgan.cases.actions.looks import list_unusual
from qorgan.cases.actions.military import Uniform, military_offices, route_back, route_suspect
from qorgan.cases.actions.naming import name_person, unname_person
from qorgan.cases.actions.nights import Decision, decide_night, note_same, reveal_parent, say_parent, tell_by_hand
from qorgan.cases.actions.offer import Part, Whole, refer, take_back, takers, transfer
from qorgan.cases.actions.openings import let_in, open_by_number, review_opening
from qorgan.cases.actions.owners import keep_owned
from qorgan.cases.actions.reach import keep_reach, reach
from qorgan.cases.actions.recount import KEYS, recount
from qorgan.cases.actions.represent import Document, clear_doubt, doubt, end_representation, represent
from qorgan.cases.actions.reviews import Request, answer_review, ask_review, set_term
from qorgan.cases.actions.sought import tell_elsewhere
from qorgan.cases.actions.told import lapse

__all__ = [
    "KEYS",
    "Asked",
    "Decision",
    "Document",
    "Found",
    "Heard",
    "Looked",
    "Part",
    "Request",
    "Stated",
    "Statement",
    "Uniform",
    "Whole",
    "Withdrawal",
    "accept",
    "add_person",
    "answer_advice",
    "answer_review",
    "ask_review",
    "begin_death_review",
    "clear_doubt",
    "close",
    "close_death_review",
    "decide_night",
    "decline",
    "doubt",
    "end_representation",
    "enter_in_review",
    "expire",
    "find",
    "hear",
    "held_open",
    "join_report",
    "keep_consent",
    "keep_owned",
    "keep_reach",
    "lapse",
    "lay_death_review",
    "let_in",
    "list_unusual",
    "mark",
    "match_staff",
    "military_offices",
    "name_person",
    "note_incident",
    "note_same",
    "open_by_number",
    "open_from_report",
    "reach",
    "recommend",
    "recount",
    "refer",
    "represent",
    "reveal_parent",
    "review_opening",
    "route_back",
    "route_suspect",
    "say_parent",
    "set_term",
    "stopped",
    "take_back",
    "takers",
    "tell_by_hand",
    "tell_elsewhere",
    "transfer",
    "unmark",
    "unname_person",
    "withdraw",
    "write_account",
]
