"""Who may keep agencies, staff, mandates and channels."""

from qorgan.base.scope import check_may

KEEP = "agencies.staff.keep"
REVIEW_BLOCK = "agencies.block.review"
REVIEW_OPENING = "agencies.opening.review"
JUDGE_LOOK = "agencies.look.judge"
OPEN_ALONE = "agencies.opening.alone"
ASK_OPENING = "agencies.opening.ask"
LET_IN = "agencies.opening.let_in"

__all__ = ["ASK_OPENING", "JUDGE_LOOK", "KEEP", "LET_IN", "OPEN_ALONE", "REVIEW_BLOCK", "REVIEW_OPENING", "check_may"]
