"""Who may do what with duties."""

from qorgan.base.scope import check_may

SEE = "duties.duty.see"
DO = "duties.duty.do"

__all__ = ["DO", "SEE", "check_may"]
