"""Who may do what about risk."""

from qorgan.base.scope import check_may

SEE = "risk.assessment.see"
ASSESS = "risk.assessment.make"  # and ask that a result is lowered
DECIDE = "risk.lowering.decide"  # as the second person
IMPORT = "risk.instrument.import"

__all__ = ["ASSESS", "DECIDE", "IMPORT", "SEE", "check_may"]
