"""Who may do what with reports and contacts."""

from qorgan.base.scope import check_may

SEE = "reports.report.see"
ACCEPT = "reports.report.accept"
IMPORT = "reports.report.import"
DECIDE = "reports.report.decide"
ROUTE = "reports.report.route"
RETURN = "reports.report.return"
TAKE = "reports.contact.take"
BLOCK = "reports.number.block"

__all__ = ["ACCEPT", "BLOCK", "DECIDE", "IMPORT", "RETURN", "ROUTE", "SEE", "TAKE", "check_may"]
