"""Opening and leading cases; keeping them from staff whom a party may be, and never without an owner who sees them."""

from qorgan.cases.actions.apart import match_staff
from qorgan.cases.actions.lead import add_person, close, held_open, open_from_report, write_account
from qorgan.cases.actions.looks import list_unusual
from qorgan.cases.actions.openings import let_in, open_by_number, review_opening
from qorgan.cases.actions.owners import keep_owned
from qorgan.cases.actions.sought import tell_elsewhere

__all__ = [
    "add_person",
    "close",
    "held_open",
    "keep_owned",
    "let_in",
    "list_unusual",
    "match_staff",
    "open_by_number",
    "open_from_report",
    "review_opening",
    "tell_elsewhere",
    "write_account",
]
