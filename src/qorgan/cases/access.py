"""Who may do what with cases."""

from qorgan.base.scope import check_may

SEE = "cases.case.see"
OPEN = "cases.case.open"
LEAD = "cases.case.lead"
ASSIGN = "cases.case.assign"

__all__ = ["ASSIGN", "LEAD", "OPEN", "SEE", "check_may"]
