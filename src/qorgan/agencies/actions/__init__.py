"""Keeping organisations, staff and mandates; how they come in; shutting threads and letting people into them."""

from qorgan.agencies.actions.channels import (
    close_channel,
    keep_signing_key,
    note_used,
    open_channel,
    rotate_channel,
)
from qorgan.agencies.actions.invitations import accept, ask_anew, confirm_anew, invite, mark_told
from qorgan.agencies.actions.keep import load_country, load_demo_staff
from qorgan.agencies.actions.near import (
    declare,
    end_declaration,
    judge,
    know_anew,
    know_by_name,
    list_odd,
    note_matched,
    shut_unit,
    suspect,
)
from qorgan.agencies.actions.openings import ask, let_in, open_alone, review
from qorgan.agencies.actions.people import add_person, disable, enable, end_mandate, give_mandate
from qorgan.agencies.actions.sessions import end_other_sessions, end_session, forget_expired_sessions, mark_seen
from qorgan.agencies.actions.threads import admit, block, confirm, end, lift, seal, unseal

__all__ = [
    "accept",
    "add_person",
    "admit",
    "ask",
    "ask_anew",
    "block",
    "close_channel",
    "confirm",
    "confirm_anew",
    "declare",
    "disable",
    "enable",
    "end",
    "end_declaration",
    "end_mandate",
    "end_other_sessions",
    "end_session",
    "forget_expired_sessions",
    "give_mandate",
    "invite",
    "judge",
    "keep_signing_key",
    "know_anew",
    "know_by_name",
    "let_in",
    "lift",
    "list_odd",
    "load_country",
    "load_demo_staff",
    "mark_seen",
    "mark_told",
    "note_matched",
    "note_used",
    "open_alone",
    "open_channel",
    "review",
    "rotate_channel",
    "seal",
    "shut_unit",
    "suspect",
    "unseal",
]
