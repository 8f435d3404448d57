"""Who may do what with registered offences."""

from qorgan.base.scope import check_may

SEE = "offences.offence.see"
REGISTER = "offences.offence.register"
CORRECT = "offences.offence.correct"
DECIDE = "offences.offence.decide"

__all__ = ["CORRECT", "DECIDE", "REGISTER", "SEE", "check_may"]
