"""Who may do what with statements. Checking a text needs no permission: it is public and kept nowhere."""

from qorgan.base.scope import check_may

SEE = "claims.statement.see"
BRING = "claims.statement.bring"
PUBLISH = "claims.statement.publish"
WITHDRAW = "claims.statement.withdraw"

__all__ = ["BRING", "PUBLISH", "SEE", "WITHDRAW", "check_may"]
