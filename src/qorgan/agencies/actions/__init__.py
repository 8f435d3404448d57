"""Keeping organisations, staff and mandates; how they come in; shutting threads and letting people into them."""

from qorgan.agencies.actions.channels import close_channel, note_used, open_channel, rotate_channel
from qorgan.agencies.actions.invitations import accept, ask_anew, confirm_anew, invite, mark_told
from qorgan.agencies.actions.keep import load_country, load_demo_staff
from qorgan.agencies.actions.people import add_person, disable, enable, end_mandate, give_mandate
from qorgan.agencies.actions.sessions import end_other_sessions, end_session, forget_expired_sessions, mark_seen
from qorgan.agencies.actions.threads import admit, block, confirm, end, lift, seal, unseal

__all__ = [
    "accept",
    "add_person",
    "admit",
    "ask_anew",
    "block",
    "close_channel",
    "confirm",
    "confirm_anew",
    "disable",
    "enable",
    "end",
    "end_mandate",
    "end_other_sessions",
    "end_session",
    "forget_expired_sessions",
    "give_mandate",
    "invite",
    "lift",
    "load_country",
    "load_demo_staff",
    "mark_seen",
    "mark_told",
    "note_used",
    "open_channel",
    "rotate_channel",
    "seal",
    "unseal",
]
