"""Who may do what with protective orders."""

from qorgan.base.scope import check_may

SEE = "orders.order.see"
DRAFT = "orders.order.draft"
ISSUE = "orders.order.issue"
SERVE = "orders.order.serve"
CHECK = "orders.order.check"
CANCEL = "orders.order.cancel"

__all__ = ["CANCEL", "CHECK", "DRAFT", "ISSUE", "SEE", "SERVE", "check_may"]
