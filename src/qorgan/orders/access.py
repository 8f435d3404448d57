"""Who may do what with protective orders."""

from qorgan.base.scope import check_may

SEE = "orders.order.see"
DRAFT = "orders.order.draft"
ISSUE = "orders.order.issue"
SERVE = "orders.order.serve"
CHECK = "orders.order.check"
CANCEL = "orders.order.cancel"
VARY = "orders.order.vary"
APPEAL = "orders.order.appeal"
CORRECT = "orders.order.correct"

__all__ = ["APPEAL", "CANCEL", "CHECK", "CORRECT", "DRAFT", "ISSUE", "SEE", "SERVE", "VARY", "check_may"]
