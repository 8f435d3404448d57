"""Who may do what with reports."""

from qorgan.base.scope import check_may

SEE = "reports.report.see"
ACCEPT = "reports.report.accept"
IMPORT = "reports.report.import"
DECIDE = "reports.report.decide"
ROUTE = "reports.report.route"

__all__ = ["ACCEPT", "DECIDE", "IMPORT", "ROUTE", "SEE", "check_may"]
