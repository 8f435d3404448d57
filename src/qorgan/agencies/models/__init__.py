"""Organisations, their staff and mandates, how they come in; what shuts threads and lets in; what staff declare."""

from qorgan.agencies.models.entrances import CALLS_A_MINUTE, Channel, ChannelKey, Invitation, Session
from qorgan.agencies.models.near import Declaration, Odd, Trait
from qorgan.agencies.models.staff import Agency, Mandate, Staff, StaffManager
from qorgan.agencies.models.threads import Admission, Block, Opening, Seal

__all__ = [
    "CALLS_A_MINUTE",
    "Admission",
    "Agency",
    "Block",
    "Channel",
    "ChannelKey",
    "Declaration",
    "Invitation",
    "Mandate",
    "Odd",
    "Opening",
    "Seal",
    "Session",
    "Staff",
    "StaffManager",
    "Trait",
]
