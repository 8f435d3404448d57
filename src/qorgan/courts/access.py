"""Who may do what with court cases."""

from qorgan.base.scope import check_may

SEE = "courts.court_case.see"
SEND = "courts.court_case.send"
SCHEDULE = "courts.court_case.schedule"
DECIDE = "courts.court_case.decide"
APPEAL = "courts.court_case.appeal"

__all__ = ["APPEAL", "DECIDE", "SCHEDULE", "SEE", "SEND", "check_may"]
