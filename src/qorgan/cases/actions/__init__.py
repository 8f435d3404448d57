"""Opening and leading cases; who speaks for a child; what she agreed to; what other agencies are given, and take."""

from qorgan.cases.actions.answer import accept, decline, stopped
from qorgan.cases.actions.consents import Asked, Withdrawal, expire, keep_consent, withdraw
from qorgan.cases.actions.held import held_open
from qorgan.cases.actions.lead import add_person, close, open_from_report, write_account
from qorgan.cases.actions.offer import Part, Whole, refer, take_back, takers, transfer
from qorgan.cases.actions.represent import Document, clear_doubt, doubt, end_representation, represent
from qorgan.cases.actions.told import lapse

__all__ = [
    "Asked",
    "Document",
    "Part",
    "Whole",
    "Withdrawal",
    "accept",
    "add_person",
    "clear_doubt",
    "close",
    "decline",
    "doubt",
    "end_representation",
    "expire",
    "held_open",
    "keep_consent",
    "lapse",
    "open_from_report",
    "refer",
    "represent",
    "stopped",
    "take_back",
    "takers",
    "transfer",
    "withdraw",
    "write_account",
]
