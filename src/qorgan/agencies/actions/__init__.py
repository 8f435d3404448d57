"""Keeping organisations, staff and mandates; shutting threads and letting people into them."""

from qorgan.agencies.actions.keep import load_country, load_demo_staff, open_channel
from qorgan.agencies.actions.threads import admit, block, confirm, end, lift, seal, unseal

__all__ = [
    "admit",
    "block",
    "confirm",
    "end",
    "lift",
    "load_country",
    "load_demo_staff",
    "open_channel",
    "seal",
    "unseal",
]
