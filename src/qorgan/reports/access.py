"""Who may do what with reports."""

from qorgan.base.scope import check_may

SEE = "reports.report.see"
ACCEPT = "reports.report.accept"
IMPORT = "reports.report.import"
DECIDE = "reports.report.decide"

__all__ = ["ACCEPT", "DECIDE", "IMPORT", "SEE", "check_may"]
