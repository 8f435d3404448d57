"""Who may do what with reports."""

from qorgan.base.scope import check_may

SEE = "reports.report.see"
ACCEPT = "reports.report.accept"
IMPORT = "reports.report.import"

__all__ = ["ACCEPT", "IMPORT", "SEE", "check_may"]
