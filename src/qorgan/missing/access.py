"""Who may do what about a missing child."""

from qorgan.base.scope import check_may

SEE = "missing.alarm.see"
RAISE = "missing.alarm.raise"
SEARCH = "missing.alarm.search"  # write down what was searched
END = "missing.alarm.end"  # found, not found, sought again
MARK = "missing.alarm.mark"  # that the child is not named again
ANSWER = "missing.bulletin.answer"
PROPOSE = "missing.notice.propose"  # and take down
APPROVE = "missing.notice.approve"

__all__ = ["ANSWER", "APPROVE", "END", "MARK", "PROPOSE", "RAISE", "SEARCH", "SEE", "check_may"]
