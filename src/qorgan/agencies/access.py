"""Who may keep agencies, staff, mandates and channels."""

from qorgan.base.scope import check_may

KEEP = "agencies.staff.keep"

__all__ = ["KEEP", "check_may"]
