"""Organisations, their staff and mandates; what shuts threads and lets people in; what staff declare of themselves."""

from qorgan.agencies.models.near import Declaration, Odd, Trait
from qorgan.agencies.models.staff import Agency, Channel, Mandate, Staff, StaffManager
from qorgan.agencies.models.threads import Admission, Block, Opening, Seal

__all__ = [
    "Admission",
    "Agency",
    "Block",
    "Channel",
    "Declaration",
    "Mandate",
    "Odd",
    "Opening",
    "Seal",
    "Staff",
    "StaffManager",
    "Trait",
]
