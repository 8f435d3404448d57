"""Keeping organisations, staff and mandates; shutting threads and letting people into them."""

from qorgan.agencies.actions.keep import load_country, load_demo_staff, open_channel
from qorgan.agencies.actions.near import (
    declare,
    end_declaration,
    judge,
    know_by_name,
    list_odd,
    note_matched,
    shut_unit,
    suspect,
)
from qorgan.agencies.actions.openings import ask, let_in, open_alone, review
from qorgan.agencies.actions.threads import admit, block, confirm, end, lift, seal, unseal

__all__ = [
    "admit",
    "ask",
    "block",
    "confirm",
    "declare",
    "end",
    "end_declaration",
    "judge",
    "know_by_name",
    "let_in",
    "lift",
    "list_odd",
    "load_country",
    "load_demo_staff",
    "note_matched",
    "open_alone",
    "open_channel",
    "review",
    "seal",
    "shut_unit",
    "suspect",
    "unseal",
]
