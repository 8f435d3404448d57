"""Who may ask that a record is destroyed, who may confirm it, who may forbid it, who may see that it was."""

from qorgan.base.scope import check_may

SEE = "shredding.destruction.see"
ASK = "shredding.destruction.ask"
CONFIRM = "shredding.destruction.confirm"
HOLD = "shredding.hold.keep"

__all__ = ["ASK", "CONFIRM", "HOLD", "SEE", "check_may"]
