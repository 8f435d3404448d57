"""Organisations, their staff and mandates; how staff and machines come in; threads that are shut."""

from qorgan.agencies.models.entrances import Channel, ChannelKey, Invitation, Session
from qorgan.agencies.models.staff import Agency, Mandate, Staff, StaffManager
from qorgan.agencies.models.threads import Admission, Block, Seal

__all__ = [
    "Admission",
    "Agency",
    "Block",
    "Channel",
    "ChannelKey",
    "Invitation",
    "Mandate",
    "Seal",
    "Session",
    "Staff",
    "StaffManager",
]
