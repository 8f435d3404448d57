"""Who may do what with duties."""

from qorgan.base.scope import check_may

SEE = "duties.duty.see"
DO = "duties.duty.do"
ANSWER = "duties.escalation.answer"

__all__ = ["ANSWER", "DO", "SEE", "check_may"]
